/* A request is parked, but neither the DPC nor the cancel handler completes it, and nobody else.
 * known-gap: that a pended request is never completed is not looked for */
#include "oid.h"
MINIPORT_INITIALIZE QpInitialize;
MINIPORT_HALT QpHalt;
MINIPORT_UNLOAD QpUnload;
MINIPORT_PAUSE QpPause;
MINIPORT_RESTART QpRestart;
MINIPORT_OID_REQUEST QpOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS QpSend;
static VOID QpFillInterrupt(NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS *Ic)
{
    NdisZeroMemory(Ic, sizeof(*Ic));
    Ic->Header.Type = NDIS_OBJECT_TYPE_MINIPORT_INTERRUPT;
    Ic->Header.Revision = NDIS_MINIPORT_INTERRUPT_REVISION_1;
    Ic->Header.Size = sizeof(*Ic);
    Ic->InterruptHandler = QpIsr;
    Ic->InterruptDpcHandler = QpDpc;
}
static NDIS_STATUS QpSetAttributes(QP *A)
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Reg;
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES Gen;
    NDIS_STATUS Status;

    NdisZeroMemory(&Reg, sizeof(Reg));
    Reg.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    Reg.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Reg.Header.Size = sizeof(Reg);
    Reg.MiniportAdapterContext = A;
    Reg.AttributeFlags = NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE | NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER;
    Reg.InterfaceType = NdisInterfacePci;
    Status = NdisMSetMiniportAttributes(A->Nic, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Reg);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        return Status;
    }

    NdisZeroMemory(&Gen, sizeof(Gen));
    Gen.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
    Gen.Header.Revision = NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
    Gen.Header.Size = sizeof(Gen);
    Gen.MediaType = NdisMedium802_3;
    Gen.MtuSize = 1500;
    return NdisMSetMiniportAttributes(A->Nic, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Gen);
}
NDIS_STATUS QpInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext, PNDIS_MINIPORT_INIT_PARAMETERS InitParameters)
{
    QP *A;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(InitParameters);
    NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS Ic;

    A = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(*A), 'Qpgt', NormalPoolPriority);
    if (A == NULL)
    {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(A, sizeof(*A));
    A->Nic = MiniportAdapterHandle;
    NdisAllocateSpinLock(&A->Lock);
    Status = QpSetAttributes(A);
    if (Status == NDIS_STATUS_SUCCESS)
    {
        QpFillInterrupt(&Ic);
        Status = NdisMRegisterInterruptEx(MiniportAdapterHandle, A, &Ic, &A->Intr);
    }
    if (Status != NDIS_STATUS_SUCCESS)
    {
        NdisFreeSpinLock(&A->Lock);
        NdisFreeMemory(A, 0, 0);
    }
    return Status;
}
VOID QpHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    QP *A = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);
    NdisMDeregisterInterruptEx(A->Intr);
    NdisFreeSpinLock(&A->Lock);
    NdisFreeMemory(A, 0, 0);
}
NDIS_STATUS QpPause(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(PauseParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS QpRestart(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RestartParameters);
    return NDIS_STATUS_SUCCESS;
}

VOID QpSend(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    QP *A = MiniportAdapterContext;
    PNET_BUFFER_LIST Nbl;

    UNREFERENCED_PARAMETER(PortNumber);
    for (Nbl = NetBufferLists; Nbl != NULL; Nbl = NET_BUFFER_LIST_NEXT_NBL(Nbl))
    {
        NET_BUFFER_LIST_STATUS(Nbl) = NDIS_STATUS_PAUSED;
    }
    NdisMSendNetBufferListsComplete(A->Nic, NetBufferLists,
        NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags) ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
}
NDIS_HANDLE gQpDriver = NULL;

VOID QpUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(gQpDriver);
}

NTSTATUS
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS mc;
    NDIS_STATUS status;

    NdisZeroMemory(&mc, sizeof(mc));
    mc.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    mc.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    mc.Header.Size = sizeof(mc);
    mc.MajorNdisVersion = 6;
    mc.MinorNdisVersion = 0;
    mc.InitializeHandlerEx = QpInitialize;
    mc.HaltHandlerEx = QpHalt;
    mc.UnloadHandler = QpUnload;
    mc.PauseHandler = QpPause;
    mc.RestartHandler = QpRestart;
    mc.OidRequestHandler = QpOidRequest;
    mc.SendNetBufferListsHandler = QpSend;
    mc.CancelOidRequestHandler = QpCancelOid;

    status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &mc, &gQpDriver);
    if (status != NDIS_STATUS_SUCCESS)
    {
        return STATUS_UNSUCCESSFUL;
    }
    return STATUS_SUCCESS;
}
