/* The debugger, and the end of the system. */
#include "kernel.h"

ANY_VALUE(ULONG, DbgPrint, (PCSTR Format, ...))
ANY_VALUE(ULONG, DbgPrintEx, (ULONG ComponentId, ULONG Level, PCSTR Format, ...))
ANY_VALUE(ULONG, vDbgPrintEx, (ULONG ComponentId, ULONG Level, PCCH Format, va_list arglist))
NO_EFFECT(DbgBreakPoint, (void))

/* An assertion is a claim of the driver: paths on which it does not hold are not looked at. */
void RtlAssert(PVOID VoidFailedAssertion, PVOID VoidFileName, ULONG LineNumber, PSTR MutableMessage)
{
    drvlint_assume(0);
}

/* Nothing follows a bug check. */
#define ENDS(name, parameters)                                                                     \
    void(name) parameters                                                                          \
    {                                                                                              \
        drvlint_assume(0);                                                                         \
        __builtin_unreachable();                                                                   \
    }
ENDS(KeBugCheck, (ULONG BugCheckCode))
ENDS(KeBugCheckEx, (ULONG BugCheckCode, ULONG_PTR BugCheckParameter1, ULONG_PTR BugCheckParameter2,
                    ULONG_PTR BugCheckParameter3, ULONG_PTR BugCheckParameter4))
ENDS(RtlFailFast, (ULONG Code))

/* An exception is not followed to its handler. */
ENDS(ExRaiseStatus, (NTSTATUS Status))
ENDS(ExRaiseAccessViolation, (void))
ENDS(ExRaiseDatatypeMisalignment, (void))
