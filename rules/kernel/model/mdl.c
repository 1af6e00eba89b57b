/* MDLs, mapped memory, device registers and ports.
 *
 * Pages: nf-wdm-ioallocatemdl, nf-wdm-mmgetsystemaddressformdlsafe, nf-wdm-mmmapiospace. */
#include "kernel.h"

/* ---- MDLs ---- */

/* With a request, the new MDL becomes the request's, or is chained to it. */
PMDL IoAllocateMdl(PVOID VirtualAddress, ULONG Length, BOOLEAN SecondaryBuffer, BOOLEAN ChargeQuota,
                   PIRP Irp)
{
    PMDL mdl;

    if (drvlint_choose())
        return NULL;
    mdl = (PMDL)drvlint_fresh();
    mdl->Next = NULL;
    if (Irp && !SecondaryBuffer)
        Irp->MdlAddress = mdl;
    return mdl;
}

FREES(IoFreeMdl, (PMDL Mdl), Mdl)
NO_EFFECT(IoBuildPartialMdl, (PMDL SourceMdl, PMDL TargetMdl, PVOID VirtualAddress, ULONG Length))
NO_EFFECT(MmBuildMdlForNonPagedPool, (PMDL Mdl))
ANY_POINTER(PVOID, MmGetSystemAddressForMdl, (PMDL Mdl))
ANY_POINTER(PVOID, MmGetSystemAddressForMdlSafe, (PMDL Mdl, ULONG Priority))
ANY_POINTER(PVOID, MmMapLockedPages, (PMDL Mdl, KPROCESSOR_MODE AccessMode))
ANY_POINTER(PVOID, MmMapLockedPagesSpecifyCache,
            (PMDL Mdl, KPROCESSOR_MODE AccessMode, MEMORY_CACHING_TYPE CacheType,
             PVOID RequestedAddress, ULONG BugCheckOnFailure, ULONG Priority))
NO_EFFECT(MmUnmapLockedPages, (PVOID BaseAddress, PMDL Mdl))
NO_EFFECT(MmPrepareMdlForReuse, (PMDL Mdl))
NO_EFFECT(MmProbeAndLockPages, (PMDL Mdl, KPROCESSOR_MODE AccessMode, LOCK_OPERATION Operation))
NO_EFFECT(MmUnlockPages, (PMDL Mdl))
ALLOCATES(PMDL, MmAllocatePagesForMdl,
          (PHYSICAL_ADDRESS LowAddress, PHYSICAL_ADDRESS HighAddress, PHYSICAL_ADDRESS SkipBytes,
           SIZE_T TotalBytes))
ALLOCATES(PMDL, MmAllocatePagesForMdlEx,
          (PHYSICAL_ADDRESS LowAddress, PHYSICAL_ADDRESS HighAddress, PHYSICAL_ADDRESS SkipBytes,
           SIZE_T TotalBytes, MEMORY_CACHING_TYPE CacheType, ULONG Flags))
NO_EFFECT(MmFreePagesFromMdl, (PMDL Mdl))
ALLOCATES(PMDL, MmCreateMdl, (PMDL Mdl, PVOID Base, SIZE_T Length))
ANY_VALUE(SIZE_T, MmSizeOfMdl, (PVOID Base, SIZE_T Length))
ANY_RESULT(MmProtectMdlSystemAddress, (PMDL Mdl, ULONG NewProtect))
NO_EFFECT(KeFlushIoBuffers, (PMDL Mdl, BOOLEAN ReadOperation, BOOLEAN DmaOperation))

/* ---- memory ---- */

ALLOCATES(PVOID, MmAllocateContiguousMemory,
          (SIZE_T NumberOfBytes, PHYSICAL_ADDRESS HighestAcceptableAddress))
ALLOCATES(PVOID, MmAllocateContiguousMemorySpecifyCache,
          (SIZE_T NumberOfBytes, PHYSICAL_ADDRESS Lowest, PHYSICAL_ADDRESS Highest,
           PHYSICAL_ADDRESS BoundaryMultiple, MEMORY_CACHING_TYPE CacheType))
FREES(MmFreeContiguousMemory, (PVOID BaseAddress), BaseAddress)
FREES(MmFreeContiguousMemorySpecifyCache,
      (PVOID BaseAddress, SIZE_T NumberOfBytes, MEMORY_CACHING_TYPE CacheType), BaseAddress)
PVOID MmMapIoSpace(PHYSICAL_ADDRESS PhysicalAddress, SIZE_T NumberOfBytes,
                   MEMORY_CACHING_TYPE CacheType)
{
    return drvlint_choose() ? drvlint_fresh_device() : NULL;
}

PVOID MmMapIoSpaceEx(PHYSICAL_ADDRESS PhysicalAddress, SIZE_T NumberOfBytes, ULONG Protect)
{
    return drvlint_choose() ? drvlint_fresh_device() : NULL;
}

