// Initialize registers DMA for both bus master modes, halt deregisters for one of them.

#include <ndis.h>

enum tor_mode { TorPio, TorDma32, TorDma64 };

typedef struct TOR {
    NDIS_HANDLE Handle;
    NDIS_HANDLE Dma;
    enum tor_mode Mode;
    ULONG Revision;
} TOR;

static NDIS_STATUS TorInitialize(NDIS_HANDLE, NDIS_HANDLE, PNDIS_MINIPORT_INIT_PARAMETERS);
static VOID TorHalt(NDIS_HANDLE, NDIS_HALT_ACTION);
static VOID TorUnload(PDRIVER_OBJECT);
static NDIS_STATUS TorPause(NDIS_HANDLE, PNDIS_MINIPORT_PAUSE_PARAMETERS);
static NDIS_STATUS TorRestart(NDIS_HANDLE, PNDIS_MINIPORT_RESTART_PARAMETERS);
static NDIS_STATUS TorOidRequest(NDIS_HANDLE, PNDIS_OID_REQUEST);
static VOID TorSend(NDIS_HANDLE, PNET_BUFFER_LIST, NDIS_PORT_NUMBER, ULONG);

static NDIS_MINIPORT_DRIVER_CHARACTERISTICS TorHandlers = {
    .Header = {NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
               NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
               NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1},
    .MajorNdisVersion = 6,
    .MinorNdisVersion = 20,
    .MajorDriverVersion = 2,
    .InitializeHandlerEx = TorInitialize,
    .HaltHandlerEx = TorHalt,
    .UnloadHandler = TorUnload,
    .PauseHandler = TorPause,
    .RestartHandler = TorRestart,
    .OidRequestHandler = TorOidRequest,
    .SendNetBufferListsHandler = TorSend,
};
static NDIS_HANDLE TorDriver;

static NDIS_STATUS TorSetAttributes(TOR *a) {
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

static MINIPORT_PROCESS_SG_LIST TorSg;

static VOID TorSg(PDEVICE_OBJECT dev, PVOID reserved, PSCATTER_GATHER_LIST sgl, PVOID ctx) {
    UNREFERENCED_PARAMETER(dev);
    UNREFERENCED_PARAMETER(reserved);
    UNREFERENCED_PARAMETER(sgl);
    UNREFERENCED_PARAMETER(ctx);
}

static NDIS_STATUS TorDma(TOR *a, ULONG flags) {
    NDIS_SG_DMA_DESCRIPTION d = {0};

    d.Header.Type = NDIS_OBJECT_TYPE_SG_DMA_DESCRIPTION;
    d.Header.Revision = NDIS_SG_DMA_DESCRIPTION_REVISION_1;
    d.Header.Size = NDIS_SIZEOF_SG_DMA_DESCRIPTION_REVISION_1;
    d.Flags = flags;
    d.MaximumPhysicalMapping = 9000;
    d.ProcessSGListHandler = TorSg;
    return NdisMRegisterScatterGatherDma(a->Handle, &d, &a->Dma);
}

/* Without bus mastering the driver copies, which is slow and always works. */
static VOID TorChooseMode(TOR *a) {
    a->Mode = TorPio;
    if (a->Revision < 2)
        return;
    if (TorDma(a, NDIS_SG_DMA_64_BIT_ADDRESS) == NDIS_STATUS_SUCCESS)
        a->Mode = TorDma64;
    else if (TorDma(a, 0) == NDIS_STATUS_SUCCESS)
        a->Mode = TorDma32;
}

static NDIS_STATUS TorInitialize(NDIS_HANDLE nic, NDIS_HANDLE drv,
                                 PNDIS_MINIPORT_INIT_PARAMETERS params) {
    NDIS_STATUS status;
    TOR *a = NdisAllocateMemoryWithTagPriority(nic, sizeof *a, 'roT ', NormalPoolPriority);

    UNREFERENCED_PARAMETER(drv);
    UNREFERENCED_PARAMETER(params);
    if (!a)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(a, sizeof *a);
    a->Handle = nic;
    status = TorSetAttributes(a);
    if (!NT_SUCCESS(status)) {
        NdisFreeMemory(a, 0, 0);
        return status;
    }
    NdisMGetBusData(nic, PCI_WHICHSPACE_CONFIG, 8, &a->Revision, sizeof a->Revision);
    TorChooseMode(a);
    return NDIS_STATUS_SUCCESS;
}

static VOID TorHalt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action) {
    TOR *a = ctx;

    UNREFERENCED_PARAMETER(action);
    if (a->Mode == TorDma64)
        NdisMDeregisterScatterGatherDma(a->Dma);
    NdisFreeMemory(a, 0, 0);
} // expect: defect Init_RegisterSG

static NDIS_STATUS TorPause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params) {
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS TorRestart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params) {
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS TorOidRequest(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req) {
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

static VOID TorSend(NDIS_HANDLE ctx, PNET_BUFFER_LIST list, NDIS_PORT_NUMBER port, ULONG flags) {
    TOR *a = ctx;
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

static VOID TorUnload(PDRIVER_OBJECT driver) {
    UNREFERENCED_PARAMETER(driver);
    NdisMDeregisterMiniportDriver(TorDriver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path) {
    return NdisMRegisterMiniportDriver(driver, path, NULL, &TorHandlers, &TorDriver);
}
