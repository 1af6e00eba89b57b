/* A helper completes the packet if the level is not above DISPATCH_LEVEL; the interrupt handler
   asks for its level. */

#include <ndis.h>

#define REGS_SIZE 256

typedef struct ether
{
    NDIS_HANDLE nic;
    NDIS_HANDLE irq;
    volatile ULONG* regs;
    NDIS_SPIN_LOCK lock;
    PNET_BUFFER_LIST sent;
    ULONG late;
} ether;

static NDIS_HANDLE lv_driver;

static NDIS_STATUS
lv_attributes(NDIS_HANDLE nic, ether* e)
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
    any.RegistrationAttributes.MiniportAdapterContext = e;
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

/* One packet at a time: what comes while the chip is busy is refused. */
static PNET_BUFFER_LIST
lv_take(ether* e)
{
    PNET_BUFFER_LIST sent;

    sent = e->sent;
    e->sent = NULL;
    return sent;
}

static VOID
lv_complete(ether* e, PNET_BUFFER_LIST sent)
{
    if (sent != NULL) {
        sent->Status = NDIS_STATUS_SUCCESS;
        NdisMSendNetBufferListsComplete(e->nic, sent, 0);
    }
}

static VOID
lv_finish(ether* e, KIRQL irql)
{
    if (irql <= DISPATCH_LEVEL)
        lv_complete(e, lv_take(e));
    else
        e->late++;
}

static BOOLEAN
lv_isr(NDIS_HANDLE ctx, PBOOLEAN queue, PULONG processors)
{
    ether* e = ctx;
    ULONG cause = e->regs[1];

    *processors = 0;
    *queue = FALSE;
    if (cause == 0)
        return FALSE;
    e->regs[1] = cause;
    lv_finish(e, KeGetCurrentIrql());
    *queue = TRUE;
    return TRUE;
}

static VOID
lv_dpc(NDIS_HANDLE ctx, PVOID dpcctx, PVOID throttle, PVOID reserved)
{
    ether* e = ctx;

    UNREFERENCED_PARAMETER(dpcctx);
    UNREFERENCED_PARAMETER(throttle);
    UNREFERENCED_PARAMETER(reserved);
    lv_finish(e, DISPATCH_LEVEL);
    e->regs[2] = 1;
}

static NDIS_STATUS
lv_connect(ether* e)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS mic;

    NdisZeroMemory(&mic, sizeof(mic));
    mic.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
    mic.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
    mic.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
    mic.InterruptHandler = lv_isr;
    mic.InterruptDpcHandler = lv_dpc;

    return NdisMRegisterInterruptEx(e->nic, e, &mic, &e->irq);
}

static NDIS_STATUS
lv_init(NDIS_HANDLE nic, NDIS_HANDLE drvctx, PNDIS_MINIPORT_INIT_PARAMETERS params)
{
    PNDIS_RESOURCE_LIST list = params->AllocatedResources;
    NDIS_STATUS st;
    ether* e;

    UNREFERENCED_PARAMETER(drvctx);
    if (list == NULL || list->Count == 0)
        return NDIS_STATUS_RESOURCE_CONFLICT;
    e = NdisAllocateMemoryWithTagPriority(nic, sizeof(*e), 'qri ', NormalPoolPriority);
    if (e == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(e, sizeof(*e));
    e->nic = nic;
    st = lv_attributes(nic, e);
    if (st == NDIS_STATUS_SUCCESS) {
        st = NdisMMapIoSpace(
          (PVOID*)&e->regs, nic, list->PartialDescriptors[0].u.Memory.Start, REGS_SIZE);
        if (st == NDIS_STATUS_SUCCESS) {
            NdisAllocateSpinLock(&e->lock);
            if (st == NDIS_STATUS_SUCCESS) {
                st = lv_connect(e);
                if (st == NDIS_STATUS_SUCCESS)
                    return st;
                NdisFreeSpinLock(&e->lock);
            }
            NdisMUnmapIoSpace(nic, (PVOID)e->regs, REGS_SIZE);
        }
    }
    NdisFreeMemory(e, 0, 0);
    return st;
}

static VOID
lv_halt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
    ether* e = ctx;

    UNREFERENCED_PARAMETER(action);

    NdisMDeregisterInterruptEx(e->irq);
    NdisFreeSpinLock(&e->lock);
    NdisMUnmapIoSpace(e->nic, (PVOID)e->regs, REGS_SIZE);
    NdisFreeMemory(e, 0, 0);
}

static NDIS_STATUS
lv_pause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS
lv_restart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS
lv_oid(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
    ether* e = ctx;

    UNREFERENCED_PARAMETER(e);
    if (req->RequestType == NdisRequestSetInformation) {
        if (req->DATA.SET_INFORMATION.Oid == OID_GEN_CURRENT_PACKET_FILTER) {
            req->DATA.SET_INFORMATION.BytesRead = sizeof(ULONG);
            return NDIS_STATUS_SUCCESS;
        }
    }
    return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID
lv_send(NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
    ether* e = ctx;
    PNET_BUFFER_LIST cur = nbl;

    UNREFERENCED_PARAMETER(port);

    NDIS_STATUS st = NDIS_STATUS_RESOURCES;

    UNREFERENCED_PARAMETER(flags);
    NdisAcquireSpinLock(&e->lock);
    if (e->sent == NULL) {
        e->sent = nbl;
        st = NDIS_STATUS_SUCCESS;
    }
    NdisReleaseSpinLock(&e->lock);
    if (st != NDIS_STATUS_SUCCESS) {
        while (cur) {
            cur->Status = st;
            cur = cur->Next;
        }
        NdisMSendNetBufferListsComplete(e->nic, nbl, 0);
    }
}

static VOID
lv_unload(PDRIVER_OBJECT drv)
{
    UNREFERENCED_PARAMETER(drv);
    NdisMDeregisterMiniportDriver(lv_driver);
}

NTSTATUS
DriverEntry(PDRIVER_OBJECT drv, PUNICODE_STRING path)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS mdc;

    NdisZeroMemory(&mdc, sizeof(mdc));
    mdc.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    mdc.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    mdc.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    mdc.MajorNdisVersion = 6;
    mdc.MajorDriverVersion = 1;
    mdc.InitializeHandlerEx = lv_init;
    mdc.HaltHandlerEx = lv_halt;
    mdc.UnloadHandler = lv_unload;
    mdc.PauseHandler = lv_pause;
    mdc.RestartHandler = lv_restart;
    mdc.OidRequestHandler = lv_oid;
    mdc.SendNetBufferListsHandler = lv_send;

    return NdisMRegisterMiniportDriver(drv, path, NULL, &mdc, &lv_driver);
}
