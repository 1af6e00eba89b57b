/* Network interfaces. Handles and indices are distinct per registration, even cut to 32 bits.
 *
 * Pages: nf-ndis-ndisifregisterprovider, nf-ndis-ndisifregisterinterface,
 * nf-ndis-ndisifderegisterinterface, nf-ndis-ndisifallocatenetluidindex. */
#include "model.h"

static IFP_QUERY_OBJECT model_query_object;
static IFP_SET_OBJECT model_set_object;
static NDIS_HANDLE model_provider; /* NULL: not registered */
static NDIS_HANDLE model_provider_if_context;

static ULONG fresh_index(void)
{
    return (ULONG)(ULONG_PTR)drvlint_fresh();
}

/* NDIS asks for the objects of an interface. */
void model_run_interface_provider(void)
{
    NDIS_HANDLE context = model_provider_if_context;
    NET_IF_OBJECT_ID object;
    ULONG length;
    PVOID buffer;
    NDIS_STATUS status;

    if (!model_provider)
        return;
    object = (NET_IF_OBJECT_ID)drvlint_any_u32();
    length = drvlint_any_u32();
    buffer = drvlint_fresh();
    if (drvlint_choose()) {
        IFP_QUERY_OBJECT query = model_query_object;
        PULONG ret_length = &length;
        if (query)
            RUN_FOR(status, PASSIVE_LEVEL, "IF_QUERY_OBJECT", query, context, object, ret_length,
                    buffer);
    } else {
        IFP_SET_OBJECT set = model_set_object;
        if (set)
            RUN_FOR(status, PASSIVE_LEVEL, "IF_SET_OBJECT", set, context, object, length, buffer);
    }
}

NDIS_STATUS NdisIfRegisterProvider(PNDIS_IF_PROVIDER_CHARACTERISTICS ProviderCharacteristics,
                                   NDIS_HANDLE IfProviderContext,
                                   PNDIS_HANDLE pNdisIfProviderHandle)
{
    if (drvlint_choose())
        return model_failure();
    model_query_object = ProviderCharacteristics->QueryObjectHandler;
    model_set_object = ProviderCharacteristics->SetObjectHandler;
    model_provider_if_context = IfProviderContext;
    model_provider = drvlint_fresh();
    *pNdisIfProviderHandle = model_provider;
    return NDIS_STATUS_SUCCESS;
}

void NdisIfDeregisterProvider(NDIS_HANDLE NdisProviderHandle)
{
    if (NdisProviderHandle != model_provider)
        return;
    model_provider = NULL;
    model_provider_if_context = NULL;
    model_query_object = NULL;
    model_set_object = NULL;
}

NDIS_STATUS NdisIfRegisterInterface(NDIS_HANDLE NdisProviderHandle, NET_LUID NetLuid,
                                    NDIS_HANDLE ProviderIfContext, PNET_IF_INFORMATION pIfInfo,
                                    PNET_IFINDEX pfIndex)
{
    if (drvlint_choose())
        return model_failure();
    model_provider_if_context = ProviderIfContext;
    *pfIndex = fresh_index();
    return NDIS_STATUS_SUCCESS;
}

void NdisIfDeregisterInterface(NET_IFINDEX ifIndex)
{
}

NDIS_STATUS NdisIfAllocateNetLuidIndex(NET_IFTYPE ifType, PUINT32 pNetLuidIndex)
{
    if (drvlint_choose())
        return model_failure();
    *pNetLuidIndex = fresh_index();
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS NdisIfFreeNetLuidIndex(NET_IFTYPE ifType, UINT32 NetLuidIndex)
{
    return model_any_result();
}

NDIS_STATUS NdisIfAddIfStackEntry(NET_IFINDEX HigherLayerIfIndex, NET_IFINDEX LowerLayerIfIndex)
{
    return model_any_result();
}

void NdisIfDeleteIfStackEntry(NET_IFINDEX HigherLayerIfIndex, NET_IFINDEX LowerLayerIfIndex)
{
}

NDIS_STATUS NdisIfGetInterfaceIndexFromNetLuid(NET_LUID NetLuid, PNET_IFINDEX pIfIndex)
{
    if (drvlint_choose())
        return model_failure();
    *pIfIndex = drvlint_any_u32();
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS NdisIfGetNetLuidFromInterfaceIndex(NET_IFINDEX ifIndex, PNET_LUID pNetLuid)
{
    if (drvlint_choose())
        return model_failure();
    pNetLuid->Value = drvlint_any_u64();
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS NdisIfQueryBindingIfIndex(NDIS_HANDLE NdisBindingHandle, PNET_IFINDEX pBoundIfIndex,
                                      PNET_LUID pBoundIfNetLuid, PNET_IFINDEX pLowestIfIndex,
                                      PNET_LUID pLowestIfNetLuid)
{
    if (drvlint_choose())
        return model_failure();
    *pBoundIfIndex = drvlint_any_u32();
    pBoundIfNetLuid->Value = drvlint_any_u64();
    *pLowestIfIndex = drvlint_any_u32();
    pLowestIfNetLuid->Value = drvlint_any_u64();
    return NDIS_STATUS_SUCCESS;
}
