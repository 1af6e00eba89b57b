// The watchdog is started before the last step, and stopped when that fails.

#include <ndis.h>

typedef struct DOG {
    NDIS_HANDLE Handle;
    NDIS_HANDLE Timer;
    PVOID Trace;
    ULONG Barks;
} DOG;

static NDIS_STATUS DogInitialize(NDIS_HANDLE, NDIS_HANDLE, PNDIS_MINIPORT_INIT_PARAMETERS);
static VOID DogHalt(NDIS_HANDLE, NDIS_HALT_ACTION);
static VOID DogUnload(PDRIVER_OBJECT);
static NDIS_STATUS DogPause(NDIS_HANDLE, PNDIS_MINIPORT_PAUSE_PARAMETERS);
static NDIS_STATUS DogRestart(NDIS_HANDLE, PNDIS_MINIPORT_RESTART_PARAMETERS);
static NDIS_STATUS DogOidRequest(NDIS_HANDLE, PNDIS_OID_REQUEST);
static VOID DogSend(NDIS_HANDLE, PNET_BUFFER_LIST, NDIS_PORT_NUMBER, ULONG);
static NDIS_TIMER_FUNCTION DogBark;

static NDIS_MINIPORT_DRIVER_CHARACTERISTICS DogHandlers = {
    .Header = {NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
               NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
               NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1},
    .MajorNdisVersion = 6,
    .MinorNdisVersion = 20,
    .MajorDriverVersion = 2,
    .InitializeHandlerEx = DogInitialize,
    .HaltHandlerEx = DogHalt,
    .UnloadHandler = DogUnload,
    .PauseHandler = DogPause,
    .RestartHandler = DogRestart,
    .OidRequestHandler = DogOidRequest,
    .SendNetBufferListsHandler = DogSend,
};
static NDIS_HANDLE DogDriver;

static NDIS_STATUS DogSetAttributes(DOG *a) {
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

static VOID DogBark(PVOID a, PVOID ctx, PVOID b, PVOID c) {
    UNREFERENCED_PARAMETER(a);
    UNREFERENCED_PARAMETER(b);
    UNREFERENCED_PARAMETER(c);
    ((DOG *)ctx)->Barks++;
}

static NDIS_STATUS DogMakeTimer(DOG *a, PNDIS_TIMER_FUNCTION fn, NDIS_HANDLE *ret) {
    NDIS_TIMER_CHARACTERISTICS c = {0};

    c.Header.Type = NDIS_OBJECT_TYPE_TIMER_CHARACTERISTICS;
    c.Header.Revision = NDIS_TIMER_CHARACTERISTICS_REVISION_1;
    c.Header.Size = NDIS_SIZEOF_TIMER_CHARACTERISTICS_REVISION_1;
    c.AllocationTag = 'goD ';
    c.TimerFunction = fn;
    c.FunctionContext = a;
    return NdisAllocateTimerObject(a->Handle, &c, ret);
}

static VOID DogFree(DOG *a) {
    NdisFreeTimerObject(a->Timer);
    NdisFreeMemory(a, 0, 0);
}

static NDIS_STATUS DogInitialize(NDIS_HANDLE nic, NDIS_HANDLE drv,
                                 PNDIS_MINIPORT_INIT_PARAMETERS params) {
    NDIS_STATUS status;
    LARGE_INTEGER due;
    DOG *a = NdisAllocateMemoryWithTagPriority(nic, sizeof *a, 'goD ', NormalPoolPriority);

    UNREFERENCED_PARAMETER(drv);
    UNREFERENCED_PARAMETER(params);
    if (!a)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(a, sizeof *a);
    a->Handle = nic;
    status = DogSetAttributes(a);
    if (NT_SUCCESS(status))
        status = DogMakeTimer(a, DogBark, &a->Timer);
    if (!NT_SUCCESS(status)) {
        NdisFreeMemory(a, 0, 0);
        return status;
    }
    due.QuadPart = -50000000;
    NdisSetTimerObject(a->Timer, due, 5000, a);
    a->Trace = NdisAllocateMemoryWithTagPriority(nic, 256, 'goD ', LowPoolPriority);
    if (a->Trace)
        return NDIS_STATUS_SUCCESS;
    NdisCancelTimerObject(a->Timer);
    DogFree(a);
    return NDIS_STATUS_RESOURCES;
}

static VOID DogHalt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action) {
    DOG *a = ctx;

    UNREFERENCED_PARAMETER(action);
    NdisCancelTimerObject(a->Timer);
    NdisFreeMemory(a->Trace, 0, 0);
    DogFree(a);
}

static NDIS_STATUS DogPause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params) {
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS DogRestart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params) {
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS DogOidRequest(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req) {
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

static VOID DogSend(NDIS_HANDLE ctx, PNET_BUFFER_LIST list, NDIS_PORT_NUMBER port, ULONG flags) {
    DOG *a = ctx;
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

static VOID DogUnload(PDRIVER_OBJECT driver) {
    UNREFERENCED_PARAMETER(driver);
    NdisMDeregisterMiniportDriver(DogDriver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path) {
    return NdisMRegisterMiniportDriver(driver, path, NULL, &DogHandlers, &DogDriver);
}
