// One provider for all adapters is registered by DriverEntry and deregistered by unload.

#include "vs.h"

MINIPORT_INITIALIZE VsInitialize;
MINIPORT_HALT VsHalt;
MINIPORT_UNLOAD VsUnload;
MINIPORT_PAUSE VsPause;
MINIPORT_RESTART VsRestart;
MINIPORT_OID_REQUEST VsOid;
MINIPORT_SEND_NET_BUFFER_LISTS VsSend;

static NDIS_HANDLE hVsDriver = NULL;

static NDIS_STATUS
VsAttributes(VS_PORT* pPort)
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Registration;
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES General;
    NDIS_STATUS Status;

    NdisZeroMemory(&Registration, sizeof(Registration));
    Registration.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    Registration.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Registration.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Registration.MiniportAdapterContext = pPort;
    Registration.AttributeFlags =
        NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE | NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER;
    Registration.InterfaceType = NdisInterfacePci;
    Status = NdisMSetMiniportAttributes(pPort->hMiniport,
                                        (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Registration);
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
    return NdisMSetMiniportAttributes(pPort->hMiniport,
                                      (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&General);
}

NDIS_STATUS
VsInitialize(NDIS_HANDLE hMiniport,
             NDIS_HANDLE hDriverContext,
             PNDIS_MINIPORT_INIT_PARAMETERS pInit)
{
    VS_PORT* pPort;
    NDIS_STATUS nsStatus;

    UNREFERENCED_PARAMETER(hDriverContext);
    pPort =
        NdisAllocateMemoryWithTagPriority(hMiniport, sizeof(VS_PORT), 'PsV ', NormalPoolPriority);
    if (pPort == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(pPort, sizeof(VS_PORT));
    pPort->hMiniport = hMiniport;
    nsStatus = VsAttributes(pPort);
    if (nsStatus == NDIS_STATUS_SUCCESS)
        nsStatus = VsProviderAdd(pPort, pInit->NetLuid);
    if (nsStatus != NDIS_STATUS_SUCCESS)
        NdisFreeMemory(pPort, 0, 0);
    return nsStatus;
}

VOID
VsHalt(NDIS_HANDLE hContext, NDIS_HALT_ACTION Reason)
{
    VS_PORT* pPort = (VS_PORT*)hContext;

    UNREFERENCED_PARAMETER(Reason);
    VsProviderRemove(pPort);
    NdisFreeMemory(pPort, 0, 0);
}

NDIS_STATUS
VsPause(NDIS_HANDLE hContext, PNDIS_MINIPORT_PAUSE_PARAMETERS pPause)
{
    UNREFERENCED_PARAMETER(hContext);
    UNREFERENCED_PARAMETER(pPause);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
VsRestart(NDIS_HANDLE hContext, PNDIS_MINIPORT_RESTART_PARAMETERS pRestart)
{
    UNREFERENCED_PARAMETER(hContext);
    UNREFERENCED_PARAMETER(pRestart);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
VsOid(NDIS_HANDLE hContext, PNDIS_OID_REQUEST pRequest)
{
    NDIS_STATUS Result = NDIS_STATUS_NOT_SUPPORTED;

    UNREFERENCED_PARAMETER(hContext);
    switch (pRequest->DATA.SET_INFORMATION.Oid) {
    case OID_GEN_CURRENT_LOOKAHEAD:
    case OID_GEN_CURRENT_PACKET_FILTER:
        if (pRequest->RequestType == NdisRequestSetInformation)
            Result = NDIS_STATUS_SUCCESS;
        break;
    default:
        break;
    }
    return Result;
}

VOID
VsSend(NDIS_HANDLE hContext, PNET_BUFFER_LIST pNbl, NDIS_PORT_NUMBER PortNumber, ULONG ulFlags)
{
    VS_PORT* Nic = (VS_PORT*)hContext;
    PNET_BUFFER_LIST Next;
    ULONG CompleteFlags =
        (ulFlags & NDIS_SEND_FLAGS_DISPATCH_LEVEL) ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0;

    UNREFERENCED_PARAMETER(PortNumber);
    do {
        Next = NET_BUFFER_LIST_NEXT_NBL(pNbl);
        NET_BUFFER_LIST_NEXT_NBL(pNbl) = NULL;
        NET_BUFFER_LIST_STATUS(pNbl) = NDIS_STATUS_PAUSED;
        NdisMSendNetBufferListsComplete(Nic->hMiniport, pNbl, CompleteFlags);
        pNbl = Next;
    } while (pNbl != NULL);
}

VOID
VsUnload(PDRIVER_OBJECT pDriver)
{
    UNREFERENCED_PARAMETER(pDriver);
    NdisMDeregisterMiniportDriver(hVsDriver);
    VsProviderStop();
}

NTSTATUS
DriverEntry(PDRIVER_OBJECT pDriver, PUNICODE_STRING pPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS mdc;
    NDIS_STATUS nsStatus;

    nsStatus = VsProviderStart();
    if (nsStatus != NDIS_STATUS_SUCCESS)
        return nsStatus;
    NdisZeroMemory(&mdc, sizeof(mdc));
    mdc.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    mdc.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    mdc.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    mdc.MajorNdisVersion = 6;
    mdc.MinorNdisVersion = 0;
    mdc.MajorDriverVersion = 1;
    mdc.InitializeHandlerEx = VsInitialize;
    mdc.HaltHandlerEx = VsHalt;
    mdc.UnloadHandler = VsUnload;
    mdc.PauseHandler = VsPause;
    mdc.RestartHandler = VsRestart;
    mdc.OidRequestHandler = VsOid;
    mdc.SendNetBufferListsHandler = VsSend;
    nsStatus = NdisMRegisterMiniportDriver(pDriver, pPath, NULL, &mdc, &hVsDriver);
    if (nsStatus != NDIS_STATUS_SUCCESS)
        VsProviderStop();
    return nsStatus;
}
