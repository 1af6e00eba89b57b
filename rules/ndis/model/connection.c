/* Connection-oriented drivers: the virtual connections of a miniport, and the functions of clients
 * and call managers. Whatever may pend does; the completion handlers of clients and call managers
 * are not called.
 *
 * Pages: nc-ndis-miniport_co_create_vc and its family, connection-oriented-ndis. */
#include "model.h"

struct model_connection model_connection;

/* ---- callbacks of a miniport ---- */

static void create_vc(void)
{
    MINIPORT_CO_CREATE_VC *handler = model_connection.create;
    NDIS_HANDLE adapter = model_adapter.context, vc, context = NULL;
    PNDIS_HANDLE ret_context = &context;
    NDIS_STATUS status;

    if (!handler)
        return;
    vc = drvlint_fresh();
    RUN_FOR_AT_EITHER(status, "MINIPORT_CO_CREATE_VC", handler, adapter, vc, ret_context);
    if (status == NDIS_STATUS_SUCCESS)
        model_connection.vc = context;
}

static void activate_vc(void)
{
    MINIPORT_CO_ACTIVATE_VC *activate = model_connection.activate;
    MINIPORT_CO_DEACTIVATE_VC *deactivate = model_connection.deactivate;
    NDIS_HANDLE vc = model_connection.vc;
    NDIS_STATUS status;

    if (activate && drvlint_choose()) {
        PCO_CALL_PARAMETERS parameters = (PCO_CALL_PARAMETERS)drvlint_fresh();
        RUN_FOR_AT_EITHER(status, "MINIPORT_CO_ACTIVATE_VC", activate, vc, parameters);
    } else if (deactivate && drvlint_choose()) {
        RUN_FOR_AT_EITHER(status, "MINIPORT_CO_DEACTIVATE_VC", deactivate, vc);
    }
}

static void use_vc(void)
{
    MINIPORT_CO_SEND_NET_BUFFER_LISTS *send = model_connection.send;
    MINIPORT_CO_OID_REQUEST *oid_request = model_connection.oid_request;
    NDIS_HANDLE adapter = model_adapter.context, vc = model_connection.vc;
    NDIS_STATUS status;

    if (send && drvlint_choose()) {
        PNET_BUFFER_LIST lists = (PNET_BUFFER_LIST)drvlint_fresh();
        RUN_FLAGGED("MINIPORT_CO_SEND_NET_BUFFER_LISTS", send, vc, lists);
    } else if (oid_request && drvlint_choose()) {
        PNDIS_OID_REQUEST request = (PNDIS_OID_REQUEST)drvlint_fresh();
        RUN_FOR_AT_EITHER(status, "MINIPORT_CO_OID_REQUEST", oid_request, adapter, vc, request);
    }
}

static void delete_vc(void)
{
    MINIPORT_CO_DELETE_VC *handler = model_connection.delete;
    NDIS_HANDLE vc = model_connection.vc;
    NDIS_STATUS status;

    model_connection.vc = NULL;
    if (handler)
        RUN_FOR_AT_EITHER(status, "MINIPORT_CO_DELETE_VC", handler, vc);
}

void model_run_connection(void)
{
    if (!model_connection.vc) {
        create_vc();
        return;
    }
    activate_vc();
    use_vc();
    if (drvlint_choose())
        delete_vc();
}

/* ---- functions ---- */

/* Done, failed, or done later. */
static NDIS_STATUS now_or_later(void)
{
    if (drvlint_choose())
        return NDIS_STATUS_PENDING;
    return model_any_result();
}

#define LATER(name, parameters)                                                                    \
    NDIS_STATUS(name) parameters                                                                   \
    {                                                                                              \
        return now_or_later();                                                                     \
    }
#define OPENS_LATER(name, handle, parameters)                                                      \
    NDIS_STATUS(name) parameters                                                                   \
    {                                                                                              \
        if (drvlint_choose())                                                                      \
            return model_failure();                                                                \
        *(handle) = drvlint_fresh();                                                               \
        return drvlint_choose() ? NDIS_STATUS_PENDING : NDIS_STATUS_SUCCESS;                       \
    }

/* ---- clients ---- */

OPENS_LATER(NdisClAddParty, NdisPartyHandle,
            (NDIS_HANDLE NdisVcHandle, NDIS_HANDLE ProtocolPartyContext,
             PCO_CALL_PARAMETERS CallParameters, PNDIS_HANDLE NdisPartyHandle))
