/* Control devices of NDIS drivers.
 *
 * Pages: nf-ndis-ndisregisterdeviceex, nf-ndis-ndisderegisterdeviceex. */
#include "model.h"

/* Requests to the device come through the dispatch table of the driver object, as everybody's do. */
NDIS_STATUS NdisRegisterDeviceEx(NDIS_HANDLE NdisObjectHandle,
                                 PNDIS_DEVICE_OBJECT_ATTRIBUTES DeviceObjectAttributes,
                                 PDEVICE_OBJECT *pDeviceObject, PNDIS_HANDLE NdisDeviceHandle)
{
    PDRIVER_DISPATCH *from = DeviceObjectAttributes->MajorFunctions;
    PDRIVER_DISPATCH *to = model_driver_object.MajorFunction;

    if (drvlint_choose())
        return model_failure();
    if (from) {
        to[IRP_MJ_CREATE] = from[IRP_MJ_CREATE];
        to[IRP_MJ_CLOSE] = from[IRP_MJ_CLOSE];
        to[IRP_MJ_CLEANUP] = from[IRP_MJ_CLEANUP];
        to[IRP_MJ_READ] = from[IRP_MJ_READ];
        to[IRP_MJ_WRITE] = from[IRP_MJ_WRITE];
        to[IRP_MJ_DEVICE_CONTROL] = from[IRP_MJ_DEVICE_CONTROL];
    }
    *pDeviceObject = model_create_device();
    *NdisDeviceHandle = *pDeviceObject;
    return NDIS_STATUS_SUCCESS;
}

void NdisDeregisterDeviceEx(NDIS_HANDLE NdisDeviceHandle)
{
    if (NdisDeviceHandle == model_device)
        model_device = NULL;
    drvlint_free(NdisDeviceHandle);
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
