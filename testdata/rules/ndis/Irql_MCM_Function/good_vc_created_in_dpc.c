/* The DPC creates the connection for a call that comes in. */

#include <ndis.h>

#define REGS_SIZE 256

typedef struct gate
{
    NDIS_HANDLE nic;
    NDIS_HANDLE irq;
    volatile ULONG* regs;
    NDIS_HANDLE family;
    NDIS_HANDLE ringing;
} gate;

static NDIS_HANDLE cr_driver;

static NDIS_STATUS
cr_attributes(NDIS_HANDLE nic, gate* g)
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
    any.RegistrationAttributes.MiniportAdapterContext = g;
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
cr_ring(gate* g)
{
    NDIS_HANDLE vc;

    if (g->ringing == NULL && NdisMCmCreateVc(g->nic, g->family, g, &vc) == NDIS_STATUS_SUCCESS)
        g->ringing = vc;
}

static BOOLEAN
cr_isr(NDIS_HANDLE ctx, PBOOLEAN queue, PULONG processors)
{
    gate* g = ctx;
    ULONG cause = g->regs[1];

    *processors = 0;
    *queue = FALSE;
    if (cause == 0)
        return FALSE;
    g->regs[1] = cause;

    *queue = TRUE;
    return TRUE;
}

static VOID
cr_dpc(NDIS_HANDLE ctx, PVOID dpcctx, PVOID throttle, PVOID reserved)
{
    gate* g = ctx;

    UNREFERENCED_PARAMETER(dpcctx);
    UNREFERENCED_PARAMETER(throttle);
    UNREFERENCED_PARAMETER(reserved);
    cr_ring(g);
    g->regs[2] = 1;
}

static NDIS_STATUS
cr_connect(gate* g)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS mic;

    NdisZeroMemory(&mic, sizeof(mic));
    mic.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
    mic.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
    mic.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
    mic.InterruptHandler = cr_isr;
    mic.InterruptDpcHandler = cr_dpc;

    return NdisMRegisterInterruptEx(g->nic, g, &mic, &g->irq);
}

static NDIS_STATUS
cr_init(NDIS_HANDLE nic, NDIS_HANDLE drvctx, PNDIS_MINIPORT_INIT_PARAMETERS params)
{
    PNDIS_RESOURCE_LIST list = params->AllocatedResources;
    NDIS_STATUS st;
    gate* g;

    UNREFERENCED_PARAMETER(drvctx);
    if (list == NULL || list->Count == 0)
        return NDIS_STATUS_RESOURCE_CONFLICT;
    g = NdisAllocateMemoryWithTagPriority(nic, sizeof(*g), 'qri ', NormalPoolPriority);
    if (g == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(g, sizeof(*g));
    g->nic = nic;
    st = cr_attributes(nic, g);
    if (st == NDIS_STATUS_SUCCESS) {
        st = NdisMMapIoSpace(
          (PVOID*)&g->regs, nic, list->PartialDescriptors[0].u.Memory.Start, REGS_SIZE);
        if (st == NDIS_STATUS_SUCCESS) {
            if (st == NDIS_STATUS_SUCCESS) {
                st = cr_connect(g);
                if (st == NDIS_STATUS_SUCCESS)
                    return st;
            }
            NdisMUnmapIoSpace(nic, (PVOID)g->regs, REGS_SIZE);
        }
    }
    NdisFreeMemory(g, 0, 0);
    return st;
}

static VOID
cr_halt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
    gate* g = ctx;

    UNREFERENCED_PARAMETER(action);

    NdisMDeregisterInterruptEx(g->irq);
    if (g->ringing != NULL)
        NdisMCmDeleteVc(g->ringing);
    NdisMUnmapIoSpace(g->nic, (PVOID)g->regs, REGS_SIZE);
    NdisFreeMemory(g, 0, 0);
}

static NDIS_STATUS
cr_pause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS
cr_restart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS
cr_oid(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
    gate* g = ctx;

    UNREFERENCED_PARAMETER(g);
    if (req->RequestType == NdisRequestSetInformation) {
        if (req->DATA.SET_INFORMATION.Oid == OID_GEN_CURRENT_PACKET_FILTER) {
            req->DATA.SET_INFORMATION.BytesRead = sizeof(ULONG);
            return NDIS_STATUS_SUCCESS;
        }
    }
    return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID
cr_send(NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
    gate* g = ctx;
    PNET_BUFFER_LIST cur = nbl;
    ULONG done = 0;

    UNREFERENCED_PARAMETER(port);

    while (cur) {
        cur->Status = NDIS_STATUS_PAUSED;
        cur = cur->Next;
    }
    if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(flags))
        done |= NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
    NdisMSendNetBufferListsComplete(g->nic, nbl, done);
}

static VOID
cr_unload(PDRIVER_OBJECT drv)
{
    UNREFERENCED_PARAMETER(drv);
    NdisMDeregisterMiniportDriver(cr_driver);
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
    mdc.InitializeHandlerEx = cr_init;
    mdc.HaltHandlerEx = cr_halt;
    mdc.UnloadHandler = cr_unload;
    mdc.PauseHandler = cr_pause;
    mdc.RestartHandler = cr_restart;
    mdc.OidRequestHandler = cr_oid;
    mdc.SendNetBufferListsHandler = cr_send;

    return NdisMRegisterMiniportDriver(drv, path, NULL, &mdc, &cr_driver);
}
