/* The DPC sets a timer. */

#include <ndis.h>

#define REGS_SIZE 256

typedef struct timed {
    NDIS_HANDLE nic;
    NDIS_HANDLE irq;
    volatile ULONG* regs;
    NDIS_HANDLE timer;
    ULONG ticks;
} timed;

static NDIS_HANDLE tm_driver;

static NDIS_STATUS tm_attributes(NDIS_HANDLE nic, timed* t)
{
    NDIS_MINIPORT_ADAPTER_ATTRIBUTES any;
    NDIS_STATUS st;

    NdisZeroMemory(&any, sizeof(any));
    any.RegistrationAttributes.Header.Type
        = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    any.RegistrationAttributes.Header.Revision
        = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    any.RegistrationAttributes.Header.Size
        = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    any.RegistrationAttributes.MiniportAdapterContext = t;
    any.RegistrationAttributes.AttributeFlags
        = NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE | NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER;
    any.RegistrationAttributes.InterfaceType = NdisInterfacePci;
    st = NdisMSetMiniportAttributes(nic, &any);
    if (st == NDIS_STATUS_SUCCESS) {
        NdisZeroMemory(&any, sizeof(any));
        any.GeneralAttributes.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
        any.GeneralAttributes.Header.Revision = NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
        any.GeneralAttributes.Header.Size
            = NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
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

static VOID tm_tick(PVOID unused1, PVOID ctx, PVOID unused2, PVOID unused3)
{
    timed* t = ctx;

    UNREFERENCED_PARAMETER(unused1);
    UNREFERENCED_PARAMETER(unused2);
    UNREFERENCED_PARAMETER(unused3);
    t->ticks++;
}

static NDIS_STATUS tm_make_timer(timed* t)
{
    NDIS_TIMER_CHARACTERISTICS tc;

    NdisZeroMemory(&tc, sizeof(tc));
    tc.Header.Type = NDIS_OBJECT_TYPE_TIMER_CHARACTERISTICS;
    tc.Header.Revision = NDIS_TIMER_CHARACTERISTICS_REVISION_1;
    tc.Header.Size = NDIS_SIZEOF_TIMER_CHARACTERISTICS_REVISION_1;
    tc.AllocationTag = 'mit ';
    tc.TimerFunction = tm_tick;
    tc.FunctionContext = t;
    return NdisAllocateTimerObject(t->nic, &tc, &t->timer);
}

static VOID tm_start(timed* t)
{
    LARGE_INTEGER due;

    due.QuadPart = -1000000;
    NdisSetTimerObject(t->timer, due, 0, NULL);
}

static BOOLEAN tm_isr(NDIS_HANDLE ctx, PBOOLEAN queue, PULONG processors)
{
    timed* t = ctx;
    ULONG cause = t->regs[1];

    *processors = 0;
    *queue = FALSE;
    if (cause == 0)
        return FALSE;
    t->regs[1] = cause;

    *queue = TRUE;
    return TRUE;
}

static VOID tm_dpc(NDIS_HANDLE ctx, PVOID dpcctx, PVOID throttle, PVOID reserved)
{
    timed* t = ctx;

    UNREFERENCED_PARAMETER(dpcctx);
    UNREFERENCED_PARAMETER(throttle);
    UNREFERENCED_PARAMETER(reserved);
    tm_start(t);
    t->regs[2] = 1;
}

static NDIS_STATUS tm_connect(timed* t)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS mic;

    NdisZeroMemory(&mic, sizeof(mic));
    mic.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
    mic.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
    mic.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
    mic.InterruptHandler = tm_isr;
    mic.InterruptDpcHandler = tm_dpc;

    return NdisMRegisterInterruptEx(t->nic, t, &mic, &t->irq);
}

static NDIS_STATUS tm_init(
    NDIS_HANDLE nic, NDIS_HANDLE drvctx, PNDIS_MINIPORT_INIT_PARAMETERS params)
{
    PNDIS_RESOURCE_LIST list = params->AllocatedResources;
    NDIS_STATUS st;
    timed* t;

    UNREFERENCED_PARAMETER(drvctx);
    if (list == NULL || list->Count == 0)
        return NDIS_STATUS_RESOURCE_CONFLICT;
    t = NdisAllocateMemoryWithTagPriority(nic, sizeof(*t), 'qri ', NormalPoolPriority);
    if (t == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(t, sizeof(*t));
    t->nic = nic;
    st = tm_attributes(nic, t);
    if (st == NDIS_STATUS_SUCCESS) {
        st = NdisMMapIoSpace(
            (PVOID*)&t->regs, nic, list->PartialDescriptors[0].u.Memory.Start, REGS_SIZE);
        if (st == NDIS_STATUS_SUCCESS) {
            st = tm_make_timer(t);
            if (st == NDIS_STATUS_SUCCESS) {
                st = tm_connect(t);
                if (st == NDIS_STATUS_SUCCESS)
                    return st;
                NdisFreeTimerObject(t->timer);
            }
            NdisMUnmapIoSpace(nic, (PVOID)t->regs, REGS_SIZE);
        }
    }
    NdisFreeMemory(t, 0, 0);
    return st;
}

static VOID tm_halt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
    timed* t = ctx;

    UNREFERENCED_PARAMETER(action);

    NdisMDeregisterInterruptEx(t->irq);
    NdisCancelTimerObject(t->timer);
    NdisFreeTimerObject(t->timer);
    NdisMUnmapIoSpace(t->nic, (PVOID)t->regs, REGS_SIZE);
    NdisFreeMemory(t, 0, 0);
}

static NDIS_STATUS tm_pause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS tm_restart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS tm_oid(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
    timed* t = ctx;

    UNREFERENCED_PARAMETER(t);
    if (req->RequestType == NdisRequestSetInformation) {
        if (req->DATA.SET_INFORMATION.Oid == OID_GEN_CURRENT_PACKET_FILTER) {
            req->DATA.SET_INFORMATION.BytesRead = sizeof(ULONG);
            return NDIS_STATUS_SUCCESS;
        }
    }
    return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID tm_send(NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
    timed* t = ctx;
    PNET_BUFFER_LIST cur = nbl;
    ULONG done = 0;

    UNREFERENCED_PARAMETER(port);

    while (cur) {
        cur->Status = NDIS_STATUS_PAUSED;
        cur = cur->Next;
    }
    if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(flags))
        done |= NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
    NdisMSendNetBufferListsComplete(t->nic, nbl, done);
}

static VOID tm_unload(PDRIVER_OBJECT drv)
{
    UNREFERENCED_PARAMETER(drv);
    NdisMDeregisterMiniportDriver(tm_driver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT drv, PUNICODE_STRING path)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS mdc;

    NdisZeroMemory(&mdc, sizeof(mdc));
    mdc.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    mdc.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    mdc.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    mdc.MajorNdisVersion = 6;
    mdc.MajorDriverVersion = 1;
    mdc.InitializeHandlerEx = tm_init;
    mdc.HaltHandlerEx = tm_halt;
    mdc.UnloadHandler = tm_unload;
    mdc.PauseHandler = tm_pause;
    mdc.RestartHandler = tm_restart;
    mdc.OidRequestHandler = tm_oid;
    mdc.SendNetBufferListsHandler = tm_send;

    return NdisMRegisterMiniportDriver(drv, path, NULL, &mdc, &tm_driver);
}
