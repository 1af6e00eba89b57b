/* The interrupt handler indicates the change of the link. */

#include <ndis.h>

#define REGS_SIZE 256

typedef struct link
{
    NDIS_HANDLE nic;
    NDIS_HANDLE irq;
    volatile ULONG* regs;
    ULONG changes;
} link;

static NDIS_HANDLE li_driver;

static NDIS_STATUS
li_attributes(NDIS_HANDLE nic, link* l)
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
    any.RegistrationAttributes.MiniportAdapterContext = l;
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
li_link(link* l, BOOLEAN up)
{
    NDIS_STATUS_INDICATION ind;
    NDIS_LINK_STATE state;

    NdisZeroMemory(&state, sizeof(state));
    state.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    state.Header.Revision = NDIS_LINK_STATE_REVISION_1;
    state.Header.Size = NDIS_SIZEOF_LINK_STATE_REVISION_1;
    state.MediaConnectState = up ? MediaConnectStateConnected : MediaConnectStateDisconnected;
    NdisZeroMemory(&ind, sizeof(ind));
    ind.Header.Type = NDIS_OBJECT_TYPE_STATUS_INDICATION;
    ind.Header.Revision = NDIS_STATUS_INDICATION_REVISION_1;
    ind.Header.Size = NDIS_SIZEOF_STATUS_INDICATION_REVISION_1;
    ind.SourceHandle = l->nic;
    ind.StatusCode = NDIS_STATUS_LINK_STATE;
    ind.StatusBuffer = &state;
    ind.StatusBufferSize = sizeof(state);
    NdisMIndicateStatusEx(l->nic, &ind); // expect: defect Irql_StatusIndication_Function
}

static BOOLEAN
li_isr(NDIS_HANDLE ctx, PBOOLEAN queue, PULONG processors)
{
    link* l = ctx;
    ULONG cause = l->regs[1];

    *processors = 0;
    *queue = FALSE;
    if (cause == 0)
        return FALSE;
    l->regs[1] = cause;
    if (cause & 4)
        li_link(l, (cause & 8) != 0);
    *queue = TRUE;
    return TRUE;
}

static VOID
li_dpc(NDIS_HANDLE ctx, PVOID dpcctx, PVOID throttle, PVOID reserved)
{
    link* l = ctx;

    UNREFERENCED_PARAMETER(dpcctx);
    UNREFERENCED_PARAMETER(throttle);
    UNREFERENCED_PARAMETER(reserved);

    l->regs[2] = 1;
}

static NDIS_STATUS
li_connect(link* l)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS mic;

    NdisZeroMemory(&mic, sizeof(mic));
    mic.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
    mic.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
    mic.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
    mic.InterruptHandler = li_isr;
    mic.InterruptDpcHandler = li_dpc;

    return NdisMRegisterInterruptEx(l->nic, l, &mic, &l->irq);
}

static NDIS_STATUS
li_init(NDIS_HANDLE nic, NDIS_HANDLE drvctx, PNDIS_MINIPORT_INIT_PARAMETERS params)
{
    PNDIS_RESOURCE_LIST list = params->AllocatedResources;
    NDIS_STATUS st;
    link* l;

    UNREFERENCED_PARAMETER(drvctx);
    if (list == NULL || list->Count == 0)
        return NDIS_STATUS_RESOURCE_CONFLICT;
    l = NdisAllocateMemoryWithTagPriority(nic, sizeof(*l), 'qri ', NormalPoolPriority);
    if (l == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(l, sizeof(*l));
    l->nic = nic;
    st = li_attributes(nic, l);
    if (st == NDIS_STATUS_SUCCESS) {
        st = NdisMMapIoSpace(
          (PVOID*)&l->regs, nic, list->PartialDescriptors[0].u.Memory.Start, REGS_SIZE);
        if (st == NDIS_STATUS_SUCCESS) {
            if (st == NDIS_STATUS_SUCCESS) {
                st = li_connect(l);
                if (st == NDIS_STATUS_SUCCESS)
                    return st;
            }
            NdisMUnmapIoSpace(nic, (PVOID)l->regs, REGS_SIZE);
        }
    }
    NdisFreeMemory(l, 0, 0);
    return st;
}

static VOID
li_halt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
    link* l = ctx;

    UNREFERENCED_PARAMETER(action);

    NdisMDeregisterInterruptEx(l->irq);

    NdisMUnmapIoSpace(l->nic, (PVOID)l->regs, REGS_SIZE);
    NdisFreeMemory(l, 0, 0);
}

static NDIS_STATUS
li_pause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS
li_restart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS
li_oid(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
    link* l = ctx;

    UNREFERENCED_PARAMETER(l);
    if (req->RequestType == NdisRequestSetInformation) {
        if (req->DATA.SET_INFORMATION.Oid == OID_GEN_CURRENT_PACKET_FILTER) {
            req->DATA.SET_INFORMATION.BytesRead = sizeof(ULONG);
            return NDIS_STATUS_SUCCESS;
        }
    }
    return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID
li_send(NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
    link* l = ctx;
    PNET_BUFFER_LIST cur = nbl;
    ULONG done = 0;

    UNREFERENCED_PARAMETER(port);

    while (cur) {
        cur->Status = NDIS_STATUS_PAUSED;
        cur = cur->Next;
    }
    if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(flags))
        done |= NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
    NdisMSendNetBufferListsComplete(l->nic, nbl, done);
}

static VOID
li_unload(PDRIVER_OBJECT drv)
{
    UNREFERENCED_PARAMETER(drv);
    NdisMDeregisterMiniportDriver(li_driver);
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
    mdc.InitializeHandlerEx = li_init;
    mdc.HaltHandlerEx = li_halt;
    mdc.UnloadHandler = li_unload;
    mdc.PauseHandler = li_pause;
    mdc.RestartHandler = li_restart;
    mdc.OidRequestHandler = li_oid;
    mdc.SendNetBufferListsHandler = li_send;

    return NdisMRegisterMiniportDriver(drv, path, NULL, &mdc, &li_driver);
}
