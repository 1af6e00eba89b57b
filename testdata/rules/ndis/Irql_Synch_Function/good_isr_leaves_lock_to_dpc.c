/* The interrupt handler keeps the cause in the registers; the DPC counts under the lock. */

#include <ndis.h>

#define REGS_SIZE 256

typedef struct stats
{
    NDIS_HANDLE nic;
    NDIS_HANDLE irq;
    volatile ULONG *regs;
    NDIS_SPIN_LOCK lock;
    ULONG count;
} stats;

static NDIS_HANDLE st_driver;

static NDIS_STATUS st_attributes(NDIS_HANDLE nic, stats *s)
{
    NDIS_MINIPORT_ADAPTER_ATTRIBUTES any;
    NDIS_STATUS st;

    NdisZeroMemory(&any, sizeof(any));
    any.RegistrationAttributes.Header.Type =
        NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    any.RegistrationAttributes.Header.Revision =
        NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    any.RegistrationAttributes.Header.Size =
        NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    any.RegistrationAttributes.MiniportAdapterContext = s;
    any.RegistrationAttributes.AttributeFlags =
        NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE | NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER;
    any.RegistrationAttributes.InterfaceType = NdisInterfacePci;
    st = NdisMSetMiniportAttributes(nic, &any);
    if (st == NDIS_STATUS_SUCCESS)
    {
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

static BOOLEAN st_isr(NDIS_HANDLE ctx, PBOOLEAN queue, PULONG processors)
{
    stats *s = ctx;
    ULONG cause = s->regs[1];

    *processors = 0;
    *queue = FALSE;
    if (cause == 0)
        return FALSE;
    s->regs[1] = cause;
    s->regs[3] = cause;
    *queue = TRUE;
    return TRUE;
}

static VOID st_dpc(NDIS_HANDLE ctx, PVOID dpcctx, PVOID throttle, PVOID reserved)
{
    stats *s = ctx;

    UNREFERENCED_PARAMETER(dpcctx);
    UNREFERENCED_PARAMETER(throttle);
    UNREFERENCED_PARAMETER(reserved);
    NdisDprAcquireSpinLock(&s->lock);
    s->count++;
    NdisDprReleaseSpinLock(&s->lock);
    s->regs[2] = 1;
}

static NDIS_STATUS st_connect(stats *s)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS mic;

    NdisZeroMemory(&mic, sizeof(mic));
    mic.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
    mic.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
    mic.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
    mic.InterruptHandler = st_isr;
    mic.InterruptDpcHandler = st_dpc;

    return NdisMRegisterInterruptEx(s->nic, s, &mic, &s->irq);
}

static NDIS_STATUS st_init(NDIS_HANDLE nic, NDIS_HANDLE drvctx,
                           PNDIS_MINIPORT_INIT_PARAMETERS params)
{
    PNDIS_RESOURCE_LIST list = params->AllocatedResources;
    NDIS_STATUS st;
    stats *s;

    UNREFERENCED_PARAMETER(drvctx);
    if (list == NULL || list->Count == 0)
        return NDIS_STATUS_RESOURCE_CONFLICT;
    s = NdisAllocateMemoryWithTagPriority(nic, sizeof(*s), 'qri ', NormalPoolPriority);
    if (s == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(s, sizeof(*s));
    s->nic = nic;
    st = st_attributes(nic, s);
    if (st == NDIS_STATUS_SUCCESS)
    {
        st = NdisMMapIoSpace((PVOID *)&s->regs, nic, list->PartialDescriptors[0].u.Memory.Start,
                             REGS_SIZE);
        if (st == NDIS_STATUS_SUCCESS)
        {
            NdisAllocateSpinLock(&s->lock);
            if (st == NDIS_STATUS_SUCCESS)
            {
                st = st_connect(s);
                if (st == NDIS_STATUS_SUCCESS)
                    return st;
                NdisFreeSpinLock(&s->lock);
            }
            NdisMUnmapIoSpace(nic, (PVOID)s->regs, REGS_SIZE);
        }
    }
    NdisFreeMemory(s, 0, 0);
    return st;
}

static VOID st_halt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
    stats *s = ctx;

    UNREFERENCED_PARAMETER(action);

    NdisMDeregisterInterruptEx(s->irq);
    NdisFreeSpinLock(&s->lock);
    NdisMUnmapIoSpace(s->nic, (PVOID)s->regs, REGS_SIZE);
    NdisFreeMemory(s, 0, 0);
}

static NDIS_STATUS st_pause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS st_restart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS st_oid(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
    stats *s = ctx;

    UNREFERENCED_PARAMETER(s);
    if (req->RequestType == NdisRequestSetInformation)
    {
        if (req->DATA.SET_INFORMATION.Oid == OID_GEN_CURRENT_PACKET_FILTER)
        {
            req->DATA.SET_INFORMATION.BytesRead = sizeof(ULONG);
            return NDIS_STATUS_SUCCESS;
        }
    }
    return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID st_send(NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
    stats *s = ctx;
    PNET_BUFFER_LIST cur = nbl;
    ULONG done = 0;

    UNREFERENCED_PARAMETER(port);

    while (cur)
    {
        cur->Status = NDIS_STATUS_PAUSED;
        cur = cur->Next;
    }
    if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(flags))
        done |= NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
    NdisMSendNetBufferListsComplete(s->nic, nbl, done);
}

static VOID st_unload(PDRIVER_OBJECT drv)
{
    UNREFERENCED_PARAMETER(drv);
    NdisMDeregisterMiniportDriver(st_driver);
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
    mdc.InitializeHandlerEx = st_init;
    mdc.HaltHandlerEx = st_halt;
    mdc.UnloadHandler = st_unload;
    mdc.PauseHandler = st_pause;
    mdc.RestartHandler = st_restart;
    mdc.OidRequestHandler = st_oid;
    mdc.SendNetBufferListsHandler = st_send;

    return NdisMRegisterMiniportDriver(drv, path, NULL, &mdc, &st_driver);
}
