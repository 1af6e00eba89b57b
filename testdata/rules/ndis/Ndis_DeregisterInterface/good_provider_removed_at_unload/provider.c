#include "vs.h"

static NDIS_HANDLE hProvider;

static NDIS_STATUS
IfQuery(NDIS_HANDLE IfContext, NET_IF_OBJECT_ID ObjectId, PULONG OutputLength, PVOID Output)
{
    UNREFERENCED_PARAMETER(IfContext);
    UNREFERENCED_PARAMETER(ObjectId);
    UNREFERENCED_PARAMETER(Output);
    *OutputLength = 0;
    return NDIS_STATUS_NOT_SUPPORTED;
}

static NDIS_STATUS
IfSet(NDIS_HANDLE IfContext, NET_IF_OBJECT_ID ObjectId, ULONG InputLength, PVOID Input)
{
    UNREFERENCED_PARAMETER(IfContext);
    UNREFERENCED_PARAMETER(ObjectId);
    UNREFERENCED_PARAMETER(InputLength);
    UNREFERENCED_PARAMETER(Input);
    return NDIS_STATUS_NOT_SUPPORTED;
}

NDIS_STATUS
VsProviderStart(VOID)
{
    NDIS_IF_PROVIDER_CHARACTERISTICS ipc;

    NdisZeroMemory(&ipc, sizeof(ipc));
    ipc.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    ipc.Header.Revision = NDIS_OBJECT_REVISION_1;
    ipc.Header.Size = NDIS_SIZEOF_IF_PROVIDER_CHARACTERISTICS_REVISION_1;
    ipc.QueryObjectHandler = IfQuery;
    ipc.SetObjectHandler = IfSet;
    return NdisIfRegisterProvider(&ipc, NULL, &hProvider);
}

VOID
VsProviderStop(VOID)
{
    NdisIfDeregisterProvider(hProvider);
    hProvider = NULL;
}

NDIS_STATUS
VsProviderAdd(VS_PORT* pPort, NET_LUID Luid)
{
    NET_IF_INFORMATION nii;

    NdisZeroMemory(&nii, sizeof(nii));
    nii.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    nii.Header.Revision = NDIS_OBJECT_REVISION_1;
    nii.Header.Size = NDIS_SIZEOF_NET_IF_INFORMATION_REVISION_1;
    nii.AccessType = NET_IF_ACCESS_BROADCAST;
    nii.DirectionType = NET_IF_DIRECTION_SENDRECEIVE;
    nii.ConnectionType = NET_IF_CONNECTION_DEDICATED;
    nii.MediaType = NdisMedium802_3;
    return NdisIfRegisterInterface(hProvider, Luid, pPort, &nii, &pPort->IfIndex);
}

VOID
VsProviderRemove(VS_PORT* pPort)
{
    NdisIfDeregisterInterface(pPort->IfIndex);
}
