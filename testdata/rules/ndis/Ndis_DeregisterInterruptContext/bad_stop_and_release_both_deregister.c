// Halt runs a list of undo functions; the first deregisters and keeps the handle that the last
// one tests.

#include <ndis.h>

struct two {
    NDIS_HANDLE nic;
    NDIS_HANDLE irq;
    PVOID ring;
};

typedef void (*undo_fn)(struct two *);

MINIPORT_INITIALIZE two_init;
MINIPORT_HALT two_halt;
MINIPORT_UNLOAD two_unload;
MINIPORT_PAUSE two_pause;
MINIPORT_RESTART two_restart;
MINIPORT_OID_REQUEST two_oid;
MINIPORT_SEND_NET_BUFFER_LISTS two_send;
MINIPORT_ISR two_isr;
MINIPORT_INTERRUPT_DPC two_dpc;

static NDIS_HANDLE two_driver;

BOOLEAN two_isr(NDIS_HANDLE ctx, PBOOLEAN dpc, PULONG cpus)
{
    UNREFERENCED_PARAMETER(ctx);
    *cpus = 0;
    *dpc = TRUE;
    return TRUE;
}

VOID two_dpc(NDIS_HANDLE ctx, PVOID dpcctx, PVOID throttle, PVOID reserved)
{
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(dpcctx);
    UNREFERENCED_PARAMETER(throttle);
    UNREFERENCED_PARAMETER(reserved);
}

static NDIS_STATUS two_attributes(NDIS_HANDLE nic, struct two *ctx)
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

static void undo_stop(struct two *t)
{
    if (t->irq) {
        NdisMDeregisterInterruptEx(t->irq);
    }
}

static void undo_ring(struct two *t)
{
    if (t->ring)
        NdisFreeMemory(t->ring, 0, 0);
    t->ring = NULL;
}

static void undo_all(struct two *t)
{
    if (t->irq)
        NdisMDeregisterInterruptEx(t->irq); // expect: defect Ndis_DeregisterInterruptContext
    NdisFreeMemory(t, 0, 0);
}

static const undo_fn undo[] = {undo_stop, undo_ring, undo_all};

static void run_undo(struct two *t)
{
    ULONG i;

    for (i = 0; i < ARRAYSIZE(undo); i++)
        undo[i](t);
}

NDIS_STATUS two_init(NDIS_HANDLE nic, NDIS_HANDLE drvctx, PNDIS_MINIPORT_INIT_PARAMETERS params)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS ic;
    struct two *t;
    NDIS_STATUS st;

    UNREFERENCED_PARAMETER(drvctx);
    UNREFERENCED_PARAMETER(params);
    t = NdisAllocateMemoryWithTagPriority(nic, sizeof *t, 'owt ', NormalPoolPriority);
    if (!t)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(t, sizeof *t);
    t->nic = nic;
    st = two_attributes(nic, t);
    if (st == NDIS_STATUS_SUCCESS) {
        NdisZeroMemory(&ic, sizeof(ic));
        ic.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
        ic.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
        ic.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
        ic.InterruptHandler = two_isr;
        ic.InterruptDpcHandler = two_dpc;

        st = NdisMRegisterInterruptEx(nic, t, &ic, &t->irq);
        if (st != NDIS_STATUS_SUCCESS)
            t->irq = NULL;
    }
    if (st == NDIS_STATUS_SUCCESS) {
        t->ring = NdisAllocateMemoryWithTagPriority(nic, 8192, 'owt ', NormalPoolPriority);
        if (!t->ring)
            st = NDIS_STATUS_RESOURCES;
    }
    if (st != NDIS_STATUS_SUCCESS)
        run_undo(t);
    return st; // also: Init_RegisterInterrupt
}

VOID two_halt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
    UNREFERENCED_PARAMETER(action);
    run_undo(ctx);
} // also: Init_RegisterInterrupt

NDIS_STATUS two_pause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS two_restart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS two_oid(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
    NDIS_STATUS Result = NDIS_STATUS_NOT_SUPPORTED;

    UNREFERENCED_PARAMETER(ctx);
    switch (req->DATA.SET_INFORMATION.Oid) {
    case OID_GEN_CURRENT_LOOKAHEAD:
    case OID_GEN_CURRENT_PACKET_FILTER:
        if (req->RequestType == NdisRequestSetInformation)
            Result = NDIS_STATUS_SUCCESS;
        break;
    default:
        break;
    }
    return Result;
}

VOID two_send(NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
    struct two *a = (struct two *)ctx;
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

VOID two_unload(PDRIVER_OBJECT drv)
{
    UNREFERENCED_PARAMETER(drv);
    NdisMDeregisterMiniportDriver(two_driver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT drv, PUNICODE_STRING path)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Chars;

    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.MajorNdisVersion = 6;
    Chars.MinorNdisVersion = 0;
    Chars.MajorDriverVersion = 1;
    Chars.InitializeHandlerEx = two_init;
    Chars.HaltHandlerEx = two_halt;
    Chars.UnloadHandler = two_unload;
    Chars.PauseHandler = two_pause;
    Chars.RestartHandler = two_restart;
    Chars.OidRequestHandler = two_oid;
    Chars.SendNetBufferListsHandler = two_send;
    return NdisMRegisterMiniportDriver(drv, path, NULL, &Chars, &two_driver);
}
