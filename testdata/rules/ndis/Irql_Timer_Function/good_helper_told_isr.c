/* A helper sets the timer unless it is told that it runs in the interrupt handler. */

#include <ndis.h>

#define REGS_SIZE 256

typedef struct dog {
    NDIS_HANDLE nic;
    NDIS_HANDLE irq;
    volatile ULONG *regs;
    NDIS_HANDLE timer;
    ULONG ticks;
    BOOLEAN want;
} dog;

static NDIS_HANDLE wd_driver;

static NDIS_STATUS wd_attributes(NDIS_HANDLE nic, dog *d) {
    NDIS_MINIPORT_ADAPTER_ATTRIBUTES any;
    NDIS_STATUS st;

    NdisZeroMemory(&any, sizeof(any));
    any.RegistrationAttributes.Header.Type =
        NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    any.RegistrationAttributes.Header.Revision =
        NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    any.RegistrationAttributes.Header.Size =
        NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    any.RegistrationAttributes.MiniportAdapterContext = d;
    any.RegistrationAttributes.AttributeFlags =
        NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE | NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER;
    any.RegistrationAttributes.InterfaceType = NdisInterfacePci;
    st = NdisMSetMiniportAttributes(nic, &any);
    if (st == NDIS_STATUS_SUCCESS) {
        NdisZeroMemory(&any, sizeof(any));
        any.GeneralAttributes.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
        any.GeneralAttributes.Header.Revision = NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
        any.GeneralAttributes.Header.Size =
            NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
        any.GeneralAttributes.MediaType = NdisMedium802_3;
        any.GeneralAttributes.MtuSize = 1500;
        any.GeneralAttributes.MacAddressLength = 6;
        any.GeneralAttributes.AccessType = NET_IF_ACCESS_BROADCAST;
        any.GeneralAttributes.DirectionType = NET_IF_DIRECTION_SENDRECEIVE;
        any.GeneralAttributes.ConnectionType = NET_IF_CONNECTION_DEDICATED;
        any.GeneralAttributes.IfType = IF_TYPE_ETHERNET_CSMACD;
        st = NdisMSetMiniportAttributes(nic, &any);
    }
    return st;
}

static VOID wd_tick(PVOID unused1, PVOID ctx, PVOID unused2, PVOID unused3) {
    dog *d = ctx;

    UNREFERENCED_PARAMETER(unused1);
    UNREFERENCED_PARAMETER(unused2);
    UNREFERENCED_PARAMETER(unused3);
    d->ticks++;
}

static NDIS_STATUS wd_make_timer(dog *d) {
    NDIS_TIMER_CHARACTERISTICS tc;

    NdisZeroMemory(&tc, sizeof(tc));
    tc.Header.Type = NDIS_OBJECT_TYPE_TIMER_CHARACTERISTICS;
    tc.Header.Revision = NDIS_TIMER_CHARACTERISTICS_REVISION_1;
    tc.Header.Size = NDIS_SIZEOF_TIMER_CHARACTERISTICS_REVISION_1;
    tc.AllocationTag = 'mit ';
    tc.TimerFunction = wd_tick;
    tc.FunctionContext = d;
    return NdisAllocateTimerObject(d->nic, &tc, &d->timer);
}

static VOID wd_start(dog *d) {
    LARGE_INTEGER due;

    due.QuadPart = -1000000;
    NdisSetTimerObject(d->timer, due, 0, NULL);
}

/* An interrupt handler cannot set the timer: it leaves that to the DPC. */
static VOID wd_kick(dog *d, BOOLEAN in_isr) {
    if (in_isr)
        d->want = TRUE;
    else if (d->want) {
        d->want = FALSE;
        wd_start(d);
    }
}

static BOOLEAN wd_isr(NDIS_HANDLE ctx, PBOOLEAN queue, PULONG processors) {
    dog *d = ctx;
    ULONG cause = d->regs[1];

    *processors = 0;
    *queue = FALSE;
    if (cause == 0)
        return FALSE;
    d->regs[1] = cause;
    d->want = TRUE;
    wd_kick(d, TRUE);
    *queue = TRUE;
    return TRUE;
}

