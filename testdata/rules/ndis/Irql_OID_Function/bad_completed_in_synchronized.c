// A request is completed by a function of a table that runs synchronized with the interrupt.

#include "ndis.h"

struct OS_NIC {
        NDIS_HANDLE MiniportHandle, InterruptHandle;
        PUCHAR Bar;
        PNDIS_OID_REQUEST Pending, Done;
};

static MINIPORT_INITIALIZE OsInit;
static MINIPORT_HALT OsHalt;
static MINIPORT_UNLOAD OsUnload;
static MINIPORT_PAUSE OsPause;
static MINIPORT_RESTART OsRestart;
static MINIPORT_OID_REQUEST OsOid;
static MINIPORT_SEND_NET_BUFFER_LISTS OsSend;
static MINIPORT_ISR OsIsr;
static MINIPORT_INTERRUPT_DPC OsDpc;
static MINIPORT_MESSAGE_INTERRUPT OsMsiIsr;
static MINIPORT_MESSAGE_INTERRUPT_DPC OsMsiDpc;
static MINIPORT_SYNCHRONIZE_INTERRUPT OsTake;

static NDIS_MINIPORT_DRIVER_CHARACTERISTICS OsHandlers = {
    .Header = {NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
               NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
               NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1},
    .MajorNdisVersion = 6,
    .MinorNdisVersion = 0,
    .MajorDriverVersion = 2,
    .InitializeHandlerEx = OsInit,
    .HaltHandlerEx = OsHalt,
    .UnloadHandler = OsUnload,
    .PauseHandler = OsPause,
    .RestartHandler = OsRestart,
    .OidRequestHandler = OsOid,
    .SendNetBufferListsHandler = OsSend,
};

static NDIS_HANDLE OsDriverHandle;

static const struct {
        NDIS_OID Oid;
        MINIPORT_SYNCHRONIZE_INTERRUPT *Take;
} OsSteps[] = {{OID_GEN_LINK_PARAMETERS, OsTake}};

static BOOLEAN OsTake(NDIS_HANDLE Context)
{
        struct OS_NIC *Nic = Context;
        PNDIS_OID_REQUEST Request = Nic->Pending;

        Nic->Pending = NULL;
        Nic->Done = Request;
        if (Request != NULL)
                NdisMOidRequestComplete(Nic->MiniportHandle, Request, NDIS_STATUS_SUCCESS); // expect: defect Irql_OID_Function
        return Request != NULL;
}

// Reads and acknowledges the cause of an interrupt.
static ULONG OsAcknowledge(struct OS_NIC *Nic)
{
        ULONG Cause;

        NdisReadRegisterUlong((PULONG)(Nic->Bar + 0x10), &Cause);
        NdisWriteRegisterUlong((PULONG)(Nic->Bar + 0x10), Cause);
        return Cause;
}

static BOOLEAN OsHandle(struct OS_NIC *Nic, PBOOLEAN Queue)
{
        ULONG Cause = OsAcknowledge(Nic);

        if (Cause != 0) {
                *Queue = TRUE;
        }
        return Cause != 0;
}

static BOOLEAN OsIsr(NDIS_HANDLE Context, PBOOLEAN Queue, PULONG Processors)
{
        *Queue = FALSE;
        *Processors = 0;
        return OsHandle((struct OS_NIC *)Context, Queue);
}

static BOOLEAN OsMsiIsr(NDIS_HANDLE Context, ULONG MessageId, PBOOLEAN Queue, PULONG Processors)
{
        UNREFERENCED_PARAMETER(MessageId);
        return OsIsr(Context, Queue, Processors);
}

static VOID OsWork(struct OS_NIC *Nic)
{
        NdisMSynchronizeWithInterruptEx(Nic->InterruptHandle, 0, OsSteps[0].Take, Nic);
        NdisWriteRegisterUlong((PULONG)(Nic->Bar + 0x14), 1);
}

static VOID OsDpc(NDIS_HANDLE Context, PVOID DpcContext, PVOID Throttle, PVOID Reserved)
{
        UNREFERENCED_PARAMETER(DpcContext);
        UNREFERENCED_PARAMETER(Throttle);
        UNREFERENCED_PARAMETER(Reserved);
        OsWork((struct OS_NIC *)Context);
}

static VOID OsMsiDpc(NDIS_HANDLE Context, ULONG MessageId, PVOID DpcContext, PVOID Throttle,
                     PVOID Reserved)
{
        UNREFERENCED_PARAMETER(MessageId);
        OsDpc(Context, DpcContext, Throttle, Reserved);
}

static VOID OsFree(struct OS_NIC *Nic)
{
        if (Nic->InterruptHandle != NULL)
                NdisMDeregisterInterruptEx(Nic->InterruptHandle);

        if (Nic->Bar != NULL)
                NdisMUnmapIoSpace(Nic->MiniportHandle, Nic->Bar, 0x100);
        NdisFreeMemory(Nic, sizeof(*Nic), 0);
}

