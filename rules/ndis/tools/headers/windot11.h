/* Native 802.11 miniports. */
#ifndef DRVLINT_WINDOT11_H
#define DRVLINT_WINDOT11_H

#include "ntddndis.h"
#include "wlantypes.h"

EXTERN_C_START

#define NWF_DEFINE_OID(Seq, o, m) \
    ((0x0E000000U | (ULONG)(o) << 16) | (ULONG)(m) << 8 | (ULONG)(Seq))

/* Object identifiers */

//@ constants OID_*

/* Numbers */

#define NDIS_PACKET_TYPE_802_11_RAW_MGMT 0x400000
#define DOT11_RECV_FLAG_RAW_PACKET_TIMESTAMP 0x80000000
//@ constants *

/* Types */

//@ types *

EXTERN_C_END

#endif
