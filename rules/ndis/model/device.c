/* Control devices of NDIS drivers.
 *
 * Pages: nf-ndis-ndisregisterdeviceex, nf-ndis-ndisderegisterdeviceex. */
#include "model.h"

/* Requests to the device come through the dispatch table of the driver object, as everybody's do.
 */
static PDEVICE_OBJECT register_device(PDRIVER_DISPATCH *dispatch)
{
    PDRIVER_DISPATCH *to = model_driver_object.MajorFunction;

    if (dispatch) {
        to[IRP_MJ_CREATE] = dispatch[IRP_MJ_CREATE];
        to[IRP_MJ_CLOSE] = dispatch[IRP_MJ_CLOSE];
        to[IRP_MJ_CLEANUP] = dispatch[IRP_MJ_CLEANUP];
        to[IRP_MJ_READ] = dispatch[IRP_MJ_READ];
        to[IRP_MJ_WRITE] = dispatch[IRP_MJ_WRITE];
        to[IRP_MJ_DEVICE_CONTROL] = dispatch[IRP_MJ_DEVICE_CONTROL];
    }
    return model_create_device();
}

NDIS_STATUS NdisRegisterDeviceEx(NDIS_HANDLE NdisObjectHandle,
                                 PNDIS_DEVICE_OBJECT_ATTRIBUTES DeviceObjectAttributes,
                                 PDEVICE_OBJECT *pDeviceObject, PNDIS_HANDLE NdisDeviceHandle)
{
    if (drvlint_choose())
        return model_failure();
    *pDeviceObject = register_device(DeviceObjectAttributes->MajorFunctions);
    *NdisDeviceHandle = *pDeviceObject;
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS NdisMRegisterDevice(NDIS_HANDLE NdisWrapperHandle, PNDIS_STRING DeviceName,
                                PNDIS_STRING SymbolicName, PDRIVER_DISPATCH *MajorFunctions,
                                PDEVICE_OBJECT *pDeviceObject, PNDIS_HANDLE NdisDeviceHandle)
{
    if (drvlint_choose())
        return model_failure();
    *pDeviceObject = register_device(MajorFunctions);
    *NdisDeviceHandle = *pDeviceObject;
    return NDIS_STATUS_SUCCESS;
}

static void deregister_device(NDIS_HANDLE device)
{
    if (device == model_device)
        model_device = NULL;
    drvlint_free(device);
}

void NdisDeregisterDeviceEx(NDIS_HANDLE NdisDeviceHandle)
{
    deregister_device(NdisDeviceHandle);
}

NDIS_STATUS NdisMDeregisterDevice(NDIS_HANDLE NdisDeviceHandle)
{
    deregister_device(NdisDeviceHandle);
    return NDIS_STATUS_SUCCESS;
}

PVOID NdisGetDeviceReservedExtension(PDEVICE_OBJECT DeviceObject)
{
    return DeviceObject->DeviceExtension;
}

NDIS_STATUS NdisEnumerateFilterModules(NDIS_HANDLE NdisHandle, PVOID InterfaceBuffer,
                                       ULONG InterfaceBufferLength, PULONG BytesNeeded,
                                       PULONG BytesWritten)
{
    drvlint_havoc(InterfaceBuffer, InterfaceBufferLength);
    *BytesNeeded = drvlint_any_u32();
    *BytesWritten = drvlint_any_u32();
    return model_any_result();
}
