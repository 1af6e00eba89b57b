// Two ranges are claimed behind the attributes; a flag word tells halt which of them there are.

#include <ndis.h>

typedef struct RNG {
    NDIS_HANDLE Handle;
    PVOID Base, Extra;
    ULONG Claimed;
} RNG;

static NDIS_STATUS RngInitialize(NDIS_HANDLE, NDIS_HANDLE, PNDIS_MINIPORT_INIT_PARAMETERS);
static VOID RngHalt(NDIS_HANDLE, NDIS_HALT_ACTION);
static VOID RngUnload(PDRIVER_OBJECT);
static NDIS_STATUS RngPause(NDIS_HANDLE, PNDIS_MINIPORT_PAUSE_PARAMETERS);
static NDIS_STATUS RngRestart(NDIS_HANDLE, PNDIS_MINIPORT_RESTART_PARAMETERS);
static NDIS_STATUS RngOidRequest(NDIS_HANDLE, PNDIS_OID_REQUEST);
static VOID RngSend(NDIS_HANDLE, PNET_BUFFER_LIST, NDIS_PORT_NUMBER, ULONG);

static NDIS_MINIPORT_DRIVER_CHARACTERISTICS RngHandlers = {
    .Header = {NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
               NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
               NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1},
    .MajorNdisVersion = 6,
    .MinorNdisVersion = 20,
    .MajorDriverVersion = 2,
    .InitializeHandlerEx = RngInitialize,
    .HaltHandlerEx = RngHalt,
    .UnloadHandler = RngUnload,
    .PauseHandler = RngPause,
    .RestartHandler = RngRestart,
    .OidRequestHandler = RngOidRequest,
    .SendNetBufferListsHandler = RngSend,
};
static NDIS_HANDLE RngDriver;

static NDIS_STATUS RngSetAttributes(RNG *a) {
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

static VOID RngGiveBack(RNG *a) {
    if (a->Claimed & 2)
        NdisMDeregisterIoPortRange(a->Handle, 0x1800, 8, a->Extra);
    if (a->Claimed & 1)
        NdisMDeregisterIoPortRange(a->Handle, 0x1700, 64, a->Base);
    NdisFreeMemory(a, 0, 0);
}

static NDIS_STATUS RngInitialize(NDIS_HANDLE nic, NDIS_HANDLE drv,
                                 PNDIS_MINIPORT_INIT_PARAMETERS params) {
    NDIS_STATUS status;
    RNG *a = NdisAllocateMemoryWithTagPriority(nic, sizeof *a, 'gnR ', NormalPoolPriority);

    UNREFERENCED_PARAMETER(drv);
    UNREFERENCED_PARAMETER(params);
    if (!a)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(a, sizeof *a);
    a->Handle = nic;
    do {
        status = RngSetAttributes(a);
        if (!NT_SUCCESS(status))
            break;
        status = NdisMRegisterIoPortRange(&a->Base, nic, 0x1700, 64);
        if (!NT_SUCCESS(status))
            break;
        a->Claimed = 1;
        if (NT_SUCCESS(NdisMRegisterIoPortRange(&a->Extra, nic, 0x1800, 8)))
            a->Claimed |= 2;
        return NDIS_STATUS_SUCCESS;
    } while (0);
    RngGiveBack(a);
    return status;
}

static VOID RngHalt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action) {
    UNREFERENCED_PARAMETER(action);
    RngGiveBack(ctx);
}

static NDIS_STATUS RngPause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params) {
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS RngRestart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params) {
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS RngOidRequest(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req) {
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

static VOID RngSend(NDIS_HANDLE ctx, PNET_BUFFER_LIST list, NDIS_PORT_NUMBER port, ULONG flags) {
    RNG *a = ctx;
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

static VOID RngUnload(PDRIVER_OBJECT driver) {
    UNREFERENCED_PARAMETER(driver);
    NdisMDeregisterMiniportDriver(RngDriver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path) {
    return NdisMRegisterMiniportDriver(driver, path, NULL, &RngHandlers, &RngDriver);
}
