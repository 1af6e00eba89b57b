// Two timers: the periodic one is cancelled by halt only; the other one, in the function of the first.

#include <ndis.h>

typedef struct DUO {
    NDIS_HANDLE Handle;
    NDIS_HANDLE Beat, Shot;
    BOOLEAN Missed;
} DUO;

static NDIS_STATUS DuoInitialize(NDIS_HANDLE, NDIS_HANDLE, PNDIS_MINIPORT_INIT_PARAMETERS);
static VOID DuoHalt(NDIS_HANDLE, NDIS_HALT_ACTION);
static VOID DuoUnload(PDRIVER_OBJECT);
static NDIS_STATUS DuoPause(NDIS_HANDLE, PNDIS_MINIPORT_PAUSE_PARAMETERS);
static NDIS_STATUS DuoRestart(NDIS_HANDLE, PNDIS_MINIPORT_RESTART_PARAMETERS);
static NDIS_STATUS DuoOidRequest(NDIS_HANDLE, PNDIS_OID_REQUEST);
static VOID DuoSend(NDIS_HANDLE, PNET_BUFFER_LIST, NDIS_PORT_NUMBER, ULONG);
static NDIS_TIMER_FUNCTION DuoBeat;
static NDIS_TIMER_FUNCTION DuoShot;

static NDIS_MINIPORT_DRIVER_CHARACTERISTICS DuoHandlers = {
    .Header = {NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
               NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
               NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1},
    .MajorNdisVersion = 6,
    .MinorNdisVersion = 20,
    .MajorDriverVersion = 2,
    .InitializeHandlerEx = DuoInitialize,
    .HaltHandlerEx = DuoHalt,
    .UnloadHandler = DuoUnload,
    .PauseHandler = DuoPause,
    .RestartHandler = DuoRestart,
    .OidRequestHandler = DuoOidRequest,
    .SendNetBufferListsHandler = DuoSend,
};
static NDIS_HANDLE DuoDriver;

static NDIS_STATUS DuoSetAttributes(DUO *a) {
    NDIS_MINIPORT_ADAPTER_ATTRIBUTES attr;
    NDIS_STATUS status;

    NdisZeroMemory(&attr, sizeof attr);
    attr.RegistrationAttributes.Header.Type =
        NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    attr.RegistrationAttributes.Header.Revision =
        NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    attr.RegistrationAttributes.Header.Size =
        NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    attr.RegistrationAttributes.MiniportAdapterContext = a;
    attr.RegistrationAttributes.AttributeFlags = NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER;
    attr.RegistrationAttributes.InterfaceType = NdisInterfacePci;
    status = NdisMSetMiniportAttributes(a->Handle, &attr);
    if (!NT_SUCCESS(status))
        return status;

    NdisZeroMemory(&attr, sizeof attr);
    attr.GeneralAttributes.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
    attr.GeneralAttributes.Header.Revision =
        NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
    attr.GeneralAttributes.Header.Size =
        NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
    attr.GeneralAttributes.MediaType = NdisMedium802_3;
    attr.GeneralAttributes.MtuSize = 1500;
    attr.GeneralAttributes.MacAddressLength = 6;
    attr.GeneralAttributes.AccessType = NET_IF_ACCESS_BROADCAST;
    attr.GeneralAttributes.DirectionType = NET_IF_DIRECTION_SENDRECEIVE;
    attr.GeneralAttributes.ConnectionType = NET_IF_CONNECTION_DEDICATED;
    attr.GeneralAttributes.IfType = IF_TYPE_ETHERNET_CSMACD;
    return NdisMSetMiniportAttributes(a->Handle, &attr);
}

static NDIS_STATUS DuoMakeTimer(DUO *a, PNDIS_TIMER_FUNCTION fn, NDIS_HANDLE *ret) {
    NDIS_TIMER_CHARACTERISTICS c = {0};

    c.Header.Type = NDIS_OBJECT_TYPE_TIMER_CHARACTERISTICS;
    c.Header.Revision = NDIS_TIMER_CHARACTERISTICS_REVISION_1;
    c.Header.Size = NDIS_SIZEOF_TIMER_CHARACTERISTICS_REVISION_1;
    c.AllocationTag = 'ouD ';
    c.TimerFunction = fn;
    c.FunctionContext = a;
    return NdisAllocateTimerObject(a->Handle, &c, ret);
}

