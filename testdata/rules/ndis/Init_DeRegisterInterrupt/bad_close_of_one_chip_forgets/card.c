// Two chip families with different open and close functions in a table; the close function of
// the second one does not deregister.

#include "card.h"

MINIPORT_INITIALIZE card_initialize;
MINIPORT_HALT card_halt;
MINIPORT_UNLOAD card_unload;
MINIPORT_PAUSE card_pause;
MINIPORT_RESTART card_restart;
MINIPORT_OID_REQUEST card_oid;
MINIPORT_SEND_NET_BUFFER_LISTS card_send;

static NDIS_HANDLE driver_handle;
static const chip_ops* const families[] = {&older_chip, &newer_chip};

static NDIS_STATUS card_attributes (NDIS_HANDLE nic, card_t* ctx)
{
    NDIS_MINIPORT_ADAPTER_ATTRIBUTES any;
    NDIS_STATUS st;

    NdisZeroMemory (&any, sizeof (any));
    any.RegistrationAttributes.Header.Type =
        NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    any.RegistrationAttributes.Header.Revision =
        NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    any.RegistrationAttributes.Header.Size =
        NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    any.RegistrationAttributes.MiniportAdapterContext = ctx;
    any.RegistrationAttributes.AttributeFlags =
        NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE | NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER;
    any.RegistrationAttributes.InterfaceType = NdisInterfacePci;
    st = NdisMSetMiniportAttributes (nic, &any);
    if (st == NDIS_STATUS_SUCCESS) {
        NdisZeroMemory (&any, sizeof (any));
        any.GeneralAttributes.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
        any.GeneralAttributes.Header.Revision = NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
        any.GeneralAttributes.Header.Size =
            NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
        any.GeneralAttributes.MediaType = NdisMedium802_3;
        any.GeneralAttributes.MtuSize = 1500;
        any.GeneralAttributes.MacAddressLength = 6;
        any.GeneralAttributes.AccessType = NET_IF_ACCESS_BROADCAST;
        any.GeneralAttributes.DirectionType = NET_IF_DIRECTION_SENDRECEIVE;
        any.GeneralAttributes.ConnectionType = NET_IF_CONNECTION_DEDICATED;
        any.GeneralAttributes.IfType = IF_TYPE_ETHERNET_CSMACD;
        st = NdisMSetMiniportAttributes (nic, &any);
    }
    return st;
}

NDIS_STATUS card_initialize (NDIS_HANDLE nic, NDIS_HANDLE drvctx,
                             PNDIS_MINIPORT_INIT_PARAMETERS params)
{
    card_t* card;
    NDIS_STATUS st;
    ULONG id = 0;

    UNREFERENCED_PARAMETER (drvctx);
    UNREFERENCED_PARAMETER (params);
    if (NdisMGetBusData (nic, PCI_WHICHSPACE_CONFIG, 0, &id, sizeof id) != sizeof id)
        return NDIS_STATUS_ADAPTER_NOT_FOUND;
    card = NdisAllocateMemoryWithTagPriority (nic, sizeof (card_t), 'draC', NormalPoolPriority);
    if (card == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory (card, sizeof (card_t));
    card->ndis_handle = nic;
    card->ops = families[(id >> 16) == 0x8139 ? 0 : 1];

    st = card_attributes (nic, card);
    if (st == NDIS_STATUS_SUCCESS)
        st = card->ops->open (card);
    if (st != NDIS_STATUS_SUCCESS)
        NdisFreeMemory (card, 0, 0);
    return st;
}

VOID card_halt (NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
    card_t* card = ctx;

    UNREFERENCED_PARAMETER (action);
    card->ops->close (card);
    NdisFreeMemory (card, 0, 0);
} // expect: defect Init_DeRegisterInterrupt

NDIS_STATUS card_pause (NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
    UNREFERENCED_PARAMETER (ctx);
    UNREFERENCED_PARAMETER (params);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS card_restart (NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
    UNREFERENCED_PARAMETER (ctx);
    UNREFERENCED_PARAMETER (params);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS card_oid (NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
    UNREFERENCED_PARAMETER (ctx);
    UNREFERENCED_PARAMETER (req);
    return NDIS_STATUS_NOT_SUPPORTED;
}

VOID card_send (NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
    card_t* a = (card_t*)ctx;
    PNET_BUFFER_LIST cur = nbl;
    ULONG done = 0;

    UNREFERENCED_PARAMETER (port);
    while (cur) {
        cur->Status = NDIS_STATUS_PAUSED;
        cur = cur->Next;
    }
    if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL (flags))
        done |= NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
    NdisMSendNetBufferListsComplete (a->ndis_handle, nbl, done);
}

VOID card_unload (PDRIVER_OBJECT drv)
{
    UNREFERENCED_PARAMETER (drv);
    NdisMDeregisterMiniportDriver (driver_handle);
}

NTSTATUS DriverEntry (PDRIVER_OBJECT drv, PUNICODE_STRING path)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS mc;
    NDIS_STATUS st;

    NdisZeroMemory (&mc, sizeof (mc));
    mc.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    mc.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    mc.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    mc.MajorNdisVersion = 6;
    mc.MinorNdisVersion = 1;
    mc.MajorDriverVersion = 1;
    mc.InitializeHandlerEx = card_initialize;
    mc.HaltHandlerEx = card_halt;
    mc.UnloadHandler = card_unload;
    mc.PauseHandler = card_pause;
    mc.RestartHandler = card_restart;
    mc.OidRequestHandler = card_oid;
    mc.SendNetBufferListsHandler = card_send;
    st = NdisMRegisterMiniportDriver (drv, path, NULL, &mc, &driver_handle);
    if (st != NDIS_STATUS_SUCCESS)
        driver_handle = NULL;
    return st;
}
