/* DMA: scatter/gather lists, shared memory, DMA channels.
 *
 * Pages: nf-ndis-ndismregisterscattergatherdma, nf-ndis-ndismallocatenetbuffersglist,
 * nc-ndis-miniport_process_sg_list, nf-ndis-ndismallocatesharedmemory,
 * nf-ndis-ndismallocatesharedmemoryasyncex, nf-ndis-ndismregisterdmachannel. */
#include "model.h"

/* What a handle of NdisMRegisterScatterGatherDma points at. */
struct model_sg_dma {
    MINIPORT_PROCESS_SG_LIST *process;
    MINIPORT_ALLOCATE_SHARED_MEM_COMPLETE *memory_complete;
};

/* The registration that the adapter has. */
static struct model_sg_dma *model_sg_dma;
/* A list that is being built. */
static struct {
    MINIPORT_PROCESS_SG_LIST *process; /* NULL: none */
    PVOID context;
} model_sg_list;
/* An asynchronous request for shared memory. */
static struct {
    MINIPORT_ALLOCATE_SHARED_MEM_COMPLETE *complete; /* NULL: none */
    ULONG length;
    PVOID context;
} model_shared_memory;

void model_forget_dma(void)
{
    model_sg_dma = NULL;
    NdisZeroMemory(&model_sg_list, sizeof(model_sg_list));
    NdisZeroMemory(&model_shared_memory, sizeof(model_shared_memory));
}

static void process_sg_list(MINIPORT_PROCESS_SG_LIST *process, PVOID context)
{
    PDEVICE_OBJECT device = (PDEVICE_OBJECT)drvlint_fresh();
    PVOID reserved = NULL;
    PSCATTER_GATHER_LIST list = (PSCATTER_GATHER_LIST)drvlint_fresh();

    RUN(DISPATCH_LEVEL, "MINIPORT_PROCESS_SG_LIST", process, device, reserved, list, context);
}

void model_run_sg_list(void)
{
    MINIPORT_PROCESS_SG_LIST *process = model_sg_list.process;

    if (!process)
        return;
    model_sg_list.process = NULL;
    process_sg_list(process, model_sg_list.context);
}

void model_run_shared_memory(void)
{
    MINIPORT_ALLOCATE_SHARED_MEM_COMPLETE *complete = model_shared_memory.complete;
    NDIS_HANDLE adapter = model_adapter.context;
    PVOID memory, context = model_shared_memory.context;
    PNDIS_PHYSICAL_ADDRESS address;
    ULONG length = model_shared_memory.length;

    if (!complete)
        return;
    model_shared_memory.complete = NULL;
    memory = drvlint_choose() ? drvlint_fresh_device() : NULL;
    address = memory ? (PNDIS_PHYSICAL_ADDRESS)drvlint_fresh() : NULL;
    RUN(PASSIVE_LEVEL, "MINIPORT_ALLOCATE_SHARED_MEM_COMPLETE", complete, adapter, memory, address,
        length, context);
}

NDIS_STATUS NdisMRegisterScatterGatherDma(NDIS_HANDLE MiniportAdapterHandle,
                                          PNDIS_SG_DMA_DESCRIPTION DmaDescription,
                                          PNDIS_HANDLE NdisMiniportDmaHandle)
{
    struct model_sg_dma *dma;

    if (drvlint_choose())
        return model_failure();
    dma = (struct model_sg_dma *)drvlint_fresh();
    dma->process = DmaDescription->ProcessSGListHandler;
    dma->memory_complete = DmaDescription->SharedMemAllocateCompleteHandler;
    DmaDescription->ScatterGatherListSize = drvlint_any_u32();
    model_sg_dma = dma;
    *NdisMiniportDmaHandle = dma;
    return NDIS_STATUS_SUCCESS;
}

void NdisMDeregisterScatterGatherDma(NDIS_HANDLE NdisMiniportDmaHandle)
{
    if (NdisMiniportDmaHandle == model_sg_dma)
        model_sg_dma = NULL;
    model_sg_list.process = NULL;
    drvlint_free(NdisMiniportDmaHandle);
}

/* The list may be ready before the call returns, or later. */
NDIS_STATUS NdisMAllocateNetBufferSGList(NDIS_HANDLE NdisMiniportDmaHandle, PNET_BUFFER NetBuffer,
                                         PVOID Context, ULONG Flags, PVOID ScatterGatherListBuffer,
                                         ULONG ScatterGatherListBufferSize)
{
    MINIPORT_PROCESS_SG_LIST *process = ((struct model_sg_dma *)NdisMiniportDmaHandle)->process;

    if (drvlint_choose())
        return model_failure();
    if (drvlint_choose()) {
        process_sg_list(process, Context);
    } else {
        model_sg_list.process = process;
        model_sg_list.context = Context;
    }
    return NDIS_STATUS_SUCCESS;
}

void NdisMFreeNetBufferSGList(NDIS_HANDLE NdisMiniportDmaHandle, PSCATTER_GATHER_LIST pSGL,
                              PNET_BUFFER NetBuffer)
{
}

/* ---- shared memory ---- */

void NdisMAllocateSharedMemory(NDIS_HANDLE MiniportAdapterHandle, ULONG Length, BOOLEAN Cached,
                               PVOID *VirtualAddress, PNDIS_PHYSICAL_ADDRESS PhysicalAddress)
{
    *VirtualAddress = drvlint_choose() ? drvlint_fresh_device() : NULL;
    PhysicalAddress->QuadPart = (LONGLONG)drvlint_any_u64();
}