LATER(NdisClCloseAddressFamily, (NDIS_HANDLE NdisAfHandle))
LATER(NdisClCloseCall,
      (NDIS_HANDLE NdisVcHandle, NDIS_HANDLE NdisPartyHandle, PVOID Buffer, UINT Size))
LATER(NdisClDeregisterSap, (NDIS_HANDLE NdisSapHandle))
LATER(NdisClDropParty, (NDIS_HANDLE NdisPartyHandle, PVOID Buffer, UINT Size))
OPENS_HANDLE(NdisClGetProtocolVcContextFromTapiCallId, ProtocolVcContext,
             (UNICODE_STRING TapiCallId, PNDIS_HANDLE ProtocolVcContext))
NO_EFFECT(NdisClIncomingCallComplete,
          (NDIS_STATUS Status, NDIS_HANDLE NdisVcHandle, PCO_CALL_PARAMETERS CallParameters))
OPENS_LATER(NdisClMakeCall, NdisPartyHandle,
            (NDIS_HANDLE NdisVcHandle, PCO_CALL_PARAMETERS CallParameters,
             NDIS_HANDLE ProtocolPartyContext, PNDIS_HANDLE NdisPartyHandle))
LATER(NdisClModifyCallQoS, (NDIS_HANDLE NdisVcHandle, PCO_CALL_PARAMETERS CallParameters))
NO_EFFECT(NdisClNotifyCloseAddressFamilyComplete, (NDIS_HANDLE NdisAfHandle, NDIS_STATUS Status))
OPENS_LATER(NdisClOpenAddressFamilyEx, NdisAfHandle,
            (NDIS_HANDLE NdisBindingHandle, PCO_ADDRESS_FAMILY AddressFamily,
             NDIS_HANDLE ClientAfContext, PNDIS_HANDLE NdisAfHandle))
OPENS_LATER(NdisClRegisterSap, NdisSapHandle,
            (NDIS_HANDLE NdisAfHandle, NDIS_HANDLE ProtocolSapContext, PCO_SAP Sap,
             PNDIS_HANDLE NdisSapHandle))

/* ---- call managers ---- */

LATER(NdisCmActivateVc, (NDIS_HANDLE NdisVcHandle, PCO_CALL_PARAMETERS CallParameters))
NO_EFFECT(NdisCmAddPartyComplete,
          (NDIS_STATUS Status, NDIS_HANDLE NdisPartyHandle, NDIS_HANDLE CallMgrPartyContext,
           PCO_CALL_PARAMETERS CallParameters))
NO_EFFECT(NdisCmCloseAddressFamilyComplete, (NDIS_STATUS Status, NDIS_HANDLE NdisAfHandle))
NO_EFFECT(NdisCmCloseCallComplete,
          (NDIS_STATUS Status, NDIS_HANDLE NdisVcHandle, NDIS_HANDLE NdisPartyHandle))
LATER(NdisCmDeactivateVc, (NDIS_HANDLE NdisVcHandle))
NO_EFFECT(NdisCmDeregisterSapComplete, (NDIS_STATUS Status, NDIS_HANDLE NdisSapHandle))
NO_EFFECT(NdisCmDispatchCallConnected, (NDIS_HANDLE NdisVcHandle))
LATER(NdisCmDispatchIncomingCall,
      (NDIS_HANDLE NdisSapHandle, NDIS_HANDLE NdisVcHandle, PCO_CALL_PARAMETERS CallParameters))
NO_EFFECT(NdisCmDispatchIncomingCallQoSChange,
          (NDIS_HANDLE NdisVcHandle, PCO_CALL_PARAMETERS CallParameters))
NO_EFFECT(NdisCmDispatchIncomingCloseCall,
          (NDIS_STATUS CloseStatus, NDIS_HANDLE NdisVcHandle, PVOID Buffer, UINT Size))
NO_EFFECT(NdisCmDispatchIncomingDropParty,
          (NDIS_STATUS DropStatus, NDIS_HANDLE NdisPartyHandle, PVOID Buffer, UINT Size))
