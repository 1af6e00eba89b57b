// Initialization sets the general attributes in every case.

#include <ndis.h>

typedef struct _NIC {
    NDIS_HANDLE Ndis;
    UCHAR Address[6];
} NIC;

static NDIS_HANDLE Driver;
static NIC TheNic;

static MINIPORT_INITIALIZE Start;
static MINIPORT_HALT Stop;
static MINIPORT_PAUSE Pause;
static MINIPORT_RESTART Restart;
static MINIPORT_UNLOAD Unload;

static NDIS_STATUS Start(NDIS_HANDLE Handle, NDIS_HANDLE Context,
                         PNDIS_MINIPORT_INIT_PARAMETERS Parameters)
{
    NDIS_MINIPORT_ADAPTER_ATTRIBUTES Attributes;
    ULONG HasAddress;

    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    TheNic.Ndis = Handle;
    NdisZeroMemory(&Attributes, sizeof(Attributes));
    Attributes.RegistrationAttributes.Header.Type =
        NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    Attributes.RegistrationAttributes.Header.Revision =
        NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Attributes.RegistrationAttributes.Header.Size =
        NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Attributes.RegistrationAttributes.MiniportAdapterContext = &TheNic;
    if (NdisMSetMiniportAttributes(Handle, &Attributes) != NDIS_STATUS_SUCCESS)
        return NDIS_STATUS_FAILURE;

    NdisReadRegisterUlong((PULONG)TheNic.Address, &HasAddress);
    if (!HasAddress)
        TheNic.Address[0] = 2;

    NdisZeroMemory(&Attributes, sizeof(Attributes));
    Attributes.GeneralAttributes.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
    Attributes.GeneralAttributes.Header.Revision =
        NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
    Attributes.GeneralAttributes.Header.Size =
        NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
    Attributes.GeneralAttributes.MacAddressLength = 6;
    return NdisMSetMiniportAttributes(Handle, &Attributes);
}

static VOID Stop(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
    NIC *Nic = Context;

    UNREFERENCED_PARAMETER(Action);
    Nic->Ndis = NULL;
}

static NDIS_STATUS Pause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS Restart(NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    return NDIS_STATUS_SUCCESS;
}

static VOID Unload(PDRIVER_OBJECT Object)
{
    UNREFERENCED_PARAMETER(Object);
    NdisMDeregisterMiniportDriver(Driver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Object, PUNICODE_STRING Path)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Table = {
        {NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
         NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
         NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1}};

    Table.MajorNdisVersion = 6;
    Table.InitializeHandlerEx = Start;
    Table.HaltHandlerEx = Stop;
    Table.PauseHandler = Pause;
    Table.RestartHandler = Restart;
    Table.UnloadHandler = Unload;
    return NdisMRegisterMiniportDriver(Object, Path, NULL, &Table, &Driver);
}
