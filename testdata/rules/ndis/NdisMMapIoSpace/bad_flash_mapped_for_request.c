// The flash memory is mapped when a request asks for its version.

#include <ndis.h>

typedef struct FLS {
    NDIS_HANDLE Handle;
    PVOID Window[2];
    ULONG Version;
} FLS;

static NDIS_STATUS FlsInitialize(NDIS_HANDLE, NDIS_HANDLE, PNDIS_MINIPORT_INIT_PARAMETERS);
static VOID FlsHalt(NDIS_HANDLE, NDIS_HALT_ACTION);
static VOID FlsUnload(PDRIVER_OBJECT);
static NDIS_STATUS FlsPause(NDIS_HANDLE, PNDIS_MINIPORT_PAUSE_PARAMETERS);
static NDIS_STATUS FlsRestart(NDIS_HANDLE, PNDIS_MINIPORT_RESTART_PARAMETERS);
static NDIS_STATUS FlsOidRequest(NDIS_HANDLE, PNDIS_OID_REQUEST);
static VOID FlsSend(NDIS_HANDLE, PNET_BUFFER_LIST, NDIS_PORT_NUMBER, ULONG);

static NDIS_MINIPORT_DRIVER_CHARACTERISTICS FlsHandlers = {
    .Header = {NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
               NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
               NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1},
    .MajorNdisVersion = 6,
    .MinorNdisVersion = 20,
    .MajorDriverVersion = 2,
    .InitializeHandlerEx = FlsInitialize,
    .HaltHandlerEx = FlsHalt,
    .UnloadHandler = FlsUnload,
    .PauseHandler = FlsPause,
    .RestartHandler = FlsRestart,
    .OidRequestHandler = FlsOidRequest,
    .SendNetBufferListsHandler = FlsSend,
};
static NDIS_HANDLE FlsDriver;

static NDIS_STATUS FlsSetAttributes(FLS *a) {
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

enum { FLS_REGISTERS, FLS_FLASH };

static BOOLEAN FlsMap(FLS *a, int which) {
    static const ULONG base[] = {0xe0000000, 0xe0100000};
    NDIS_PHYSICAL_ADDRESS pa;

    pa.QuadPart = base[which];
    return NdisMMapIoSpace(&a->Window[which], a->Handle, pa, 0x1000) == NDIS_STATUS_SUCCESS; // expect: defect NdisMMapIoSpace
}

static VOID FlsUnmap(FLS *a) {
    int i;

    for (i = 0; i < 2; i++) {
        if (a->Window[i])
            NdisMUnmapIoSpace(a->Handle, a->Window[i], 0x1000);
    }
    NdisFreeMemory(a, 0, 0);
}

static NDIS_STATUS FlsInitialize(NDIS_HANDLE nic, NDIS_HANDLE drv,
                                 PNDIS_MINIPORT_INIT_PARAMETERS params) {
    NDIS_STATUS status;
    FLS *a = NdisAllocateMemoryWithTagPriority(nic, sizeof *a, 'slF ', NormalPoolPriority);

    UNREFERENCED_PARAMETER(drv);
    UNREFERENCED_PARAMETER(params);
    if (!a)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(a, sizeof *a);
    a->Handle = nic;
    status = FlsSetAttributes(a);
    if (NT_SUCCESS(status) && !FlsMap(a, FLS_REGISTERS))
        status = NDIS_STATUS_RESOURCE_CONFLICT;
    if (!NT_SUCCESS(status))
        FlsUnmap(a);
    return status;
}

static NDIS_STATUS FlsOidRequest(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req) {
    FLS *a = ctx;

    if (req->RequestType != NdisRequestQueryInformation ||
        req->DATA.QUERY_INFORMATION.Oid != OID_GEN_VENDOR_DRIVER_VERSION)
        return NDIS_STATUS_NOT_SUPPORTED;
    if (!a->Window[FLS_FLASH] && !FlsMap(a, FLS_FLASH))
        return NDIS_STATUS_FAILURE;
    a->Version = *(ULONG *)a->Window[FLS_FLASH];
    return NDIS_STATUS_SUCCESS;
}

static VOID FlsHalt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action) {
    UNREFERENCED_PARAMETER(action);
    FlsUnmap(ctx);
}

static NDIS_STATUS FlsPause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params) {
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS FlsRestart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params) {
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static VOID FlsSend(NDIS_HANDLE ctx, PNET_BUFFER_LIST list, NDIS_PORT_NUMBER port, ULONG flags) {
    FLS *a = ctx;
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

static VOID FlsUnload(PDRIVER_OBJECT driver) {
    UNREFERENCED_PARAMETER(driver);
    NdisMDeregisterMiniportDriver(FlsDriver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path) {
    return NdisMRegisterMiniportDriver(driver, path, NULL, &FlsHandlers, &FlsDriver);
}