NO_EFFECT(NdisCmDropPartyComplete, (NDIS_STATUS Status, NDIS_HANDLE NdisPartyHandle))
NO_EFFECT(NdisCmMakeCallComplete,
          (NDIS_STATUS Status, NDIS_HANDLE NdisVcHandle, NDIS_HANDLE NdisPartyHandle,
           NDIS_HANDLE CallMgrPartyContext, PCO_CALL_PARAMETERS CallParameters))
NO_EFFECT(NdisCmModifyCallQoSComplete,
          (NDIS_STATUS Status, NDIS_HANDLE NdisVcHandle, PCO_CALL_PARAMETERS CallParameters))
LATER(NdisCmNotifyCloseAddressFamily, (NDIS_HANDLE NdisAfHandle))
NO_EFFECT(NdisCmOpenAddressFamilyComplete,
          (NDIS_STATUS Status, NDIS_HANDLE NdisAfHandle, NDIS_HANDLE CallMgrAfContext))
ANY_STATUS(NdisCmRegisterAddressFamilyEx,
           (NDIS_HANDLE NdisBindingHandle, PCO_ADDRESS_FAMILY AddressFamily))
NO_EFFECT(NdisCmRegisterSapComplete,
          (NDIS_STATUS Status, NDIS_HANDLE NdisSapHandle, NDIS_HANDLE CallMgrSapContext))

/* ---- miniports that are call managers ---- */

LATER(NdisMCmActivateVc, (NDIS_HANDLE NdisVcHandle, PCO_CALL_PARAMETERS CallParameters))
NO_EFFECT(NdisMCmAddPartyComplete,
          (NDIS_STATUS Status, NDIS_HANDLE NdisPartyHandle, NDIS_HANDLE CallMgrPartyContext,
           PCO_CALL_PARAMETERS CallParameters))
NO_EFFECT(NdisMCmCloseAddressFamilyComplete, (NDIS_STATUS Status, NDIS_HANDLE NdisAfHandle))
NO_EFFECT(NdisMCmCloseCallComplete,
          (NDIS_STATUS Status, NDIS_HANDLE NdisVcHandle, NDIS_HANDLE NdisPartyHandle))
OPENS_HANDLE(NdisMCmCreateVc, NdisVcHandle,
             (NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE NdisAfHandle,
              NDIS_HANDLE MiniportVcContext, PNDIS_HANDLE NdisVcHandle))
LATER(NdisMCmDeactivateVc, (NDIS_HANDLE NdisVcHandle))
ANY_STATUS(NdisMCmDeleteVc, (NDIS_HANDLE NdisVcHandle))
NO_EFFECT(NdisMCmDeregisterSapComplete, (NDIS_STATUS Status, NDIS_HANDLE NdisSapHandle))
NO_EFFECT(NdisMCmDispatchCallConnected, (NDIS_HANDLE NdisVcHandle))
LATER(NdisMCmDispatchIncomingCall,
      (NDIS_HANDLE NdisSapHandle, NDIS_HANDLE NdisVcHandle, PCO_CALL_PARAMETERS CallParameters))
NO_EFFECT(NdisMCmDispatchIncomingCallQoSChange,
          (NDIS_HANDLE NdisVcHandle, PCO_CALL_PARAMETERS CallParameters))
NO_EFFECT(NdisMCmDispatchIncomingCloseCall,
          (NDIS_STATUS CloseStatus, NDIS_HANDLE NdisVcHandle, PVOID Buffer, UINT Size))
NO_EFFECT(NdisMCmDispatchIncomingDropParty,
          (NDIS_STATUS DropStatus, NDIS_HANDLE NdisPartyHandle, PVOID Buffer, UINT Size))
NO_EFFECT(NdisMCmDropPartyComplete, (NDIS_STATUS Status, NDIS_HANDLE NdisPartyHandle))
NO_EFFECT(NdisMCmMakeCallComplete,
          (NDIS_STATUS Status, NDIS_HANDLE NdisVcHandle, NDIS_HANDLE NdisPartyHandle,
           NDIS_HANDLE CallMgrPartyContext, PCO_CALL_PARAMETERS CallParameters))
NO_EFFECT(NdisMCmModifyCallQoSComplete,
          (NDIS_STATUS Status, NDIS_HANDLE NdisVcHandle, PCO_CALL_PARAMETERS CallParameters))
