// A failing initialize deregisters, keeps the handle and then calls its halt handler, which
// deregisters again.

#include <ndis.h>

typedef struct tagDDNIC
{
    NDIS_HANDLE hMiniport;
    NDIS_HANDLE hInterrupt;
    NDIS_HANDLE hTimer;
} DDNIC, *PDDNIC;

MINIPORT_INITIALIZE DdInit;
MINIPORT_HALT DdHalt;
MINIPORT_UNLOAD DdUnload;
MINIPORT_PAUSE DdPause;
MINIPORT_RESTART DdRestart;
MINIPORT_OID_REQUEST DdOid;
MINIPORT_SEND_NET_BUFFER_LISTS DdSend;
MINIPORT_ISR DdIsr;
MINIPORT_INTERRUPT_DPC DdDpc;
NDIS_TIMER_FUNCTION DdTimer;

static NDIS_HANDLE g_hDriver = NULL;

BOOLEAN
DdIsr(NDIS_HANDLE hContext, PBOOLEAN pQueue, PULONG pTargets)
{
    UNREFERENCED_PARAMETER(hContext);
    *pTargets = 0;
    *pQueue = TRUE;
    return TRUE;
}

VOID
DdDpc(NDIS_HANDLE hContext, PVOID pDpc, PVOID pThrottle, PVOID pReserved)
{
    UNREFERENCED_PARAMETER(hContext);
    UNREFERENCED_PARAMETER(pDpc);
    UNREFERENCED_PARAMETER(pThrottle);
    UNREFERENCED_PARAMETER(pReserved);
}

VOID
DdTimer(PVOID p1, PVOID pContext, PVOID p2, PVOID p3)
{
    UNREFERENCED_PARAMETER(p1);
    UNREFERENCED_PARAMETER(pContext);
    UNREFERENCED_PARAMETER(p2);
    UNREFERENCED_PARAMETER(p3);
}

static NDIS_STATUS
DdAttributes(DDNIC *pNic)
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Registration;
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES General;
    NDIS_STATUS Status;

    NdisZeroMemory(&Registration, sizeof(Registration));
    Registration.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    Registration.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Registration.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Registration.MiniportAdapterContext = pNic;
    Registration.AttributeFlags =
        NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE | NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER;
    Registration.InterfaceType = NdisInterfacePci;
    Status = NdisMSetMiniportAttributes(
        pNic->hMiniport, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Registration);
    if (Status != NDIS_STATUS_SUCCESS)
        return Status;

    NdisZeroMemory(&General, sizeof(General));
    General.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
    General.Header.Revision = NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
    General.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
    General.MediaType = NdisMedium802_3;
    General.MtuSize = 1500;
    General.MacAddressLength = 6;
    General.AccessType = NET_IF_ACCESS_BROADCAST;
    General.DirectionType = NET_IF_DIRECTION_SENDRECEIVE;
    General.ConnectionType = NET_IF_CONNECTION_DEDICATED;
    General.IfType = IF_TYPE_ETHERNET_CSMACD;
    return NdisMSetMiniportAttributes(pNic->hMiniport, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&General);
}

NDIS_STATUS
DdInit(NDIS_HANDLE hMiniport, NDIS_HANDLE hDriverContext, PNDIS_MINIPORT_INIT_PARAMETERS pInit)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS mic;
    NDIS_TIMER_CHARACTERISTICS tc;
    PDDNIC pNic;
    NDIS_STATUS ns;

    UNREFERENCED_PARAMETER(hDriverContext);
    UNREFERENCED_PARAMETER(pInit);
    pNic = (PDDNIC)NdisAllocateMemoryWithTagPriority(
        hMiniport, sizeof(DDNIC), 'CIND', NormalPoolPriority);
    if (pNic == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(pNic, sizeof(DDNIC));
    pNic->hMiniport = hMiniport;

    ns = DdAttributes(pNic);
    if (ns != NDIS_STATUS_SUCCESS)
        goto Failed;

    NdisZeroMemory(&mic, sizeof(mic));
    mic.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
    mic.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
    mic.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
    mic.InterruptHandler = DdIsr;
    mic.InterruptDpcHandler = DdDpc;

    ns = NdisMRegisterInterruptEx(hMiniport, pNic, &mic, &pNic->hInterrupt);
    if (ns != NDIS_STATUS_SUCCESS)
    {
        pNic->hInterrupt = NULL;
        goto Failed;
    }

    NdisZeroMemory(&tc, sizeof(tc));
    tc.Header.Type = NDIS_OBJECT_TYPE_TIMER_CHARACTERISTICS;
    tc.Header.Revision = NDIS_TIMER_CHARACTERISTICS_REVISION_1;
    tc.Header.Size = NDIS_SIZEOF_TIMER_CHARACTERISTICS_REVISION_1;
    tc.AllocationTag = 'CIND';
    tc.TimerFunction = DdTimer;
    tc.FunctionContext = pNic;
    ns = NdisAllocateTimerObject(hMiniport, &tc, &pNic->hTimer);
    if (ns != NDIS_STATUS_SUCCESS)
    {
        pNic->hTimer = NULL;
        NdisMDeregisterInterruptEx(pNic->hInterrupt);
        goto Failed;
    }
    return NDIS_STATUS_SUCCESS;

Failed:
    DdHalt(pNic, NdisHaltDeviceInitializationFailed);
    return ns; // expect: defect Init_RegisterInterrupt
}

