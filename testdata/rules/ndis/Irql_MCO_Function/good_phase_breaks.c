/* The case of the interrupt handler ends before the case of the DPC, which indicates a status. */

#include <ndis.h>

#define REGS_SIZE 256
typedef struct vc {
    struct wan* dev;
    NDIS_HANDLE handle;
} VC;

typedef struct wan {
    NDIS_HANDLE nic;
    NDIS_HANDLE irq;
    volatile ULONG* regs;
    VC vc;
    ULONG seen;
} wan;

static NDIS_HANDLE ph_driver;

static NDIS_STATUS ph_attributes(NDIS_HANDLE nic, wan* w)
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
    any.RegistrationAttributes.MiniportAdapterContext = w;
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

static VOID ph_spread(wan* w)
{
    NDIS_STATUS_INDICATION ind;

    if (w->vc.handle == NULL)
        return;
    NdisZeroMemory(&ind, sizeof(ind));
    ind.Header.Type = NDIS_OBJECT_TYPE_STATUS_INDICATION;
    ind.Header.Revision = NDIS_STATUS_INDICATION_REVISION_1;
    ind.Header.Size = NDIS_SIZEOF_STATUS_INDICATION_REVISION_1;
    ind.SourceHandle = w->nic;
    ind.StatusCode = NDIS_STATUS_MEDIA_SPECIFIC_INDICATION;
    NdisMCoIndicateStatusEx(w->nic, w->vc.handle, &ind);
}

enum phase { IN_ISR, IN_DPC };

