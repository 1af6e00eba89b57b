/* NET_BUFFER_LISTs, NET_BUFFERs, MDLs and their pools.
 *
 * Pages: nf-nblapi-ndisallocatenetbufferlist and its family, nf-mdlapi-ndisallocatemdl,
 * nf-nblapi-ndisgetdatabuffer. */
#include "model.h"

NDIS_HANDLE NdisAllocateNetBufferListPool(NDIS_HANDLE NdisHandle,
                                          PNET_BUFFER_LIST_POOL_PARAMETERS Parameters)
{
    return FRESH_OR_NULL();
}

void NdisFreeNetBufferListPool(NDIS_HANDLE PoolHandle)
{
    drvlint_free(PoolHandle);
}

NDIS_HANDLE NdisAllocateNetBufferPool(NDIS_HANDLE NdisHandle,
                                      PNET_BUFFER_POOL_PARAMETERS Parameters)
{
    return FRESH_OR_NULL();
}

void NdisFreeNetBufferPool(NDIS_HANDLE PoolHandle)
{
    drvlint_free(PoolHandle);
}

NDIS_HANDLE NdisGetPoolFromNetBufferList(PNET_BUFFER_LIST NetBufferList)
{
    return drvlint_any_pointer();
}

NDIS_HANDLE NdisGetPoolFromNetBuffer(PNET_BUFFER NetBuffer)
{
    return drvlint_any_pointer();
}

/* ---- lists ---- */

/* A list from a pool stands alone. The rest of it is not known. */
static PNET_BUFFER_LIST single_list(PNET_BUFFER_LIST list)
{
    if (list)
        NET_BUFFER_LIST_NEXT_NBL(list) = NULL;
    return list;
}

PNET_BUFFER_LIST NdisAllocateNetBufferList(NDIS_HANDLE PoolHandle, USHORT ContextSize,
                                           USHORT ContextBackFill)
{
    PNET_BUFFER_LIST list = single_list((PNET_BUFFER_LIST)FRESH_OR_NULL());

    if (list)
        NET_BUFFER_LIST_FIRST_NB(list) = NULL;
    return list;
}

PNET_BUFFER_LIST NdisAllocateNetBufferAndNetBufferList(NDIS_HANDLE PoolHandle, USHORT ContextSize,
                                                       USHORT ContextBackFill, PMDL MdlChain,
                                                       ULONG DataOffset, SIZE_T DataLength)
{
    PNET_BUFFER_LIST list = single_list((PNET_BUFFER_LIST)FRESH_OR_NULL());

    if (list) {
        PNET_BUFFER buffer = (PNET_BUFFER)drvlint_fresh();

        NET_BUFFER_NEXT_NB(buffer) = NULL;
        NET_BUFFER_FIRST_MDL(buffer) = MdlChain;
        NET_BUFFER_LIST_FIRST_NB(list) = buffer;
    }
    return list;
}

PNET_BUFFER_LIST NdisAllocateCloneNetBufferList(PNET_BUFFER_LIST OriginalNetBufferList,
                                                NDIS_HANDLE NetBufferListPoolHandle,
                                                NDIS_HANDLE NetBufferPoolHandle,
                                                ULONG AllocateCloneFlags)
{
    return single_list((PNET_BUFFER_LIST)FRESH_OR_NULL());
}

PNET_BUFFER_LIST NdisAllocateFragmentNetBufferList(PNET_BUFFER_LIST OriginalNetBufferList,
                                                   NDIS_HANDLE NetBufferListPool,
                                                   NDIS_HANDLE NetBufferPool, ULONG StartOffset,
                                                   ULONG MaximumLength, ULONG DataOffsetDelta,
                                                   ULONG DataBackFill, ULONG AllocateFragmentFlags)
{
    return single_list((PNET_BUFFER_LIST)FRESH_OR_NULL());
}

PNET_BUFFER_LIST NdisAllocateReassembledNetBufferList(
    PNET_BUFFER_LIST FagmentNetBufferList, NDIS_HANDLE NetBufferAndNetBufferListPoolHandle,
    ULONG StartOffset, ULONG DataOffsetDelta, ULONG DataBackFill, ULONG AllocateReassembleFlags)
{
    return single_list((PNET_BUFFER_LIST)FRESH_OR_NULL());
}

