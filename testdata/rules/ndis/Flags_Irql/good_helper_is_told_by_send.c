/* A helper is told the level: send knows it from its flags, check-for-hang asks. */

#include <ndis.h>

#define REGS_SIZE 256

typedef struct fast
{
    NDIS_HANDLE nic;
    NDIS_HANDLE irq;
    volatile ULONG* regs;
    ULONG sent[4];
} fast;

static NDIS_HANDLE fh_driver;

static NDIS_STATUS
fh_attributes(NDIS_HANDLE nic, fast* n)
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
    any.RegistrationAttributes.MiniportAdapterContext = n;
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

static VOID
fh_count(fast* n, KIRQL irql)
{
    KIRQL old = irql;

    if (old < DISPATCH_LEVEL)
        NDIS_RAISE_IRQL_TO_DISPATCH(&old);
    n->sent[KeGetCurrentProcessorNumber() & 3]++;
    if (old < DISPATCH_LEVEL)
        NDIS_LOWER_IRQL(old, DISPATCH_LEVEL);
}

static BOOLEAN
fh_hang(NDIS_HANDLE ctx)
{
    fast* n = ctx;

    fh_count(n, KeGetCurrentIrql());
    return FALSE;
}

static BOOLEAN
fh_isr(NDIS_HANDLE ctx, PBOOLEAN queue, PULONG processors)
{
    fast* n = ctx;
    ULONG cause = n->regs[1];

    *processors = 0;
    *queue = FALSE;
    if (cause == 0)
        return FALSE;
    n->regs[1] = cause;

    *queue = TRUE;
    return TRUE;
}

static VOID
fh_dpc(NDIS_HANDLE ctx, PVOID dpcctx, PVOID throttle, PVOID reserved)
{
    fast* n = ctx;

    UNREFERENCED_PARAMETER(dpcctx);
    UNREFERENCED_PARAMETER(throttle);
    UNREFERENCED_PARAMETER(reserved);

    n->regs[2] = 1;
}

static NDIS_STATUS
fh_connect(fast* n)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS mic;

    NdisZeroMemory(&mic, sizeof(mic));
    mic.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
    mic.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
    mic.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
    mic.InterruptHandler = fh_isr;
    mic.InterruptDpcHandler = fh_dpc;

    return NdisMRegisterInterruptEx(n->nic, n, &mic, &n->irq);
}

static NDIS_STATUS
fh_init(NDIS_HANDLE nic, NDIS_HANDLE drvctx, PNDIS_MINIPORT_INIT_PARAMETERS params)
{
    PNDIS_RESOURCE_LIST list = params->AllocatedResources;
    NDIS_STATUS st;
    fast* n;

    UNREFERENCED_PARAMETER(drvctx);
    if (list == NULL || list->Count == 0)
        return NDIS_STATUS_RESOURCE_CONFLICT;
    n = NdisAllocateMemoryWithTagPriority(nic, sizeof(*n), 'qri ', NormalPoolPriority);
    if (n == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(n, sizeof(*n));
    n->nic = nic;
    st = fh_attributes(nic, n);
    if (st == NDIS_STATUS_SUCCESS) {
        st = NdisMMapIoSpace(
          (PVOID*)&n->regs, nic, list->PartialDescriptors[0].u.Memory.Start, REGS_SIZE);
        if (st == NDIS_STATUS_SUCCESS) {
            if (st == NDIS_STATUS_SUCCESS) {
                st = fh_connect(n);
                if (st == NDIS_STATUS_SUCCESS)
                    return st;
            }
            NdisMUnmapIoSpace(nic, (PVOID)n->regs, REGS_SIZE);
        }
    }
    NdisFreeMemory(n, 0, 0);
    return st;
}

static VOID
fh_halt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
    fast* n = ctx;

    UNREFERENCED_PARAMETER(action);

    NdisMDeregisterInterruptEx(n->irq);

    NdisMUnmapIoSpace(n->nic, (PVOID)n->regs, REGS_SIZE);
    NdisFreeMemory(n, 0, 0);
}

static NDIS_STATUS
fh_pause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS
fh_restart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS
fh_oid(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
    fast* n = ctx;

    UNREFERENCED_PARAMETER(n);
    if (req->RequestType == NdisRequestSetInformation) {
        if (req->DATA.SET_INFORMATION.Oid == OID_GEN_CURRENT_PACKET_FILTER) {
            req->DATA.SET_INFORMATION.BytesRead = sizeof(ULONG);
            return NDIS_STATUS_SUCCESS;
        }
    }
    return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID
fh_send(NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
    fast* n = ctx;
    PNET_BUFFER_LIST cur = nbl;
    ULONG done = 0;

    UNREFERENCED_PARAMETER(port);
    fh_count(n, NDIS_TEST_SEND_AT_DISPATCH_LEVEL(flags) ? DISPATCH_LEVEL : PASSIVE_LEVEL);
    while (cur) {
        cur->Status = NDIS_STATUS_PAUSED;
        cur = cur->Next;
    }
    if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(flags))
        done |= NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
    NdisMSendNetBufferListsComplete(n->nic, nbl, done);
}

static VOID
fh_unload(PDRIVER_OBJECT drv)
{
    UNREFERENCED_PARAMETER(drv);
    NdisMDeregisterMiniportDriver(fh_driver);
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
    mdc.InitializeHandlerEx = fh_init;
    mdc.HaltHandlerEx = fh_halt;
    mdc.UnloadHandler = fh_unload;
    mdc.PauseHandler = fh_pause;
    mdc.RestartHandler = fh_restart;
    mdc.OidRequestHandler = fh_oid;
    mdc.SendNetBufferListsHandler = fh_send;
    mdc.CheckForHangHandlerEx = fh_hang;
    return NdisMRegisterMiniportDriver(drv, path, NULL, &mdc, &fh_driver);
}
