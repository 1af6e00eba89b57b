// When the second lock cannot be allocated, initialize returns without freeing the first.
#include <ndis.h>

typedef struct _ADAPTER {
    NDIS_HANDLE Handle;
    PNDIS_RW_LOCK_EX Filters, Groups;
} ADAPTER;

DRIVER_INITIALIZE DriverEntry;
MINIPORT_INITIALIZE Initialize;
MINIPORT_HALT Halt;
MINIPORT_PAUSE Pause;
MINIPORT_RESTART Restart;
MINIPORT_UNLOAD Unload;

static NDIS_HANDLE Driver;

static NDIS_STATUS SetAttributes(ADAPTER *Adapter)
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Attributes = {0};
    Attributes.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    Attributes.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Attributes.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Attributes.MiniportAdapterContext = Adapter;
    return NdisMSetMiniportAttributes(Adapter->Handle,
                                      (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Attributes);
}

NDIS_STATUS Initialize(NDIS_HANDLE Handle, NDIS_HANDLE Context,
                       PNDIS_MINIPORT_INIT_PARAMETERS Parameters)
{
    NDIS_STATUS Status = NDIS_STATUS_RESOURCES;
    ADAPTER *Adapter = NdisAllocateMemoryWithTagPriority(Handle, sizeof(*Adapter), 'kcoL',
                                                         NormalPoolPriority);
    if (Adapter == NULL)
        return Status;
    NdisZeroMemory(Adapter, sizeof(*Adapter));
    Adapter->Handle = Handle;
    Adapter->Filters = NdisAllocateRWLock(Handle);
    if (Adapter->Filters != NULL)
        Adapter->Groups = NdisAllocateRWLock(Handle);
    if (Adapter->Groups != NULL)
        Status = SetAttributes(Adapter);
    if (Status != NDIS_STATUS_SUCCESS) {
        if (Adapter->Groups != NULL) {
            NdisFreeRWLock(Adapter->Groups);
            NdisFreeRWLock(Adapter->Filters);
        }
        NdisFreeMemory(Adapter, 0, 0);
    }
    return Status; // expect: defect RwLockFreed
}

VOID Halt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
    ADAPTER *Adapter = Context;
    NdisFreeRWLock(Adapter->Groups);
    NdisFreeRWLock(Adapter->Filters);
    NdisFreeMemory(Adapter, 0, 0);
}

NDIS_STATUS Pause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters)
{
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS Restart(NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters)
{
    return NDIS_STATUS_SUCCESS;
}

VOID Unload(PDRIVER_OBJECT DriverObject)
{
    NdisMDeregisterMiniportDriver(Driver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Characteristics = {0};
    Characteristics.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    Characteristics.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Characteristics.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Characteristics.MajorNdisVersion = 6;
    Characteristics.InitializeHandlerEx = Initialize;
    Characteristics.HaltHandlerEx = Halt;
    Characteristics.PauseHandler = Pause;
    Characteristics.RestartHandler = Restart;
    Characteristics.UnloadHandler = Unload;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Characteristics, &Driver);
}