static VOID ph_react(wan* w, enum phase phase)
{
    switch (phase) {
    case IN_ISR:
        w->seen++;
        break;
    case IN_DPC:
        ph_spread(w);
        break;
    }
}
static NDIS_STATUS ph_create_vc(NDIS_HANDLE ctx, NDIS_HANDLE handle, PNDIS_HANDLE vcctx)
{
    wan* w = ctx;

    w->vc.dev = w;
    w->vc.handle = handle;
    *vcctx = &w->vc;
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS ph_delete_vc(NDIS_HANDLE ctx)
{
    VC* vc = ctx;

    vc->handle = NULL;
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS ph_activate_vc(NDIS_HANDLE ctx, PCO_CALL_PARAMETERS params)
{
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS ph_deactivate_vc(NDIS_HANDLE ctx)
{
    UNREFERENCED_PARAMETER(ctx);
    return NDIS_STATUS_SUCCESS;
}

static VOID ph_co_send(NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, ULONG flags)
{
    VC* vc = ctx;
    PNET_BUFFER_LIST cur = nbl;

    while (cur) {
        cur->Status = NDIS_STATUS_SUCCESS;
        cur = cur->Next;
    }
    NdisMCoSendNetBufferListsComplete(vc->handle, nbl,
        NDIS_TEST_SEND_AT_DISPATCH_LEVEL(flags) ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
}

static NDIS_STATUS ph_co_oid(NDIS_HANDLE ctx, NDIS_HANDLE vcctx, PNDIS_OID_REQUEST req)
{
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(vcctx);
    UNREFERENCED_PARAMETER(req);
    return NDIS_STATUS_NOT_SUPPORTED;
}

static NDIS_STATUS ph_options(NDIS_HANDLE driver, NDIS_HANDLE drvctx)
{
    NDIS_MINIPORT_CO_CHARACTERISTICS co;

    UNREFERENCED_PARAMETER(drvctx);
    NdisZeroMemory(&co, sizeof(co));
    co.Header.Type = NDIS_OBJECT_TYPE_CO_MINIPORT_CHARACTERISTICS;
    co.Header.Revision = NDIS_MINIPORT_CO_CHARACTERISTICS_REVISION_1;
    co.Header.Size = NDIS_SIZEOF_MINIPORT_CO_CHARACTERISTICS_REVISION_1;
    co.CoCreateVcHandler = ph_create_vc;
    co.CoDeleteVcHandler = ph_delete_vc;
    co.CoActivateVcHandler = ph_activate_vc;
    co.CoDeactivateVcHandler = ph_deactivate_vc;
    co.CoSendNetBufferListsHandler = ph_co_send;
    co.CoOidRequestHandler = ph_co_oid;
    return NdisSetOptionalHandlers(driver, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&co);
}

static BOOLEAN ph_isr(NDIS_HANDLE ctx, PBOOLEAN queue, PULONG processors)
{
    wan* w = ctx;
    ULONG cause = w->regs[1];

    *processors = 0;
    *queue = FALSE;
    if (cause == 0)
        return FALSE;
    w->regs[1] = cause;
    ph_react(w, IN_ISR);
    *queue = TRUE;
    return TRUE;
}

static VOID ph_dpc(NDIS_HANDLE ctx, PVOID dpcctx, PVOID throttle, PVOID reserved)
{
    wan* w = ctx;

    UNREFERENCED_PARAMETER(dpcctx);
    UNREFERENCED_PARAMETER(throttle);
    UNREFERENCED_PARAMETER(reserved);
    ph_react(w, IN_DPC);
    w->regs[2] = 1;
}

static NDIS_STATUS ph_connect(wan* w)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS mic;

    NdisZeroMemory(&mic, sizeof(mic));
    mic.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
    mic.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
    mic.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
    mic.InterruptHandler = ph_isr;
    mic.InterruptDpcHandler = ph_dpc;

    return NdisMRegisterInterruptEx(w->nic, w, &mic, &w->irq);
}

static NDIS_STATUS ph_init(
    NDIS_HANDLE nic, NDIS_HANDLE drvctx, PNDIS_MINIPORT_INIT_PARAMETERS params)
{
    PNDIS_RESOURCE_LIST list = params->AllocatedResources;
    NDIS_STATUS st;
    wan* w;

    UNREFERENCED_PARAMETER(drvctx);
    if (list == NULL || list->Count == 0)
        return NDIS_STATUS_RESOURCE_CONFLICT;
    w = NdisAllocateMemoryWithTagPriority(nic, sizeof(*w), 'qri ', NormalPoolPriority);
    if (w == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(w, sizeof(*w));
    w->nic = nic;
    st = ph_attributes(nic, w);
    if (st == NDIS_STATUS_SUCCESS) {
        st = NdisMMapIoSpace(
            (PVOID*)&w->regs, nic, list->PartialDescriptors[0].u.Memory.Start, REGS_SIZE);
        if (st == NDIS_STATUS_SUCCESS) {
            if (st == NDIS_STATUS_SUCCESS) {
                st = ph_connect(w);
                if (st == NDIS_STATUS_SUCCESS)
                    return st;
            }
            NdisMUnmapIoSpace(nic, (PVOID)w->regs, REGS_SIZE);
        }
    }
    NdisFreeMemory(w, 0, 0);
    return st;
}

static VOID ph_halt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
    wan* w = ctx;

    UNREFERENCED_PARAMETER(action);

    NdisMDeregisterInterruptEx(w->irq);

    NdisMUnmapIoSpace(w->nic, (PVOID)w->regs, REGS_SIZE);
    NdisFreeMemory(w, 0, 0);
}

static NDIS_STATUS ph_pause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS ph_restart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS ph_oid(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
    wan* w = ctx;

    UNREFERENCED_PARAMETER(w);
    if (req->RequestType == NdisRequestSetInformation) {
        if (req->DATA.SET_INFORMATION.Oid == OID_GEN_CURRENT_PACKET_FILTER) {
            req->DATA.SET_INFORMATION.BytesRead = sizeof(ULONG);
            return NDIS_STATUS_SUCCESS;
        }
    }
    return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID ph_send(NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
    wan* w = ctx;
    PNET_BUFFER_LIST cur = nbl;
    ULONG done = 0;

    UNREFERENCED_PARAMETER(port);

    while (cur) {
        cur->Status = NDIS_STATUS_PAUSED;
        cur = cur->Next;
    }
    if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(flags))
        done |= NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
    NdisMSendNetBufferListsComplete(w->nic, nbl, done);
}

static VOID ph_unload(PDRIVER_OBJECT drv)
{
    UNREFERENCED_PARAMETER(drv);
    NdisMDeregisterMiniportDriver(ph_driver);
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
    mdc.InitializeHandlerEx = ph_init;
    mdc.HaltHandlerEx = ph_halt;
    mdc.UnloadHandler = ph_unload;
    mdc.PauseHandler = ph_pause;
    mdc.RestartHandler = ph_restart;
    mdc.OidRequestHandler = ph_oid;
    mdc.SendNetBufferListsHandler = ph_send;
    mdc.SetOptionsHandler = ph_options;
    return NdisMRegisterMiniportDriver(drv, path, NULL, &mdc, &ph_driver);
}
