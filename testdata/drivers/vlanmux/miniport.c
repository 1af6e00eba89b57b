//
// The upper edge: the life of a virtual miniport.
//
#include "mux.h"

static NDIS_HANDLE
AllocateClonePool(
    _In_ NDIS_HANDLE hMiniport
    )
{
    NET_BUFFER_LIST_POOL_PARAMETERS Pool;

    NdisZeroMemory(&Pool, sizeof(Pool));
    Pool.Header.Type        = NDIS_OBJECT_TYPE_DEFAULT;
    Pool.Header.Revision    = NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    Pool.Header.Size        = NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    Pool.ProtocolId         = NDIS_PROTOCOL_ID_DEFAULT;
    Pool.fAllocateNetBuffer = TRUE;
    Pool.PoolTag            = MUX_TAG;
    return NdisAllocateNetBufferListPool(hMiniport, &Pool);
}

static NDIS_STATUS
SetRegistrationAttributes(
    _In_ NDIS_HANDLE hMiniport,
    _In_ PVNIC       pVnic
    )
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Registration;

    NdisZeroMemory(&Registration, sizeof(Registration));
    Registration.Header.Type     = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    Registration.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Registration.Header.Size     = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Registration.MiniportAdapterContext = (NDIS_HANDLE)pVnic;
    Registration.AttributeFlags  = NDIS_MINIPORT_ATTRIBUTES_NDIS_WDM |
                                   NDIS_MINIPORT_ATTRIBUTES_NO_HALT_ON_SUSPEND;
    Registration.InterfaceType   = NdisInterfaceInternal;
    return NdisMSetMiniportAttributes(hMiniport,
                                      (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Registration);
}

static NDIS_STATUS
SetGeneralAttributes(
    _In_ NDIS_HANDLE hMiniport,
    _In_ PADAPT      pAdapt
    )
{
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES General;

    NdisZeroMemory(&General, sizeof(General));
    General.Header.Type         = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
    General.Header.Revision     = NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
    General.Header.Size         = NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
    General.MediaType           = NdisMedium802_3;
    General.PhysicalMediumType  = NdisPhysicalMediumUnspecified;
    General.MtuSize             = MUX_MTU;
    General.MaxXmitLinkSpeed    = pAdapt->XmitLinkSpeed;
    General.MaxRcvLinkSpeed     = pAdapt->RcvLinkSpeed;
    General.XmitLinkSpeed       = pAdapt->XmitLinkSpeed;
    General.RcvLinkSpeed        = pAdapt->RcvLinkSpeed;
    General.MediaConnectState   = pAdapt->ConnectState;
    General.MediaDuplexState    = MediaDuplexStateFull;
    General.LookaheadSize       = MUX_MTU;
    General.MacOptions          = NDIS_MAC_OPTION_NO_LOOPBACK | NDIS_MAC_OPTION_8021P_PRIORITY;
    General.SupportedPacketFilters = NDIS_PACKET_TYPE_DIRECTED | NDIS_PACKET_TYPE_MULTICAST |
                                     NDIS_PACKET_TYPE_ALL_MULTICAST | NDIS_PACKET_TYPE_BROADCAST |
                                     NDIS_PACKET_TYPE_PROMISCUOUS;
    General.MaxMulticastListSize = 32;
    General.MacAddressLength    = MUX_ADDRESS_LENGTH;
    NdisMoveMemory(General.PermanentMacAddress, pAdapt->MacAddress, MUX_ADDRESS_LENGTH);
    NdisMoveMemory(General.CurrentMacAddress, pAdapt->MacAddress, MUX_ADDRESS_LENGTH);
    General.AccessType          = NET_IF_ACCESS_BROADCAST;
    General.DirectionType       = NET_IF_DIRECTION_SENDRECEIVE;
    General.ConnectionType      = NET_IF_CONNECTION_DEDICATED;
    General.IfType              = IF_TYPE_ETHERNET_CSMACD;
    General.IfConnectorPresent  = FALSE;
    General.SupportedStatistics = NDIS_STATISTICS_FLAGS_VALID_DIRECTED_FRAMES_RCV |
                                  NDIS_STATISTICS_FLAGS_VALID_DIRECTED_FRAMES_XMIT;
    General.SupportedOidList    = g_SupportedOids;
    General.SupportedOidListLength = g_cbSupportedOids;
    return NdisMSetMiniportAttributes(hMiniport, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&General);
}

