// What the house's library does, of which the driver has no source.
#include "kernel.h"

NTSTATUS HouseStart(PVOID *Chip);

NTSTATUS HouseStart(PVOID *Chip)
{
    if (drvlint_choose())
        return model_failure();
    *Chip = drvlint_fresh();
    return STATUS_SUCCESS;
}
