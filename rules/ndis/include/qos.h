/* Flow specifications. */
#ifndef DRVLINT_QOS_H
#define DRVLINT_QOS_H

#include "ntdef.h"

typedef ULONG SERVICETYPE;

#define SERVICETYPE_NOTRAFFIC        0
#define SERVICETYPE_BESTEFFORT       1
#define SERVICETYPE_CONTROLLEDLOAD   2
#define SERVICETYPE_GUARANTEED       3
#define SERVICETYPE_QUALITATIVE      0x0000000D
#define QOS_NOT_SPECIFIED            0xFFFFFFFF

typedef struct _flowspec {
    ULONG TokenRate;
    ULONG TokenBucketSize;
    ULONG PeakBandwidth;
    ULONG Latency;
    ULONG DelayVariation;
    SERVICETYPE ServiceType;
    ULONG MaxSduSize;
    ULONG MinimumPolicedSize;
} FLOWSPEC, *PFLOWSPEC, *LPFLOWSPEC;

#endif
