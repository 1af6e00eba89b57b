// Halt frees the object in one of the two states in which it exists.

#include <ndis.h>

enum gen_state { GenEmpty, GenIdle, GenTracing };

typedef struct GEN {
    NDIS_HANDLE Handle;
    PNDIS_GENERIC_OBJECT Object;
    enum gen_state State;
} GEN;

static NDIS_STATUS GenInitialize(NDIS_HANDLE, NDIS_HANDLE, PNDIS_MINIPORT_INIT_PARAMETERS);
static VOID GenHalt(NDIS_HANDLE, NDIS_HALT_ACTION);
static VOID GenUnload(PDRIVER_OBJECT);
static NDIS_STATUS GenPause(NDIS_HANDLE, PNDIS_MINIPORT_PAUSE_PARAMETERS);
static NDIS_STATUS GenRestart(NDIS_HANDLE, PNDIS_MINIPORT_RESTART_PARAMETERS);
static NDIS_STATUS GenOidRequest(NDIS_HANDLE, PNDIS_OID_REQUEST);
static VOID GenSend(NDIS_HANDLE, PNET_BUFFER_LIST, NDIS_PORT_NUMBER, ULONG);

static NDIS_MINIPORT_DRIVER_CHARACTERISTICS GenHandlers = {
    .Header = {NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
               NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
               NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1},
    .MajorNdisVersion = 6,
    .MinorNdisVersion = 20,
    .MajorDriverVersion = 2,
    .InitializeHandlerEx = GenInitialize,
    .HaltHandlerEx = GenHalt,
    .UnloadHandler = GenUnload,
    .PauseHandler = GenPause,
    .RestartHandler = GenRestart,
    .OidRequestHandler = GenOidRequest,
    .SendNetBufferListsHandler = GenSend,
};
static NDIS_HANDLE GenDriver;
static PDRIVER_OBJECT GenDriverObject;

static NDIS_STATUS GenSetAttributes(GEN *a) {
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

static NDIS_STATUS GenInitialize(NDIS_HANDLE nic, NDIS_HANDLE drv,
                                 PNDIS_MINIPORT_INIT_PARAMETERS params) {
    NDIS_STATUS status;
    GEN *a = NdisAllocateMemoryWithTagPriority(nic, sizeof *a, 'neG ', LowPoolPriority);

    UNREFERENCED_PARAMETER(drv);
    UNREFERENCED_PARAMETER(params);
    if (!a)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(a, sizeof *a);
    a->Handle = nic;
    a->State = GenEmpty;
    status = GenSetAttributes(a);
    if (!NT_SUCCESS(status)) {
        NdisFreeMemory(a, 0, 0);
        return status;
    }
    /* The object is for tracing; the adapter works without it. */
    a->Object = NdisAllocateGenericObject(GenDriverObject, 'neG ', sizeof(ULONG));
    if (a->Object)
        a->State = GenIdle;
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS GenRestart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params) {
    GEN *a = ctx;

    UNREFERENCED_PARAMETER(params);
    if (a->State == GenIdle)
        a->State = GenTracing;
    return NDIS_STATUS_SUCCESS;
}

static VOID GenHalt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action) {
    GEN *a = ctx;

    UNREFERENCED_PARAMETER(action);
    switch (a->State) {
    case GenTracing:
        NdisFreeGenericObject(a->Object);
        break;
    case GenIdle:
    case GenEmpty:
        break;
    }
    NdisFreeMemory(a, 0, 0);
} // expect: defect NdisAllocateGenericObject

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path) {
    GenDriverObject = driver;
    return NdisMRegisterMiniportDriver(driver, path, NULL, &GenHandlers, &GenDriver);
}

static NDIS_STATUS GenPause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params) {
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS GenOidRequest(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req) {
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

static VOID GenSend(NDIS_HANDLE ctx, PNET_BUFFER_LIST list, NDIS_PORT_NUMBER port, ULONG flags) {
    GEN *a = ctx;
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

static VOID GenUnload(PDRIVER_OBJECT driver) {
    UNREFERENCED_PARAMETER(driver);
    NdisMDeregisterMiniportDriver(GenDriver);
}
