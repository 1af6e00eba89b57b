// DriverEntry creates a control device; if that fails, by NT_SUCCESS, it deregisters the
// miniport.

#include <ndis.h>

typedef struct _SG_ADAPTER {
  NDIS_HANDLE Handle;
} SG_ADAPTER;

MINIPORT_INITIALIZE SgInitialize;
MINIPORT_HALT SgHalt;
MINIPORT_UNLOAD SgUnload;
MINIPORT_PAUSE SgPause;
MINIPORT_RESTART SgRestart;
MINIPORT_OID_REQUEST SgOid;
MINIPORT_SEND_NET_BUFFER_LISTS SgSend;

static NDIS_HANDLE SgDriver;
static NDIS_HANDLE SgDevice;
static PDEVICE_OBJECT SgDeviceObject;
static PDRIVER_DISPATCH SgDispatch[IRP_MJ_MAXIMUM_FUNCTION + 1];

static NDIS_STATUS SgCreateDevice(VOID) {
  NDIS_DEVICE_OBJECT_ATTRIBUTES Attributes;
  NDIS_STRING Name = NDIS_STRING_CONST("\\Device\\SgControl");
  NDIS_STRING Link = NDIS_STRING_CONST("\\DosDevices\\SgControl");

  NdisZeroMemory(&Attributes, sizeof(Attributes));
  Attributes.Header.Type = NDIS_OBJECT_TYPE_DEVICE_OBJECT_ATTRIBUTES;
  Attributes.Header.Revision = NDIS_DEVICE_OBJECT_ATTRIBUTES_REVISION_1;
  Attributes.Header.Size = NDIS_SIZEOF_DEVICE_OBJECT_ATTRIBUTES_REVISION_1;
  Attributes.DeviceName = &Name;
  Attributes.SymbolicName = &Link;
  Attributes.MajorFunctions = SgDispatch;
  return NdisRegisterDeviceEx(SgDriver, &Attributes, &SgDeviceObject, &SgDevice);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath) {
  NDIS_MINIPORT_DRIVER_CHARACTERISTICS Chars;
  NTSTATUS Status;

  NdisZeroMemory(&Chars, sizeof(Chars));
  Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
  Chars.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
  Chars.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
  Chars.MajorNdisVersion = 6;
  Chars.MinorNdisVersion = 0;
  Chars.MajorDriverVersion = 1;
  Chars.InitializeHandlerEx = SgInitialize;
  Chars.HaltHandlerEx = SgHalt;
  Chars.UnloadHandler = SgUnload;
  Chars.PauseHandler = SgPause;
  Chars.RestartHandler = SgRestart;
  Chars.OidRequestHandler = SgOid;
  Chars.SendNetBufferListsHandler = SgSend;
  Status =
      NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Chars, &SgDriver);
  if (NT_SUCCESS(Status)) {
    Status = SgCreateDevice();
    if (!NT_SUCCESS(Status))
      NdisMDeregisterMiniportDriver(SgDriver);
  }
  return Status;
}

VOID SgUnload(PDRIVER_OBJECT DriverObject) {
  UNREFERENCED_PARAMETER(DriverObject);
  NdisDeregisterDeviceEx(SgDevice);
  NdisMDeregisterMiniportDriver(SgDriver);
}

static NDIS_STATUS SgSetAttributes(SG_ADAPTER* Adapter) {
  NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Registration;
  NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES General;
  NDIS_STATUS Status;

  NdisZeroMemory(&Registration, sizeof(Registration));
  Registration.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
  Registration.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
  Registration.Header.Size =
      NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
  Registration.MiniportAdapterContext = Adapter;
  Registration.AttributeFlags =
      NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE | NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER;
  Registration.InterfaceType = NdisInterfacePci;
  Status = NdisMSetMiniportAttributes(Adapter->Handle,
                                      (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Registration);
  if (Status != NDIS_STATUS_SUCCESS)
    return Status;

  NdisZeroMemory(&General, sizeof(General));
  General.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
  General.Header.Revision = NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
  General.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
  General.MediaType = NdisMedium802_3;
  General.MtuSize = 1500;
  General.MacAddressLength = 6;
  General.AccessType = NET_IF_ACCESS_BROADCAST;
  General.DirectionType = NET_IF_DIRECTION_SENDRECEIVE;
  General.ConnectionType = NET_IF_CONNECTION_DEDICATED;
  General.IfType = IF_TYPE_ETHERNET_CSMACD;
  return NdisMSetMiniportAttributes(Adapter->Handle,
                                    (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&General);
}

NDIS_STATUS SgInitialize(NDIS_HANDLE MiniportAdapterHandle,
                         NDIS_HANDLE MiniportDriverContext,
                         PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters) {
  SG_ADAPTER* Adapter;
  NDIS_STATUS Status;

  UNREFERENCED_PARAMETER(MiniportDriverContext);
  UNREFERENCED_PARAMETER(MiniportInitParameters);
  Adapter = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(SG_ADAPTER),
                                              'dagS', NormalPoolPriority);
  if (Adapter == NULL)
    return NDIS_STATUS_RESOURCES;
  Adapter->Handle = MiniportAdapterHandle;
  Status = SgSetAttributes(Adapter);
  if (Status != NDIS_STATUS_SUCCESS)
    NdisFreeMemory(Adapter, 0, 0);
  return Status;
}

VOID SgHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction) {
  UNREFERENCED_PARAMETER(HaltAction);
  NdisFreeMemory(MiniportAdapterContext, 0, 0);
}

NDIS_STATUS SgPause(NDIS_HANDLE MiniportAdapterContext,
                    PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters) {
  UNREFERENCED_PARAMETER(MiniportAdapterContext);
  UNREFERENCED_PARAMETER(PauseParameters);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS SgRestart(NDIS_HANDLE MiniportAdapterContext,
                      PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters) {
  UNREFERENCED_PARAMETER(MiniportAdapterContext);
  UNREFERENCED_PARAMETER(RestartParameters);
  return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS SgOid(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest) {
  NDIS_STATUS Result = NDIS_STATUS_NOT_SUPPORTED;

  UNREFERENCED_PARAMETER(MiniportAdapterContext);
  switch (OidRequest->DATA.SET_INFORMATION.Oid) {
  case OID_GEN_CURRENT_LOOKAHEAD:
  case OID_GEN_CURRENT_PACKET_FILTER:
    if (OidRequest->RequestType == NdisRequestSetInformation)
      Result = NDIS_STATUS_SUCCESS;
    break;
  default:
    break;
  }
  return Result;
}

VOID SgSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
            NDIS_PORT_NUMBER PortNumber, ULONG SendFlags) {
  SG_ADAPTER* a = (SG_ADAPTER*)MiniportAdapterContext;
  PNET_BUFFER_LIST cur = NetBufferLists;
  ULONG done = 0;

  UNREFERENCED_PARAMETER(PortNumber);
  while (cur) {
    cur->Status = NDIS_STATUS_PAUSED;
    cur = cur->Next;
  }
  if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags))
    done |= NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
  NdisMSendNetBufferListsComplete(a->Handle, NetBufferLists, done);
}
