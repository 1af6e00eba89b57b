/* The DPC looks up in a table what to tell the client about a connection. */

#include <ndis.h>

#define REGS_SIZE 256
typedef VOID ANSWER(NDIS_HANDLE vc);

typedef struct xchg {
    NDIS_HANDLE nic;
    NDIS_HANDLE irq;
    volatile ULONG *regs;
    NDIS_HANDLE vc;
} xchg;

static NDIS_HANDLE ta_driver;

static NDIS_STATUS ta_attributes(NDIS_HANDLE nic, xchg *x) {
    NDIS_MINIPORT_ADAPTER_ATTRIBUTES any;
    NDIS_STATUS st;

    NdisZeroMemory(&any, sizeof(any));
    any.RegistrationAttributes.Header.Type =
        NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    any.RegistrationAttributes.Header.Revision =
        NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    any.RegistrationAttributes.Header.Size =
        NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    any.RegistrationAttributes.MiniportAdapterContext = x;
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

static VOID ta_connected(NDIS_HANDLE vc) { NdisMCmDispatchCallConnected(vc); }

static VOID ta_ended(NDIS_HANDLE vc) {
    NdisMCmDispatchIncomingCloseCall(NDIS_STATUS_SUCCESS, vc, NULL, 0);
    NdisMCmDeactivateVc(vc);
}

static ANSWER *const ta_answers[4] = {NULL, ta_connected, ta_ended, NULL};

static BOOLEAN ta_isr(NDIS_HANDLE ctx, PBOOLEAN queue, PULONG processors) {
    xchg *x = ctx;
    ULONG cause = x->regs[1];

    *processors = 0;
    *queue = FALSE;
    if (cause == 0)
        return FALSE;
    x->regs[1] = cause;

    *queue = TRUE;
    return TRUE;
}

static VOID ta_dpc(NDIS_HANDLE ctx, PVOID dpcctx, PVOID throttle, PVOID reserved) {
    xchg *x = ctx;

    UNREFERENCED_PARAMETER(dpcctx);
    UNREFERENCED_PARAMETER(throttle);
    UNREFERENCED_PARAMETER(reserved);
    {
        ANSWER *answer = ta_answers[x->regs[9] & 3];

        if (answer != NULL && x->vc != NULL)
            answer(x->vc);
    }
    x->regs[2] = 1;
}

static NDIS_STATUS ta_connect(xchg *x) {
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS mic;

    NdisZeroMemory(&mic, sizeof(mic));
    mic.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
    mic.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
    mic.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
    mic.InterruptHandler = ta_isr;
    mic.InterruptDpcHandler = ta_dpc;

    return NdisMRegisterInterruptEx(x->nic, x, &mic, &x->irq);
}

static NDIS_STATUS ta_init(NDIS_HANDLE nic, NDIS_HANDLE drvctx,
                           PNDIS_MINIPORT_INIT_PARAMETERS params) {
    PNDIS_RESOURCE_LIST list = params->AllocatedResources;
    NDIS_STATUS st;
    xchg *x;

    UNREFERENCED_PARAMETER(drvctx);
    if (list == NULL || list->Count == 0)
        return NDIS_STATUS_RESOURCE_CONFLICT;
    x = NdisAllocateMemoryWithTagPriority(nic, sizeof(*x), 'qri ', NormalPoolPriority);
    if (x == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(x, sizeof(*x));
    x->nic = nic;
    st = ta_attributes(nic, x);
    if (st == NDIS_STATUS_SUCCESS) {
        st = NdisMMapIoSpace((PVOID *)&x->regs, nic, list->PartialDescriptors[0].u.Memory.Start,
                             REGS_SIZE);
        if (st == NDIS_STATUS_SUCCESS) {
            if (st == NDIS_STATUS_SUCCESS) {
                st = ta_connect(x);
                if (st == NDIS_STATUS_SUCCESS)
                    return st;
            }
            NdisMUnmapIoSpace(nic, (PVOID)x->regs, REGS_SIZE);
        }
    }
    NdisFreeMemory(x, 0, 0);
    return st;
}

static VOID ta_halt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action) {
    xchg *x = ctx;

    UNREFERENCED_PARAMETER(action);

    NdisMDeregisterInterruptEx(x->irq);

    NdisMUnmapIoSpace(x->nic, (PVOID)x->regs, REGS_SIZE);
    NdisFreeMemory(x, 0, 0);
}

static NDIS_STATUS ta_pause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params) {
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS ta_restart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params) {
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS ta_oid(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req) {
    xchg *x = ctx;

    UNREFERENCED_PARAMETER(x);
    if (req->RequestType == NdisRequestSetInformation) {
        if (req->DATA.SET_INFORMATION.Oid == OID_GEN_CURRENT_PACKET_FILTER) {
            req->DATA.SET_INFORMATION.BytesRead = sizeof(ULONG);
            return NDIS_STATUS_SUCCESS;
        }
    }
    return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID ta_send(NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags) {
    xchg *x = ctx;
    PNET_BUFFER_LIST cur = nbl;
    ULONG done = 0;

    UNREFERENCED_PARAMETER(port);

    while (cur) {
        cur->Status = NDIS_STATUS_PAUSED;
        cur = cur->Next;
    }
    if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(flags))
        done |= NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
    NdisMSendNetBufferListsComplete(x->nic, nbl, done);
}

static VOID ta_unload(PDRIVER_OBJECT drv) {
    UNREFERENCED_PARAMETER(drv);
    NdisMDeregisterMiniportDriver(ta_driver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT drv, PUNICODE_STRING path) {
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS mdc;

    NdisZeroMemory(&mdc, sizeof(mdc));
    mdc.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    mdc.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    mdc.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    mdc.MajorNdisVersion = 6;
    mdc.MajorDriverVersion = 1;
    mdc.InitializeHandlerEx = ta_init;
    mdc.HaltHandlerEx = ta_halt;
    mdc.UnloadHandler = ta_unload;
    mdc.PauseHandler = ta_pause;
    mdc.RestartHandler = ta_restart;
    mdc.OidRequestHandler = ta_oid;
    mdc.SendNetBufferListsHandler = ta_send;

    return NdisMRegisterMiniportDriver(drv, path, NULL, &mdc, &ta_driver);
}
