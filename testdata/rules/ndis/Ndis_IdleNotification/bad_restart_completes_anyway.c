// Restart ends a suspension in any case.

#define NDIS_MINIPORT_DRIVER 1
#define NDIS630_MINIPORT 1
#include <ndis.h>

typedef struct _NIC {
    NDIS_HANDLE Ndis;
    BOOLEAN Busy;
    BOOLEAN Suspended;
} NIC;

static NDIS_HANDLE Driver;
static NIC TheNic;

static MINIPORT_SET_OPTIONS SetOptions;
static MINIPORT_INITIALIZE Start;
static MINIPORT_HALT Stop;
static MINIPORT_PAUSE Pause;
static MINIPORT_RESTART Restart;
static MINIPORT_UNLOAD Unload;
static MINIPORT_IDLE_NOTIFICATION Idle;
static MINIPORT_CANCEL_IDLE_NOTIFICATION CancelIdle;

static NDIS_STATUS Idle(NDIS_HANDLE Context, BOOLEAN Force)
{
    NIC *Nic = Context;

    UNREFERENCED_PARAMETER(Force);
    Nic->Suspended = TRUE;
    return NDIS_STATUS_PENDING;
}

static VOID WakeUp(NIC *Nic)
{
    Nic->Suspended = FALSE;
    NdisMIdleNotificationComplete(Nic->Ndis); // expect: defect Ndis_IdleNotification
}

static VOID CancelIdle(NDIS_HANDLE Context)
{
    WakeUp(Context);
}

static NDIS_STATUS SetOptions(NDIS_HANDLE Handle, NDIS_HANDLE Context)
{
    NDIS_MINIPORT_SS_CHARACTERISTICS Suspend;

    UNREFERENCED_PARAMETER(Context);
    NdisZeroMemory(&Suspend, sizeof(Suspend));
    Suspend.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_SS_CHARACTERISTICS;
    Suspend.Header.Revision = NDIS_MINIPORT_SS_CHARACTERISTICS_REVISION_1;
    Suspend.Header.Size = NDIS_SIZEOF_MINIPORT_SS_CHARACTERISTICS_REVISION_1;
    Suspend.IdleNotificationHandler = Idle;
    Suspend.CancelIdleNotificationHandler = CancelIdle;
    return NdisSetOptionalHandlers(Handle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&Suspend);
}

static NDIS_STATUS Start(NDIS_HANDLE Handle, NDIS_HANDLE Context,
                         PNDIS_MINIPORT_INIT_PARAMETERS Parameters)
{
    NDIS_MINIPORT_ADAPTER_ATTRIBUTES Attributes;

    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    NdisZeroMemory(&TheNic, sizeof(TheNic));
    TheNic.Ndis = Handle;
    NdisZeroMemory(&Attributes, sizeof(Attributes));
    Attributes.RegistrationAttributes.Header.Type =
        NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    Attributes.RegistrationAttributes.Header.Revision =
        NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Attributes.RegistrationAttributes.Header.Size =
        NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Attributes.RegistrationAttributes.MiniportAdapterContext = &TheNic;
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
    NIC *Nic = Context;

    UNREFERENCED_PARAMETER(Parameters);
    Nic->Busy = FALSE;
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS Restart(NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters)
{
    NIC *Nic = Context;

    UNREFERENCED_PARAMETER(Parameters);
    Nic->Busy = TRUE;
    WakeUp(Nic);
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
    Table.MinorNdisVersion = 30;
    Table.SetOptionsHandler = SetOptions;
    Table.InitializeHandlerEx = Start;
    Table.HaltHandlerEx = Stop;
    Table.PauseHandler = Pause;
    Table.RestartHandler = Restart;
    Table.UnloadHandler = Unload;
    return NdisMRegisterMiniportDriver(Object, Path, NULL, &Table, &Driver);
}
