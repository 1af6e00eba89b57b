/* Devices of the driver, the requests that come to them, and the requests that the driver makes.
 *
 * Pages: nf-wdm-iocreatedevice, nf-wdm-iocalldriver, nf-wdm-iocompleterequest, nf-wdm-iocancelirp,
 * cancel-safe-irp-queues. */
#include "kernel.h"

/* A device that the driver has; requests come while there is one. */
PDEVICE_OBJECT model_device;

PDEVICE_OBJECT model_create_device(void)
{
    PDEVICE_OBJECT device = (PDEVICE_OBJECT)drvlint_fresh();

    device->DriverObject = &model_driver_object;
    device->DeviceExtension = drvlint_fresh_zeroed();
    device->Flags = DO_DEVICE_INITIALIZING;
    FOLLOW(model_device, device);
    return device;
}

/* ---- requests to the driver ---- */

/* A request with one stack location below the current one, which nobody has filled in. */
static PIRP new_irp(void)
{
    PIRP irp = (PIRP)drvlint_fresh_zeroed();
    PIO_STACK_LOCATION stack = (PIO_STACK_LOCATION)drvlint_fresh_zeroed();

    irp->Tail.Overlay.CurrentStackLocation = stack + 1;
    return irp;
}

static void cancel_irp(PDEVICE_OBJECT device, PIRP irp)
{
    PDRIVER_CANCEL cancel = irp->CancelRoutine;

    irp->Cancel = TRUE;
    if (!cancel)
        return;
    irp->CancelRoutine = NULL;
    irp->CancelIrql = model_irql;
    RUN(DISPATCH_LEVEL, "DRIVER_CANCEL", cancel, device, irp);
}

static void send_request(PDEVICE_OBJECT device, PDRIVER_DISPATCH dispatch, UCHAR major)
{
    PIRP irp = new_irp();
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(irp);
    NTSTATUS status;

    irp->AssociatedIrp.SystemBuffer = drvlint_any_pointer();
    irp->MdlAddress = (PMDL)drvlint_any_pointer();
    irp->UserBuffer = drvlint_any_pointer();
    stack->MajorFunction = major;
    stack->MinorFunction = drvlint_any_u8();
    stack->DeviceObject = device;
    stack->FileObject = (PFILE_OBJECT)drvlint_fresh();
    drvlint_havoc(&stack->Parameters, sizeof(stack->Parameters));
    RUN_FOR(status, PASSIVE_LEVEL, "DRIVER_DISPATCH", dispatch, device, irp);
    if (status == STATUS_PENDING && drvlint_choose())
        cancel_irp(device, irp);
}

static void maybe_send(PDEVICE_OBJECT device, UCHAR major)
{
    PDRIVER_DISPATCH dispatch = model_driver_object.MajorFunction[major];

    if (dispatch && drvlint_choose())
        send_request(device, dispatch, major);
}

void model_run_device_requests(void)
{
    DRIVER_DISPATCH *declared;

    if (model_device) {
        maybe_send(model_device, IRP_MJ_CREATE);
        maybe_send(model_device, IRP_MJ_CLOSE);
        maybe_send(model_device, IRP_MJ_CLEANUP);
        maybe_send(model_device, IRP_MJ_READ);
        maybe_send(model_device, IRP_MJ_WRITE);
        maybe_send(model_device, IRP_MJ_DEVICE_CONTROL);
        maybe_send(model_device, IRP_MJ_INTERNAL_DEVICE_CONTROL);
    }
    declared = (DRIVER_DISPATCH *)drvlint_declared("DRIVER_DISPATCH");
    if (declared && drvlint_choose()) {
        PDEVICE_OBJECT device = (PDEVICE_OBJECT)drvlint_fresh();
        send_request(device, declared, drvlint_any_u8());
    }
}

/* ---- requests of the driver ---- */