static VOID wd_dpc(NDIS_HANDLE ctx, PVOID dpcctx, PVOID throttle, PVOID reserved) {
    dog *d = ctx;

    UNREFERENCED_PARAMETER(dpcctx);
    UNREFERENCED_PARAMETER(throttle);
    UNREFERENCED_PARAMETER(reserved);
    wd_kick(d, FALSE);
    d->regs[2] = 1;
}

static NDIS_STATUS wd_connect(dog *d) {
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS mic;

    NdisZeroMemory(&mic, sizeof(mic));
    mic.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
    mic.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
    mic.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
    mic.InterruptHandler = wd_isr;
    mic.InterruptDpcHandler = wd_dpc;

    return NdisMRegisterInterruptEx(d->nic, d, &mic, &d->irq);
}

static NDIS_STATUS wd_init(NDIS_HANDLE nic, NDIS_HANDLE drvctx,
                           PNDIS_MINIPORT_INIT_PARAMETERS params) {
    PNDIS_RESOURCE_LIST list = params->AllocatedResources;
    NDIS_STATUS st;
    dog *d;

    UNREFERENCED_PARAMETER(drvctx);
    if (list == NULL || list->Count == 0)
        return NDIS_STATUS_RESOURCE_CONFLICT;
    d = NdisAllocateMemoryWithTagPriority(nic, sizeof(*d), 'qri ', NormalPoolPriority);
    if (d == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(d, sizeof(*d));
    d->nic = nic;
    st = wd_attributes(nic, d);
    if (st == NDIS_STATUS_SUCCESS) {
        st = NdisMMapIoSpace((PVOID *)&d->regs, nic, list->PartialDescriptors[0].u.Memory.Start,
                             REGS_SIZE);
        if (st == NDIS_STATUS_SUCCESS) {
            st = wd_make_timer(d);
            if (st == NDIS_STATUS_SUCCESS) {
                st = wd_connect(d);
                if (st == NDIS_STATUS_SUCCESS)
                    return st;
                NdisFreeTimerObject(d->timer);
            }
            NdisMUnmapIoSpace(nic, (PVOID)d->regs, REGS_SIZE);
        }
    }
    NdisFreeMemory(d, 0, 0);
    return st;
}

static VOID wd_halt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action) {
    dog *d = ctx;

    UNREFERENCED_PARAMETER(action);

    NdisMDeregisterInterruptEx(d->irq);
    NdisCancelTimerObject(d->timer);
    NdisFreeTimerObject(d->timer);
    NdisMUnmapIoSpace(d->nic, (PVOID)d->regs, REGS_SIZE);
    NdisFreeMemory(d, 0, 0);
}

static NDIS_STATUS wd_pause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params) {
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS wd_restart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params) {
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS wd_oid(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req) {
    dog *d = ctx;

    UNREFERENCED_PARAMETER(d);
    if (req->RequestType == NdisRequestSetInformation) {
        if (req->DATA.SET_INFORMATION.Oid == OID_GEN_CURRENT_PACKET_FILTER) {
            req->DATA.SET_INFORMATION.BytesRead = sizeof(ULONG);
            return NDIS_STATUS_SUCCESS;
        }
    }
    return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID wd_send(NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags) {
    dog *d = ctx;
    PNET_BUFFER_LIST cur = nbl;
    ULONG done = 0;

    UNREFERENCED_PARAMETER(port);

    while (cur) {
        cur->Status = NDIS_STATUS_PAUSED;
        cur = cur->Next;
    }
    if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(flags))
        done |= NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
    NdisMSendNetBufferListsComplete(d->nic, nbl, done);
}

static VOID wd_unload(PDRIVER_OBJECT drv) {
    UNREFERENCED_PARAMETER(drv);
    NdisMDeregisterMiniportDriver(wd_driver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT drv, PUNICODE_STRING path) {
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS mdc;

    NdisZeroMemory(&mdc, sizeof(mdc));
    mdc.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    mdc.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    mdc.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    mdc.MajorNdisVersion = 6;
    mdc.MajorDriverVersion = 1;
    mdc.InitializeHandlerEx = wd_init;
    mdc.HaltHandlerEx = wd_halt;
    mdc.UnloadHandler = wd_unload;
    mdc.PauseHandler = wd_pause;
    mdc.RestartHandler = wd_restart;
    mdc.OidRequestHandler = wd_oid;
    mdc.SendNetBufferListsHandler = wd_send;

    return NdisMRegisterMiniportDriver(drv, path, NULL, &mdc, &wd_driver);
}
