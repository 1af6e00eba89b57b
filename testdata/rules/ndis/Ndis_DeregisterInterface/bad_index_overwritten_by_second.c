// A restart replaces the virtual interface: the new index overwrites the old one, which is never
// given back.

#include <ndis.h>

typedef struct {
    NDIS_HANDLE pMini;
    NDIS_HANDLE hProvider;
    NET_LUID Luid;
    NET_IFINDEX Index;
} OV;

static NDIS_HANDLE hOvDriver;

static NDIS_STATUS IfQuery(NDIS_HANDLE IfContext, NET_IF_OBJECT_ID ObjectId, PULONG OutputLength,
                           PVOID Output)
{
    UNREFERENCED_PARAMETER(IfContext);
    UNREFERENCED_PARAMETER(ObjectId);
    UNREFERENCED_PARAMETER(Output);
    *OutputLength = 0;
    return NDIS_STATUS_NOT_SUPPORTED;
}

static NDIS_STATUS IfSet(NDIS_HANDLE IfContext, NET_IF_OBJECT_ID ObjectId, ULONG InputLength,
                         PVOID Input)
{
    UNREFERENCED_PARAMETER(IfContext);
    UNREFERENCED_PARAMETER(ObjectId);
    UNREFERENCED_PARAMETER(InputLength);
    UNREFERENCED_PARAMETER(Input);
    return NDIS_STATUS_NOT_SUPPORTED;
}

static NDIS_STATUS OvAttributes(OV *pOv)
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Registration;
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES General;
    NDIS_STATUS Status;

    NdisZeroMemory(&Registration, sizeof(Registration));
    Registration.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    Registration.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Registration.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Registration.MiniportAdapterContext = pOv;
    Registration.AttributeFlags =
        NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE | NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER;
    Registration.InterfaceType = NdisInterfacePci;
    Status =
        NdisMSetMiniportAttributes(pOv->pMini, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Registration);
    if (Status != NDIS_STATUS_SUCCESS)
        return Status;

    NdisZeroMemory(&General, sizeof(General));
    General.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
    General.Header.Revision = NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
    General.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
    General.MediaType = NdisMedium802_3;
    General.MtuSize = 1500;
    General.MacAddressLength = 6;
    General.AccessType = NET_IF_ACCESS_BROADCAST;
    General.DirectionType = NET_IF_DIRECTION_SENDRECEIVE;
    General.ConnectionType = NET_IF_CONNECTION_DEDICATED;
    General.IfType = IF_TYPE_ETHERNET_CSMACD;
    return NdisMSetMiniportAttributes(pOv->pMini, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&General);
}

static NDIS_STATUS OvPublish(OV *pOv)
{
    NET_IF_INFORMATION nii;

    NdisZeroMemory(&nii, sizeof(nii));
    nii.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    nii.Header.Revision = NDIS_OBJECT_REVISION_1;
    nii.Header.Size = NDIS_SIZEOF_NET_IF_INFORMATION_REVISION_1;
    nii.AccessType = NET_IF_ACCESS_BROADCAST;
    nii.DirectionType = NET_IF_DIRECTION_SENDRECEIVE;
    nii.ConnectionType = NET_IF_CONNECTION_DEDICATED;
    nii.MediaType = NdisMedium802_3;
    return NdisIfRegisterInterface(pOv->hProvider, pOv->Luid, pOv, &nii, &pOv->Index);
}

