/* A filter sends a clone down and frees it like a list of its own when it comes back. */

#include <ndis.h>

typedef struct Module {
  NDIS_HANDLE Filter;
  NDIS_HANDLE Lists;
  PNET_BUFFER_LIST Original;
} Module;

static NDIS_HANDLE g_FilterDriver;
static NDIS_HANDLE g_DriverObject;

FILTER_ATTACH Attach;
FILTER_DETACH Detach;
FILTER_RESTART Restart;
FILTER_PAUSE Pause;
DRIVER_UNLOAD Unload;
FILTER_SEND_NET_BUFFER_LISTS Send;
FILTER_SEND_NET_BUFFER_LISTS_COMPLETE SendComplete;

VOID Send(NDIS_HANDLE Context, PNET_BUFFER_LIST List, NDIS_PORT_NUMBER Port, ULONG Flags) {
  Module *M = Context;
  PNET_BUFFER_LIST Clone;

  Clone = M->Original ? NULL : NdisAllocateCloneNetBufferList(List, M->Lists, NULL, 0);
  if (!Clone) {
    NET_BUFFER_LIST_STATUS(List) = NDIS_STATUS_RESOURCES;
    NdisFSendNetBufferListsComplete(M->Filter, List, NDIS_TEST_SEND_AT_DISPATCH_LEVEL(Flags));
    return;
  }
  M->Original = List;
  Clone->SourceHandle = M->Filter;
  NdisFSendNetBufferLists(M->Filter, Clone, Port, Flags);
}

VOID SendComplete(NDIS_HANDLE Context, PNET_BUFFER_LIST List, ULONG Flags) {
  Module *M = Context;
  PNET_BUFFER_LIST Original = M->Original;

  if (!Original)
    return;
  M->Original = NULL;
  NET_BUFFER_LIST_STATUS(Original) = NET_BUFFER_LIST_STATUS(List);
  NdisFreeNetBufferList(List); // expect: defect Ndis_NetBufferPools
  NdisFSendNetBufferListsComplete(M->Filter, Original, Flags);
}

NDIS_STATUS Attach(NDIS_HANDLE Handle, NDIS_HANDLE DriverContext,
                   PNDIS_FILTER_ATTACH_PARAMETERS Parameters) {
  NDIS_FILTER_ATTRIBUTES Attributes;
  NDIS_STATUS Status;
  Module *M;
  NET_BUFFER_LIST_POOL_PARAMETERS Pool;

  (void)DriverContext;
  (void)Parameters;
  M = NdisAllocateMemoryWithTagPriority(Handle, sizeof(Module), 'lcfn', NormalPoolPriority);
  if (!M)
    return NDIS_STATUS_RESOURCES;
  NdisZeroMemory(M, sizeof(Module));
  M->Filter = Handle;
  NdisZeroMemory(&Attributes, sizeof(Attributes));
  Attributes.Header.Type = NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES;
  Attributes.Header.Revision = NDIS_FILTER_ATTRIBUTES_REVISION_1;
  Attributes.Header.Size = sizeof(Attributes);
  Status = NdisFSetAttributes(Handle, M, &Attributes);
  if (Status == NDIS_STATUS_SUCCESS) {
    NdisZeroMemory(&Pool, sizeof(Pool));
    Pool.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    Pool.Header.Revision = NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    Pool.Header.Size = sizeof(Pool);
    Pool.PoolTag = 'lcfn';
    Pool.fAllocateNetBuffer = TRUE;
    M->Lists = NdisAllocateNetBufferListPool(Handle, &Pool);
    if (!M->Lists)
      Status = NDIS_STATUS_RESOURCES;
  }
  if (Status != NDIS_STATUS_SUCCESS) {
    NdisFreeMemory(M, 0, 0);
  }
  return Status;
}

VOID Detach(NDIS_HANDLE Context) {
  Module *M = Context;

  NdisFreeNetBufferListPool(M->Lists);
  NdisFreeMemory(M, 0, 0);
}

NDIS_STATUS Restart(NDIS_HANDLE Context, PNDIS_FILTER_RESTART_PARAMETERS Parameters) {
  (void)Context;
  (void)Parameters;
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS Pause(NDIS_HANDLE Context, PNDIS_FILTER_PAUSE_PARAMETERS Parameters) {
  (void)Context;
  (void)Parameters;
  return NDIS_STATUS_SUCCESS;
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
  Table.SendNetBufferListsHandler = Send;
  Table.SendNetBufferListsCompleteHandler = SendComplete;
  DriverObject->DriverUnload = Unload;
  return NdisFRegisterFilterDriver(DriverObject, g_DriverObject, &Table, &g_FilterDriver);
}
