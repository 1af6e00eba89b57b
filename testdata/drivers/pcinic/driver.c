/* A driver for two PCI Ethernet chips: loading and unloading. */
#include "nic.h"

DRIVER_INITIALIZE DriverEntry;
static MINIPORT_UNLOAD NicUnload;
static SET_OPTIONS NicSetOptions;

NDIS_HANDLE NicDriverHandle = NULL;

static NDIS_STATUS
NicSetOptions(
    NDIS_HANDLE NdisDriverHandle,
    NDIS_HANDLE DriverContext
    )
{
    UNREFERENCED_PARAMETER(NdisDriverHandle);
    UNREFERENCED_PARAMETER(DriverContext);

    /* No optional handlers. */
    return NDIS_STATUS_SUCCESS;
}

static VOID
NicUnload(
    PDRIVER_OBJECT DriverObject
    )
{
    UNREFERENCED_PARAMETER(DriverObject);

    NdisMDeregisterMiniportDriver(NicDriverHandle);
    NicDriverHandle = NULL;
}

NTSTATUS
DriverEntry(
    PDRIVER_OBJECT DriverObject,
    PUNICODE_STRING RegistryPath
    )
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Chars;
    NDIS_STATUS Status;

    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2;
    Chars.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2;
    Chars.MajorNdisVersion = 6;
    Chars.MinorNdisVersion = 20;
    Chars.MajorDriverVersion = NIC_VERSION >> 16;
    Chars.MinorDriverVersion = NIC_VERSION & 0xff;

    Chars.SetOptionsHandler = NicSetOptions;
    Chars.UnloadHandler = NicUnload;
    Chars.InitializeHandlerEx = NicInitialize;
    Chars.HaltHandlerEx = NicHalt;
    Chars.ShutdownHandlerEx = NicShutdown;
    Chars.DevicePnPEventNotifyHandler = NicPnPEvent;
    Chars.PauseHandler = NicPause;
    Chars.RestartHandler = NicRestart;
    Chars.ResetHandlerEx = NicReset;
    Chars.CheckForHangHandlerEx = NicCheckForHang;
    Chars.OidRequestHandler = NicOidRequest;
    Chars.CancelOidRequestHandler = NicCancelOidRequest;
    Chars.SendNetBufferListsHandler = NicSendNetBufferLists;
    Chars.CancelSendHandler = NicCancelSend;
    Chars.ReturnNetBufferListsHandler = NicReturnNetBufferLists;

    Status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Chars,
                                         &NicDriverHandle);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        NicDriverHandle = NULL;
    }
    return Status;
}
