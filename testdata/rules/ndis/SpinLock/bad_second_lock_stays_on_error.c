/* Two locks are held to move a counter from the module to the driver. When there is nothing to
 * move, only the inner one is released. */

#include <ndis.h>
static NDIS_SPIN_LOCK g_TotalLock;
static ULONG g_Total;

typedef struct Module {
  NDIS_HANDLE Filter;
  NDIS_SPIN_LOCK Lock;
  ULONG Count;
} Module;

static NDIS_HANDLE g_FilterDriver;
static NDIS_HANDLE g_DriverObject;

FILTER_ATTACH Attach;
FILTER_DETACH Detach;
FILTER_RESTART Restart;
FILTER_PAUSE Pause;
DRIVER_UNLOAD Unload;

NDIS_STATUS Attach(NDIS_HANDLE Handle, NDIS_HANDLE DriverContext,
                   PNDIS_FILTER_ATTACH_PARAMETERS Parameters) {
  NDIS_FILTER_ATTRIBUTES Attributes;
  NDIS_STATUS Status;
  Module *M;

  (void)DriverContext;
  (void)Parameters;
  M = NdisAllocateMemoryWithTagPriority(Handle, sizeof(Module), '2kcl', NormalPoolPriority);
  if (!M)
    return NDIS_STATUS_RESOURCES;
  NdisZeroMemory(M, sizeof(Module));
  M->Filter = Handle;
  NdisAllocateSpinLock(&M->Lock);
  NdisZeroMemory(&Attributes, sizeof(Attributes));
  Attributes.Header.Type = NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES;
  Attributes.Header.Revision = NDIS_FILTER_ATTRIBUTES_REVISION_1;
  Attributes.Header.Size = sizeof(Attributes);
  Status = NdisFSetAttributes(Handle, M, &Attributes);
  if (Status != NDIS_STATUS_SUCCESS) {
    NdisFreeSpinLock(&M->Lock);
    NdisFreeMemory(M, 0, 0);
  }
  return Status;
}

VOID Detach(NDIS_HANDLE Context) {
  Module *M = Context;

  NdisFreeSpinLock(&M->Lock);
  NdisFreeMemory(M, 0, 0);
}

NDIS_STATUS Restart(NDIS_HANDLE Context, PNDIS_FILTER_RESTART_PARAMETERS Parameters) {
  Module *M = Context;

  NdisAcquireSpinLock(&M->Lock);
  if (Parameters->RestartAttributes != NULL)
    M->Count = 1;
  NdisReleaseSpinLock(&M->Lock);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS Pause(NDIS_HANDLE Context, PNDIS_FILTER_PAUSE_PARAMETERS Parameters) {
  Module *M = Context;
  NDIS_STATUS Status = NDIS_STATUS_SUCCESS;

  (void)Parameters;
  NdisAcquireSpinLock(&g_TotalLock);
  NdisAcquireSpinLock(&M->Lock);
  if (M->Count == 0)
    goto Inner;
  g_Total += M->Count;
  M->Count = 0;
  NdisReleaseSpinLock(&M->Lock);
  NdisReleaseSpinLock(&g_TotalLock);
  return Status;

Inner:
  NdisReleaseSpinLock(&M->Lock);
  return Status; // expect: defect SpinLock
}

VOID Unload(PDRIVER_OBJECT DriverObject) {
  (void)DriverObject;
  NdisFDeregisterFilterDriver(g_FilterDriver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath) {
  NDIS_FILTER_DRIVER_CHARACTERISTICS Table;

  (void)RegistryPath;
  g_DriverObject = DriverObject;
  NdisZeroMemory(&Table, sizeof(Table));
  Table.Header.Type = NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS;
  Table.Header.Revision = NDIS_FILTER_CHARACTERISTICS_REVISION_1;
  Table.Header.Size = sizeof(Table);
  Table.MajorNdisVersion = 6;
  NdisInitUnicodeString(&Table.FriendlyName, L"Sample");
  NdisInitUnicodeString(&Table.UniqueName, L"{5cbf81bd-5055-47cd-9055-a76b2b4e3697}");
  NdisInitUnicodeString(&Table.ServiceName, L"sample");
  Table.AttachHandler = Attach;
  Table.DetachHandler = Detach;
  Table.RestartHandler = Restart;
  Table.PauseHandler = Pause;
  NdisAllocateSpinLock(&g_TotalLock);
  DriverObject->DriverUnload = Unload;
  return NdisFRegisterFilterDriver(DriverObject, g_DriverObject, &Table, &g_FilterDriver);
}
