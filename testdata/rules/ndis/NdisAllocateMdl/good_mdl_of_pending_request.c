// A request is pending until its work item has run, which frees the MDL that was made for it.

#include <ndis.h>

typedef struct _JOB
{
    NDIS_HANDLE Handle;
    PNDIS_OID_REQUEST Pending;
} JOB, *PJOB;

MINIPORT_INITIALIZE JobInitialize;
MINIPORT_HALT JobHalt;
MINIPORT_UNLOAD JobUnload;
MINIPORT_PAUSE JobPause;
MINIPORT_RESTART JobRestart;
MINIPORT_OID_REQUEST JobOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS JobSend;

static NDIS_HANDLE JobDriver;

static NDIS_STATUS JobSetAttributes(JOB *Adapter)
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Registration;
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES General;
    NDIS_STATUS Status;

    NdisZeroMemory(&Registration, sizeof(Registration));
    Registration.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    Registration.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Registration.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
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
    return NdisMSetMiniportAttributes(Adapter->Handle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&General);
}

typedef struct _JOB_WORK
{
    JOB *Adapter;
    NDIS_HANDLE Item;
    PMDL Mdl;
    UCHAR Data[64];
} JOB_WORK;

NDIS_IO_WORKITEM_FUNCTION JobRun;

static VOID JobFree(JOB_WORK *Work)
{
    if (Work->Mdl != NULL)
        NdisFreeMdl(Work->Mdl);
    if (Work->Item != NULL)
        NdisFreeIoWorkItem(Work->Item);
    NdisFreeMemory(Work, 0, 0);
}

VOID JobRun(PVOID WorkItemContext, NDIS_HANDLE NdisIoWorkItemHandle)
{
    JOB_WORK *Work = WorkItemContext;
    JOB *Adapter = Work->Adapter;
    PNDIS_OID_REQUEST Request = Adapter->Pending;

    UNREFERENCED_PARAMETER(NdisIoWorkItemHandle);
    Adapter->Pending = NULL;
    JobFree(Work);
    NdisMOidRequestComplete(Adapter->Handle, Request, NDIS_STATUS_SUCCESS);
}

NDIS_STATUS JobOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
    JOB *Adapter = MiniportAdapterContext;
    JOB_WORK *Work;

    if (OidRequest->RequestType != NdisRequestQueryStatistics)
        return NDIS_STATUS_NOT_SUPPORTED;
    Work = NdisAllocateMemoryWithTagPriority(Adapter->Handle, sizeof(*Work), 'boJ ',
                                             NormalPoolPriority);
    if (Work == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Work, sizeof(*Work));
    Work->Adapter = Adapter;
    Work->Item = NdisAllocateIoWorkItem(Adapter->Handle);
    Work->Mdl = NdisAllocateMdl(Adapter->Handle, Work->Data, sizeof(Work->Data));
    if (Work->Item == NULL || Work->Mdl == NULL)
    {
        JobFree(Work);
        return NDIS_STATUS_RESOURCES;
    }
    Adapter->Pending = OidRequest;
    NdisQueueIoWorkItem(Work->Item, JobRun, Work);
    return NDIS_STATUS_PENDING;
}

NDIS_STATUS JobInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext,
                          PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    JOB *Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);
    Adapter = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(*Adapter), 'boJ ',
                                                NormalPoolPriority);
    if (Adapter == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(Adapter, sizeof(*Adapter));
    Adapter->Handle = MiniportAdapterHandle;
    Status = JobSetAttributes(Adapter);
    if (Status != NDIS_STATUS_SUCCESS)
        NdisFreeMemory(Adapter, 0, 0);
    return Status;
}

VOID JobHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    UNREFERENCED_PARAMETER(HaltAction);
    NdisFreeMemory(MiniportAdapterContext, 0, 0);
}

NDIS_STATUS JobPause(NDIS_HANDLE MiniportAdapterContext,
                     PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(PauseParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS JobRestart(NDIS_HANDLE MiniportAdapterContext,
                       PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RestartParameters);
    return NDIS_STATUS_SUCCESS;
}

VOID JobSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists,
             NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    JOB *Adapter = MiniportAdapterContext;
    PNET_BUFFER_LIST Current;

    UNREFERENCED_PARAMETER(PortNumber);
    for (Current = NetBufferLists; Current != NULL; Current = NET_BUFFER_LIST_NEXT_NBL(Current))
    {
        NET_BUFFER_LIST_STATUS(Current) = NDIS_STATUS_PAUSED;
    }
    NdisMSendNetBufferListsComplete(
        Adapter->Handle, NetBufferLists,
        NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags) ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
}

VOID JobUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(JobDriver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Chars;

    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.MajorNdisVersion = 6;
    Chars.MinorNdisVersion = 0;
    Chars.MajorDriverVersion = 1;
    Chars.InitializeHandlerEx = JobInitialize;
    Chars.HaltHandlerEx = JobHalt;
    Chars.UnloadHandler = JobUnload;
    Chars.PauseHandler = JobPause;
    Chars.RestartHandler = JobRestart;
    Chars.OidRequestHandler = JobOidRequest;
    Chars.SendNetBufferListsHandler = JobSend;
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Chars, &JobDriver);
}
