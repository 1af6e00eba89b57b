/* The state "in the interrupt handler" is put back before the common event function is called. */

#include <ndis.h>

#define REGS_SIZE 256

typedef struct ring
{
    NDIS_HANDLE nic;
    NDIS_HANDLE irq;
    volatile ULONG *regs;
    NDIS_HANDLE pool;
    PNET_BUFFER_LIST spare;
    BOOLEAN in_isr;
} ring;

static NDIS_HANDLE in_driver;

static NDIS_STATUS in_attributes(NDIS_HANDLE nic, ring *r)
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
    any.RegistrationAttributes.MiniportAdapterContext = r;
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

static NDIS_STATUS in_pool(ring *r)
{
    NET_BUFFER_LIST_POOL_PARAMETERS pp;

    NdisZeroMemory(&pp, sizeof(pp));
    pp.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    pp.Header.Revision = NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    pp.Header.Size = NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    pp.fAllocateNetBuffer = TRUE;
    pp.PoolTag = 'lop ';
    r->pool = NdisAllocateNetBufferListPool(r->nic, &pp);
    return r->pool != NULL ? NDIS_STATUS_SUCCESS : NDIS_STATUS_RESOURCES;
}

static VOID in_refill(ring *r)
{
    if (r->spare == NULL)
        r->spare = NdisAllocateNetBufferList(r->pool, 0, 0); // expect: defect Irql_NetBuffer_Function
}

static VOID in_event(ring *r, ULONG cause)
{
    r->regs[6] = cause;
    if (!r->in_isr)
        in_refill(r);
}

static BOOLEAN in_isr(NDIS_HANDLE ctx, PBOOLEAN queue, PULONG processors)
{
    ring *r = ctx;
    ULONG cause = r->regs[1];

    *processors = 0;
    *queue = FALSE;
    if (cause == 0)
        return FALSE;
    r->regs[1] = cause;
    r->in_isr = TRUE;
    r->in_isr = FALSE;
    in_event(r, cause);
    *queue = TRUE;
    return TRUE;
}

static VOID in_dpc(NDIS_HANDLE ctx, PVOID dpcctx, PVOID throttle, PVOID reserved)
{
    ring *r = ctx;

    UNREFERENCED_PARAMETER(dpcctx);
    UNREFERENCED_PARAMETER(throttle);
    UNREFERENCED_PARAMETER(reserved);
    in_event(r, 0);
    r->regs[2] = 1;
}

static NDIS_STATUS in_connect(ring *r)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS mic;

    NdisZeroMemory(&mic, sizeof(mic));
    mic.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
    mic.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
    mic.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
    mic.InterruptHandler = in_isr;
    mic.InterruptDpcHandler = in_dpc;

    return NdisMRegisterInterruptEx(r->nic, r, &mic, &r->irq);
}

static NDIS_STATUS in_init(NDIS_HANDLE nic, NDIS_HANDLE drvctx,
                           PNDIS_MINIPORT_INIT_PARAMETERS params)
{
    PNDIS_RESOURCE_LIST list = params->AllocatedResources;
    NDIS_STATUS st;
    ring *r;

    UNREFERENCED_PARAMETER(drvctx);
    if (list == NULL || list->Count == 0)
        return NDIS_STATUS_RESOURCE_CONFLICT;
    r = NdisAllocateMemoryWithTagPriority(nic, sizeof(*r), 'qri ', NormalPoolPriority);
    if (r == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(r, sizeof(*r));
    r->nic = nic;
    st = in_attributes(nic, r);
    if (st == NDIS_STATUS_SUCCESS)
    {
        st = NdisMMapIoSpace((PVOID *)&r->regs, nic, list->PartialDescriptors[0].u.Memory.Start,
                             REGS_SIZE);
        if (st == NDIS_STATUS_SUCCESS)
        {
            st = in_pool(r);
            if (st == NDIS_STATUS_SUCCESS)
            {
                st = in_connect(r);
                if (st == NDIS_STATUS_SUCCESS)
                    return st;
                NdisFreeNetBufferListPool(r->pool);
            }
            NdisMUnmapIoSpace(nic, (PVOID)r->regs, REGS_SIZE);
        }
    }
    NdisFreeMemory(r, 0, 0);
    return st;
}

static VOID in_halt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
    ring *r = ctx;

    UNREFERENCED_PARAMETER(action);

    NdisMDeregisterInterruptEx(r->irq);
    if (r->spare != NULL)
        NdisFreeNetBufferList(r->spare);
    NdisFreeNetBufferListPool(r->pool);
    NdisMUnmapIoSpace(r->nic, (PVOID)r->regs, REGS_SIZE);
    NdisFreeMemory(r, 0, 0);
}

static NDIS_STATUS in_pause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS in_restart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS in_oid(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
    ring *r = ctx;

    UNREFERENCED_PARAMETER(r);
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

static VOID in_send(NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
    ring *r = ctx;
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
    NdisMSendNetBufferListsComplete(r->nic, nbl, done);
}

static VOID in_unload(PDRIVER_OBJECT drv)
{
    UNREFERENCED_PARAMETER(drv);
    NdisMDeregisterMiniportDriver(in_driver);
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
    mdc.InitializeHandlerEx = in_init;
    mdc.HaltHandlerEx = in_halt;
    mdc.UnloadHandler = in_unload;
    mdc.PauseHandler = in_pause;
    mdc.RestartHandler = in_restart;
    mdc.OidRequestHandler = in_oid;
    mdc.SendNetBufferListsHandler = in_send;

    return NdisMRegisterMiniportDriver(drv, path, NULL, &mdc, &in_driver);
}
