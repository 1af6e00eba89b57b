/* What the extensible switch does for its extensions. It calls nothing back.
 *
 * Pages: nf-ndis-ndisfgetoptionalswitchhandlers, ns-ndis-_ndis_switch_optional_handlers. */
#include "model.h"

static NDIS_STATUS switch_allocate_context(NDIS_SWITCH_CONTEXT context, PNET_BUFFER_LIST list)
{
    return model_any_result();
}

static void switch_free_context(NDIS_SWITCH_CONTEXT context, PNET_BUFFER_LIST list)
{
}

static NDIS_STATUS switch_set_source(NDIS_SWITCH_CONTEXT context, PNET_BUFFER_LIST list,
                                     NDIS_SWITCH_PORT_ID port, NDIS_SWITCH_NIC_INDEX nic)
{
    return model_any_result();
}

static NDIS_STATUS switch_add_destination(NDIS_SWITCH_CONTEXT context, PNET_BUFFER_LIST list,
                                          PNDIS_SWITCH_PORT_DESTINATION destination)
{
    return model_any_result();
}

static NDIS_STATUS
switch_grow_destinations(NDIS_SWITCH_CONTEXT context, PNET_BUFFER_LIST list, UINT32 count,
                         PNDIS_SWITCH_FORWARDING_DESTINATION_ARRAY *destinations)
{
    if (drvlint_choose())
        return model_failure();
    *destinations = (PNDIS_SWITCH_FORWARDING_DESTINATION_ARRAY)drvlint_fresh();
    return NDIS_STATUS_SUCCESS;
}

static void switch_get_destinations(NDIS_SWITCH_CONTEXT context, PNET_BUFFER_LIST list,
                                    PNDIS_SWITCH_FORWARDING_DESTINATION_ARRAY *destinations)
{
    *destinations = (PNDIS_SWITCH_FORWARDING_DESTINATION_ARRAY)drvlint_fresh();
}

static NDIS_STATUS
switch_update_destinations(NDIS_SWITCH_CONTEXT context, PNET_BUFFER_LIST list, UINT32 count,
                           PNDIS_SWITCH_FORWARDING_DESTINATION_ARRAY destinations)
{
    return model_any_result();
}

static NDIS_STATUS switch_copy_info(NDIS_SWITCH_CONTEXT context, PNET_BUFFER_LIST to,
                                    PNET_BUFFER_LIST from, UINT32 flags)
{
    return model_any_result();
}

static NDIS_STATUS switch_reference_nic(NDIS_SWITCH_CONTEXT context, NDIS_SWITCH_PORT_ID port,
                                        NDIS_SWITCH_NIC_INDEX nic)
{
    return model_any_result();
}

static NDIS_STATUS switch_reference_port(NDIS_SWITCH_CONTEXT context, NDIS_SWITCH_PORT_ID port)
{
    return model_any_result();
}

static void switch_report_filtered(NDIS_SWITCH_CONTEXT context, PUNICODE_STRING extension,
                                   PCUNICODE_STRING name, NDIS_SWITCH_PORT_ID port, ULONG flags,
                                   ULONG count, PNET_BUFFER_LIST lists, PUNICODE_STRING reason)
{
}

static NDIS_STATUS switch_set_context(NDIS_SWITCH_CONTEXT context, PNET_BUFFER_LIST list,
                                      PNDIS_SWITCH_NET_BUFFER_LIST_CONTEXT_TYPE_INFO type,
                                      PVOID value)
{
    return model_any_result();
}

static PVOID switch_get_context(NDIS_SWITCH_CONTEXT context, PNET_BUFFER_LIST list,
                                PNDIS_SWITCH_NET_BUFFER_LIST_CONTEXT_TYPE_INFO type)
{
    return drvlint_any_pointer();
}

/* Fails for a module that is not in a switch. */
NDIS_STATUS NdisFGetOptionalSwitchHandlers(NDIS_HANDLE NdisFilterHandle,
                                           PNDIS_SWITCH_CONTEXT NdisSwitchContext,
                                           PNDIS_SWITCH_OPTIONAL_HANDLERS NdisSwitchHandlers)
{
    if (drvlint_choose())
        return model_failure();
    *NdisSwitchContext = drvlint_fresh();
    NdisSwitchHandlers->AllocateNetBufferListForwardingContext = switch_allocate_context;
    NdisSwitchHandlers->FreeNetBufferListForwardingContext = switch_free_context;
    NdisSwitchHandlers->SetNetBufferListSource = switch_set_source;
    NdisSwitchHandlers->AddNetBufferListDestination = switch_add_destination;
    NdisSwitchHandlers->GrowNetBufferListDestinations = switch_grow_destinations;
    NdisSwitchHandlers->GetNetBufferListDestinations = switch_get_destinations;
    NdisSwitchHandlers->UpdateNetBufferListDestinations = switch_update_destinations;
    NdisSwitchHandlers->CopyNetBufferListInfo = switch_copy_info;
    NdisSwitchHandlers->ReferenceSwitchNic = switch_reference_nic;
    NdisSwitchHandlers->DereferenceSwitchNic = switch_reference_nic;
    NdisSwitchHandlers->ReferenceSwitchPort = switch_reference_port;
    NdisSwitchHandlers->DereferenceSwitchPort = switch_reference_port;
    NdisSwitchHandlers->ReportFilteredNetBufferLists = switch_report_filtered;
    if (NdisSwitchHandlers->Header.Revision >= NDIS_SWITCH_OPTIONAL_HANDLERS_REVISION_2) {
        NdisSwitchHandlers->SetNetBufferListSwitchContext = switch_set_context;
        NdisSwitchHandlers->GetNetBufferListSwitchContext = switch_get_context;
    }
    return NDIS_STATUS_SUCCESS;
}
