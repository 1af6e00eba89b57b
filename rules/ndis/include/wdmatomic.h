/* Interlocked operations: the rarer widths, and all names that tell how memory is ordered. That makes
 * no difference to an analysis of one thread at a time. Part of wdm.h. */
#ifndef DRVLINT_WDMATOMIC_H
#define DRVLINT_WDMATOMIC_H

/* The value of before; `change` is an expression of it and of the operand. */
#define DRVLINT_INTERLOCKED(name, type, change) \
    FORCEINLINE type name(type volatile *Target, type Value) \
    { \
        type Old = *(type *)Target; \
\
        *(type *)Target = (type)(change); \
        return Old; \
    }

DRVLINT_INTERLOCKED(InterlockedXor64, LONGLONG, Old ^ Value)
DRVLINT_INTERLOCKED(InterlockedExchange16, SHORT, Value)
DRVLINT_INTERLOCKED(InterlockedAnd16, SHORT, Old & Value)
DRVLINT_INTERLOCKED(InterlockedOr16, SHORT, Old | Value)
DRVLINT_INTERLOCKED(InterlockedXor16, SHORT, Old ^ Value)
DRVLINT_INTERLOCKED(InterlockedXor8, CHAR, Old ^ Value)

#define InterlockedIncrementAcquire InterlockedIncrement
#define InterlockedIncrementRelease InterlockedIncrement
#define InterlockedIncrementNoFence InterlockedIncrement
#define InterlockedDecrementAcquire InterlockedDecrement
#define InterlockedDecrementRelease InterlockedDecrement
#define InterlockedDecrementNoFence InterlockedDecrement
#define InterlockedAddAcquire InterlockedAdd
#define InterlockedAddRelease InterlockedAdd
#define InterlockedAddNoFence InterlockedAdd
#define InterlockedExchangeAcquire InterlockedExchange
#define InterlockedExchangeNoFence InterlockedExchange
#define InterlockedExchangeAddAcquire InterlockedExchangeAdd
#define InterlockedExchangeAddRelease InterlockedExchangeAdd
#define InterlockedExchangeAddNoFence InterlockedExchangeAdd
#define InterlockedCompareExchangeAcquire InterlockedCompareExchange
#define InterlockedCompareExchangeRelease InterlockedCompareExchange
#define InterlockedCompareExchangeNoFence InterlockedCompareExchange
#define InterlockedAndAcquire InterlockedAnd
#define InterlockedAndRelease InterlockedAnd
#define InterlockedAndNoFence InterlockedAnd
#define InterlockedOrAcquire InterlockedOr
#define InterlockedOrRelease InterlockedOr
#define InterlockedOrNoFence InterlockedOr
#define InterlockedXorAcquire InterlockedXor
#define InterlockedXorRelease InterlockedXor
#define InterlockedXorNoFence InterlockedXor
#define InterlockedIncrementAcquire64 InterlockedIncrement64
#define InterlockedIncrementRelease64 InterlockedIncrement64
#define InterlockedIncrementNoFence64 InterlockedIncrement64
#define InterlockedDecrementAcquire64 InterlockedDecrement64
#define InterlockedDecrementRelease64 InterlockedDecrement64
#define InterlockedDecrementNoFence64 InterlockedDecrement64
#define InterlockedAddAcquire64 InterlockedAdd64
#define InterlockedAddRelease64 InterlockedAdd64
#define InterlockedAddNoFence64 InterlockedAdd64
#define InterlockedExchangeAcquire64 InterlockedExchange64
#define InterlockedExchangeNoFence64 InterlockedExchange64
#define InterlockedExchangeAddAcquire64 InterlockedExchangeAdd64
#define InterlockedExchangeAddRelease64 InterlockedExchangeAdd64
#define InterlockedExchangeAddNoFence64 InterlockedExchangeAdd64
#define InterlockedCompareExchangeAcquire64 InterlockedCompareExchange64
#define InterlockedCompareExchangeRelease64 InterlockedCompareExchange64
#define InterlockedCompareExchangeNoFence64 InterlockedCompareExchange64
#define InterlockedAndAcquire64 InterlockedAnd64
#define InterlockedAndRelease64 InterlockedAnd64
#define InterlockedAndNoFence64 InterlockedAnd64
#define InterlockedOrAcquire64 InterlockedOr64
#define InterlockedOrRelease64 InterlockedOr64
#define InterlockedOrNoFence64 InterlockedOr64
#define InterlockedXorAcquire64 InterlockedXor64
#define InterlockedXorRelease64 InterlockedXor64
#define InterlockedXorNoFence64 InterlockedXor64
#define InterlockedIncrementAcquire16 InterlockedIncrement16
#define InterlockedIncrementRelease16 InterlockedIncrement16
#define InterlockedIncrementNoFence16 InterlockedIncrement16
#define InterlockedDecrementAcquire16 InterlockedDecrement16
#define InterlockedDecrementRelease16 InterlockedDecrement16
#define InterlockedDecrementNoFence16 InterlockedDecrement16
#define InterlockedExchangeAcquire16 InterlockedExchange16
#define InterlockedExchangeNoFence16 InterlockedExchange16
#define InterlockedCompareExchangeAcquire16 InterlockedCompareExchange16
#define InterlockedCompareExchangeRelease16 InterlockedCompareExchange16
#define InterlockedCompareExchangeNoFence16 InterlockedCompareExchange16
#define InterlockedAndAcquire16 InterlockedAnd16
#define InterlockedAndRelease16 InterlockedAnd16
#define InterlockedAndNoFence16 InterlockedAnd16
#define InterlockedOrAcquire16 InterlockedOr16
#define InterlockedOrRelease16 InterlockedOr16
#define InterlockedOrNoFence16 InterlockedOr16
#define InterlockedXorAcquire16 InterlockedXor16
#define InterlockedXorRelease16 InterlockedXor16
#define InterlockedXorNoFence16 InterlockedXor16
#define InterlockedExchangeAcquire8 InterlockedExchange8
#define InterlockedExchangeNoFence8 InterlockedExchange8
#define InterlockedAndAcquire8 InterlockedAnd8
#define InterlockedAndRelease8 InterlockedAnd8
#define InterlockedAndNoFence8 InterlockedAnd8
#define InterlockedOrAcquire8 InterlockedOr8
#define InterlockedOrRelease8 InterlockedOr8
#define InterlockedOrNoFence8 InterlockedOr8
#define InterlockedXorAcquire8 InterlockedXor8
#define InterlockedXorRelease8 InterlockedXor8
#define InterlockedXorNoFence8 InterlockedXor8
#define InterlockedExchangePointerAcquire InterlockedExchangePointer
#define InterlockedExchangePointerNoFence InterlockedExchangePointer
#define InterlockedCompareExchangePointerAcquire InterlockedCompareExchangePointer
#define InterlockedCompareExchangePointerRelease InterlockedCompareExchangePointer
#define InterlockedCompareExchangePointerNoFence InterlockedCompareExchangePointer