FREES(MmUnmapIoSpace, (PVOID BaseAddress, SIZE_T NumberOfBytes), BaseAddress)
ANY_BOOLEAN(MmIsAddressValid, (PVOID VirtualAddress))
ANY_POINTER(PVOID, MmGetSystemRoutineAddress, (PUNICODE_STRING SystemRoutineName))
ANY_POINTER(PVOID, MmLockPagableDataSection, (PVOID AddressWithinSection))
NO_EFFECT(MmUnlockPagableImageSection, (PVOID ImageSectionHandle))
ANY_POINTER(PVOID, MmPageEntireDriver, (PVOID AddressWithinSection))
NO_EFFECT(MmResetDriverPaging, (PVOID AddressWithinSection))
ANY_VALUE(MM_SYSTEMSIZE, MmQuerySystemSize, (void))
NO_EFFECT(ProbeForRead, (PVOID Address, SIZE_T Length, ULONG Alignment))
NO_EFFECT(ProbeForWrite, (PVOID Address, SIZE_T Length, ULONG Alignment))

PHYSICAL_ADDRESS MmGetPhysicalAddress(PVOID BaseAddress)
{
    PHYSICAL_ADDRESS address;

    address.QuadPart = (LONGLONG)drvlint_any_u64();
    return address;
}

/* ---- registers and ports: reading gives any value ---- */

ANY_VALUE(UCHAR, READ_REGISTER_UCHAR, (volatile UCHAR * Register))
ANY_VALUE(USHORT, READ_REGISTER_USHORT, (volatile USHORT * Register))
ANY_VALUE(ULONG, READ_REGISTER_ULONG, (volatile ULONG * Register))
ANY_VALUE(ULONG64, READ_REGISTER_ULONG64, (volatile ULONG64 * Register))
NO_EFFECT(WRITE_REGISTER_UCHAR, (volatile UCHAR * Register, UCHAR Value))
NO_EFFECT(WRITE_REGISTER_USHORT, (volatile USHORT * Register, USHORT Value))
NO_EFFECT(WRITE_REGISTER_ULONG, (volatile ULONG * Register, ULONG Value))
NO_EFFECT(WRITE_REGISTER_ULONG64, (volatile ULONG64 * Register, ULONG64 Value))
NO_EFFECT(WRITE_REGISTER_BUFFER_UCHAR, (volatile UCHAR * Register, PUCHAR Buffer, ULONG Count))
NO_EFFECT(WRITE_REGISTER_BUFFER_USHORT, (volatile USHORT * Register, PUSHORT Buffer, ULONG Count))
NO_EFFECT(WRITE_REGISTER_BUFFER_ULONG, (volatile ULONG * Register, PULONG Buffer, ULONG Count))
ANY_VALUE(UCHAR, READ_PORT_UCHAR, (PUCHAR Port))
ANY_VALUE(USHORT, READ_PORT_USHORT, (PUSHORT Port))
ANY_VALUE(ULONG, READ_PORT_ULONG, (PULONG Port))
NO_EFFECT(WRITE_PORT_UCHAR, (PUCHAR Port, UCHAR Value))
NO_EFFECT(WRITE_PORT_USHORT, (PUSHORT Port, USHORT Value))
NO_EFFECT(WRITE_PORT_ULONG, (PULONG Port, ULONG Value))
NO_EFFECT(WRITE_PORT_BUFFER_UCHAR, (PUCHAR Port, PUCHAR Buffer, ULONG Count))
NO_EFFECT(WRITE_PORT_BUFFER_USHORT, (PUSHORT Port, PUSHORT Buffer, ULONG Count))
NO_EFFECT(WRITE_PORT_BUFFER_ULONG, (PULONG Port, PULONG Buffer, ULONG Count))

ANY_VALUE(unsigned long long, __readmsr, (unsigned long number))
NO_EFFECT(__writemsr, (unsigned long number, unsigned long long value))

#define READS_BUFFER(name, from, element)                                                          \
    void name(from port, element *Buffer, ULONG Count)                                             \
    {                                                                                              \
        drvlint_havoc(Buffer, (unsigned long long)Count * sizeof(element));                        \
    }
READS_BUFFER(READ_REGISTER_BUFFER_UCHAR, volatile UCHAR *, UCHAR)
READS_BUFFER(READ_REGISTER_BUFFER_USHORT, volatile USHORT *, USHORT)
READS_BUFFER(READ_REGISTER_BUFFER_ULONG, volatile ULONG *, ULONG)
READS_BUFFER(READ_PORT_BUFFER_UCHAR, PUCHAR, UCHAR)
READS_BUFFER(READ_PORT_BUFFER_USHORT, PUSHORT, USHORT)
READS_BUFFER(READ_PORT_BUFFER_ULONG, PULONG, ULONG)
