// Halt sleeps for a while instead of waiting for the work item that reports.

#include <ndis.h>

typedef struct STW {
    NDIS_HANDLE Handle;
    NDIS_HANDLE Item;
    NDIS_EVENT Idle;
    BOOLEAN Queued;
} STW;

static NDIS_STATUS StwInitialize(NDIS_HANDLE, NDIS_HANDLE, PNDIS_MINIPORT_INIT_PARAMETERS);
static VOID StwHalt(NDIS_HANDLE, NDIS_HALT_ACTION);
static VOID StwUnload(PDRIVER_OBJECT);
static NDIS_STATUS StwPause(NDIS_HANDLE, PNDIS_MINIPORT_PAUSE_PARAMETERS);
static NDIS_STATUS StwRestart(NDIS_HANDLE, PNDIS_MINIPORT_RESTART_PARAMETERS);
static NDIS_STATUS StwOidRequest(NDIS_HANDLE, PNDIS_OID_REQUEST);
static VOID StwSend(NDIS_HANDLE, PNET_BUFFER_LIST, NDIS_PORT_NUMBER, ULONG);
static BOOLEAN StwCheckForHang(NDIS_HANDLE);
static NDIS_IO_WORKITEM_FUNCTION StwWork;

static NDIS_MINIPORT_DRIVER_CHARACTERISTICS StwHandlers = {
    .Header = {NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
               NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
               NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1},
    .MajorNdisVersion = 6,
    .MinorNdisVersion = 20,
    .MajorDriverVersion = 2,
    .InitializeHandlerEx = StwInitialize,
    .HaltHandlerEx = StwHalt,
    .UnloadHandler = StwUnload,
    .PauseHandler = StwPause,
    .RestartHandler = StwRestart,
    .OidRequestHandler = StwOidRequest,
    .SendNetBufferListsHandler = StwSend,
    .CheckForHangHandlerEx = StwCheckForHang,
};
static NDIS_HANDLE StwDriver;

static NDIS_STATUS StwSetAttributes(STW *a) {
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

static VOID StwWork(PVOID ctx, NDIS_HANDLE item) {
    NDIS_STATUS_INDICATION s = {0};
    STW *a = ctx;

    s.Header.Type = NDIS_OBJECT_TYPE_STATUS_INDICATION;
    s.Header.Revision = NDIS_STATUS_INDICATION_REVISION_1;
    s.Header.Size = sizeof s;
    s.SourceHandle = a->Handle;
    s.StatusCode = NDIS_STATUS_MEDIA_SPECIFIC_INDICATION;
    NdisMIndicateStatusEx(a->Handle, &s); // expect: defect NdisMIndicateStatusEx
    NdisFreeIoWorkItem(item);
    NdisSetEvent(&a->Idle);
}

static BOOLEAN StwCheckForHang(NDIS_HANDLE ctx) {
    STW *a = ctx;
    NDIS_HANDLE item;

    if (!a->Queued && (item = NdisAllocateIoWorkItem(a->Handle)) != NULL) {
        a->Queued = TRUE;
        NdisQueueIoWorkItem(item, StwWork, a);
    }
    return FALSE;
}

static NDIS_STATUS StwInitialize(NDIS_HANDLE nic, NDIS_HANDLE drv,
                                 PNDIS_MINIPORT_INIT_PARAMETERS params) {
    NDIS_STATUS status;
    STW *a = NdisAllocateMemoryWithTagPriority(nic, sizeof *a, 'wtS ', NormalPoolPriority);

    UNREFERENCED_PARAMETER(drv);
    UNREFERENCED_PARAMETER(params);
    if (!a)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(a, sizeof *a);
    a->Handle = nic;
    NdisInitializeEvent(&a->Idle);
    status = StwSetAttributes(a);
    if (!NT_SUCCESS(status))
        NdisFreeMemory(a, 0, 0);
    return status;
}

static VOID StwHalt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action) {
    STW *a = ctx;

    UNREFERENCED_PARAMETER(action);
    if (a->Queued)
        NdisMSleep(500000);
    NdisFreeMemory(a, 0, 0);
}

static NDIS_STATUS StwPause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params) {
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS StwRestart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params) {
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS StwOidRequest(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req) {
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

static VOID StwSend(NDIS_HANDLE ctx, PNET_BUFFER_LIST list, NDIS_PORT_NUMBER port, ULONG flags) {
    STW *a = ctx;
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

static VOID StwUnload(PDRIVER_OBJECT driver) {
    UNREFERENCED_PARAMETER(driver);
    NdisMDeregisterMiniportDriver(StwDriver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path) {
    return NdisMRegisterMiniportDriver(driver, path, NULL, &StwHandlers, &StwDriver);
}