/* The lower driver may complete at once, or later. Completion comes at up to DISPATCH_LEVEL. */
static NTSTATUS call_driver(PIRP irp)
{
    PIO_STACK_LOCATION next = IoGetNextIrpStackLocation(irp);
    PIO_COMPLETION_ROUTINE routine = next->CompletionRoutine;
    PDEVICE_OBJECT device = next->DeviceObject;
    PVOID context = next->Context;
    NTSTATUS result;

    if (routine && drvlint_choose()) {
        irp->IoStatus.Status = model_any_result();
        RUN_FOR(result, DISPATCH_LEVEL, "IO_COMPLETION_ROUTINE", routine, device, irp, context);
    }
    return drvlint_choose() ? STATUS_PENDING : model_any_result();
}

NTSTATUS IoCallDriver(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    return call_driver(Irp);
}

NTSTATUS IofCallDriver(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    return call_driver(Irp);
}

NTSTATUS PoCallDriver(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    return call_driver(Irp);
}

PIRP IoAllocateIrp(CCHAR StackSize, BOOLEAN ChargeQuota)
{
    return drvlint_choose() ? new_irp() : NULL;
}

PIRP IoBuildDeviceIoControlRequest(ULONG IoControlCode, PDEVICE_OBJECT DeviceObject,
                                   PVOID InputBuffer, ULONG InputBufferLength, PVOID OutputBuffer,
                                   ULONG OutputBufferLength, BOOLEAN InternalDeviceIoControl,
                                   PKEVENT Event, PIO_STATUS_BLOCK IoStatusBlock)
{
    return drvlint_choose() ? new_irp() : NULL;
}

PIRP IoBuildSynchronousFsdRequest(ULONG MajorFunction, PDEVICE_OBJECT DeviceObject, PVOID Buffer,
                                  ULONG Length, PLARGE_INTEGER StartingOffset, PKEVENT Event,
                                  PIO_STATUS_BLOCK IoStatusBlock)
{
    return drvlint_choose() ? new_irp() : NULL;
}

PIRP IoBuildAsynchronousFsdRequest(ULONG MajorFunction, PDEVICE_OBJECT DeviceObject, PVOID Buffer,
                                   ULONG Length, PLARGE_INTEGER StartingOffset,
                                   PIO_STATUS_BLOCK IoStatusBlock)
{
    return drvlint_choose() ? new_irp() : NULL;
}

BOOLEAN IoCancelIrp(PIRP Irp)
{
    PDRIVER_CANCEL cancel = Irp->CancelRoutine;

    cancel_irp(NULL, Irp);
    return cancel != NULL;
}

NTSTATUS IoSetCompletionRoutineEx(PDEVICE_OBJECT DeviceObject, PIRP Irp,
                                  PIO_COMPLETION_ROUTINE CompletionRoutine, PVOID Context,
                                  BOOLEAN InvokeOnSuccess, BOOLEAN InvokeOnError,
                                  BOOLEAN InvokeOnCancel)
{
    if (drvlint_choose())
        return model_failure();
    IoSetCompletionRoutine(Irp, CompletionRoutine, Context, InvokeOnSuccess, InvokeOnError,
                           InvokeOnCancel);
    return STATUS_SUCCESS;
}

FREES(IoFreeIrp, (PIRP Irp), Irp)
NO_EFFECT(IoInitializeIrp, (PIRP Irp, USHORT PacketSize, CCHAR StackSize))
NO_EFFECT(IoReuseIrp, (PIRP Irp, NTSTATUS Iostatus))
NO_EFFECT(IoCompleteRequest, (PIRP Irp, CCHAR PriorityBoost))
NO_EFFECT(IofCompleteRequest, (PIRP Irp, CCHAR PriorityBoost))
ANY_BOOLEAN(IoForwardIrpSynchronously, (PDEVICE_OBJECT DeviceObject, PIRP Irp))
ANY_BOOLEAN(IoIs32bitProcess, (PIRP Irp))
NO_EFFECT(IoStartPacket, (PDEVICE_OBJECT DeviceObject, PIRP Irp, PULONG Key, PDRIVER_CANCEL Cancel))
NO_EFFECT(IoStartNextPacket, (PDEVICE_OBJECT DeviceObject, BOOLEAN Cancelable))

/* ---- cancel-safe queues: the driver's own functions, called under its own lock ---- */