static NDIS_STATUS OsAttributes(struct OS_NIC *Nic)
{
        NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Reg = {
            .Header = {NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES,
                       NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1,
                       NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1},
            .MiniportAdapterContext = Nic,
            .AttributeFlags =
                NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE | NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER,
            .InterfaceType = NdisInterfacePci,
        };
        NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES Gen = {
            .Header = {NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES,
                       NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1,
                       NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1},
            .MediaType = NdisMedium802_3,
            .MtuSize = 1500,
            .MacAddressLength = 6,
            .AccessType = NET_IF_ACCESS_BROADCAST,
            .DirectionType = NET_IF_DIRECTION_SENDRECEIVE,
            .ConnectionType = NET_IF_CONNECTION_DEDICATED,
            .IfType = IF_TYPE_ETHERNET_CSMACD,
        };
        NDIS_STATUS Status = NdisMSetMiniportAttributes(Nic->MiniportHandle,
                                                        (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Reg);

        return Status != NDIS_STATUS_SUCCESS
                   ? Status
                   : NdisMSetMiniportAttributes(Nic->MiniportHandle,
                                                (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Gen);
}

static NDIS_STATUS OsConnect(struct OS_NIC *Nic)
{
        NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS Chars = {
            .Header = {NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT, NDIS_MINIPORT_INTERRUPT_REVISION_1,
                       NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1},
            .InterruptHandler = OsIsr,
            .InterruptDpcHandler = OsDpc,
            .MsiSupported = TRUE,
            .MessageInterruptHandler = OsMsiIsr,
            .MessageInterruptDpcHandler = OsMsiDpc,
        };
        NDIS_STATUS Status =
            NdisMRegisterInterruptEx(Nic->MiniportHandle, Nic, &Chars, &Nic->InterruptHandle);

        if (Status != NDIS_STATUS_SUCCESS)
                Nic->InterruptHandle = NULL;
        return Status;
}

static NDIS_STATUS OsInit(NDIS_HANDLE Handle, NDIS_HANDLE DriverContext,
                          PNDIS_MINIPORT_INIT_PARAMETERS Parameters)
{
        PNDIS_RESOURCE_LIST Resources = Parameters->AllocatedResources;
        struct OS_NIC *Nic;
        NDIS_STATUS Status;

        UNREFERENCED_PARAMETER(DriverContext);
        if (Resources == NULL || Resources->Count < 2)
                return NDIS_STATUS_RESOURCE_CONFLICT;
        Nic = NdisAllocateMemoryWithTagPriority(Handle, sizeof(*Nic), 'tabH', NormalPoolPriority);
        if (Nic == NULL)
                return NDIS_STATUS_RESOURCES;
        NdisZeroMemory(Nic, sizeof(*Nic));
        Nic->MiniportHandle = Handle;
        Status = OsAttributes(Nic);
        if (Status == NDIS_STATUS_SUCCESS) {
                PVOID Bar = NULL;

                Status = NdisMMapIoSpace(&Bar, Handle,
                                         Resources->PartialDescriptors[0].u.Memory.Start, 0x100);
                if (Status == NDIS_STATUS_SUCCESS)
                        Nic->Bar = Bar;
        }

        if (Status == NDIS_STATUS_SUCCESS)
                Status = OsConnect(Nic);
        if (Status != NDIS_STATUS_SUCCESS)
                OsFree(Nic);
        return Status;
}

static VOID OsHalt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
        struct OS_NIC *Nic = Context;

        UNREFERENCED_PARAMETER(Action);

        OsFree(Nic);
}

static NDIS_STATUS OsPause(NDIS_HANDLE Context, PNDIS_MINIPORT_PAUSE_PARAMETERS Parameters)
{
        UNREFERENCED_PARAMETER(Context);
        UNREFERENCED_PARAMETER(Parameters);
        return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS OsRestart(NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters)
{
        UNREFERENCED_PARAMETER(Context);
        UNREFERENCED_PARAMETER(Parameters);
        return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS OsOid(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request)
{
        struct OS_NIC *Nic = Context;
        NDIS_OID Oid = Request->DATA.SET_INFORMATION.Oid;
        if (Request->RequestType != NdisRequestSetInformation)
                return NDIS_STATUS_NOT_SUPPORTED;
        if (Oid == OsSteps[0].Oid) {
                Nic->Pending = Request;
                NdisWriteRegisterUlong((PULONG)(Nic->Bar + 0x40), 1);
                return NDIS_STATUS_PENDING;
        }
        return Oid == OID_GEN_CURRENT_PACKET_FILTER ? NDIS_STATUS_SUCCESS
                                                    : NDIS_STATUS_NOT_SUPPORTED;
}

static VOID OsSend(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port,
                   ULONG SendFlags)
{
        struct OS_NIC *Nic = Context;
        BOOLEAN AtDispatch = NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags);
        PNET_BUFFER_LIST List;

        UNREFERENCED_PARAMETER(Port);
        for (List = Lists; List != NULL; List = NET_BUFFER_LIST_NEXT_NBL(List))
                NET_BUFFER_LIST_STATUS(List) = NDIS_STATUS_PAUSED;

        NdisMSendNetBufferListsComplete(Nic->MiniportHandle, Lists,
                                        AtDispatch ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
}

static VOID OsUnload(PDRIVER_OBJECT Driver)
{
        UNREFERENCED_PARAMETER(Driver);
        NdisMDeregisterMiniportDriver(OsDriverHandle);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
        return NdisMRegisterMiniportDriver(Driver, Path, NULL, &OsHandlers, &OsDriverHandle);
}