NDIS_STATUS NdisMAllocateSharedMemoryAsyncEx(NDIS_HANDLE MiniportDmaHandle, ULONG Length,
                                             BOOLEAN Cached, PVOID Context)
{
    if (drvlint_choose())
        return model_failure();
    model_shared_memory.complete = ((struct model_sg_dma *)MiniportDmaHandle)->memory_complete;
    model_shared_memory.length = Length;
    model_shared_memory.context = Context;
    return NDIS_STATUS_PENDING;
}

/* The same with the adapter's handle. */
NDIS_STATUS NdisMAllocateSharedMemoryAsync(NDIS_HANDLE MiniportAdapterHandle, ULONG Length,
                                           BOOLEAN Cached, PVOID Context)
{
    if (!model_sg_dma || drvlint_choose())
        return model_failure();
    model_shared_memory.complete = model_sg_dma->memory_complete;
    model_shared_memory.length = Length;
    model_shared_memory.context = Context;
    return NDIS_STATUS_PENDING;
}

void NdisMFreeSharedMemory(NDIS_HANDLE MiniportAdapterHandle, ULONG Length, BOOLEAN Cached,
                           PVOID VirtualAddress, NDIS_PHYSICAL_ADDRESS PhysicalAddress)
{
    drvlint_free(VirtualAddress);
}

NDIS_STATUS NdisAllocateSharedMemory(NDIS_HANDLE NdisHandle,
                                     PNDIS_SHARED_MEMORY_PARAMETERS SharedMemoryParameters,
                                     PNDIS_HANDLE pAllocationHandle)
{
    if (drvlint_choose())
        return model_failure();
    SharedMemoryParameters->VirtualAddress = drvlint_fresh_device();
    *pAllocationHandle = drvlint_fresh();
    return NDIS_STATUS_SUCCESS;
}

void NdisFreeSharedMemory(NDIS_HANDLE NdisHandle, NDIS_HANDLE AllocationHandle)
{
    drvlint_free(AllocationHandle);
}

void NdisUpdateSharedMemory(NDIS_HANDLE NdisAdapterHandle, ULONG Length, PVOID VirtualAddress,
                            NDIS_PHYSICAL_ADDRESS PhysicalAddress)
{
}

/* ---- DMA of protocol and filter drivers ---- */

NDIS_STATUS NdisBuildScatterGatherList(NDIS_HANDLE NdisHandle,
                                       PNDIS_SCATTER_GATHER_LIST_PARAMETERS SGListParameters)
{
    NDIS_PROCESS_SG_LIST_HANDLER process = SGListParameters->ProcessSGListHandler;
    PVOID context = SGListParameters->Context, reserved = NULL;
    PDEVICE_OBJECT device;
    PSCATTER_GATHER_LIST list;

    if (drvlint_choose())
        return model_failure();
    device = (PDEVICE_OBJECT)drvlint_fresh();
    list = (PSCATTER_GATHER_LIST)drvlint_fresh();
    RUN(DISPATCH_LEVEL, "NDIS_PROCESS_SG_LIST", process, device, reserved, list, context);
    return NDIS_STATUS_SUCCESS;
}

void NdisFreeScatterGatherList(NDIS_HANDLE NdisHandle, PSCATTER_GATHER_LIST ScatterGatherListBuffer,
                               BOOLEAN WriteToDevice)
{
}

/* ---- system DMA channels ---- */

NDIS_STATUS NdisMRegisterDmaChannel(PNDIS_HANDLE MiniportDmaHandle,
                                    NDIS_HANDLE MiniportAdapterHandle, UINT DmaChannel,
                                    BOOLEAN Dma32BitAddresses, PNDIS_DMA_DESCRIPTION DmaDescription,
                                    ULONG MaximumLength)
{
    if (drvlint_choose())
        return model_failure();
    *MiniportDmaHandle = drvlint_fresh();
    return NDIS_STATUS_SUCCESS;
}

void NdisMDeregisterDmaChannel(NDIS_HANDLE MiniportDmaHandle)
{
    drvlint_free(MiniportDmaHandle);
}

ULONG NdisMReadDmaCounter(NDIS_HANDLE MiniportDmaHandle)
{
    return drvlint_any_u32();
}

ULONG NdisMGetDmaAlignment(NDIS_HANDLE MiniportAdapterHandle)
{
    return drvlint_any_u32();
}

void NdisMSetupDmaTransfer(PNDIS_STATUS Status, NDIS_HANDLE NdisDmaHandle, PNDIS_BUFFER Buffer,
                           ULONG Offset, ULONG Length, BOOLEAN WriteToDevice)
{
    *Status = model_any_result();
}

void NdisMCompleteDmaTransfer(PNDIS_STATUS Status, NDIS_HANDLE NdisDmaHandle, PNDIS_BUFFER Buffer,
                              ULONG Offset, ULONG Length, BOOLEAN WriteToDevice)
{
    *Status = model_any_result();
}

void NdisSetupDmaTransfer(PNDIS_STATUS Status, NDIS_HANDLE NdisDmaHandle, PNDIS_BUFFER Buffer,
                          ULONG Offset, ULONG Length, BOOLEAN WriteToDevice)
{
    *Status = model_any_result();
}

void NdisCompleteDmaTransfer(PNDIS_STATUS Status, NDIS_HANDLE NdisDmaHandle, PNDIS_BUFFER Buffer,
                             ULONG Offset, ULONG Length, BOOLEAN WriteToDevice)
{
    *Status = model_any_result();
}
