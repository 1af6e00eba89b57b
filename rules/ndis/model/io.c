/* Hardware resources: mapped registers, ports, bus data, files and logs.
 *
 * Pages: nf-ndis-ndismmapiospace, nf-ndis-ndismregisterioportrange, nf-ndis-ndismgetbusdata,
 * nf-ndis-ndisopenfile, nf-ndis-ndismcreatelog. */
#include "model.h"

/* On failure the address is NULL. */
NDIS_STATUS NdisMMapIoSpace(PVOID *VirtualAddress, NDIS_HANDLE MiniportAdapterHandle,
                            NDIS_PHYSICAL_ADDRESS PhysicalAddress, UINT Length)
{
    if (drvlint_choose()) {
        *VirtualAddress = NULL;
        return model_failure();
    }
    *VirtualAddress = drvlint_fresh_device();
    return NDIS_STATUS_SUCCESS;
}

void NdisMUnmapIoSpace(NDIS_HANDLE MiniportAdapterHandle, PVOID VirtualAddress, UINT Length)
{
    drvlint_free(VirtualAddress);
}

NDIS_STATUS NdisMRegisterIoPortRange(PVOID *PortOffset, NDIS_HANDLE MiniportAdapterHandle,
                                     UINT InitialPort, UINT NumberOfPorts)
{
    if (drvlint_choose())
        return model_failure();
    *PortOffset = drvlint_fresh();
    return NDIS_STATUS_SUCCESS;
}

void NdisMDeregisterIoPortRange(NDIS_HANDLE MiniportAdapterHandle, UINT InitialPort,
                                UINT NumberOfPorts, PVOID PortOffset)
{
    drvlint_free(PortOffset);
}

ULONG NdisMGetBusData(NDIS_HANDLE NdisMiniportHandle, ULONG WhichSpace, ULONG Offset, PVOID Buffer,
                      ULONG Length)
{
    drvlint_havoc(Buffer, Length);
    return drvlint_any_u32();
}

ULONG NdisMSetBusData(NDIS_HANDLE NdisMiniportHandle, ULONG WhichSpace, ULONG Offset, PVOID Buffer,
                      ULONG Length)
{
    return drvlint_any_u32();
}

void NdisMGetDeviceProperty(NDIS_HANDLE MiniportAdapterHandle, PDEVICE_OBJECT *PhysicalDeviceObject,
                            PDEVICE_OBJECT *FunctionalDeviceObject,
                            PDEVICE_OBJECT *NextDeviceObject, PCM_RESOURCE_LIST *AllocatedResources,
                            PCM_RESOURCE_LIST *AllocatedResourcesTranslated)
{
    if (PhysicalDeviceObject)
        *PhysicalDeviceObject = (PDEVICE_OBJECT)drvlint_fresh();
    if (FunctionalDeviceObject)
        *FunctionalDeviceObject = (PDEVICE_OBJECT)drvlint_fresh();
    if (NextDeviceObject)
        *NextDeviceObject = (PDEVICE_OBJECT)drvlint_fresh();
    if (AllocatedResources)
        *AllocatedResources = (PCM_RESOURCE_LIST)drvlint_any_pointer();
    if (AllocatedResourcesTranslated)
        *AllocatedResourcesTranslated = (PCM_RESOURCE_LIST)drvlint_any_pointer();
}

/* ---- files ---- */

void NdisOpenFile(PNDIS_STATUS Status, PNDIS_HANDLE FileHandle, PUINT FileLength,
                  PNDIS_STRING FileName, NDIS_PHYSICAL_ADDRESS HighestAcceptableAddress)
{
    if (drvlint_choose()) {
        *Status = model_failure();
    } else {
        *FileHandle = drvlint_fresh();
        *FileLength = drvlint_any_u32();
        *Status = NDIS_STATUS_SUCCESS;
    }
}

void NdisCloseFile(NDIS_HANDLE FileHandle)
{
    drvlint_free(FileHandle);
}

void NdisMapFile(PNDIS_STATUS Status, PVOID *MappedBuffer, NDIS_HANDLE FileHandle)
{
    if (drvlint_choose()) {
        *Status = model_failure();
    } else {
        *MappedBuffer = drvlint_fresh();
        *Status = NDIS_STATUS_SUCCESS;
    }
}

void NdisUnmapFile(NDIS_HANDLE FileHandle)
{
}

/* ---- logs ---- */

NDIS_STATUS NdisMCreateLog(NDIS_HANDLE MiniportAdapterHandle, UINT Size, PNDIS_HANDLE LogHandle)
{
    if (drvlint_choose())
        return model_failure();
    *LogHandle = drvlint_fresh();
    return NDIS_STATUS_SUCCESS;
}

void NdisMCloseLog(NDIS_HANDLE LogHandle)
{
    drvlint_free(LogHandle);
}

NDIS_STATUS NdisMWriteLogData(NDIS_HANDLE LogHandle, PVOID LogBuffer, UINT LogBufferSize)
{
    return model_any_result();
}

void NdisMFlushLog(NDIS_HANDLE LogHandle)
{
}

void NdisWriteErrorLogEntry(NDIS_HANDLE NdisAdapterHandle, NDIS_ERROR_CODE ErrorCode,
                            ULONG NumberOfErrorValues, ...)
{
}

NDIS_STATUS NdisWriteEventLogEntry(PVOID LogHandle, NDIS_STATUS EventCode, ULONG UniqueEventValue,
                                   USHORT NumStrings, PVOID StringsList, ULONG DataSize, PVOID Data)
{
    return model_any_result();
}
