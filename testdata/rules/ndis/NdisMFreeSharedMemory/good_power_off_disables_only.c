// Whatever the reason of the shutdown, the device is disabled and nothing is given back.

#include <ndis.h>

struct PWR;
struct pwr_ops {
    VOID (*Disable)(struct PWR *);
    VOID (*Release)(struct PWR *);
};

typedef struct PWR {
    NDIS_HANDLE Handle;
    const struct pwr_ops *Ops;
    NDIS_HANDLE Dma;
    PVOID Log;
    NDIS_PHYSICAL_ADDRESS LogAddress;
    BOOLEAN Running;
} PWR;

static NDIS_STATUS PwrInitialize(NDIS_HANDLE, NDIS_HANDLE, PNDIS_MINIPORT_INIT_PARAMETERS);
static VOID PwrHalt(NDIS_HANDLE, NDIS_HALT_ACTION);
static VOID PwrUnload(PDRIVER_OBJECT);
static NDIS_STATUS PwrPause(NDIS_HANDLE, PNDIS_MINIPORT_PAUSE_PARAMETERS);
static NDIS_STATUS PwrRestart(NDIS_HANDLE, PNDIS_MINIPORT_RESTART_PARAMETERS);
static NDIS_STATUS PwrOidRequest(NDIS_HANDLE, PNDIS_OID_REQUEST);
static VOID PwrSend(NDIS_HANDLE, PNET_BUFFER_LIST, NDIS_PORT_NUMBER, ULONG);
static VOID PwrShutdown(NDIS_HANDLE, NDIS_SHUTDOWN_ACTION);

static NDIS_MINIPORT_DRIVER_CHARACTERISTICS PwrHandlers = {
    .Header = {NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
               NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
               NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1},
    .MajorNdisVersion = 6,
    .MinorNdisVersion = 20,
    .MajorDriverVersion = 2,
    .InitializeHandlerEx = PwrInitialize,
    .HaltHandlerEx = PwrHalt,
    .UnloadHandler = PwrUnload,
    .PauseHandler = PwrPause,
    .RestartHandler = PwrRestart,
    .OidRequestHandler = PwrOidRequest,
    .SendNetBufferListsHandler = PwrSend,
    .ShutdownHandlerEx = PwrShutdown,
};
static NDIS_HANDLE PwrDriver;

static NDIS_STATUS PwrSetAttributes(PWR *a) {
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

static MINIPORT_PROCESS_SG_LIST PwrSg;

static VOID PwrSg(PDEVICE_OBJECT dev, PVOID reserved, PSCATTER_GATHER_LIST sgl, PVOID ctx) {
    UNREFERENCED_PARAMETER(dev);
    UNREFERENCED_PARAMETER(reserved);
    UNREFERENCED_PARAMETER(sgl);
    UNREFERENCED_PARAMETER(ctx);
}

static VOID PwrDisable(PWR *a) {
    a->Running = FALSE;
}

static VOID PwrRelease(PWR *a) {
    if (a->Log)
        NdisMFreeSharedMemory(a->Handle, 512, TRUE, a->Log, a->LogAddress);
    a->Log = NULL;
}

static const struct pwr_ops PwrOps = {PwrDisable, PwrRelease};

static NDIS_STATUS PwrInitialize(NDIS_HANDLE nic, NDIS_HANDLE drv,
                                 PNDIS_MINIPORT_INIT_PARAMETERS params) {
    NDIS_STATUS status;
    NDIS_SG_DMA_DESCRIPTION d = {0};
    PWR *a = NdisAllocateMemoryWithTagPriority(nic, sizeof *a, 'rwP ', NormalPoolPriority);

    UNREFERENCED_PARAMETER(drv);
    UNREFERENCED_PARAMETER(params);
    if (!a)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(a, sizeof *a);
    a->Handle = nic;
    a->Ops = &PwrOps;
    status = PwrSetAttributes(a);
    if (NT_SUCCESS(status)) {
        d.Header.Type = NDIS_OBJECT_TYPE_SG_DMA_DESCRIPTION;
        d.Header.Revision = NDIS_SG_DMA_DESCRIPTION_REVISION_1;
        d.Header.Size = NDIS_SIZEOF_SG_DMA_DESCRIPTION_REVISION_1;
        d.MaximumPhysicalMapping = 4096;
        d.ProcessSGListHandler = PwrSg;
        status = NdisMRegisterScatterGatherDma(nic, &d, &a->Dma);
    }
    if (!NT_SUCCESS(status)) {
        NdisFreeMemory(a, 0, 0);
        return status;
    }
    /* The firmware's log is a convenience: no log, no harm. */
    NdisMAllocateSharedMemory(nic, 512, TRUE, &a->Log, &a->LogAddress);
    a->Running = TRUE;
    return NDIS_STATUS_SUCCESS;
}

static VOID PwrHalt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action) {
    PWR *a = ctx;

    UNREFERENCED_PARAMETER(action);
    a->Ops->Disable(a);
    a->Ops->Release(a);
    NdisMDeregisterScatterGatherDma(a->Dma);
    NdisFreeMemory(a, 0, 0);
}

static VOID PwrShutdown(NDIS_HANDLE ctx, NDIS_SHUTDOWN_ACTION action) {
    PWR *a = ctx;

    UNREFERENCED_PARAMETER(action);
    a->Ops->Disable(a);
}

static NDIS_STATUS PwrPause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params) {
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS PwrRestart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params) {
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS PwrOidRequest(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req) {
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

static VOID PwrSend(NDIS_HANDLE ctx, PNET_BUFFER_LIST list, NDIS_PORT_NUMBER port, ULONG flags) {
    PWR *a = ctx;
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

static VOID PwrUnload(PDRIVER_OBJECT driver) {
    UNREFERENCED_PARAMETER(driver);
    NdisMDeregisterMiniportDriver(PwrDriver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path) {
    return NdisMRegisterMiniportDriver(driver, path, NULL, &PwrHandlers, &PwrDriver);
}