NTSTATUS IoCsqInitialize(PIO_CSQ Csq, PIO_CSQ_INSERT_IRP CsqInsertIrp,
                         PIO_CSQ_REMOVE_IRP CsqRemoveIrp, PIO_CSQ_PEEK_NEXT_IRP CsqPeekNextIrp,
                         PIO_CSQ_ACQUIRE_LOCK CsqAcquireLock, PIO_CSQ_RELEASE_LOCK CsqReleaseLock,
                         PIO_CSQ_COMPLETE_CANCELED_IRP CsqCompleteCanceledIrp)
{
    Csq->CsqInsertIrp = CsqInsertIrp;
    Csq->CsqRemoveIrp = CsqRemoveIrp;
    Csq->CsqPeekNextIrp = CsqPeekNextIrp;
    Csq->CsqAcquireLock = CsqAcquireLock;
    Csq->CsqReleaseLock = CsqReleaseLock;
    Csq->CsqCompleteCanceledIrp = CsqCompleteCanceledIrp;
    return STATUS_SUCCESS;
}

void IoCsqInsertIrp(PIO_CSQ Csq, PIRP Irp, PIO_CSQ_IRP_CONTEXT Context)
{
    KIRQL irql = PASSIVE_LEVEL;

    Csq->CsqAcquireLock(Csq, &irql);
    Csq->CsqInsertIrp(Csq, Irp);
    Csq->CsqReleaseLock(Csq, irql);
}

PIRP IoCsqRemoveNextIrp(PIO_CSQ Csq, PVOID PeekContext)
{
    KIRQL irql = PASSIVE_LEVEL;
    PIRP irp;

    Csq->CsqAcquireLock(Csq, &irql);
    irp = Csq->CsqPeekNextIrp(Csq, NULL, PeekContext);
    if (irp)
        Csq->CsqRemoveIrp(Csq, irp);
    Csq->CsqReleaseLock(Csq, irql);
    return irp;
}

/* ---- devices ---- */

NTSTATUS IoCreateDevice(PDRIVER_OBJECT DriverObject, ULONG DeviceExtensionSize,
                        PUNICODE_STRING DeviceName, ULONG DeviceType, ULONG DeviceCharacteristics,
                        BOOLEAN Exclusive, PDEVICE_OBJECT *DeviceObject)
{
    if (drvlint_choose())
        return model_failure();
    *DeviceObject = model_create_device();
    return STATUS_SUCCESS;
}

NTSTATUS IoCreateDeviceSecure(PDRIVER_OBJECT DriverObject, ULONG DeviceExtensionSize,
                              PUNICODE_STRING DeviceName, ULONG DeviceType,
                              ULONG DeviceCharacteristics, BOOLEAN Exclusive,
                              PCUNICODE_STRING DefaultSDDLString, LPCGUID DeviceClassGuid,
                              PDEVICE_OBJECT *DeviceObject)
{
    if (drvlint_choose())
        return model_failure();
    *DeviceObject = model_create_device();
    return STATUS_SUCCESS;
}

NTSTATUS WdmlibIoCreateDeviceSecure(PDRIVER_OBJECT DriverObject, ULONG DeviceExtensionSize,
                                    PUNICODE_STRING DeviceName, ULONG DeviceType,
                                    ULONG DeviceCharacteristics, BOOLEAN Exclusive,
                                    PCUNICODE_STRING DefaultSDDLString, LPCGUID DeviceClassGuid,
                                    PDEVICE_OBJECT *DeviceObject)
{
    if (drvlint_choose())
        return model_failure();
    *DeviceObject = model_create_device();
    return STATUS_SUCCESS;
}

void IoDeleteDevice(PDEVICE_OBJECT DeviceObject)
{
    if (DeviceObject == model_device)
        model_device = NULL;
    drvlint_free(DeviceObject);
}

ANY_RESULT(IoCreateSymbolicLink, (PUNICODE_STRING SymbolicLinkName, PUNICODE_STRING DeviceName))
ANY_RESULT(IoCreateUnprotectedSymbolicLink,
           (PUNICODE_STRING SymbolicLinkName, PUNICODE_STRING DeviceName))
