// The header has an MDL only if the registry asks for it; halt looks at the same flag.

#include <ndis.h>

typedef struct HDR {
    NDIS_HANDLE Handle;
    PMDL Header, Body;
    ULONG Flags;
    UCHAR Bytes[64];
    PVOID Data;
} HDR;

static NDIS_STATUS HdrInitialize(NDIS_HANDLE, NDIS_HANDLE, PNDIS_MINIPORT_INIT_PARAMETERS);
static VOID HdrHalt(NDIS_HANDLE, NDIS_HALT_ACTION);
static VOID HdrUnload(PDRIVER_OBJECT);
static NDIS_STATUS HdrPause(NDIS_HANDLE, PNDIS_MINIPORT_PAUSE_PARAMETERS);
static NDIS_STATUS HdrRestart(NDIS_HANDLE, PNDIS_MINIPORT_RESTART_PARAMETERS);
static NDIS_STATUS HdrOidRequest(NDIS_HANDLE, PNDIS_OID_REQUEST);
static VOID HdrSend(NDIS_HANDLE, PNET_BUFFER_LIST, NDIS_PORT_NUMBER, ULONG);

static NDIS_MINIPORT_DRIVER_CHARACTERISTICS HdrHandlers = {
    .Header = {NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
               NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
               NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1},
    .MajorNdisVersion = 6,
    .MinorNdisVersion = 20,
    .MajorDriverVersion = 2,
    .InitializeHandlerEx = HdrInitialize,
    .HaltHandlerEx = HdrHalt,
    .UnloadHandler = HdrUnload,
    .PauseHandler = HdrPause,
    .RestartHandler = HdrRestart,
    .OidRequestHandler = HdrOidRequest,
    .SendNetBufferListsHandler = HdrSend,
};
static NDIS_HANDLE HdrDriver;

static NDIS_STATUS HdrSetAttributes(HDR *a) {
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

#define HDR_SPLIT 1u
#define HDR_READY 2u

static VOID HdrClose(HDR *a) {
    if (a->Flags & HDR_SPLIT) {
        NdisFreeMdl(a->Header);
        a->Flags &= ~HDR_SPLIT;
    }
    if (a->Flags & HDR_READY) {
        NdisFreeMdl(a->Body);
        NdisFreeMemory(a->Data, 0, 0);
    }
    NdisFreeMemory(a, 0, 0);
}

static NDIS_STATUS HdrOpen(HDR *a, ULONG wanted) {
    if (wanted & HDR_SPLIT) {
        a->Header = NdisAllocateMdl(a->Handle, a->Bytes, sizeof a->Bytes);
        if (!a->Header)
            return NDIS_STATUS_RESOURCES;
        a->Flags |= HDR_SPLIT;
    }
    a->Data = NdisAllocateMemoryWithTagPriority(a->Handle, 2048, 'rdH ', NormalPoolPriority);
    if (!a->Data)
        return NDIS_STATUS_RESOURCES;
    a->Body = NdisAllocateMdl(a->Handle, a->Data, 2048);
    if (!a->Body) {
        NdisFreeMemory(a->Data, 0, 0);
        return NDIS_STATUS_RESOURCES;
    }
    a->Flags |= HDR_READY;
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS HdrInitialize(NDIS_HANDLE nic, NDIS_HANDLE drv,
                                 PNDIS_MINIPORT_INIT_PARAMETERS params) {
    NDIS_STATUS status;
    ULONG wanted = 0;
    HDR *a = NdisAllocateMemoryWithTagPriority(nic, sizeof *a, 'rdH ', NormalPoolPriority);

    UNREFERENCED_PARAMETER(drv);
    UNREFERENCED_PARAMETER(params);
    if (!a)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(a, sizeof *a);
    a->Handle = nic;
    NdisMGetBusData(nic, PCI_WHICHSPACE_CONFIG, 0x40, &wanted, sizeof wanted);
    status = HdrSetAttributes(a);
    if (NT_SUCCESS(status))
        status = HdrOpen(a, wanted);
    if (!NT_SUCCESS(status))
        HdrClose(a);
    return status;
}

static VOID HdrHalt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action) {
    UNREFERENCED_PARAMETER(action);
    HdrClose(ctx);
}

static NDIS_STATUS HdrPause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params) {
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS HdrRestart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params) {
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS HdrOidRequest(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req) {
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

static VOID HdrSend(NDIS_HANDLE ctx, PNET_BUFFER_LIST list, NDIS_PORT_NUMBER port, ULONG flags) {
    HDR *a = ctx;
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

static VOID HdrUnload(PDRIVER_OBJECT driver) {
    UNREFERENCED_PARAMETER(driver);
    NdisMDeregisterMiniportDriver(HdrDriver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path) {
    return NdisMRegisterMiniportDriver(driver, path, NULL, &HdrHandlers, &HdrDriver);
}
