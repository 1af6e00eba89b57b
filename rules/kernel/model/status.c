/* Results of functions that may fail. */
#include "kernel.h"

NTSTATUS model_failure(void)
{
    unsigned int status = drvlint_any_u32();

    drvlint_assume(status >= 0xC0000000u);
    return (NTSTATUS)status;
}

NTSTATUS model_any_result(void)
{
    if (drvlint_choose())
        return STATUS_SUCCESS;
    return model_failure();
}

BOOLEAN model_any_boolean(void)
{
    return (BOOLEAN)(drvlint_choose() ? TRUE : FALSE);
}
