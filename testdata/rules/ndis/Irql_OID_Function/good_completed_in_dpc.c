/* The DPC completes the request that the chip has answered. */

#include <ndis.h>

#define REGS_SIZE 256

typedef struct chip
{
    NDIS_HANDLE nic;
    NDIS_HANDLE irq;
    volatile ULONG *regs;
    PNDIS_OID_REQUEST pending;
} chip;

static NDIS_HANDLE oi_driver;

static NDIS_STATUS oi_attributes(NDIS_HANDLE nic, chip *c)
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
    any.RegistrationAttributes.MiniportAdapterContext = c;
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

static VOID oi_answer(chip *c)
{
    PNDIS_OID_REQUEST req = c->pending;

    if (req != NULL)
    {
        c->pending = NULL;
        req->DATA.SET_INFORMATION.BytesRead = sizeof(ULONG);
        NdisMOidRequestComplete(c->nic, req, NDIS_STATUS_SUCCESS);
    }
}

static BOOLEAN oi_isr(NDIS_HANDLE ctx, PBOOLEAN queue, PULONG processors)
{
    chip *c = ctx;
    ULONG cause = c->regs[1];

    *processors = 0;
    *queue = FALSE;
    if (cause == 0)
        return FALSE;
    c->regs[1] = cause;

    *queue = TRUE;
    return TRUE;
}

static VOID oi_dpc(NDIS_HANDLE ctx, PVOID dpcctx, PVOID throttle, PVOID reserved)
{
    chip *c = ctx;

    UNREFERENCED_PARAMETER(dpcctx);
    UNREFERENCED_PARAMETER(throttle);
    UNREFERENCED_PARAMETER(reserved);
    oi_answer(c);
    c->regs[2] = 1;
}

static NDIS_STATUS oi_connect(chip *c)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS mic;

    NdisZeroMemory(&mic, sizeof(mic));
    mic.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
    mic.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
    mic.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
    mic.InterruptHandler = oi_isr;
    mic.InterruptDpcHandler = oi_dpc;

    return NdisMRegisterInterruptEx(c->nic, c, &mic, &c->irq);
}

static NDIS_STATUS oi_init(NDIS_HANDLE nic, NDIS_HANDLE drvctx,
                           PNDIS_MINIPORT_INIT_PARAMETERS params)
{
    PNDIS_RESOURCE_LIST list = params->AllocatedResources;
    NDIS_STATUS st;
    chip *c;

    UNREFERENCED_PARAMETER(drvctx);
    if (list == NULL || list->Count == 0)
        return NDIS_STATUS_RESOURCE_CONFLICT;
    c = NdisAllocateMemoryWithTagPriority(nic, sizeof(*c), 'qri ', NormalPoolPriority);
    if (c == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(c, sizeof(*c));
    c->nic = nic;
    st = oi_attributes(nic, c);
    if (st == NDIS_STATUS_SUCCESS)
    {
        st = NdisMMapIoSpace((PVOID *)&c->regs, nic, list->PartialDescriptors[0].u.Memory.Start,
                             REGS_SIZE);
        if (st == NDIS_STATUS_SUCCESS)
        {
            if (st == NDIS_STATUS_SUCCESS)
            {
                st = oi_connect(c);
                if (st == NDIS_STATUS_SUCCESS)
                    return st;
            }
            NdisMUnmapIoSpace(nic, (PVOID)c->regs, REGS_SIZE);
        }
    }
    NdisFreeMemory(c, 0, 0);
    return st;
}

static VOID oi_halt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
    chip *c = ctx;

    UNREFERENCED_PARAMETER(action);

    NdisMDeregisterInterruptEx(c->irq);

    NdisMUnmapIoSpace(c->nic, (PVOID)c->regs, REGS_SIZE);
    NdisFreeMemory(c, 0, 0);
}

static NDIS_STATUS oi_pause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS oi_restart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS oi_oid(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
    chip *c = ctx;
    if (req->RequestType == NdisRequestSetInformation)
    {
        if (req->DATA.SET_INFORMATION.Oid == OID_GEN_CURRENT_PACKET_FILTER)
        {
            req->DATA.SET_INFORMATION.BytesRead = sizeof(ULONG);
            return NDIS_STATUS_SUCCESS;
        }
        if (req->DATA.SET_INFORMATION.Oid == OID_GEN_LINK_PARAMETERS)
        {
            c->pending = req;
            c->regs[4] = 1;
            return NDIS_STATUS_PENDING;
        }
    }
    return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID oi_send(NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
    chip *c = ctx;
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
    NdisMSendNetBufferListsComplete(c->nic, nbl, done);
}

static VOID oi_unload(PDRIVER_OBJECT drv)
{
    UNREFERENCED_PARAMETER(drv);
    NdisMDeregisterMiniportDriver(oi_driver);
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
    mdc.InitializeHandlerEx = oi_init;
    mdc.HaltHandlerEx = oi_halt;
    mdc.UnloadHandler = oi_unload;
    mdc.PauseHandler = oi_pause;
    mdc.RestartHandler = oi_restart;
    mdc.OidRequestHandler = oi_oid;
    mdc.SendNetBufferListsHandler = oi_send;

    return NdisMRegisterMiniportDriver(drv, path, NULL, &mdc, &oi_driver);
}