static NDIS_STATUS OvInitialize(NDIS_HANDLE hMiniport, NDIS_HANDLE hDriverContext,
                                PNDIS_MINIPORT_INIT_PARAMETERS pInit)
{
    NDIS_IF_PROVIDER_CHARACTERISTICS ipc;
    NDIS_STATUS nsStatus;
    OV *pOv;

    UNREFERENCED_PARAMETER(hDriverContext);
    pOv = NdisAllocateMemoryWithTagPriority(hMiniport, sizeof(OV), ' vO ', NormalPoolPriority);
    if (pOv == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(pOv, sizeof(OV));
    pOv->pMini = hMiniport;
    pOv->Luid = pInit->NetLuid;
    nsStatus = OvAttributes(pOv);
    if (nsStatus == NDIS_STATUS_SUCCESS) {
        NdisZeroMemory(&ipc, sizeof(ipc));
        ipc.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
        ipc.Header.Revision = NDIS_OBJECT_REVISION_1;
        ipc.Header.Size = NDIS_SIZEOF_IF_PROVIDER_CHARACTERISTICS_REVISION_1;
        ipc.QueryObjectHandler = IfQuery;
        ipc.SetObjectHandler = IfSet;
        nsStatus = NdisIfRegisterProvider(&ipc, pOv, &pOv->hProvider);
    }
    if (nsStatus != NDIS_STATUS_SUCCESS)
        NdisFreeMemory(pOv, 0, 0);
    return nsStatus;
}

static NDIS_STATUS OvRestart(NDIS_HANDLE hContext, PNDIS_MINIPORT_RESTART_PARAMETERS pRestart)
{
    OV *pOv = hContext;

    UNREFERENCED_PARAMETER(pRestart);
    return OvPublish(pOv);
}

static VOID OvHalt(NDIS_HANDLE hContext, NDIS_HALT_ACTION Reason)
{
    OV *pOv = hContext;

    UNREFERENCED_PARAMETER(Reason);
    if (pOv->Index != 0)
        NdisIfDeregisterInterface(pOv->Index);
    NdisIfDeregisterProvider(pOv->hProvider); // expect: defect Ndis_DeregisterInterface
    NdisFreeMemory(pOv, 0, 0);
}

static NDIS_STATUS OvPause(NDIS_HANDLE hContext, PNDIS_MINIPORT_PAUSE_PARAMETERS pPause)
{
    UNREFERENCED_PARAMETER(hContext);
    UNREFERENCED_PARAMETER(pPause);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS OvOid(NDIS_HANDLE hContext, PNDIS_OID_REQUEST pRequest)
{
    UNREFERENCED_PARAMETER(hContext);
    if (pRequest->RequestType == NdisRequestSetInformation &&
        pRequest->DATA.SET_INFORMATION.Oid == OID_GEN_CURRENT_PACKET_FILTER) {
        pRequest->DATA.SET_INFORMATION.BytesRead = sizeof(ULONG);
        return NDIS_STATUS_SUCCESS;
    }
    return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID OvSend(NDIS_HANDLE hContext, PNET_BUFFER_LIST pNbl, NDIS_PORT_NUMBER PortNumber,
                   ULONG ulFlags)
{
    OV *Adapter = hContext;
    PNET_BUFFER_LIST Current;

    UNREFERENCED_PARAMETER(PortNumber);
    for (Current = pNbl; Current != NULL; Current = NET_BUFFER_LIST_NEXT_NBL(Current)) {
        NET_BUFFER_LIST_STATUS(Current) = NDIS_STATUS_PAUSED;
    }
    NdisMSendNetBufferListsComplete(
        Adapter->pMini, pNbl,
        NDIS_TEST_SEND_AT_DISPATCH_LEVEL(ulFlags) ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
}

static VOID OvUnload(PDRIVER_OBJECT pDriver)
{
    UNREFERENCED_PARAMETER(pDriver);
    NdisMDeregisterMiniportDriver(hOvDriver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT pDriver, PUNICODE_STRING pPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Chars;

    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.MajorNdisVersion = 6;
    Chars.MinorNdisVersion = 0;
    Chars.MajorDriverVersion = 1;
    Chars.InitializeHandlerEx = OvInitialize;
    Chars.HaltHandlerEx = OvHalt;
    Chars.UnloadHandler = OvUnload;
    Chars.PauseHandler = OvPause;
    Chars.RestartHandler = OvRestart;
    Chars.OidRequestHandler = OvOid;
    Chars.SendNetBufferListsHandler = OvSend;
    return NdisMRegisterMiniportDriver(pDriver, pPath, NULL, &Chars, &hOvDriver);
}
