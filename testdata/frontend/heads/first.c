/* A comment, then the header. */
#include "precomp.h"

NDIS_STATUS HeadInitialize(NDIS_HANDLE Handle, NDIS_HANDLE Context)
{
    if (IS_UP((ADAPTER *)Handle))
        return Shared(Context);
    return sizeof(WIRE) == 5 ? 0 : 1;
}
