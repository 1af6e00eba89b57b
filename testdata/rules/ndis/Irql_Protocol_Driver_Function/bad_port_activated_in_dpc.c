/* The DPC tells NDIS of an activated port. */

#include <ndis.h>

#define REGS_SIZE 256

typedef struct dev
{
    NDIS_HANDLE nic;
    NDIS_HANDLE irq;
    volatile ULONG* regs;
    NDIS_HANDLE item;
} dev;

static NDIS_HANDLE pa_driver;

static NDIS_STATUS
pa_attributes(NDIS_HANDLE nic, dev* d)
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

static VOID
pa_activate(dev* d)
{
    NET_PNP_EVENT_NOTIFICATION ev;

    NdisZeroMemory(&ev, sizeof(ev));
    ev.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    ev.Header.Revision = NET_PNP_EVENT_NOTIFICATION_REVISION_1;
    ev.Header.Size = NDIS_SIZEOF_NET_PNP_EVENT_NOTIFICATION_REVISION_1;
    ev.NetPnPEvent.NetEvent = NetEventPortActivation;
    NdisMNetPnPEvent(d->nic, &ev); // expect: defect Irql_Protocol_Driver_Function
}

static BOOLEAN
pa_isr(NDIS_HANDLE ctx, PBOOLEAN queue, PULONG processors)
{
    dev* d = ctx;
    ULONG cause = d->regs[1];

    *processors = 0;
    *queue = FALSE;
    if (cause == 0)
        return FALSE;
    d->regs[1] = cause;

    *queue = TRUE;
    return TRUE;
}

static VOID
pa_dpc(NDIS_HANDLE ctx, PVOID dpcctx, PVOID throttle, PVOID reserved)
{
    dev* d = ctx;

    UNREFERENCED_PARAMETER(dpcctx);
    UNREFERENCED_PARAMETER(throttle);
    UNREFERENCED_PARAMETER(reserved);
    if (d->regs[5] & 1)
        pa_activate(d);
    d->regs[2] = 1;
}

static NDIS_STATUS
pa_connect(dev* d)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS mic;

    NdisZeroMemory(&mic, sizeof(mic));
    mic.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
    mic.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
    mic.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
    mic.InterruptHandler = pa_isr;
    mic.InterruptDpcHandler = pa_dpc;

    return NdisMRegisterInterruptEx(d->nic, d, &mic, &d->irq);
}

static NDIS_STATUS
pa_init(NDIS_HANDLE nic, NDIS_HANDLE drvctx, PNDIS_MINIPORT_INIT_PARAMETERS params)
{
    PNDIS_RESOURCE_LIST list = params->AllocatedResources;
    NDIS_STATUS st;
    dev* d;

    UNREFERENCED_PARAMETER(drvctx);
    if (list == NULL || list->Count == 0)
        return NDIS_STATUS_RESOURCE_CONFLICT;
    d = NdisAllocateMemoryWithTagPriority(nic, sizeof(*d), 'qri ', NormalPoolPriority);
    if (d == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(d, sizeof(*d));
    d->nic = nic;
    st = pa_attributes(nic, d);
    if (st == NDIS_STATUS_SUCCESS) {
        st = NdisMMapIoSpace(
          (PVOID*)&d->regs, nic, list->PartialDescriptors[0].u.Memory.Start, REGS_SIZE);
        if (st == NDIS_STATUS_SUCCESS) {
            d->item = NdisAllocateIoWorkItem(nic);
            if (d->item == NULL)
                st = NDIS_STATUS_RESOURCES;
            if (st == NDIS_STATUS_SUCCESS) {
                st = pa_connect(d);
                if (st == NDIS_STATUS_SUCCESS)
                    return st;
                NdisFreeIoWorkItem(d->item);
            }
            NdisMUnmapIoSpace(nic, (PVOID)d->regs, REGS_SIZE);
        }
    }
    NdisFreeMemory(d, 0, 0);
    return st;
}

static VOID
pa_halt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
    dev* d = ctx;

    UNREFERENCED_PARAMETER(action);

    NdisMDeregisterInterruptEx(d->irq);
    NdisFreeIoWorkItem(d->item);
    NdisMUnmapIoSpace(d->nic, (PVOID)d->regs, REGS_SIZE);
    NdisFreeMemory(d, 0, 0);
}

static NDIS_STATUS
pa_pause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS
pa_restart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS
pa_oid(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
    dev* d = ctx;

    UNREFERENCED_PARAMETER(d);
    if (req->RequestType == NdisRequestSetInformation) {
        if (req->DATA.SET_INFORMATION.Oid == OID_GEN_CURRENT_PACKET_FILTER) {
            req->DATA.SET_INFORMATION.BytesRead = sizeof(ULONG);
            return NDIS_STATUS_SUCCESS;
        }
    }
    return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID
pa_send(NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
    dev* d = ctx;
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

static VOID
pa_unload(PDRIVER_OBJECT drv)
{
    UNREFERENCED_PARAMETER(drv);
    NdisMDeregisterMiniportDriver(pa_driver);
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
    mdc.InitializeHandlerEx = pa_init;
    mdc.HaltHandlerEx = pa_halt;
    mdc.UnloadHandler = pa_unload;
    mdc.PauseHandler = pa_pause;
    mdc.RestartHandler = pa_restart;
    mdc.OidRequestHandler = pa_oid;
    mdc.SendNetBufferListsHandler = pa_send;

    return NdisMRegisterMiniportDriver(drv, path, NULL, &mdc, &pa_driver);
}
