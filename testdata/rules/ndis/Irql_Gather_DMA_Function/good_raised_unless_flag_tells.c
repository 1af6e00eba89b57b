/* The send handler raises the IRQL unless the flag tells that it is called at DISPATCH_LEVEL. */
#include <ndis.h>

typedef struct _SX { NDIS_HANDLE Nic; NDIS_HANDLE Dma; NDIS_SPIN_LOCK Lock; ULONG Frags, ListSize; } SX;
MINIPORT_INITIALIZE SxInitialize;
MINIPORT_HALT SxHalt;
MINIPORT_UNLOAD SxUnload;
MINIPORT_PAUSE SxPause;
MINIPORT_RESTART SxRestart;
MINIPORT_OID_REQUEST SxOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS SxSend;
static VOID SxProcess(PDEVICE_OBJECT d, PVOID Reserved, PSCATTER_GATHER_LIST l, PVOID Ctx);
static NDIS_STATUS SxSetAttributes(SX *A)
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
static VOID SxProcess(PDEVICE_OBJECT d, PVOID Reserved, PSCATTER_GATHER_LIST l, PVOID Ctx)
{
    PNET_BUFFER nb = Ctx;

    UNREFERENCED_PARAMETER(d);
    UNREFERENCED_PARAMETER(Reserved);
    NET_BUFFER_MINIPORT_RESERVED(nb)[0] = l;
}
static NDIS_STATUS SxMap(SX *A, PNET_BUFFER nb)
{
    return NdisMAllocateNetBufferSGList(A->Dma, nb, nb, NDIS_SG_LIST_WRITE_TO_DEVICE, NULL, 0);
}
VOID SxSend(NDIS_HANDLE Ctx, PNET_BUFFER_LIST Nbls, NDIS_PORT_NUMBER Port, ULONG Flags)
{
    SX *A = Ctx;
    PNET_BUFFER_LIST Nbl;
    KIRQL Old = PASSIVE_LEVEL;
    BOOLEAN Raised = FALSE;

    UNREFERENCED_PARAMETER(Port);
    if (!NDIS_TEST_SEND_AT_DISPATCH_LEVEL(Flags))
    {
        NDIS_RAISE_IRQL_TO_DISPATCH(&Old);
        Raised = TRUE;
    }
    for (Nbl = Nbls; Nbl; Nbl = NET_BUFFER_LIST_NEXT_NBL(Nbl))
    {
        PNET_BUFFER nb = NET_BUFFER_LIST_FIRST_NB(Nbl);

        NET_BUFFER_LIST_STATUS(Nbl) = SxMap(A, nb);
        if (NET_BUFFER_LIST_STATUS(Nbl) == NDIS_STATUS_SUCCESS)
        {
            A->Frags++;
            NdisMFreeNetBufferSGList(A->Dma, NET_BUFFER_MINIPORT_RESERVED(nb)[0], nb);
        }
    }
    NdisMSendNetBufferListsComplete(A->Nic, Nbls, NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL);
    if (Raised)
    {
        NDIS_LOWER_IRQL(Old, DISPATCH_LEVEL);
    }
}
NDIS_STATUS SxInitialize(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportDriverContext, PNDIS_MINIPORT_INIT_PARAMETERS InitParameters)
{
    SX *A;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(InitParameters);
    NDIS_SG_DMA_DESCRIPTION d;
    A = NdisAllocateMemoryWithTagPriority(MiniportAdapterHandle, sizeof(*A), 'Sxgt', NormalPoolPriority);
    if (A == NULL)
    {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(A, sizeof(*A));
    A->Nic = MiniportAdapterHandle;
    Status = SxSetAttributes(A);
    if (Status == NDIS_STATUS_SUCCESS)
    {
        NdisZeroMemory(&d, sizeof(d));
        d.Header.Type = NDIS_OBJECT_TYPE_SG_DMA_DESCRIPTION;
        d.Header.Revision = NDIS_SG_DMA_DESCRIPTION_REVISION_1;
        d.Header.Size = sizeof(d);
        d.MaximumPhysicalMapping = 1514;
        d.ProcessSGListHandler = SxProcess;
        Status = NdisMRegisterScatterGatherDma(A->Nic, &d, &A->Dma);
        A->ListSize = d.ScatterGatherListSize;
    }
    if (Status != NDIS_STATUS_SUCCESS)
        NdisFreeMemory(A, 0, 0);
    return Status;
}
VOID SxHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    SX *A = MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);
    NdisMDeregisterScatterGatherDma(A->Dma);
    NdisFreeMemory(A, 0, 0);
}
NDIS_STATUS SxPause(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(PauseParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS SxRestart(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RestartParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS SxOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(OidRequest);
    return NDIS_STATUS_NOT_ACCEPTED;
}
static NDIS_HANDLE gSxDriver;

VOID SxUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(gSxDriver);
}

static NDIS_MINIPORT_DRIVER_CHARACTERISTICS gSxChars = {
    .Header = { NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS, NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1,
                sizeof(NDIS_MINIPORT_DRIVER_CHARACTERISTICS) },
    .MajorNdisVersion = 6,
    .MinorNdisVersion = 0,
    .InitializeHandlerEx = SxInitialize,
    .HaltHandlerEx = SxHalt,
    .UnloadHandler = SxUnload,
    .PauseHandler = SxPause,
    .RestartHandler = SxRestart,
    .OidRequestHandler = SxOidRequest,
    .SendNetBufferListsHandler = SxSend,
};

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &gSxChars, &gSxDriver);
}
