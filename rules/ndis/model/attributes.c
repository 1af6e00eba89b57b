/* Attributes that establish contexts.
 *
 * Pages: nf-ndis-ndismsetminiportattributes, nf-ndis-ndisfsetattributes. */
#include "model.h"

BOOLEAN model_native_wifi;
UCHAR model_attributes;

NDIS_STATUS NdisMSetMiniportAttributes(NDIS_HANDLE NdisMiniportHandle,
                                       PNDIS_MINIPORT_ADAPTER_ATTRIBUTES MiniportAttributes)
{
    UCHAR type = MiniportAttributes->RegistrationAttributes.Header.Type;

    model_attributes = type;
    if (drvlint_choose())
        return model_failure();
    if (type == NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES)
        model_adapter.context = MiniportAttributes->RegistrationAttributes.MiniportAdapterContext;
    else if (type == NDIS_OBJECT_TYPE_MINIPORT_ADD_DEVICE_REGISTRATION_ATTRIBUTES)
        model_adapter.add_device_context =
            MiniportAttributes->AddDeviceRegistrationAttributes.MiniportAddDeviceContext;
    else if (type == NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_NATIVE_802_11_ATTRIBUTES)
        model_native_wifi = TRUE;
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS NdisFSetAttributes(NDIS_HANDLE NdisFilterHandle, NDIS_HANDLE FilterModuleContext,
                               PNDIS_FILTER_ATTRIBUTES FilterAttributes)
{
    if (drvlint_choose())
        return model_failure();
    model_module.context = FilterModuleContext;
    return NDIS_STATUS_SUCCESS;
}