void NdisFreeNetBufferList(PNET_BUFFER_LIST NetBufferList)
{
    drvlint_free(NetBufferList);
}

void NdisFreeCloneNetBufferList(PNET_BUFFER_LIST CloneNetBufferList, ULONG FreeCloneFlags)
{
    drvlint_free(CloneNetBufferList);
}

void NdisFreeFragmentNetBufferList(PNET_BUFFER_LIST FragmentNetBufferList, ULONG DataOffsetDelta,
                                   ULONG FreeFragmentFlags)
{
    drvlint_free(FragmentNetBufferList);
}

void NdisFreeReassembledNetBufferList(PNET_BUFFER_LIST ReassembledNetBufferList,
                                      ULONG DataOffsetDelta, ULONG FreeReassembleFlags)
{
    drvlint_free(ReassembledNetBufferList);
}

NDIS_STATUS NdisAllocateNetBufferListContext(PNET_BUFFER_LIST NetBufferList, USHORT ContextSize,
                                             USHORT ContextBackFill, ULONG PoolTag)
{
    if (drvlint_choose())
        return model_failure();
    NetBufferList->Context = (PNET_BUFFER_LIST_CONTEXT)drvlint_fresh();
    return NDIS_STATUS_SUCCESS;
}

void NdisFreeNetBufferListContext(PNET_BUFFER_LIST NetBufferList, USHORT ContextSize)
{
}

void NdisCopySendNetBufferListInfo(PNET_BUFFER_LIST DestNetBufferList,
                                   PNET_BUFFER_LIST SrcNetBufferList)
{
}

void NdisCopyReceiveNetBufferListInfo(PNET_BUFFER_LIST DestNetBufferList,
                                      PNET_BUFFER_LIST SrcNetBufferList)
{
}

UCHAR NdisGetNetBufferListProtocolId(PNET_BUFFER_LIST NetBufferList)
{
    return drvlint_any_u8();
}

UCHAR NdisGeneratePartialCancelId(void)
{
    return drvlint_any_u8();
}

/* ---- buffers ---- */

PNET_BUFFER NdisAllocateNetBuffer(NDIS_HANDLE PoolHandle, PMDL MdlChain, ULONG DataOffset,
                                  SIZE_T DataLength)
{
    PNET_BUFFER buffer = (PNET_BUFFER)FRESH_OR_NULL();

    if (buffer) {
        NET_BUFFER_NEXT_NB(buffer) = NULL;
        NET_BUFFER_FIRST_MDL(buffer) = MdlChain;
    }
    return buffer;
}

PNET_BUFFER NdisAllocateNetBufferMdlAndData(NDIS_HANDLE PoolHandle)
{
    PNET_BUFFER buffer = (PNET_BUFFER)FRESH_OR_NULL();

    if (buffer) {
        NET_BUFFER_NEXT_NB(buffer) = NULL;
        NET_BUFFER_FIRST_MDL(buffer) = (PMDL)drvlint_fresh();
    }
    return buffer;
}

void NdisFreeNetBuffer(PNET_BUFFER NetBuffer)
{
    drvlint_free(NetBuffer);
}

/* The data itself is nothing that the model knows; NULL if it is not contiguous and there is no
 * storage, or if mapping fails. */
PVOID NdisGetDataBuffer(PNET_BUFFER NetBuffer, ULONG BytesNeeded, PVOID Storage, UINT AlignMultiple,
                        UINT AlignOffset)
{
    if (Storage && drvlint_choose()) {
        drvlint_havoc(Storage, BytesNeeded);
        return Storage;
    }
    return drvlint_any_pointer();
}

NDIS_STATUS NdisRetreatNetBufferDataStart(PNET_BUFFER NetBuffer, ULONG DataOffsetDelta,
                                          ULONG DataBackFill,
                                          NET_BUFFER_ALLOCATE_MDL_HANDLER AllocateMdlHandler)
{
    return model_any_result();
}

