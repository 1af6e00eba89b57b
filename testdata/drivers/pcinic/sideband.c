/* The management controller of the chip has a port of its own on the wire. The driver shows it to the
 * system as a network interface of its own, so that it is counted and managed like others. */
#include "nic.h"

static NDIS_STATUS
NicSidebandQuery(
    NDIS_HANDLE ProviderIfContext,
    NET_IF_OBJECT_ID ObjectId,
    PULONG pOutputBufferLength,
    PVOID pOutputBuffer
    )
{
    UNREFERENCED_PARAMETER(ProviderIfContext);
    UNREFERENCED_PARAMETER(ObjectId);
    UNREFERENCED_PARAMETER(pOutputBuffer);

    /* What the system keeps itself is all there is. */
    *pOutputBufferLength = 0;
    return NDIS_STATUS_NOT_SUPPORTED;
}

static NDIS_STATUS
NicSidebandSet(
    NDIS_HANDLE ProviderIfContext,
    NET_IF_OBJECT_ID ObjectId,
    ULONG InputBufferLength,
    PVOID pInputBuffer
    )
{
    UNREFERENCED_PARAMETER(ProviderIfContext);
    UNREFERENCED_PARAMETER(ObjectId);
    UNREFERENCED_PARAMETER(InputBufferLength);
    UNREFERENCED_PARAMETER(pInputBuffer);

    return NDIS_STATUS_NOT_SUPPORTED;
}

static NDIS_STATUS
NicSidebandProvide(
    PNIC_ADAPTER Adapter
    )
{
    NDIS_IF_PROVIDER_CHARACTERISTICS Chars;
    NDIS_STATUS Status;

    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    Chars.Header.Revision = NDIS_OBJECT_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_IF_PROVIDER_CHARACTERISTICS_REVISION_1;
    Chars.QueryObjectHandler = NicSidebandQuery;
    Chars.SetObjectHandler = NicSidebandSet;
    Status = NdisIfRegisterProvider(&Chars, Adapter, &Adapter->IfProvider);
    if (Status == NDIS_STATUS_SUCCESS)
    {
        Adapter->Has |= NIC_HAS_IF_PROVIDER;
    }
    return Status;
}

NDIS_STATUS
NicSidebandShow(
    PNIC_ADAPTER Adapter
    )
{
    NET_IF_INFORMATION Information;
    NDIS_STATUS Status;
    NET_LUID Luid;

    Status = NicSidebandProvide(Adapter);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        return Status;
    }
    Status = NdisIfAllocateNetLuidIndex(IF_TYPE_ETHERNET_CSMACD, &Adapter->IfLuidIndex);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        return Status;
    }
    Adapter->Has |= NIC_HAS_IF_LUID;

    Luid.Value = 0;
    Luid.Info.IfType = IF_TYPE_ETHERNET_CSMACD;
    Luid.Info.NetLuidIndex = Adapter->IfLuidIndex;
    NdisZeroMemory(&Information, sizeof(Information));
    Information.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    Information.Header.Revision = NDIS_OBJECT_REVISION_1;
    Information.Header.Size = NDIS_SIZEOF_NET_IF_INFORMATION_REVISION_1;
    Information.AccessType = NET_IF_ACCESS_BROADCAST;
    Information.DirectionType = NET_IF_DIRECTION_SENDRECEIVE;
    Information.ConnectionType = NET_IF_CONNECTION_DEDICATED;
    Information.ifConnectorPresent = FALSE;
    Information.MediaType = NdisMedium802_3;
    Information.PhysicalMediumType = NdisPhysicalMedium802_3;
    Status = NdisIfRegisterInterface(Adapter->IfProvider, Luid, Adapter, &Information,
                                     &Adapter->IfIndex);
    if (Status == NDIS_STATUS_SUCCESS)
    {
        Adapter->Has |= NIC_HAS_IF;
    }
    return Status;
}

VOID
NicSidebandHide(
    PNIC_ADAPTER Adapter
    )
{
    if (Adapter->Has & NIC_HAS_IF)
    {
        NdisIfDeregisterInterface(Adapter->IfIndex);
    }
    if (Adapter->Has & NIC_HAS_IF_LUID)
    {
        NdisIfFreeNetLuidIndex(IF_TYPE_ETHERNET_CSMACD, Adapter->IfLuidIndex);
    }
    if (Adapter->Has & NIC_HAS_IF_PROVIDER)
    {
        NdisIfDeregisterProvider(Adapter->IfProvider);
    }
    Adapter->Has &= ~(NIC_HAS_IF | NIC_HAS_IF_LUID | NIC_HAS_IF_PROVIDER);
}