VOID
DdHalt(NDIS_HANDLE hContext, NDIS_HALT_ACTION Reason)
{
    PDDNIC pNic = (PDDNIC)hContext;

    UNREFERENCED_PARAMETER(Reason);
    if (pNic->hTimer != NULL)
        NdisFreeTimerObject(pNic->hTimer);
    if (pNic->hInterrupt != NULL)
        NdisMDeregisterInterruptEx(pNic->hInterrupt); // also: Ndis_DeregisterInterruptContext
    NdisFreeMemory(pNic, 0, 0);
}

NDIS_STATUS
DdPause(NDIS_HANDLE hContext, PNDIS_MINIPORT_PAUSE_PARAMETERS pPause)
{
    UNREFERENCED_PARAMETER(hContext);
    UNREFERENCED_PARAMETER(pPause);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
DdRestart(NDIS_HANDLE hContext, PNDIS_MINIPORT_RESTART_PARAMETERS pRestart)
{
    UNREFERENCED_PARAMETER(hContext);
    UNREFERENCED_PARAMETER(pRestart);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
DdOid(NDIS_HANDLE hContext, PNDIS_OID_REQUEST pRequest)
{
    NDIS_STATUS Result = NDIS_STATUS_NOT_SUPPORTED;

    UNREFERENCED_PARAMETER(hContext);
    switch (pRequest->DATA.SET_INFORMATION.Oid)
    {
    case OID_GEN_CURRENT_LOOKAHEAD:
    case OID_GEN_CURRENT_PACKET_FILTER:
        if (pRequest->RequestType == NdisRequestSetInformation)
            Result = NDIS_STATUS_SUCCESS;
        break;
    default:
        break;
    }
    return Result;
}

VOID
DdSend(NDIS_HANDLE hContext, PNET_BUFFER_LIST pNbl, NDIS_PORT_NUMBER PortNumber, ULONG ulFlags)
{
    DDNIC *Nic = (DDNIC *)hContext;
    PNET_BUFFER_LIST Next;
    ULONG CompleteFlags =
        (ulFlags & NDIS_SEND_FLAGS_DISPATCH_LEVEL) ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0;

    UNREFERENCED_PARAMETER(PortNumber);
    do
    {
        Next = NET_BUFFER_LIST_NEXT_NBL(pNbl);
        NET_BUFFER_LIST_NEXT_NBL(pNbl) = NULL;
        NET_BUFFER_LIST_STATUS(pNbl) = NDIS_STATUS_PAUSED;
        NdisMSendNetBufferListsComplete(Nic->hMiniport, pNbl, CompleteFlags);
        pNbl = Next;
    } while (pNbl != NULL);
}

VOID
DdUnload(PDRIVER_OBJECT pDriver)
{
    UNREFERENCED_PARAMETER(pDriver);
    NdisMDeregisterMiniportDriver(g_hDriver);
}

NTSTATUS
DriverEntry(PDRIVER_OBJECT pDriver, PUNICODE_STRING pPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Chars;

    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.MajorNdisVersion = 6;
    Chars.MinorNdisVersion = 0;
    Chars.MajorDriverVersion = 1;
    Chars.InitializeHandlerEx = DdInit;
    Chars.HaltHandlerEx = DdHalt;
    Chars.UnloadHandler = DdUnload;
    Chars.PauseHandler = DdPause;
    Chars.RestartHandler = DdRestart;
    Chars.OidRequestHandler = DdOid;
    Chars.SendNetBufferListsHandler = DdSend;
    return NdisMRegisterMiniportDriver(pDriver, pPath, NULL, &Chars, &g_hDriver);
}
