/* A filter completes its pause in the one case in which it returns that it pends. */

#include <ndis.h>

typedef struct Module {
  NDIS_HANDLE Filter;
  BOOLEAN Busy;
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
  M = NdisAllocateMemoryWithTagPriority(Handle, sizeof(Module), 'sapf', NormalPoolPriority);
  if (!M)
    return NDIS_STATUS_RESOURCES;
  NdisZeroMemory(M, sizeof(Module));
  M->Filter = Handle;
  NdisZeroMemory(&Attributes, sizeof(Attributes));
  Attributes.Header.Type = NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES;
  Attributes.Header.Revision = NDIS_FILTER_ATTRIBUTES_REVISION_1;
  Attributes.Header.Size = sizeof(Attributes);
  Status = NdisFSetAttributes(Handle, M, &Attributes);
  if (Status != NDIS_STATUS_SUCCESS) {
    NdisFreeMemory(M, 0, 0);
  }
  return Status;
}

VOID Detach(NDIS_HANDLE Context) {
  Module *M = Context;

  NdisFreeMemory(M, 0, 0);
}

NDIS_STATUS Restart(NDIS_HANDLE Context, PNDIS_FILTER_RESTART_PARAMETERS Parameters) {
  Module *M = Context;

  M->Busy = Parameters->RestartAttributes != NULL;
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS Pause(NDIS_HANDLE Context, PNDIS_FILTER_PAUSE_PARAMETERS Parameters) {
  Module *M = Context;

  (void)Parameters;
  if (M->Busy)
    NdisFPauseComplete(M->Filter);
  return M->Busy ? NDIS_STATUS_PENDING : NDIS_STATUS_SUCCESS;
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
  DriverObject->DriverUnload = Unload;
  return NdisFRegisterFilterDriver(DriverObject, g_DriverObject, &Table, &g_FilterDriver);
}
