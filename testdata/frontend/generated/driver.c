// What the kit's tools would make of sample.mof is made of it here; other.h is just missing.
#include <ndis_sample.h>
typedef unsigned char UCHAR, BOOLEAN;
typedef unsigned short USHORT;
typedef char CHAR;
typedef long LONG;
typedef unsigned long long ULONG_PTR, ULONGLONG;
typedef struct _GUID { ULONG Data1; USHORT Data2, Data3; UCHAR Data4[8]; } GUID;
#include "SampleWmi.h"
#include "other.h"

static const struct { GUID Guid; ULONG Size; } Custom[] = {
    {SampleRateGuid, SampleRate_SIZE},
};

typedef char RateSize[SampleRate_SIZE == 17 ? 1 : -1];
typedef char NameId[SampleRate_Mode_ID == 3 ? 1 : -1];
typedef char Renamed[sizeof(ListData) == 16 ? 1 : -1];

ULONG Query(SampleRate *Rate, PListData List, BOOLEAN wide)
{
    Rate->Interval = 5;
    Rate->Mode = 2;
    List->Values[3] = Rate->Address[5] + List->Position.X;
    return wide ? Custom[0].Size : List->Count;
}
