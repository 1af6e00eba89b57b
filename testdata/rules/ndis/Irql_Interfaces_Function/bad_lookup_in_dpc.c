// The DPC asks for the interface index itself.

#include <ndis.h>

struct map {
    NDIS_HANDLE nic;
    NDIS_HANDLE irq;
    NDIS_HANDLE item;
    NET_LUID luid;
    NET_IFINDEX index;
    LONG queued;
};

MINIPORT_INITIALIZE map_init;
MINIPORT_HALT map_halt;
MINIPORT_UNLOAD map_unload;
MINIPORT_PAUSE map_pause;
MINIPORT_RESTART map_restart;
MINIPORT_OID_REQUEST map_oid;
MINIPORT_SEND_NET_BUFFER_LISTS map_send;
MINIPORT_ISR map_isr;
MINIPORT_INTERRUPT_DPC map_dpc;
NDIS_IO_WORKITEM_FUNCTION map_work;

static NDIS_HANDLE map_driver;

static void lookup(struct map *m)
{
    NET_IFINDEX index;

    if (NdisIfGetInterfaceIndexFromNetLuid(m->luid, &index) == // expect: defect Irql_Interfaces_Function
        NDIS_STATUS_SUCCESS)
        m->index = index;
}

VOID map_work(PVOID ctx, NDIS_HANDLE item)
{
    struct map *m = ctx;

    UNREFERENCED_PARAMETER(item);
    lookup(m);
    InterlockedExchange(&m->queued, 0);
}

BOOLEAN map_isr(NDIS_HANDLE ctx, PBOOLEAN dpc, PULONG cpus)
{
    UNREFERENCED_PARAMETER(ctx);
    *cpus = 0;
    *dpc = TRUE;
    return TRUE;
}

VOID map_dpc(NDIS_HANDLE ctx, PVOID dpcctx, PVOID throttle, PVOID reserved)
{
    struct map *m = ctx;

    UNREFERENCED_PARAMETER(dpcctx);
    UNREFERENCED_PARAMETER(throttle);
    UNREFERENCED_PARAMETER(reserved);
    if (m->index == 0 && InterlockedCompareExchange(&m->queued, 1, 0) == 0) {
        lookup(m);
        InterlockedExchange(&m->queued, 0);
    }
}

static NDIS_STATUS map_attributes(NDIS_HANDLE nic, struct map *ctx)
{
    NDIS_MINIPORT_ADAPTER_ATTRIBUTES any;
    NDIS_STATUS st;

    NdisZeroMemory(&any, sizeof(any));
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
    st = NdisMSetMiniportAttributes(nic, &any);
    if (st == NDIS_STATUS_SUCCESS) {
        NdisZeroMemory(&any, sizeof(any));
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
        st = NdisMSetMiniportAttributes(nic, &any);
    }
    return st;
}

NDIS_STATUS map_init(NDIS_HANDLE nic, NDIS_HANDLE drvctx, PNDIS_MINIPORT_INIT_PARAMETERS params)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS ic;
    NDIS_STATUS st;
    struct map *m;

    UNREFERENCED_PARAMETER(drvctx);
    m = NdisAllocateMemoryWithTagPriority(nic, sizeof *m, 'pam ', NormalPoolPriority);
    if (m == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(m, sizeof *m);
    m->nic = nic;
    m->luid = params->NetLuid;
    st = map_attributes(nic, m);
    if (st != NDIS_STATUS_SUCCESS)
        goto no_item;
    m->item = NdisAllocateIoWorkItem(nic);
    if (m->item == NULL) {
        st = NDIS_STATUS_RESOURCES;
        goto no_item;
    }
    NdisZeroMemory(&ic, sizeof(ic));
    ic.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
    ic.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
    ic.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
    ic.InterruptHandler = map_isr;
    ic.InterruptDpcHandler = map_dpc;

    st = NdisMRegisterInterruptEx(nic, m, &ic, &m->irq);
    if (st != NDIS_STATUS_SUCCESS)
        goto no_irq;
    return st;

no_irq:
    NdisFreeIoWorkItem(m->item);
no_item:
    NdisFreeMemory(m, 0, 0);
    return st;
}

VOID map_halt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
    struct map *m = ctx;

    UNREFERENCED_PARAMETER(action);
    NdisMDeregisterInterruptEx(m->irq);
    while (InterlockedCompareExchange(&m->queued, 0, 0) != 0)
        NdisMSleep(1000);
    NdisFreeIoWorkItem(m->item);
    NdisFreeMemory(m, 0, 0);
}

NDIS_STATUS map_pause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS map_restart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS map_oid(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(req);
    return NDIS_STATUS_NOT_SUPPORTED;
}

VOID map_send(NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
    struct map *a = (struct map *)ctx;
    PNET_BUFFER_LIST cur = nbl;
    ULONG done = 0;

    UNREFERENCED_PARAMETER(port);
    while (cur) {
        cur->Status = NDIS_STATUS_PAUSED;
        cur = cur->Next;
    }
    if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(flags))
        done |= NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
    NdisMSendNetBufferListsComplete(a->nic, nbl, done);
}

VOID map_unload(PDRIVER_OBJECT drv)
{
    UNREFERENCED_PARAMETER(drv);
    NdisMDeregisterMiniportDriver(map_driver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT drv, PUNICODE_STRING path)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS mc;
    NDIS_STATUS st;

    NdisZeroMemory(&mc, sizeof(mc));
    mc.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    mc.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    mc.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    mc.MajorNdisVersion = 6;
    mc.MinorNdisVersion = 1;
    mc.MajorDriverVersion = 1;
    mc.InitializeHandlerEx = map_init;
    mc.HaltHandlerEx = map_halt;
    mc.UnloadHandler = map_unload;
    mc.PauseHandler = map_pause;
    mc.RestartHandler = map_restart;
    mc.OidRequestHandler = map_oid;
    mc.SendNetBufferListsHandler = map_send;
    st = NdisMRegisterMiniportDriver(drv, path, NULL, &mc, &map_driver);
    if (st != NDIS_STATUS_SUCCESS)
        map_driver = NULL;
    return st;
}
