//
// Loading and unloading: the miniport side first, then the protocol side, then they are brought together.
//
#include "mux.h"

NDIS_HANDLE g_hMiniportDriver;
NDIS_HANDLE g_hProtocol;

DRIVER_INITIALIZE DriverEntry;
MINIPORT_UNLOAD   MpUnload;

static NDIS_STATUS
RegisterMiniport(
    _In_ PDRIVER_OBJECT pDriverObject,
    _In_ PUNICODE_STRING pRegistryPath
    )
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS MChars;

    NdisZeroMemory(&MChars, sizeof(MChars));
    MChars.Header.Type          = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    MChars.Header.Revision      = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    MChars.Header.Size          = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    MChars.MajorNdisVersion     = NDIS_MINIPORT_MAJOR_VERSION;
    MChars.MinorNdisVersion     = NDIS_MINIPORT_MINOR_VERSION;
    MChars.MajorDriverVersion   = 1;
    MChars.Flags                = NDIS_INTERMEDIATE_DRIVER;

    MChars.InitializeHandlerEx          = MpInitialize;
    MChars.HaltHandlerEx                = MpHalt;
    MChars.UnloadHandler                = MpUnload;
    MChars.PauseHandler                 = MpPause;
    MChars.RestartHandler               = MpRestart;
    MChars.OidRequestHandler            = MpOidRequest;
    MChars.CancelOidRequestHandler      = MpCancelOidRequest;
    MChars.SendNetBufferListsHandler    = MpSend;
    MChars.CancelSendHandler            = MpCancelSend;
    MChars.ReturnNetBufferListsHandler  = MpReturn;
    MChars.DevicePnPEventNotifyHandler  = MpPnPEvent;
    MChars.ShutdownHandlerEx            = MpShutdown;

    return NdisMRegisterMiniportDriver(pDriverObject, pRegistryPath, NULL, &MChars,
                                       &g_hMiniportDriver);
}

static NDIS_STATUS
RegisterProtocol(VOID)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS PChars;
    NDIS_STRING Name = NDIS_STRING_CONST("VLANMUX");

    NdisZeroMemory(&PChars, sizeof(PChars));
    PChars.Header.Type          = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;
    PChars.Header.Revision      = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    PChars.Header.Size          = NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    PChars.MajorNdisVersion     = NDIS_PROTOCOL_MAJOR_VERSION;
    PChars.MinorNdisVersion     = NDIS_PROTOCOL_MINOR_VERSION;
    PChars.MajorDriverVersion   = 1;
    PChars.Name                 = Name;

    PChars.BindAdapterHandlerEx                 = PtBindAdapter;
    PChars.UnbindAdapterHandlerEx               = PtUnbindAdapter;
    PChars.OpenAdapterCompleteHandlerEx         = PtOpenComplete;
    PChars.CloseAdapterCompleteHandlerEx        = PtCloseComplete;
    PChars.NetPnPEventHandler                   = PtNetPnPEvent;
    PChars.OidRequestCompleteHandler            = PtOidRequestComplete;
    PChars.StatusHandlerEx                      = PtStatus;
    PChars.ReceiveNetBufferListsHandler         = PtReceive;
    PChars.SendNetBufferListsCompleteHandler    = PtSendComplete;

    return NdisRegisterProtocolDriver(NULL, &PChars, &g_hProtocol);
}

_Use_decl_annotations_
NTSTATUS
DriverEntry(
    PDRIVER_OBJECT  DriverObject,
    PUNICODE_STRING RegistryPath
    )
{
    NDIS_STATUS Status;

    do
    {
        Status = RegisterMiniport(DriverObject, RegistryPath);
        if (Status != NDIS_STATUS_SUCCESS)
        {
            break;
        }

        Status = RegisterProtocol();
        if (Status != NDIS_STATUS_SUCCESS)
        {
            NdisMDeregisterMiniportDriver(g_hMiniportDriver);
            break;
        }

        NdisIMAssociateMiniport(g_hMiniportDriver, g_hProtocol);

    } while (FALSE);

    return Status;
}

_Use_decl_annotations_
VOID
MpUnload(
    PDRIVER_OBJECT DriverObject
    )
{
    UNREFERENCED_PARAMETER(DriverObject);

    // This unbinds all adapters, and with them go the miniports.
    NdisDeregisterProtocolDriver(g_hProtocol);
    NdisMDeregisterMiniportDriver(g_hMiniportDriver);
}