/* One access */

#define ReadAcquire(p) (*(p))
#define ReadNoFence(p) (*(p))
#define ReadRaw(p) (*(p))
#define ReadAcquire8(p) (*(p))
#define ReadNoFence8(p) (*(p))
#define ReadRaw8(p) (*(p))
#define ReadAcquire16(p) (*(p))
#define ReadNoFence16(p) (*(p))
#define ReadRaw16(p) (*(p))
#define ReadAcquire64(p) (*(p))
#define ReadNoFence64(p) (*(p))
#define ReadRaw64(p) (*(p))
#define ReadUCharAcquire(p) (*(p))
#define ReadUCharNoFence(p) (*(p))
#define ReadUCharRaw(p) (*(p))
#define ReadUShortAcquire(p) (*(p))
#define ReadUShortNoFence(p) (*(p))
#define ReadUShortRaw(p) (*(p))
#define ReadULongAcquire(p) (*(p))
#define ReadULongNoFence(p) (*(p))
#define ReadULongRaw(p) (*(p))
#define ReadULong64Acquire(p) (*(p))
#define ReadULong64NoFence(p) (*(p))
#define ReadULong64Raw(p) (*(p))
#define ReadULongPtrAcquire(p) (*(p))
#define ReadULongPtrNoFence(p) (*(p))
#define ReadULongPtrRaw(p) (*(p))
#define ReadLongPtrAcquire(p) (*(p))
#define ReadLongPtrNoFence(p) (*(p))
#define ReadLongPtrRaw(p) (*(p))
#define ReadPointerAcquire(p) (*(p))
#define ReadPointerNoFence(p) (*(p))
#define ReadPointerRaw(p) (*(p))
#define ReadBooleanAcquire(p) (*(p))
#define ReadBooleanNoFence(p) (*(p))
#define ReadBooleanRaw(p) (*(p))
#define ReadSizeTAcquire(p) (*(p))
#define ReadSizeTNoFence(p) (*(p))
#define ReadSizeTRaw(p) (*(p))
#define ReadRelease(p) (*(p))