ANY_RESULT(IoDeleteSymbolicLink, (PUNICODE_STRING SymbolicLinkName))
ALLOCATES(PDEVICE_OBJECT, IoAttachDeviceToDeviceStack,
          (PDEVICE_OBJECT SourceDevice, PDEVICE_OBJECT TargetDevice))
NO_EFFECT(IoDetachDevice, (PDEVICE_OBJECT TargetDevice))
ANY_POINTER(PDEVICE_OBJECT, IoGetAttachedDeviceReference, (PDEVICE_OBJECT DeviceObject))
ANY_POINTER(PDEVICE_OBJECT, IoGetRelatedDeviceObject, (PFILE_OBJECT FileObject))
ANY_POINTER(PGENERIC_MAPPING, IoGetFileObjectGenericMapping, (void))
ANY_RESULT(IoSetDeviceInterfaceState, (PUNICODE_STRING SymbolicLinkName, BOOLEAN Enable))
NO_EFFECT(IoInvalidateDeviceState, (PDEVICE_OBJECT PhysicalDeviceObject))
ANY_RESULT(IoWMIRegistrationControl, (PDEVICE_OBJECT DeviceObject, ULONG Action))
ANY_RESULT(IoWMIWriteEvent, (PVOID WnodeEventItem))
ALLOCATES(PVOID, IoAllocateErrorLogEntry, (PVOID IoObject, UCHAR EntrySize))
NO_EFFECT(IoWriteErrorLogEntry, (PVOID ElEntry))
ANY_POINTER(PEPROCESS, IoGetCurrentProcess, (void))
ANY_POINTER(PVOID, IoGetInitialStack, (void))

NTSTATUS IoAttachDevice(PDEVICE_OBJECT SourceDevice, PUNICODE_STRING TargetDevice,
                        PDEVICE_OBJECT *AttachedDevice)
{
    if (drvlint_choose())
        return model_failure();
    *AttachedDevice = (PDEVICE_OBJECT)drvlint_fresh();
    return STATUS_SUCCESS;
}

NTSTATUS IoGetDeviceObjectPointer(PUNICODE_STRING ObjectName, ACCESS_MASK DesiredAccess,
                                  PFILE_OBJECT *FileObject, PDEVICE_OBJECT *DeviceObject)
{
    if (drvlint_choose())
        return model_failure();
    *FileObject = (PFILE_OBJECT)drvlint_fresh();
    *DeviceObject = (PDEVICE_OBJECT)drvlint_fresh();
    return STATUS_SUCCESS;
}

NTSTATUS IoGetDeviceProperty(PDEVICE_OBJECT DeviceObject, DEVICE_REGISTRY_PROPERTY DeviceProperty,
                             ULONG BufferLength, PVOID PropertyBuffer, PULONG ResultLength)
{
    if (PropertyBuffer)
        drvlint_havoc(PropertyBuffer, BufferLength);
    *ResultLength = drvlint_any_u32();
    return model_any_result();
}

NTSTATUS IoOpenDeviceRegistryKey(PDEVICE_OBJECT DeviceObject, ULONG DevInstKeyType,
                                 ACCESS_MASK DesiredAccess, PHANDLE DeviceRegKey)
{
    if (drvlint_choose())
        return model_failure();
    *DeviceRegKey = drvlint_fresh();
    return STATUS_SUCCESS;
}

NTSTATUS IoRegisterDeviceInterface(PDEVICE_OBJECT PhysicalDeviceObject,
                                   const GUID *InterfaceClassGuid, PUNICODE_STRING ReferenceString,
                                   PUNICODE_STRING SymbolicLinkName)
{
    if (drvlint_choose())
        return model_failure();
    SymbolicLinkName->Buffer = (PWSTR)drvlint_fresh();
    SymbolicLinkName->Length = drvlint_any_u16();
    SymbolicLinkName->MaximumLength = drvlint_any_u16();
    return STATUS_SUCCESS;
}

NTSTATUS IoAllocateDriverObjectExtension(PDRIVER_OBJECT DriverObject,
                                         PVOID ClientIdentificationAddress,
                                         ULONG DriverObjectExtensionSize,
                                         PVOID *DriverObjectExtension)
{
    if (drvlint_choose())
        return model_failure();
    *DriverObjectExtension = drvlint_fresh();
    return STATUS_SUCCESS;
}

