// The key stays open while the adapter lives, for the requests that write to it; halt closes it.

#include <ndis.h>

typedef struct KEP {
    NDIS_HANDLE Handle;
    NDIS_HANDLE Key;
} KEP;

static NDIS_STATUS KepInitialize(NDIS_HANDLE, NDIS_HANDLE, PNDIS_MINIPORT_INIT_PARAMETERS);
static VOID KepHalt(NDIS_HANDLE, NDIS_HALT_ACTION);
static VOID KepUnload(PDRIVER_OBJECT);
static NDIS_STATUS KepPause(NDIS_HANDLE, PNDIS_MINIPORT_PAUSE_PARAMETERS);
static NDIS_STATUS KepRestart(NDIS_HANDLE, PNDIS_MINIPORT_RESTART_PARAMETERS);
static NDIS_STATUS KepOidRequest(NDIS_HANDLE, PNDIS_OID_REQUEST);
static VOID KepSend(NDIS_HANDLE, PNET_BUFFER_LIST, NDIS_PORT_NUMBER, ULONG);

static NDIS_MINIPORT_DRIVER_CHARACTERISTICS KepHandlers = {
    .Header = {NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
               NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
               NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1},
    .MajorNdisVersion = 6,
    .MinorNdisVersion = 20,
    .MajorDriverVersion = 2,
    .InitializeHandlerEx = KepInitialize,
    .HaltHandlerEx = KepHalt,
    .UnloadHandler = KepUnload,
    .PauseHandler = KepPause,
    .RestartHandler = KepRestart,
    .OidRequestHandler = KepOidRequest,
    .SendNetBufferListsHandler = KepSend,
};
static NDIS_HANDLE KepDriver;

static NDIS_STATUS KepSetAttributes(KEP *a) {
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

static NDIS_STATUS KepInitialize(NDIS_HANDLE nic, NDIS_HANDLE drv,
                                 PNDIS_MINIPORT_INIT_PARAMETERS params) {
    NDIS_STATUS status;
    NDIS_CONFIGURATION_OBJECT o = {0};
    KEP *a = NdisAllocateMemoryWithTagPriority(nic, sizeof *a, 'peK ', NormalPoolPriority);

    UNREFERENCED_PARAMETER(drv);
    UNREFERENCED_PARAMETER(params);
    if (!a)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(a, sizeof *a);
    a->Handle = nic;
    o.Header.Type = NDIS_OBJECT_TYPE_CONFIGURATION_OBJECT;
    o.Header.Revision = NDIS_CONFIGURATION_OBJECT_REVISION_1;
    o.Header.Size = NDIS_SIZEOF_CONFIGURATION_OBJECT_REVISION_1;
    o.NdisHandle = nic;
    if (!NT_SUCCESS(NdisOpenConfigurationEx(&o, &a->Key)))
        a->Key = NULL; /* settings are not kept then */
    status = KepSetAttributes(a);
    if (!NT_SUCCESS(status))
        KepHalt(a, NdisHaltDeviceInitializationFailed);
    return status;
}

static NDIS_STATUS KepOidRequest(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req) {
    NDIS_STRING name = NDIS_STRING_CONST("Filter");
    NDIS_CONFIGURATION_PARAMETER value;
    NDIS_STATUS status;
    KEP *a = ctx;

    if (req->RequestType != NdisRequestSetInformation ||
        req->DATA.SET_INFORMATION.Oid != OID_GEN_CURRENT_PACKET_FILTER)
        return NDIS_STATUS_NOT_SUPPORTED;
    if (!a->Key)
        return NDIS_STATUS_SUCCESS;
    value.ParameterType = NdisParameterInteger;
    value.ParameterData.IntegerData = *(ULONG *)req->DATA.SET_INFORMATION.InformationBuffer;
    NdisWriteConfiguration(&status, a->Key, &name, &value);
    return status == NDIS_STATUS_SUCCESS ? NDIS_STATUS_SUCCESS : NDIS_STATUS_NOT_ACCEPTED;
}

static VOID KepHalt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action) {
    KEP *a = ctx;

    UNREFERENCED_PARAMETER(action);
    if (a->Key)
        NdisCloseConfiguration(a->Key);
    NdisFreeMemory(a, 0, 0);
}

static NDIS_STATUS KepPause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params) {
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS KepRestart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params) {
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static VOID KepSend(NDIS_HANDLE ctx, PNET_BUFFER_LIST list, NDIS_PORT_NUMBER port, ULONG flags) {
    KEP *a = ctx;
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

static VOID KepUnload(PDRIVER_OBJECT driver) {
    UNREFERENCED_PARAMETER(driver);
    NdisMDeregisterMiniportDriver(KepDriver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path) {
    return NdisMRegisterMiniportDriver(driver, path, NULL, &KepHandlers, &KepDriver);
}