#define WriteRelease(p, v) ((void)(*(p) = (v)))
#define WriteNoFence(p, v) ((void)(*(p) = (v)))
#define WriteRaw(p, v) ((void)(*(p) = (v)))
#define WriteRelease8(p, v) ((void)(*(p) = (v)))
#define WriteNoFence8(p, v) ((void)(*(p) = (v)))
#define WriteRaw8(p, v) ((void)(*(p) = (v)))
#define WriteRelease16(p, v) ((void)(*(p) = (v)))
#define WriteNoFence16(p, v) ((void)(*(p) = (v)))
#define WriteRaw16(p, v) ((void)(*(p) = (v)))
#define WriteRelease64(p, v) ((void)(*(p) = (v)))
#define WriteNoFence64(p, v) ((void)(*(p) = (v)))
#define WriteRaw64(p, v) ((void)(*(p) = (v)))
#define WriteUCharRelease(p, v) ((void)(*(p) = (v)))
#define WriteUCharNoFence(p, v) ((void)(*(p) = (v)))
#define WriteUCharRaw(p, v) ((void)(*(p) = (v)))
#define WriteUShortRelease(p, v) ((void)(*(p) = (v)))
#define WriteUShortNoFence(p, v) ((void)(*(p) = (v)))
#define WriteUShortRaw(p, v) ((void)(*(p) = (v)))
#define WriteULongRelease(p, v) ((void)(*(p) = (v)))
#define WriteULongNoFence(p, v) ((void)(*(p) = (v)))
#define WriteULongRaw(p, v) ((void)(*(p) = (v)))
#define WriteULong64Release(p, v) ((void)(*(p) = (v)))
#define WriteULong64NoFence(p, v) ((void)(*(p) = (v)))
#define WriteULong64Raw(p, v) ((void)(*(p) = (v)))
#define WriteULongPtrRelease(p, v) ((void)(*(p) = (v)))
#define WriteULongPtrNoFence(p, v) ((void)(*(p) = (v)))
#define WriteULongPtrRaw(p, v) ((void)(*(p) = (v)))
#define WriteLongPtrRelease(p, v) ((void)(*(p) = (v)))
#define WriteLongPtrNoFence(p, v) ((void)(*(p) = (v)))
#define WriteLongPtrRaw(p, v) ((void)(*(p) = (v)))
#define WritePointerRelease(p, v) ((void)(*(p) = (v)))
#define WritePointerNoFence(p, v) ((void)(*(p) = (v)))
#define WritePointerRaw(p, v) ((void)(*(p) = (v)))
#define WriteBooleanRelease(p, v) ((void)(*(p) = (v)))
#define WriteBooleanNoFence(p, v) ((void)(*(p) = (v)))
#define WriteBooleanRaw(p, v) ((void)(*(p) = (v)))
#define WriteSizeTRelease(p, v) ((void)(*(p) = (v)))
#define WriteSizeTNoFence(p, v) ((void)(*(p) = (v)))
#define WriteSizeTRaw(p, v) ((void)(*(p) = (v)))

#endif
