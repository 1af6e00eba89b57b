/* The debugger, and the end of the system. */
#include "kernel.h"

ANY_VALUE(ULONG, DbgPrint, (PCSTR Format, ...))
ANY_VALUE(ULONG, DbgPrintEx, (ULONG ComponentId, ULONG Level, PCSTR Format, ...))
ANY_VALUE(ULONG, vDbgPrintEx, (ULONG ComponentId, ULONG Level, PCCH Format, va_list arglist))
NO_EFFECT(DbgBreakPoint, (void))
NO_EFFECT(RtlAssert, (PVOID VoidFailedAssertion, PVOID VoidFileName, ULONG LineNumber,
                      PSTR MutableMessage))

/* Nothing follows a bug check. */
void KeBugCheck(ULONG BugCheckCode)
{
    drvlint_assume(0);
}

void KeBugCheckEx(ULONG BugCheckCode, ULONG_PTR BugCheckParameter1, ULONG_PTR BugCheckParameter2,
                  ULONG_PTR BugCheckParameter3, ULONG_PTR BugCheckParameter4)
{
    drvlint_assume(0);
}

/* An exception is not followed to its handler. */
void ExRaiseStatus(NTSTATUS Status)
{
    drvlint_assume(0);
}