LATER(NdisMCmNotifyCloseAddressFamily, (NDIS_HANDLE NdisAfHandle))
LATER(NdisMCmOidRequest, (NDIS_HANDLE NdisAfHandle, NDIS_HANDLE NdisVcHandle,
                          NDIS_HANDLE NdisPartyHandle, PNDIS_OID_REQUEST NdisRequest))
NO_EFFECT(NdisMCmOidRequestComplete,
          (NDIS_HANDLE NdisAfHandle, NDIS_HANDLE NdisVcHandle, NDIS_HANDLE NdisPartyHandle,
           PNDIS_OID_REQUEST OidRequest, NDIS_STATUS Status))
NO_EFFECT(NdisMCmOpenAddressFamilyComplete,
          (NDIS_STATUS Status, NDIS_HANDLE NdisAfHandle, NDIS_HANDLE CallMgrAfContext))
ANY_STATUS(NdisMCmRegisterAddressFamily,
           (NDIS_HANDLE MiniportAdapterHandle, PCO_ADDRESS_FAMILY AddressFamily,
            PNDIS_CALL_MANAGER_CHARACTERISTICS CmCharacteristics, UINT SizeOfCmCharacteristics))
ANY_STATUS(NdisMCmRegisterAddressFamilyEx,
           (NDIS_HANDLE MiniportAdapterHandle, PCO_ADDRESS_FAMILY AddressFamily))
NO_EFFECT(NdisMCmRegisterSapComplete,
          (NDIS_STATUS Status, NDIS_HANDLE NdisSapHandle, NDIS_HANDLE CallMgrSapContext))

/* ---- both ---- */

ANY_STATUS(NdisCoAssignInstanceName,
           (NDIS_HANDLE NdisVcHandle, PNDIS_STRING BaseInstanceName, PNDIS_STRING VcInstanceName))
OPENS_HANDLE(NdisCoCreateVc, NdisVcHandle,
             (NDIS_HANDLE NdisBindingHandle, NDIS_HANDLE NdisAfHandle,
              NDIS_HANDLE ProtocolVcContext, PNDIS_HANDLE NdisVcHandle))
ANY_STATUS(NdisCoDeleteVc, (NDIS_HANDLE NdisVcHandle))
ANY_STATUS(NdisCoGetTapiCallId, (NDIS_HANDLE NdisVcHandle, PVAR_STRING TapiCallId))
LATER(NdisCoOidRequest,
      (NDIS_HANDLE NdisBindingHandle, NDIS_HANDLE NdisAfHandle, NDIS_HANDLE NdisVcHandle,
       NDIS_HANDLE NdisPartyHandle, PNDIS_OID_REQUEST OidRequest))
NO_EFFECT(NdisCoOidRequestComplete,
          (NDIS_HANDLE NdisAfHandle, NDIS_HANDLE NdisVcHandle, NDIS_HANDLE NdisPartyHandle,
           PNDIS_OID_REQUEST OidRequest, NDIS_STATUS Status))
NO_EFFECT(NdisCoSendNetBufferLists,
          (NDIS_HANDLE NdisVcHandle, PNET_BUFFER_LIST NetBufferLists, ULONG SendFlags))

/* ---- miniports ---- */

NO_EFFECT(NdisMCoActivateVcComplete,
          (NDIS_STATUS Status, NDIS_HANDLE NdisVcHandle, PCO_CALL_PARAMETERS CallParameters))
NO_EFFECT(NdisMCoDeactivateVcComplete, (NDIS_STATUS Status, NDIS_HANDLE NdisVcHandle))
NO_EFFECT(NdisMCoIndicateReceiveNetBufferLists,
          (NDIS_HANDLE NdisVcHandle, PNET_BUFFER_LIST NetBufferLists, ULONG NumberOfNetBufferLists,
           ULONG CoReceiveFlags))
NO_EFFECT(NdisMCoIndicateStatusEx, (NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE NdisVcHandle,
                                    PNDIS_STATUS_INDICATION StatusIndication))
NO_EFFECT(NdisMCoOidRequestComplete,
          (NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE NdisMiniportVcHandle,
           PNDIS_OID_REQUEST Request, NDIS_STATUS Status))
NO_EFFECT(NdisMCoSendNetBufferListsComplete,
          (NDIS_HANDLE NdisVcHandle, PNET_BUFFER_LIST NetBufferLists, ULONG SendCompleteFlags))