NDIS_STATUS NdisRetreatNetBufferListDataStart(PNET_BUFFER_LIST NetBufferList, ULONG DataOffsetDelta,
                                              ULONG DataBackFill,
                                              NET_BUFFER_ALLOCATE_MDL_HANDLER AllocateMdlHandler,
                                              NET_BUFFER_FREE_MDL_HANDLER FreeMdlHandler)
{
    return model_any_result();
}

void NdisAdvanceNetBufferDataStart(PNET_BUFFER NetBuffer, ULONG DataOffsetDelta, BOOLEAN FreeMdl,
                                   NET_BUFFER_FREE_MDL_HANDLER FreeMdlHandler)
{
}

void NdisAdvanceNetBufferListDataStart(PNET_BUFFER_LIST NetBufferList, ULONG DataOffsetDelta,
                                       BOOLEAN FreeMdl, NET_BUFFER_FREE_MDL_HANDLER FreeMdlHandler)
{
}

void NdisAdjustNetBufferCurrentMdl(PNET_BUFFER NetBuffer)
{
}

NDIS_STATUS NdisCopyFromNetBufferToNetBuffer(PNET_BUFFER Destination, ULONG DestinationOffset,
                                             ULONG BytesToCopy, PNET_BUFFER Source,
                                             ULONG SourceOffset, PULONG BytesCopied)
{
    *BytesCopied = drvlint_any_u32();
    return model_any_result();
}

ULONG NdisQueryNetBufferPhysicalCount(PNET_BUFFER NetBuffer)
{
    return drvlint_any_u32();
}

/* ---- MDLs ---- */

PMDL NdisAllocateMdl(NDIS_HANDLE NdisHandle, PVOID VirtualAddress, UINT Length)
{
    PMDL mdl = (PMDL)FRESH_OR_NULL();

    if (mdl)
        mdl->Next = NULL;
    return mdl;
}

void NdisFreeMdl(PMDL Mdl)
{
    drvlint_free(Mdl);
}

/* Mapping may fail. Names in parentheses: macros that convert the arguments stand before some. */
void(NdisQueryMdl)(PMDL Mdl, PVOID *VirtualAddress, PULONG Length, ULONG Priority)
{
    if (VirtualAddress)
        *VirtualAddress = drvlint_any_pointer();
    *Length = drvlint_any_u32();
}

void(NdisQueryMdlOffset)(PMDL Mdl, PULONG Offset, PULONG Length)
{
    *Offset = drvlint_any_u32();
    *Length = drvlint_any_u32();
}

void NdisGetMdlPhysicalArraySize(PMDL Mdl, PULONG ArraySize)
{
    *ArraySize = drvlint_any_u32();
}

/* ---- the same under the names of old ---- */

void(NdisQueryBufferSafe)(PNDIS_BUFFER Buffer, PVOID *VirtualAddress, PUINT Length, UINT Priority)
{
    if (VirtualAddress)
        *VirtualAddress = drvlint_any_pointer();
    *Length = drvlint_any_u32();
}

void NdisQueryBufferOffset(PNDIS_BUFFER Buffer, PUINT Offset, PUINT Length)
{
    *Offset = drvlint_any_u32();
    *Length = drvlint_any_u32();
}

void NdisGetBufferPhysicalArraySize(PNDIS_BUFFER Buffer, PUINT ArraySize)
{
    *ArraySize = drvlint_any_u32();
}

void NdisCopyBuffer(PNDIS_STATUS Status, PNDIS_BUFFER *Buffer, NDIS_HANDLE PoolHandle,
                    PVOID MemoryDescriptor, UINT Offset, UINT Length)
{
    if (drvlint_choose()) {
        *Status = model_failure();
    } else {
        *Buffer = (PNDIS_BUFFER)drvlint_fresh();
        *Status = NDIS_STATUS_SUCCESS;
    }
}

ANY_POINTER(PVOID, NdisBufferVirtualAddress, (PNDIS_BUFFER Buffer))
ANY_POINTER(PVOID, NdisBufferVirtualAddressSafe, (PNDIS_BUFFER Buffer, UINT Priority))
FREES(NdisFreeBuffer, (PNDIS_BUFFER Buffer), Buffer)
NO_EFFECT(NdisFlushBuffer, (PNDIS_BUFFER Buffer, BOOLEAN WriteToDevice))