_Use_decl_annotations_
NDIS_STATUS
MpInitialize(
    NDIS_HANDLE                    NdisMiniportHandle,
    NDIS_HANDLE                    MiniportDriverContext,
    PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters
    )
{
    PVNIC pVnic = (PVNIC)MiniportInitParameters->IMDeviceInstanceContext;
    NDIS_HANDLE hPool = NULL;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);

    do
    {
        Status = SetRegistrationAttributes(NdisMiniportHandle, pVnic);
        if (Status != NDIS_STATUS_SUCCESS)
        {
            break;
        }
        Status = SetGeneralAttributes(NdisMiniportHandle, pVnic->pAdapt);
        if (Status != NDIS_STATUS_SUCCESS)
        {
            break;
        }
        hPool = AllocateClonePool(NdisMiniportHandle);
        if (hPool == NULL)
        {
            Status = NDIS_STATUS_RESOURCES;
            break;
        }

        MuxReferenceVnic(pVnic);    // MpHalt takes it back

        NdisAcquireSpinLock(&pVnic->Lock);
        pVnic->hClonePool = hPool;
        pVnic->hMiniport = NdisMiniportHandle;
        pVnic->Lookahead = MUX_MTU;
        pVnic->State = VnicPaused;
        NdisReleaseSpinLock(&pVnic->Lock);

    } while (FALSE);

    NdisSetEvent(&pVnic->InitDone);
    return Status;
}

_Use_decl_annotations_
VOID
MpHalt(
    NDIS_HANDLE      MiniportAdapterContext,
    NDIS_HALT_ACTION HaltAction
    )
{
    PVNIC pVnic = (PVNIC)MiniportAdapterContext;
    BOOLEAN fWait;

    UNREFERENCED_PARAMETER(HaltAction);

    // It is paused: only a status can still be on its way.
    NdisAcquireSpinLock(&pVnic->Lock);
    pVnic->State = VnicHalted;
    fWait = (BOOLEAN)(pVnic->cBusy != 0);
    if (fWait)
    {
        NdisResetEvent(&pVnic->Idle);
    }
    NdisReleaseSpinLock(&pVnic->Lock);

    if (fWait)
    {
        NdisWaitEvent(&pVnic->Idle, 0);
    }

    NdisAcquireSpinLock(&pVnic->Lock);
    pVnic->hMiniport = NULL;
    NdisReleaseSpinLock(&pVnic->Lock);

    NdisFreeNetBufferListPool(pVnic->hClonePool);
    pVnic->hClonePool = NULL;
    MuxDereferenceVnic(pVnic);
}

_Use_decl_annotations_
NDIS_STATUS
MpPause(
    NDIS_HANDLE                     MiniportAdapterContext,
    PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters
    )
{
    PVNIC pVnic = (PVNIC)MiniportAdapterContext;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(PauseParameters);

    NdisAcquireSpinLock(&pVnic->Lock);
    if (pVnic->cBusy == 0)
    {
        pVnic->State = VnicPaused;
        Status = NDIS_STATUS_SUCCESS;
    }
    else
    {
        pVnic->State = VnicPausing;
        Status = NDIS_STATUS_PENDING;
    }
    NdisReleaseSpinLock(&pVnic->Lock);
    return Status;
}

_Use_decl_annotations_
NDIS_STATUS
MpRestart(
    NDIS_HANDLE                       MiniportAdapterContext,
    PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters
    )
{
    PVNIC pVnic = (PVNIC)MiniportAdapterContext;

    UNREFERENCED_PARAMETER(RestartParameters);

    NdisAcquireSpinLock(&pVnic->Lock);
    pVnic->State = VnicRunning;
    NdisReleaseSpinLock(&pVnic->Lock);
    return NDIS_STATUS_SUCCESS;
}

//
// There is no hardware: what happens to the adapter below comes through the binding.
//
_Use_decl_annotations_
VOID
MpPnPEvent(
    NDIS_HANDLE           MiniportAdapterContext,
    PNET_DEVICE_PNP_EVENT NetDevicePnPEvent
    )
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(NetDevicePnPEvent);
}

_Use_decl_annotations_
VOID
MpShutdown(
    NDIS_HANDLE          MiniportAdapterContext,
    NDIS_SHUTDOWN_ACTION ShutdownAction
    )
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(ShutdownAction);
}
