/* Roles: declared, registered in a structure, given to a DDI, and combinations. */
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD Unload;
MINIPORT_HALT Halt;
MINIPORT_PAUSE Forgotten;
NDIS_IO_WORKITEM_FUNCTION Work;

NDIS_HANDLE gDriver;
NDIS_HANDLE gTimer;
NDIS_HANDLE gItem;

/* Declared and registered. */
VOID Halt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
    (void)Context;
    (void)Action;
    NdisFreeTimerObject(gTimer);
}

/* Declared, but never registered. */
NDIS_STATUS Forgotten(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters)
{
    (void)Context;
    (void)Parameters;
    return NDIS_STATUS_SUCCESS;
}

/* Only registered, in an initializer. */
static VOID Tick(PVOID A, PVOID Context, PVOID B, PVOID C)
{
    (void)A;
    (void)B;
    (void)C;
    NdisQueueIoWorkItem(gItem, Work, Context);
}

VOID Work(PVOID Context, NDIS_HANDLE Item)
{
    (void)Context;
    (void)Item;
}

static VOID Shutdown(NDIS_HANDLE Context, NDIS_SHUTDOWN_ACTION Action)
{
    (void)Context;
    (void)Action;
}

static NDIS_TIMER_CHARACTERISTICS gTimerCharacteristics = {
    {NDIS_OBJECT_TYPE_TIMER_CHARACTERISTICS, 1, sizeof(NDIS_TIMER_CHARACTERISTICS)},
    'tseT', Tick, &gDriver,
};

VOID Unload(PDRIVER_OBJECT Driver)
{
    (void)Driver;
    NdisMDeregisterMiniportDriver(gDriver);
}

/* A handler may reach its field through a variable. */
static void Fill(PNDIS_MINIPORT_DRIVER_CHARACTERISTICS Chars, MINIPORT_SHUTDOWN_HANDLER Handler)
{
    Chars->HaltHandlerEx = Halt;
    Chars->ShutdownHandlerEx = Handler;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Chars;
    NdisZeroMemory(&Chars, sizeof(Chars));
    Fill(&Chars, Shutdown);
    Driver->DriverUnload = Unload;
    NdisAllocateTimerObject(gDriver, &gTimerCharacteristics, &gTimer);
    return NdisMRegisterMiniportDriver(Driver, Path, NULL, &Chars, &gDriver);
}
