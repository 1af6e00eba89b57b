/* By the mode that initialization has chosen the interrupt handler only notes that there is an
   answer. */

#include <ndis.h>

#define REGS_SIZE 256

typedef struct modal {
        NDIS_HANDLE nic;
        NDIS_HANDLE irq;
        volatile ULONG *regs;
        PNDIS_OID_REQUEST pending;
        BOOLEAN answered;
        ULONG mode;
} modal;

static NDIS_HANDLE mo_driver;

static NDIS_STATUS mo_attributes(NDIS_HANDLE nic, modal *m)
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
        any.RegistrationAttributes.MiniportAdapterContext = m;
        any.RegistrationAttributes.AttributeFlags =
            NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE | NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER;
        any.RegistrationAttributes.InterfaceType = NdisInterfacePci;
        st = NdisMSetMiniportAttributes(nic, &any);
        if (st == NDIS_STATUS_SUCCESS) {
                NdisZeroMemory(&any, sizeof(any));
                any.GeneralAttributes.Header.Type =
                    NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
                any.GeneralAttributes.Header.Revision =
                    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
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

static VOID mo_answer(modal *m)
{
        PNDIS_OID_REQUEST req = m->pending;

        if (req != NULL) {
                m->pending = NULL;
                req->DATA.SET_INFORMATION.BytesRead = sizeof(ULONG);
                NdisMOidRequestComplete(m->nic, req, NDIS_STATUS_SUCCESS);
        }
}

static VOID mo_note(modal *m) { m->answered = TRUE; }

/* What is done about an answer, by the mode that initialization has chosen. */
static VOID (*const mo_modes[2])(modal *) = {mo_note, mo_answer};

static BOOLEAN mo_isr(NDIS_HANDLE ctx, PBOOLEAN queue, PULONG processors)
{
        modal *m = ctx;
        ULONG cause = m->regs[1];

        *processors = 0;
        *queue = FALSE;
        if (cause == 0)
                return FALSE;
        m->regs[1] = cause;
        mo_modes[m->mode](m);
        *queue = TRUE;
        return TRUE;
}

static VOID mo_dpc(NDIS_HANDLE ctx, PVOID dpcctx, PVOID throttle, PVOID reserved)
{
        modal *m = ctx;

        UNREFERENCED_PARAMETER(dpcctx);
        UNREFERENCED_PARAMETER(throttle);
        UNREFERENCED_PARAMETER(reserved);
        if (m->answered) {
                m->answered = FALSE;
                mo_answer(m);
        }
        m->regs[2] = 1;
}

static NDIS_STATUS mo_connect(modal *m)
{
        NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS mic;

        NdisZeroMemory(&mic, sizeof(mic));
        mic.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
        mic.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
        mic.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
        mic.InterruptHandler = mo_isr;
        mic.InterruptDpcHandler = mo_dpc;

        return NdisMRegisterInterruptEx(m->nic, m, &mic, &m->irq);
}

static NDIS_STATUS mo_init(NDIS_HANDLE nic, NDIS_HANDLE drvctx,
                           PNDIS_MINIPORT_INIT_PARAMETERS params)
{
        PNDIS_RESOURCE_LIST list = params->AllocatedResources;
        NDIS_STATUS st;
        modal *m;

        UNREFERENCED_PARAMETER(drvctx);
        if (list == NULL || list->Count == 0)
                return NDIS_STATUS_RESOURCE_CONFLICT;
        m = NdisAllocateMemoryWithTagPriority(nic, sizeof(*m), 'qri ', NormalPoolPriority);
        if (m == NULL)
                return NDIS_STATUS_RESOURCES;
        NdisZeroMemory(m, sizeof(*m));
        m->nic = nic;
        st = mo_attributes(nic, m);
        if (st == NDIS_STATUS_SUCCESS) {
                st = NdisMMapIoSpace((PVOID *)&m->regs, nic,
                                     list->PartialDescriptors[0].u.Memory.Start, REGS_SIZE);
                if (st == NDIS_STATUS_SUCCESS) {
                        m->mode = list->Count == 0;
                        if (st == NDIS_STATUS_SUCCESS) {
                                st = mo_connect(m);
                                if (st == NDIS_STATUS_SUCCESS)
                                        return st;
                        }
                        NdisMUnmapIoSpace(nic, (PVOID)m->regs, REGS_SIZE);
                }
        }
        NdisFreeMemory(m, 0, 0);
        return st;
}

static VOID mo_halt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
        modal *m = ctx;

        UNREFERENCED_PARAMETER(action);

        NdisMDeregisterInterruptEx(m->irq);

        NdisMUnmapIoSpace(m->nic, (PVOID)m->regs, REGS_SIZE);
        NdisFreeMemory(m, 0, 0);
}

static NDIS_STATUS mo_pause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
        UNREFERENCED_PARAMETER(ctx);
        UNREFERENCED_PARAMETER(params);
        return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS mo_restart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
        UNREFERENCED_PARAMETER(ctx);
        UNREFERENCED_PARAMETER(params);
        return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS mo_oid(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
        modal *m = ctx;
        if (req->RequestType == NdisRequestSetInformation) {
                if (req->DATA.SET_INFORMATION.Oid == OID_GEN_CURRENT_PACKET_FILTER) {
                        req->DATA.SET_INFORMATION.BytesRead = sizeof(ULONG);
                        return NDIS_STATUS_SUCCESS;
                }
                if (req->DATA.SET_INFORMATION.Oid == OID_GEN_LINK_PARAMETERS) {
                        m->pending = req;
                        m->regs[4] = 1;
                        return NDIS_STATUS_PENDING;
                }
        }
        return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID mo_send(NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
        modal *m = ctx;
        PNET_BUFFER_LIST cur = nbl;
        ULONG done = 0;

        UNREFERENCED_PARAMETER(port);

        while (cur) {
                cur->Status = NDIS_STATUS_PAUSED;
                cur = cur->Next;
        }
        if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(flags))
                done |= NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
        NdisMSendNetBufferListsComplete(m->nic, nbl, done);
}

static VOID mo_unload(PDRIVER_OBJECT drv)
{
        UNREFERENCED_PARAMETER(drv);
        NdisMDeregisterMiniportDriver(mo_driver);
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
        mdc.InitializeHandlerEx = mo_init;
        mdc.HaltHandlerEx = mo_halt;
        mdc.UnloadHandler = mo_unload;
        mdc.PauseHandler = mo_pause;
        mdc.RestartHandler = mo_restart;
        mdc.OidRequestHandler = mo_oid;
        mdc.SendNetBufferListsHandler = mo_send;

        return NdisMRegisterMiniportDriver(drv, path, NULL, &mdc, &mo_driver);
}
