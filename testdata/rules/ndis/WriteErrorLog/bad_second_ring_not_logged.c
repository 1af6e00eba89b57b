// The failure of the first ring is logged, that of the second is not.

#include <ndis.h>

typedef struct ERR {
    NDIS_HANDLE Handle;
    NDIS_HANDLE Dma;
    PVOID Ring[2];
    NDIS_PHYSICAL_ADDRESS Address[2];
} ERR;

static NDIS_STATUS ErrInitialize(NDIS_HANDLE, NDIS_HANDLE, PNDIS_MINIPORT_INIT_PARAMETERS);
static VOID ErrHalt(NDIS_HANDLE, NDIS_HALT_ACTION);
static VOID ErrUnload(PDRIVER_OBJECT);
static NDIS_STATUS ErrPause(NDIS_HANDLE, PNDIS_MINIPORT_PAUSE_PARAMETERS);
static NDIS_STATUS ErrRestart(NDIS_HANDLE, PNDIS_MINIPORT_RESTART_PARAMETERS);
static NDIS_STATUS ErrOidRequest(NDIS_HANDLE, PNDIS_OID_REQUEST);
static VOID ErrSend(NDIS_HANDLE, PNET_BUFFER_LIST, NDIS_PORT_NUMBER, ULONG);
static MINIPORT_PROCESS_SG_LIST ErrSg;

static NDIS_MINIPORT_DRIVER_CHARACTERISTICS ErrHandlers = {
    .Header = {NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
               NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
               NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1},
    .MajorNdisVersion = 6,
    .MinorNdisVersion = 20,
    .MajorDriverVersion = 2,
    .InitializeHandlerEx = ErrInitialize,
    .HaltHandlerEx = ErrHalt,
    .UnloadHandler = ErrUnload,
    .PauseHandler = ErrPause,
    .RestartHandler = ErrRestart,
    .OidRequestHandler = ErrOidRequest,
    .SendNetBufferListsHandler = ErrSend,
};
static NDIS_HANDLE ErrDriver;

static NDIS_STATUS ErrSetAttributes(ERR *a) {
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

static BOOLEAN ErrRing(ERR *a, int i) {
    NdisMAllocateSharedMemory(a->Handle, 4096, FALSE, &a->Ring[i], &a->Address[i]);
    return a->Ring[i] != NULL;
}

static VOID ErrFree(ERR *a) {
    int i;

    for (i = 0; i < 2; i++) {
        if (a->Ring[i])
            NdisMFreeSharedMemory(a->Handle, 4096, FALSE, a->Ring[i], a->Address[i]);
    }
    if (a->Dma)
        NdisMDeregisterScatterGatherDma(a->Dma);
    NdisFreeMemory(a, 0, 0);
}

static VOID ErrSg(PDEVICE_OBJECT dev, PVOID reserved, PSCATTER_GATHER_LIST sgl, PVOID ctx) {
    UNREFERENCED_PARAMETER(dev);
    UNREFERENCED_PARAMETER(reserved);
    UNREFERENCED_PARAMETER(sgl);
    UNREFERENCED_PARAMETER(ctx);
}

static NDIS_STATUS ErrDma(ERR *a) {
    NDIS_SG_DMA_DESCRIPTION d = {0};
    NDIS_STATUS status;

    d.Header.Type = NDIS_OBJECT_TYPE_SG_DMA_DESCRIPTION;
    d.Header.Revision = NDIS_SG_DMA_DESCRIPTION_REVISION_1;
    d.Header.Size = NDIS_SIZEOF_SG_DMA_DESCRIPTION_REVISION_1;
    d.MaximumPhysicalMapping = 4096;
    d.ProcessSGListHandler = ErrSg;
    status = NdisMRegisterScatterGatherDma(a->Handle, &d, &a->Dma);
    if (!NT_SUCCESS(status))
        a->Dma = NULL;
    return status;
}

static NDIS_STATUS ErrInitialize(NDIS_HANDLE nic, NDIS_HANDLE drv,
                                 PNDIS_MINIPORT_INIT_PARAMETERS params) {
    NDIS_STATUS status;
    ERR *a = NdisAllocateMemoryWithTagPriority(nic, sizeof *a, 'rrE ', NormalPoolPriority);

    UNREFERENCED_PARAMETER(drv);
    UNREFERENCED_PARAMETER(params);
    if (!a)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(a, sizeof *a);
    a->Handle = nic;
    status = ErrSetAttributes(a);
    if (!NT_SUCCESS(status))
        goto fail;
    status = ErrDma(a);
    if (!NT_SUCCESS(status))
        goto fail;
    if (!ErrRing(a, 0)) {
        NdisWriteErrorLogEntry(nic, NDIS_ERROR_CODE_OUT_OF_RESOURCES, 1, 0);
        status = NDIS_STATUS_RESOURCES;
        goto fail;
    }
    if (!ErrRing(a, 1)) {
        status = NDIS_STATUS_RESOURCES;
        goto fail;
    }
    return NDIS_STATUS_SUCCESS;

fail:
    ErrFree(a);
    return status; // expect: defect WriteErrorLog
}

static VOID ErrHalt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action) {
    UNREFERENCED_PARAMETER(action);
    ErrFree(ctx);
}

static NDIS_STATUS ErrPause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params) {
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS ErrRestart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params) {
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS ErrOidRequest(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req) {
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

static VOID ErrSend(NDIS_HANDLE ctx, PNET_BUFFER_LIST list, NDIS_PORT_NUMBER port, ULONG flags) {
    ERR *a = ctx;
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

static VOID ErrUnload(PDRIVER_OBJECT driver) {
    UNREFERENCED_PARAMETER(driver);
    NdisMDeregisterMiniportDriver(ErrDriver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path) {
    return NdisMRegisterMiniportDriver(driver, path, NULL, &ErrHandlers, &ErrDriver);
}
