// Initialize reports the state of the link before NDIS has got any attributes.

#include <ndis.h>

typedef struct EAR {
    NDIS_HANDLE Handle;
    BOOLEAN Up;
} EAR;

static NDIS_STATUS EarInitialize(NDIS_HANDLE, NDIS_HANDLE, PNDIS_MINIPORT_INIT_PARAMETERS);
static VOID EarHalt(NDIS_HANDLE, NDIS_HALT_ACTION);
static VOID EarUnload(PDRIVER_OBJECT);
static NDIS_STATUS EarPause(NDIS_HANDLE, PNDIS_MINIPORT_PAUSE_PARAMETERS);
static NDIS_STATUS EarRestart(NDIS_HANDLE, PNDIS_MINIPORT_RESTART_PARAMETERS);
static NDIS_STATUS EarOidRequest(NDIS_HANDLE, PNDIS_OID_REQUEST);
static VOID EarSend(NDIS_HANDLE, PNET_BUFFER_LIST, NDIS_PORT_NUMBER, ULONG);

static NDIS_MINIPORT_DRIVER_CHARACTERISTICS EarHandlers = {
    .Header = {NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
               NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
               NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1},
    .MajorNdisVersion = 6,
    .MinorNdisVersion = 20,
    .MajorDriverVersion = 2,
    .InitializeHandlerEx = EarInitialize,
    .HaltHandlerEx = EarHalt,
    .UnloadHandler = EarUnload,
    .PauseHandler = EarPause,
    .RestartHandler = EarRestart,
    .OidRequestHandler = EarOidRequest,
    .SendNetBufferListsHandler = EarSend,
};
static NDIS_HANDLE EarDriver;

static NDIS_STATUS EarSetAttributes(EAR *a) {
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

static VOID EarReport(EAR *a) {
    NDIS_STATUS_INDICATION s = {0};
    NDIS_LINK_STATE link = {0};

    link.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    link.Header.Revision = NDIS_LINK_STATE_REVISION_1;
    link.Header.Size = sizeof link;
    link.MediaConnectState = a->Up ? MediaConnectStateConnected : MediaConnectStateUnknown;
    s.Header.Type = NDIS_OBJECT_TYPE_STATUS_INDICATION;
    s.Header.Revision = NDIS_STATUS_INDICATION_REVISION_1;
    s.Header.Size = sizeof s;
    s.SourceHandle = a->Handle;
    s.StatusCode = NDIS_STATUS_LINK_STATE;
    s.StatusBuffer = &link;
    s.StatusBufferSize = sizeof link;
    NdisMIndicateStatusEx(a->Handle, &s); // expect: defect NdisMIndicateStatusEx
}

static NDIS_STATUS EarProbe(EAR *a) {
    UCHAR state = 0;

    NdisMGetBusData(a->Handle, PCI_WHICHSPACE_CONFIG, 0x44, &state, sizeof state);
    if (state == 0xff)
        return NDIS_STATUS_ADAPTER_NOT_FOUND;
    a->Up = (state & 1) != 0;
    EarReport(a);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS EarInitialize(NDIS_HANDLE nic, NDIS_HANDLE drv,
                                 PNDIS_MINIPORT_INIT_PARAMETERS params) {
    NDIS_STATUS status;
    EAR *a = NdisAllocateMemoryWithTagPriority(nic, sizeof *a, 'raE ', NormalPoolPriority);

    UNREFERENCED_PARAMETER(drv);
    UNREFERENCED_PARAMETER(params);
    if (!a)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(a, sizeof *a);
    a->Handle = nic;
    status = EarProbe(a);
    if (NT_SUCCESS(status))
        status = EarSetAttributes(a);
    if (!NT_SUCCESS(status))
        NdisFreeMemory(a, 0, 0);
    return status;
}

static VOID EarHalt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action) {
    UNREFERENCED_PARAMETER(action);
    NdisFreeMemory(ctx, 0, 0);
}

static NDIS_STATUS EarPause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params) {
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS EarRestart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params) {
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS EarOidRequest(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req) {
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

static VOID EarSend(NDIS_HANDLE ctx, PNET_BUFFER_LIST list, NDIS_PORT_NUMBER port, ULONG flags) {
    EAR *a = ctx;
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

static VOID EarUnload(PDRIVER_OBJECT driver) {
    UNREFERENCED_PARAMETER(driver);
    NdisMDeregisterMiniportDriver(EarDriver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path) {
    return NdisMRegisterMiniportDriver(driver, path, NULL, &EarHandlers, &EarDriver);
}
