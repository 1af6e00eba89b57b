/* Sends, receives, status indications and their completions. A driver keeps ownership of what it
 * indicates or sends down until it comes back; one such list is followed.
 *
 * Pages: nf-ndis-ndismindicatereceivenetbufferlists, nf-ndis-ndismsendnetbufferlistscomplete,
 * nf-ndis-ndisfsendnetbufferlists, nf-ndis-ndisfindicatereceivenetbufferlists,
 * nf-ndis-ndissendnetbufferlists, nf-ndis-ndisreturnnetbufferlists, nf-ndis-ndismindicatestatusex.
 */
#include "model.h"

PNET_BUFFER_LIST model_sent_list;

/* With the flag the lists are the driver's again when the call returns. */
static void indicate_lists(PNET_BUFFER_LIST lists, ULONG flags)
{
    if (!(flags & NDIS_RECEIVE_FLAGS_RESOURCES))
        FOLLOW(model_indicated_list, lists);
}

/* ---- miniport ---- */

void NdisMIndicateReceiveNetBufferLists(NDIS_HANDLE MiniportAdapterHandle,
                                        PNET_BUFFER_LIST NetBufferList, NDIS_PORT_NUMBER PortNumber,
                                        ULONG NumberOfNetBufferLists, ULONG ReceiveFlags)
{
    indicate_lists(NetBufferList, ReceiveFlags);
}

void NdisMSendNetBufferListsComplete(NDIS_HANDLE MiniportAdapterHandle,
                                     PNET_BUFFER_LIST NetBufferList, ULONG SendCompleteFlags)
{
}

void NdisMIndicateStatusEx(NDIS_HANDLE MiniportAdapterHandle,
                           PNDIS_STATUS_INDICATION StatusIndication)
{
}

NDIS_STATUS NdisMNetPnPEvent(NDIS_HANDLE MiniportAdapterHandle,
                             PNET_PNP_EVENT_NOTIFICATION NetPnPEventNotification)
{
    return model_any_result();
}

NDIS_STATUS NdisMAllocatePort(NDIS_HANDLE NdisMiniportHandle,
                              PNDIS_PORT_CHARACTERISTICS PortCharacteristics)
{
    if (drvlint_choose())
        return model_failure();
    PortCharacteristics->PortNumber = (NDIS_PORT_NUMBER)(ULONG_PTR)drvlint_fresh();
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS NdisMFreePort(NDIS_HANDLE NdisMiniportHandle, NDIS_PORT_NUMBER PortNumber)
{
    return model_any_result();
}

/* ---- filter ---- */

void NdisFSendNetBufferLists(NDIS_HANDLE NdisFilterHandle, PNET_BUFFER_LIST NetBufferList,
                             NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    FOLLOW(model_sent_list, NetBufferList);
}

void NdisFSendNetBufferListsComplete(NDIS_HANDLE NdisFilterHandle, PNET_BUFFER_LIST NetBufferList,
                                     ULONG SendCompleteFlags)
{
}

void NdisFCancelSendNetBufferLists(NDIS_HANDLE NdisFilterHandle, PVOID CancelId)
{
}

void NdisFIndicateReceiveNetBufferLists(NDIS_HANDLE NdisFilterHandle,
                                        PNET_BUFFER_LIST NetBufferLists,
                                        NDIS_PORT_NUMBER PortNumber, ULONG NumberOfNetBufferLists,
                                        ULONG ReceiveFlags)
{
    indicate_lists(NetBufferLists, ReceiveFlags);
}

void NdisFReturnNetBufferLists(NDIS_HANDLE NdisFilterHandle, PNET_BUFFER_LIST NetBufferLists,
                               ULONG ReturnFlags)
{
}

void NdisFIndicateStatus(NDIS_HANDLE NdisFilterHandle, PNDIS_STATUS_INDICATION StatusIndication)
{
}

void NdisFDevicePnPEventNotify(NDIS_HANDLE NdisFilterHandle,
                               PNET_DEVICE_PNP_EVENT NetDevicePnPEvent)
{
}

NDIS_STATUS NdisFNetPnPEvent(NDIS_HANDLE NdisFilterHandle,
                             PNET_PNP_EVENT_NOTIFICATION NetPnPEventNotification)
{
    return model_any_result();
}

/* ---- protocol ---- */

void NdisSendNetBufferLists(NDIS_HANDLE NdisBindingHandle, PNET_BUFFER_LIST NetBufferLists,
                            NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    FOLLOW(model_sent_list, NetBufferLists);
}

void NdisReturnNetBufferLists(NDIS_HANDLE NdisBindingHandle, PNET_BUFFER_LIST NetBufferLists,
                              ULONG ReturnFlags)
{
}

void NdisCancelSendNetBufferLists(NDIS_HANDLE NdisBindingHandle, PVOID CancelId)
{
}
