/* The registry, as NDIS gives access to it. Values are arbitrary.
 *
 * Pages: nf-ndis-ndisopenconfigurationex, nf-ndis-ndisopenconfigurationkeybyname,
 * nf-ndis-ndisreadconfiguration, nf-ndis-ndisreadnetworkaddress, nf-ndis-ndiscloseconfiguration. */
#include "model.h"

NDIS_STATUS NdisOpenConfigurationEx(PNDIS_CONFIGURATION_OBJECT ConfigObject,
                                    PNDIS_HANDLE ConfigurationHandle)
{
    if (drvlint_choose())
        return model_failure();
    *ConfigurationHandle = drvlint_fresh();
    return NDIS_STATUS_SUCCESS;
}

/* What the last of the following two functions has written to its first argument. */
NDIS_STATUS model_key_status;

void NdisOpenConfigurationKeyByName(PNDIS_STATUS Status, NDIS_HANDLE ConfigurationHandle,
                                    PNDIS_STRING SubKeyName, PNDIS_HANDLE SubKeyHandle)
{
    if (drvlint_choose()) {
        *Status = model_failure();
    } else {
        *SubKeyHandle = drvlint_fresh();
        *Status = NDIS_STATUS_SUCCESS;
    }
    model_key_status = *Status;
}

void NdisOpenConfigurationKeyByIndex(PNDIS_STATUS Status, NDIS_HANDLE ConfigurationHandle,
                                     ULONG Index, PNDIS_STRING KeyName, PNDIS_HANDLE KeyHandle)
{
    if (drvlint_choose()) {
        *Status = model_failure();
    } else {
        KeyName->Buffer = (PWSTR)drvlint_fresh();
        KeyName->Length = drvlint_any_u16();
        KeyName->MaximumLength = drvlint_any_u16();
        *KeyHandle = drvlint_fresh();
        *Status = NDIS_STATUS_SUCCESS;
    }
    model_key_status = *Status;
}

void NdisCloseConfiguration(NDIS_HANDLE ConfigurationHandle)
{
    drvlint_free(ConfigurationHandle);
}

void NdisReadConfiguration(PNDIS_STATUS Status, PNDIS_CONFIGURATION_PARAMETER *ParameterValue,
                           NDIS_HANDLE ConfigurationHandle, PNDIS_STRING Keyword,
                           NDIS_PARAMETER_TYPE ParameterType)
{
    if (drvlint_choose()) {
        *Status = model_failure();
    } else {
        *ParameterValue = (PNDIS_CONFIGURATION_PARAMETER)drvlint_fresh();
        *Status = NDIS_STATUS_SUCCESS;
    }
}

void NdisWriteConfiguration(PNDIS_STATUS Status, NDIS_HANDLE ConfigurationHandle,
                            PNDIS_STRING Keyword, PNDIS_CONFIGURATION_PARAMETER ParameterValue)
{
    *Status = model_any_result();
}

void NdisReadNetworkAddress(PNDIS_STATUS Status, PVOID *NetworkAddress, PUINT NetworkAddressLength,
                            NDIS_HANDLE ConfigurationHandle)
{
    if (drvlint_choose()) {
        *Status = model_failure();
    } else {
        *NetworkAddress = drvlint_fresh();
        *NetworkAddressLength = drvlint_any_u32();
        *Status = NDIS_STATUS_SUCCESS;
    }
}

/* ---- names ---- */

static NDIS_STATUS instance_name(PNDIS_STRING name)
{
    if (drvlint_choose())
        return model_failure();
    name->Buffer = (PWSTR)drvlint_fresh();
    name->Length = drvlint_any_u16();
    name->MaximumLength = drvlint_any_u16();
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS NdisMQueryAdapterInstanceName(PNDIS_STRING pAdapterInstanceName,
                                          NDIS_HANDLE MiniportHandle)
{
    return instance_name(pAdapterInstanceName);
}

NDIS_STATUS NdisQueryAdapterInstanceName(PNDIS_STRING pAdapterInstanceName,
                                         NDIS_HANDLE NdisBindingHandle)
{
    return instance_name(pAdapterInstanceName);
}

/* The buffer is a member of what the argument points at, where the patterns of rules do not reach: it
 * is told by an event of its own. */
NDIS_STATUS NdisQueryBindInstanceName(PNDIS_STRING pAdapterInstanceName, NDIS_HANDLE BindingContext)
{
    NDIS_STATUS status = instance_name(pAdapterInstanceName);

    if (status == NDIS_STATUS_SUCCESS) {
        drvlint_enter("INSTANCE_NAME", pAdapterInstanceName->Buffer);
        drvlint_leave("INSTANCE_NAME");
    }
    return status;
}
