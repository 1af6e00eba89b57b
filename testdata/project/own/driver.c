#include <ndis.h>

NDIS_STATUS HouseStart(PVOID *Chip);
VOID HouseStop(PVOID Chip);

MINIPORT_HALT Halt;

VOID Halt(NDIS_HANDLE Context, NDIS_HALT_ACTION Action)
{
    PVOID Chip;
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Action);
    if (HouseStart(&Chip) == NDIS_STATUS_SUCCESS && Chip == NULL)
        HouseStop(Chip); /* cannot be: the model says so */
}
