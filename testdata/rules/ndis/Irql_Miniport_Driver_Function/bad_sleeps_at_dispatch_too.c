// The wait asks for the IRQL, but sleeps at DISPATCH_LEVEL as well and stalls above only.

#include <ndis.h>

typedef struct
{
    NDIS_HANDLE hNic;
    NDIS_HANDLE hInterrupt;
    ULONG ulResets;
} ASK;

MINIPORT_INITIALIZE AskInitialize;
MINIPORT_HALT AskHalt;
MINIPORT_UNLOAD AskUnload;
MINIPORT_PAUSE AskPause;
MINIPORT_RESTART AskRestart;
MINIPORT_OID_REQUEST AskOid;
MINIPORT_SEND_NET_BUFFER_LISTS AskSend;
MINIPORT_ISR AskIsr;
MINIPORT_INTERRUPT_DPC AskDpc;
MINIPORT_RESET AskReset;

static NDIS_HANDLE hAskDriver;

BOOLEAN
AskIsr(NDIS_HANDLE hContext, PBOOLEAN pQueue, PULONG pTargets)
{
    UNREFERENCED_PARAMETER(hContext);
    *pTargets = 0;
    *pQueue = TRUE;
    return TRUE;
}

VOID
AskDpc(NDIS_HANDLE hContext, PVOID pDpc, PVOID pThrottle, PVOID pReserved)
{
    UNREFERENCED_PARAMETER(hContext);
    UNREFERENCED_PARAMETER(pDpc);
    UNREFERENCED_PARAMETER(pThrottle);
    UNREFERENCED_PARAMETER(pReserved);
}

static VOID
AskWait(ULONG ulMicroseconds)
{
    if (KeGetCurrentIrql() <= DISPATCH_LEVEL)
        NdisMSleep(ulMicroseconds); // expect: defect Irql_Miniport_Driver_Function
    else
        NdisStallExecution(ulMicroseconds);
}

static VOID
AskResetChip(ASK* pAsk)
{
    pAsk->ulResets++;
    AskWait(20);
}

static NDIS_STATUS
AskAttributes(ASK* pAsk)
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Registration;
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES General;
    NDIS_STATUS Status;

    NdisZeroMemory(&Registration, sizeof(Registration));
    Registration.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    Registration.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Registration.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Registration.MiniportAdapterContext = pAsk;
    Registration.AttributeFlags =
        NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE | NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER;
    Registration.InterfaceType = NdisInterfacePci;
    Status =
        NdisMSetMiniportAttributes(pAsk->hNic, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Registration);
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
    return NdisMSetMiniportAttributes(pAsk->hNic, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&General);
}

NDIS_STATUS
AskInitialize(NDIS_HANDLE hMiniport,
              NDIS_HANDLE hDriverContext,
              PNDIS_MINIPORT_INIT_PARAMETERS pInit)
{
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS mic;
    NDIS_STATUS nsStatus;
    ASK* pAsk;

    UNREFERENCED_PARAMETER(hDriverContext);
    UNREFERENCED_PARAMETER(pInit);
    pAsk =
        (ASK*)NdisAllocateMemoryWithTagPriority(hMiniport, sizeof(ASK), 'ksA ', NormalPoolPriority);
    if (pAsk == NULL)
        return NDIS_STATUS_RESOURCES;
    NdisZeroMemory(pAsk, sizeof(ASK));
    pAsk->hNic = hMiniport;
    nsStatus = AskAttributes(pAsk);
    if (nsStatus == NDIS_STATUS_SUCCESS) {
        AskResetChip(pAsk);
        NdisZeroMemory(&mic, sizeof(mic));
        mic.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
        mic.Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
        mic.Header.Size = NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1;
        mic.InterruptHandler = AskIsr;
        mic.InterruptDpcHandler = AskDpc;

        nsStatus = NdisMRegisterInterruptEx(hMiniport, pAsk, &mic, &pAsk->hInterrupt);
    }
    if (nsStatus != NDIS_STATUS_SUCCESS)
        NdisFreeMemory(pAsk, 0, 0);
    return nsStatus;
}

VOID
AskHalt(NDIS_HANDLE hContext, NDIS_HALT_ACTION Reason)
{
    ASK* pAsk = (ASK*)hContext;

    UNREFERENCED_PARAMETER(Reason);
    AskResetChip(pAsk);
    NdisMDeregisterInterruptEx(pAsk->hInterrupt);
    NdisFreeMemory(pAsk, 0, 0);
}

NDIS_STATUS
AskReset(NDIS_HANDLE hContext, PBOOLEAN pAddressingReset)
{
    *pAddressingReset = FALSE;
    AskResetChip((ASK*)hContext);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
AskPause(NDIS_HANDLE hContext, PNDIS_MINIPORT_PAUSE_PARAMETERS pPause)
{
    UNREFERENCED_PARAMETER(hContext);
    UNREFERENCED_PARAMETER(pPause);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
AskRestart(NDIS_HANDLE hContext, PNDIS_MINIPORT_RESTART_PARAMETERS pRestart)
{
    UNREFERENCED_PARAMETER(hContext);
    UNREFERENCED_PARAMETER(pRestart);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
AskOid(NDIS_HANDLE hContext, PNDIS_OID_REQUEST pRequest)
{
    UNREFERENCED_PARAMETER(hContext);
    return pRequest->RequestType == NdisRequestQueryStatistics ? NDIS_STATUS_INVALID_OID
                                                               : NDIS_STATUS_NOT_SUPPORTED;
}

VOID
AskSend(NDIS_HANDLE hContext, PNET_BUFFER_LIST pNbl, NDIS_PORT_NUMBER PortNumber, ULONG ulFlags)
{
    ASK* Nic = (ASK*)hContext;
    PNET_BUFFER_LIST Next;
    ULONG CompleteFlags =
        (ulFlags & NDIS_SEND_FLAGS_DISPATCH_LEVEL) ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0;

    UNREFERENCED_PARAMETER(PortNumber);
    do {
        Next = NET_BUFFER_LIST_NEXT_NBL(pNbl);
        NET_BUFFER_LIST_NEXT_NBL(pNbl) = NULL;
        NET_BUFFER_LIST_STATUS(pNbl) = NDIS_STATUS_PAUSED;
        NdisMSendNetBufferListsComplete(Nic->hNic, pNbl, CompleteFlags);
        pNbl = Next;
    } while (pNbl != NULL);
}

VOID
AskUnload(PDRIVER_OBJECT pDriver)
{
    UNREFERENCED_PARAMETER(pDriver);
    NdisMDeregisterMiniportDriver(hAskDriver);
}

NTSTATUS
DriverEntry(PDRIVER_OBJECT pDriver, PUNICODE_STRING pPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS mc;
    NDIS_STATUS st;

    NdisZeroMemory(&mc, sizeof(mc));
    mc.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    mc.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    mc.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    mc.MajorNdisVersion = 6;
    mc.MinorNdisVersion = 1;
    mc.MajorDriverVersion = 1;
    mc.InitializeHandlerEx = AskInitialize;
    mc.HaltHandlerEx = AskHalt;
    mc.UnloadHandler = AskUnload;
    mc.PauseHandler = AskPause;
    mc.RestartHandler = AskRestart;
    mc.OidRequestHandler = AskOid;
    mc.SendNetBufferListsHandler = AskSend;
    mc.ResetHandlerEx = AskReset;
    st = NdisMRegisterMiniportDriver(pDriver, pPath, NULL, &mc, &hAskDriver);
    if (st != NDIS_STATUS_SUCCESS)
        hAskDriver = NULL;
    return st;
}