static VOID DuoStart(NDIS_HANDLE timer, LONG period) {
    LARGE_INTEGER due;

    due.QuadPart = -1000000;
    NdisSetTimerObject(timer, due, period, NULL);
}

static VOID DuoBeat(PVOID a, PVOID ctx, PVOID b, PVOID c) {
    DUO *d = ctx;

    UNREFERENCED_PARAMETER(a);
    UNREFERENCED_PARAMETER(b);
    UNREFERENCED_PARAMETER(c);
    if (d->Missed)
        DuoStart(d->Shot, 0);
    else
        NdisCancelTimerObject(d->Shot);
    d->Missed = TRUE;
}

static VOID DuoShot(PVOID a, PVOID ctx, PVOID b, PVOID c) {
    UNREFERENCED_PARAMETER(a);
    UNREFERENCED_PARAMETER(b);
    UNREFERENCED_PARAMETER(c);
    ((DUO *)ctx)->Missed = FALSE;
}

static NDIS_STATUS DuoInitialize(NDIS_HANDLE nic, NDIS_HANDLE drv,
                                 PNDIS_MINIPORT_INIT_PARAMETERS params) {
    NDIS_STATUS status;
    DUO *a = NdisAllocateMemoryWithTagPriority(nic, sizeof *a, 'ouD ', NormalPoolPriority);

    UNREFERENCED_PARAMETER(drv);
    UNREFERENCED_PARAMETER(params);
    if (!a)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(a, sizeof *a);
    a->Handle = nic;
    status = DuoSetAttributes(a);
    if (!NT_SUCCESS(status))
        goto none;
    status = DuoMakeTimer(a, DuoBeat, &a->Beat);
    if (!NT_SUCCESS(status))
        goto none;
    status = DuoMakeTimer(a, DuoShot, &a->Shot);
    if (!NT_SUCCESS(status))
        goto one;
    DuoStart(a->Beat, 250);
    return NDIS_STATUS_SUCCESS;
one:
    NdisFreeTimerObject(a->Beat);
none:
    NdisFreeMemory(a, 0, 0);
    return status;
}

static VOID DuoHalt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action) {
    DUO *d = ctx;

    UNREFERENCED_PARAMETER(action);
    NdisCancelTimerObject(d->Beat);
    NdisCancelTimerObject(d->Shot);
    NdisFreeTimerObject(d->Shot);
    NdisFreeTimerObject(d->Beat);
    NdisFreeMemory(d, 0, 0);
}

static NDIS_STATUS DuoPause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params) {
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS DuoRestart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params) {
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS DuoOidRequest(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req) {
    UNREFERENCED_PARAMETER(ctx);
    switch (req->RequestType) {
    case NdisRequestSetInformation:
        if (req->DATA.SET_INFORMATION.Oid == OID_GEN_CURRENT_LOOKAHEAD)
            return NDIS_STATUS_SUCCESS;
        break;
    default:
        break;
    }
    return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID DuoSend(NDIS_HANDLE ctx, PNET_BUFFER_LIST list, NDIS_PORT_NUMBER port, ULONG flags) {
    DUO *a = ctx;
    PNET_BUFFER_LIST nbl = list;

    UNREFERENCED_PARAMETER(port);
    while (nbl) {
        nbl->Status = NDIS_STATUS_PAUSED;
        nbl = nbl->Next;
    }
    NdisMSendNetBufferListsComplete(a->Handle, list,
                                    NDIS_TEST_SEND_AT_DISPATCH_LEVEL(flags)
                                        ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL
                                        : 0);
}

static VOID DuoUnload(PDRIVER_OBJECT driver) {
    UNREFERENCED_PARAMETER(driver);
    NdisMDeregisterMiniportDriver(DuoDriver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path) {
    return NdisMRegisterMiniportDriver(driver, path, NULL, &DuoHandlers, &DuoDriver);
}
