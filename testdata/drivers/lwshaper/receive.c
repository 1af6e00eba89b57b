/* Receiving: everything passes, and is counted; probes of other shapers end here. */
#include "shaper.h"

static BOOLEAN IsProbe(PNET_BUFFER_LIST List)
{
    PNET_BUFFER Buffer = NET_BUFFER_LIST_FIRST_NB(List);
    UCHAR Storage[14];
    PUCHAR Header;

    if (Buffer == NULL || NET_BUFFER_DATA_LENGTH(Buffer) < sizeof(Storage))
        return FALSE;
    Header = NdisGetDataBuffer(Buffer, sizeof(Storage), Storage, 1, 0);
    return Header != NULL && Header[12] == SHAPER_PROBE_TYPE >> 8 &&
           Header[13] == (SHAPER_PROBE_TYPE & 0xff);
}

/* Unlinks probes from the lists. Returns how many of the others there are. */
static ULONG Separate(PNET_BUFFER_LIST *Lists, PNET_BUFFER_LIST *Probes)
{
    PNET_BUFFER_LIST *At = Lists, List;
    ULONG Count = 0;

    *Probes = NULL;
    while ((List = *At) != NULL) {
        if (IsProbe(List)) {
            *At = NET_BUFFER_LIST_NEXT_NBL(List);
            NET_BUFFER_LIST_NEXT_NBL(List) = *Probes;
            *Probes = List;
        } else {
            At = &NET_BUFFER_LIST_NEXT_NBL(List);
            Count++;
        }
    }
    return Count;
}

VOID ShaperReceive(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                   NDIS_PORT_NUMBER PortNumber, ULONG NumberOfNetBufferLists, ULONG ReceiveFlags)
{
    PSHAPER_MODULE Module = FilterModuleContext;
    BOOLEAN AtDispatch = NDIS_TEST_RECEIVE_AT_DISPATCH_LEVEL(ReceiveFlags);
    PNET_BUFFER_LIST Probes;
    ULONG Count;

    NdisInterlockedAddLargeStatistic((PLARGE_INTEGER)&Module->Statistics.Received,
                                     NumberOfNetBufferLists);

    /* Whoever lends the lists for this call gets the chain back as it was. */
    if (!NDIS_TEST_RECEIVE_CAN_PEND(ReceiveFlags)) {
        NdisFIndicateReceiveNetBufferLists(Module->Filter, NetBufferLists, PortNumber,
                                           NumberOfNetBufferLists, ReceiveFlags);
        return;
    }

    Count = Separate(&NetBufferLists, &Probes);
    if (Count != 0)
        NdisFIndicateReceiveNetBufferLists(Module->Filter, NetBufferLists, PortNumber, Count,
                                           ReceiveFlags);
    if (Probes != NULL)
        NdisFReturnNetBufferLists(Module->Filter, Probes,
                                  AtDispatch ? NDIS_RETURN_FLAGS_DISPATCH_LEVEL : 0);
}

VOID ShaperReturn(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                  ULONG ReturnFlags)
{
    PSHAPER_MODULE Module = FilterModuleContext;

    NdisFReturnNetBufferLists(Module->Filter, NetBufferLists, ReturnFlags);
}
