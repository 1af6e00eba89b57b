// A request gives the spare buffer back and halt does so again.

#include <ndis.h>

typedef struct SPA {
    NDIS_HANDLE Handle;
    NDIS_HANDLE Pool;
    PNET_BUFFER Spare;
    BOOLEAN Shrunk;
} SPA;

static NDIS_STATUS SpaInitialize(NDIS_HANDLE, NDIS_HANDLE, PNDIS_MINIPORT_INIT_PARAMETERS);
static VOID SpaHalt(NDIS_HANDLE, NDIS_HALT_ACTION);
static VOID SpaUnload(PDRIVER_OBJECT);
static NDIS_STATUS SpaPause(NDIS_HANDLE, PNDIS_MINIPORT_PAUSE_PARAMETERS);
static NDIS_STATUS SpaRestart(NDIS_HANDLE, PNDIS_MINIPORT_RESTART_PARAMETERS);
static NDIS_STATUS SpaOidRequest(NDIS_HANDLE, PNDIS_OID_REQUEST);
static VOID SpaSend(NDIS_HANDLE, PNET_BUFFER_LIST, NDIS_PORT_NUMBER, ULONG);

static NDIS_MINIPORT_DRIVER_CHARACTERISTICS SpaHandlers = {
    .Header = {NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
               NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
               NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1},
    .MajorNdisVersion = 6,
    .MinorNdisVersion = 20,
    .MajorDriverVersion = 2,
    .InitializeHandlerEx = SpaInitialize,
    .HaltHandlerEx = SpaHalt,
    .UnloadHandler = SpaUnload,
    .PauseHandler = SpaPause,
    .RestartHandler = SpaRestart,
    .OidRequestHandler = SpaOidRequest,
    .SendNetBufferListsHandler = SpaSend,
};
static NDIS_HANDLE SpaDriver;

static NDIS_STATUS SpaSetAttributes(SPA *a) {
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

static NDIS_STATUS SpaOidRequest(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req) {
    SPA *a = ctx;

    if (req->RequestType != NdisRequestSetInformation ||
        req->DATA.SET_INFORMATION.Oid != OID_GEN_CURRENT_LOOKAHEAD)
        return NDIS_STATUS_NOT_SUPPORTED;
    if (!a->Shrunk) {
        NdisFreeNetBuffer(a->Spare);
        a->Shrunk = TRUE;
    }
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS SpaInitialize(NDIS_HANDLE nic, NDIS_HANDLE drv,
                                 PNDIS_MINIPORT_INIT_PARAMETERS params) {
    NDIS_STATUS status;
    NET_BUFFER_POOL_PARAMETERS p = {0};
    SPA *a = NdisAllocateMemoryWithTagPriority(nic, sizeof *a, 'apS ', NormalPoolPriority);

    UNREFERENCED_PARAMETER(drv);
    UNREFERENCED_PARAMETER(params);
    if (!a)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(a, sizeof *a);
    a->Handle = nic;
    status = SpaSetAttributes(a);
    if (!NT_SUCCESS(status))
        goto free;
    p.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    p.Header.Revision = NET_BUFFER_POOL_PARAMETERS_REVISION_1;
    p.Header.Size = NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_1;
    p.PoolTag = 'apS ';
    status = NDIS_STATUS_RESOURCES;
    a->Pool = NdisAllocateNetBufferPool(nic, &p);
    if (!a->Pool)
        goto free;
    a->Spare = NdisAllocateNetBufferMdlAndData(a->Pool);
    if (!a->Spare)
        goto pool;
    return NDIS_STATUS_SUCCESS;

pool:
    NdisFreeNetBufferPool(a->Pool);
free:
    NdisFreeMemory(a, 0, 0);
    return status;
}

static VOID SpaHalt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action) {
    SPA *a = ctx;

    UNREFERENCED_PARAMETER(action);
    if (a->Spare)
        NdisFreeNetBuffer(a->Spare); // expect: defect NdisAllocateNetBuffer
    NdisFreeNetBufferPool(a->Pool);
    NdisFreeMemory(a, 0, 0);
}

static NDIS_STATUS SpaPause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params) {
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS SpaRestart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params) {
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static VOID SpaSend(NDIS_HANDLE ctx, PNET_BUFFER_LIST list, NDIS_PORT_NUMBER port, ULONG flags) {
    SPA *a = ctx;
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

static VOID SpaUnload(PDRIVER_OBJECT driver) {
    UNREFERENCED_PARAMETER(driver);
    NdisMDeregisterMiniportDriver(SpaDriver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path) {
    return NdisMRegisterMiniportDriver(driver, path, NULL, &SpaHandlers, &SpaDriver);
}
