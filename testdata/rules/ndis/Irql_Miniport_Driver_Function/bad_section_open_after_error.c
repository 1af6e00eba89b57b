// A section at DISPATCH_LEVEL keeps the old level in the adapter; on the error path it is closed
// only behind the unmapping.

#include <ndis.h>

#define SEC_LENGTH 64

typedef struct {
    NDIS_HANDLE nic;
    PULONG window;
    KIRQL level;
    int depth;
} SEC;

NDIS_STATUS sec_init(NDIS_HANDLE nic, NDIS_HANDLE drvctx, PNDIS_MINIPORT_INIT_PARAMETERS params);
VOID sec_halt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action);
VOID sec_unload(PDRIVER_OBJECT drv);
NDIS_STATUS sec_pause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params);
NDIS_STATUS sec_restart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params);
NDIS_STATUS sec_oid(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req);
VOID sec_send(NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags);

static NDIS_HANDLE sec_driver;

static void section_enter(SEC *s)
{
    KIRQL level;

    KeRaiseIrql(DISPATCH_LEVEL, &level);
    if (s->depth++ == 0)
        s->level = level;
}

static void section_leave(SEC *s)
{
    if (--s->depth == 0)
        KeLowerIrql(s->level);
}

static NDIS_STATUS sec_attributes(NDIS_HANDLE nic, SEC *ctx)
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
    any.RegistrationAttributes.MiniportAdapterContext = ctx;
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

static NDIS_STATUS program(SEC *s)
{
    NDIS_STATUS st = NDIS_STATUS_SUCCESS;

    section_enter(s);
    s->window[0] = 1;
    section_enter(s);
    s->window[1] = 2;
    section_leave(s);
    if (s->window[2] == 0xffffffff)
        st = NDIS_STATUS_HARD_ERRORS;
    if (st != NDIS_STATUS_SUCCESS)
        NdisMUnmapIoSpace(s->nic, s->window, SEC_LENGTH); // expect: defect Irql_Miniport_Driver_Function
    section_leave(s);
    return st;
}

NDIS_STATUS sec_init(NDIS_HANDLE nic, NDIS_HANDLE drvctx, PNDIS_MINIPORT_INIT_PARAMETERS params)
{
    PNDIS_RESOURCE_LIST list = params->AllocatedResources;
    NDIS_STATUS st;
    SEC *s;

    UNREFERENCED_PARAMETER(drvctx);
    if (list == NULL || list->Count == 0)
        return NDIS_STATUS_RESOURCE_CONFLICT;
    s = NdisAllocateMemoryWithTagPriority(nic, sizeof *s, 'ces ', NormalPoolPriority);
    if (s == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(s, sizeof *s);
    s->nic = nic;
    st = sec_attributes(nic, s);
    if (st == NDIS_STATUS_SUCCESS)
        st = NdisMMapIoSpace((PVOID *)&s->window, nic, list->PartialDescriptors[0].u.Memory.Start,
                             SEC_LENGTH);
    if (st == NDIS_STATUS_SUCCESS)
        st = program(s);
    if (st != NDIS_STATUS_SUCCESS)
        NdisFreeMemory(s, 0, 0);
    return st;
}

VOID sec_halt(NDIS_HANDLE ctx, NDIS_HALT_ACTION action)
{
    SEC *s = ctx;

    UNREFERENCED_PARAMETER(action);
    NdisMUnmapIoSpace(s->nic, s->window, SEC_LENGTH);
    NdisFreeMemory(s, 0, 0);
}

NDIS_STATUS sec_pause(NDIS_HANDLE ctx, PNDIS_MINIPORT_PAUSE_PARAMETERS params)
{
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS sec_restart(NDIS_HANDLE ctx, PNDIS_MINIPORT_RESTART_PARAMETERS params)
{
    UNREFERENCED_PARAMETER(ctx);
    UNREFERENCED_PARAMETER(params);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS sec_oid(NDIS_HANDLE ctx, PNDIS_OID_REQUEST req)
{
    UNREFERENCED_PARAMETER(ctx);
    if (req->RequestType == NdisRequestSetInformation &&
        req->DATA.SET_INFORMATION.Oid == OID_GEN_CURRENT_PACKET_FILTER) {
        req->DATA.SET_INFORMATION.BytesRead = sizeof(ULONG);
        return NDIS_STATUS_SUCCESS;
    }
    return NDIS_STATUS_NOT_SUPPORTED;
}

VOID sec_send(NDIS_HANDLE ctx, PNET_BUFFER_LIST nbl, NDIS_PORT_NUMBER port, ULONG flags)
{
    SEC *a = (SEC *)ctx;
    PNET_BUFFER_LIST cur = nbl;
    ULONG done = 0;

    UNREFERENCED_PARAMETER(port);
    while (cur) {
        cur->Status = NDIS_STATUS_PAUSED;
        cur = cur->Next;
    }
    if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(flags))
        done |= NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
    NdisMSendNetBufferListsComplete(a->nic, nbl, done);
}

VOID sec_unload(PDRIVER_OBJECT drv)
{
    UNREFERENCED_PARAMETER(drv);
    NdisMDeregisterMiniportDriver(sec_driver);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT drv, PUNICODE_STRING path)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Chars;

    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.MajorNdisVersion = 6;
    Chars.MinorNdisVersion = 0;
    Chars.MajorDriverVersion = 1;
    Chars.InitializeHandlerEx = sec_init;
    Chars.HaltHandlerEx = sec_halt;
    Chars.UnloadHandler = sec_unload;
    Chars.PauseHandler = sec_pause;
    Chars.RestartHandler = sec_restart;
    Chars.OidRequestHandler = sec_oid;
    Chars.SendNetBufferListsHandler = sec_send;
    return NdisMRegisterMiniportDriver(drv, path, NULL, &Chars, &sec_driver);
}
