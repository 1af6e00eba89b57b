#ifndef VS_H
#define VS_H

#include <ndis.h>

typedef struct _VS_PORT
{
    NDIS_HANDLE hMiniport;
    NET_IFINDEX IfIndex;
} VS_PORT;

NDIS_STATUS VsProviderStart(VOID);
VOID VsProviderStop(VOID);
NDIS_STATUS
VsProviderAdd(VS_PORT* pPort, NET_LUID Luid);
VOID
VsProviderRemove(VS_PORT* pPort);

#endif