ANY_POINTER(PVOID, IoGetDriverObjectExtension,
            (PDRIVER_OBJECT DriverObject, PVOID ClientIdentificationAddress))

OPENS(IoGetDeviceInterfaces, SymbolicLinkList,
      (const GUID *InterfaceClassGuid, PDEVICE_OBJECT PhysicalDeviceObject, ULONG Flags,
       PWSTR *SymbolicLinkList))
ANY_RESULT(IoReportTargetDeviceChangeAsynchronous,
           (PDEVICE_OBJECT PhysicalDeviceObject, PVOID NotificationStructure, PVOID Callback,
            PVOID Context))
ANY_POINTER(PDMA_ADAPTER, IoGetDmaAdapter,
            (PDEVICE_OBJECT PhysicalDeviceObject, PDEVICE_DESCRIPTION DeviceDescription,
             PULONG NumberOfMapRegisters))

/* ---- power ---- */

NO_EFFECT(PoStartNextPowerIrp, (PIRP Irp))
ANY_RESULT(PoRequestPowerIrp,
           (PDEVICE_OBJECT DeviceObject, UCHAR MinorFunction, POWER_STATE PowerState,
            PREQUEST_POWER_COMPLETE CompletionFunction, PVOID Context, PIRP *Irp))

POWER_STATE PoSetPowerState(PDEVICE_OBJECT DeviceObject, POWER_STATE_TYPE Type, POWER_STATE State)
{
    return State;
}

/* ---- interrupts, DPCs and timers of WDM drivers: registered, but not followed ---- */

OPENS(IoConnectInterrupt, InterruptObject,
      (PKINTERRUPT * InterruptObject, PKSERVICE_ROUTINE ServiceRoutine, PVOID ServiceContext,
       PKSPIN_LOCK SpinLock, ULONG Vector, KIRQL Irql, KIRQL SynchronizeIrql,
       enum _KINTERRUPT_MODE InterruptMode, BOOLEAN ShareVector, KAFFINITY ProcessorEnableMask,
       BOOLEAN FloatingSave))
FREES(IoDisconnectInterrupt, (PKINTERRUPT InterruptObject), InterruptObject)
NO_EFFECT(IoInitializeDpcRequest, (PDEVICE_OBJECT DeviceObject, PIO_DPC_ROUTINE DpcRoutine))
NO_EFFECT(IoRequestDpc, (PDEVICE_OBJECT DeviceObject, PIRP Irp, PVOID Context))
ANY_RESULT(IoInitializeTimer,
           (PDEVICE_OBJECT DeviceObject, PIO_TIMER_ROUTINE TimerRoutine, PVOID Context))
NO_EFFECT(IoStartTimer, (PDEVICE_OBJECT DeviceObject))
NO_EFFECT(IoStopTimer, (PDEVICE_OBJECT DeviceObject))

BOOLEAN KeSynchronizeExecution(PKINTERRUPT Interrupt, PKSYNCHRONIZE_ROUTINE SynchronizeRoutine,
                               PVOID SynchronizeContext)
{
    BOOLEAN result;

    RUN_FOR(result, MODEL_DEVICE_LEVEL, "KSYNCHRONIZE_ROUTINE", SynchronizeRoutine,
            SynchronizeContext);
    return result;
}

/* ---- remove locks ---- */

NO_EFFECT(IoInitializeRemoveLock,
          (PIO_REMOVE_LOCK Lock, ULONG AllocateTag, ULONG MaxLockedMinutes, ULONG HighWatermark))
ANY_RESULT(IoAcquireRemoveLock, (PIO_REMOVE_LOCK RemoveLock, PVOID Tag))
NO_EFFECT(IoReleaseRemoveLock, (PIO_REMOVE_LOCK RemoveLock, PVOID Tag))

void IoReleaseRemoveLockAndWait(PIO_REMOVE_LOCK RemoveLock, PVOID Tag)
{
    model_let_others_run();
}
