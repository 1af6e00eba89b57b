// The options handler insists on its own handles and succeeds; unload deregisters the driver.

#include <ndis.h>

FILTER_SET_OPTIONS CmpSetOptions;
FILTER_ATTACH CmpAttach;
FILTER_DETACH CmpDetach;
FILTER_RESTART CmpRestart;
FILTER_PAUSE CmpPause;
DRIVER_UNLOAD CmpUnload;

NDIS_HANDLE CmpDriver;
PDRIVER_OBJECT CmpObject;
LONG CmpRunning;

/* Refuses handles that are not the driver's own: the registration has written CmpDriver by now. */
_Use_decl_annotations_
NDIS_STATUS
CmpSetOptions(NDIS_HANDLE NdisDriverHandle, NDIS_HANDLE DriverContext)
{
    if (NdisDriverHandle != CmpDriver || DriverContext != (NDIS_HANDLE)CmpObject)
    {
        return NDIS_STATUS_INVALID_PARAMETER;
    }
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
NDIS_STATUS
CmpAttach(NDIS_HANDLE NdisFilterHandle, NDIS_HANDLE FilterDriverContext,
          PNDIS_FILTER_ATTACH_PARAMETERS AttachParameters)
{
    NDIS_FILTER_ATTRIBUTES Attributes;

    if (AttachParameters->MiniportMediaType != NdisMedium802_3)
    {
        return NDIS_STATUS_INVALID_PARAMETER;
    }
    NdisZeroMemory(&Attributes, sizeof(Attributes));
    Attributes.Header.Type = NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES;
    Attributes.Header.Revision = NDIS_FILTER_ATTRIBUTES_REVISION_1;
    Attributes.Header.Size = NDIS_SIZEOF_FILTER_ATTRIBUTES_REVISION_1;
    return NdisFSetAttributes(NdisFilterHandle, FilterDriverContext, &Attributes);
}

_Use_decl_annotations_
VOID
CmpDetach(NDIS_HANDLE FilterModuleContext)
{
    UNREFERENCED_PARAMETER(FilterModuleContext);
}

_Use_decl_annotations_
NDIS_STATUS
CmpRestart(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(FilterModuleContext);
    UNREFERENCED_PARAMETER(RestartParameters);
    NdisInterlockedIncrement(&CmpRunning);
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
NDIS_STATUS
CmpPause(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(FilterModuleContext);
    UNREFERENCED_PARAMETER(PauseParameters);
    NdisInterlockedDecrement(&CmpRunning);
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
VOID
CmpUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(CmpDriver);
}

NTSTATUS
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS Chars;
    NDIS_STRING Name = RTL_CONSTANT_STRING(L"Compare");
    NDIS_STRING Unique = RTL_CONSTANT_STRING(L"{3c0e2c52-7d0e-4f0b-8c5e-0a5f0f1d7b21}");

    UNREFERENCED_PARAMETER(RegistryPath);
    CmpObject = DriverObject;
    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_FILTER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_1;
    Chars.MajorNdisVersion = 6;
    Chars.FriendlyName = Name;
    Chars.UniqueName = Unique;
    Chars.ServiceName = Name;
    Chars.SetOptionsHandler = CmpSetOptions;
    Chars.AttachHandler = CmpAttach;
    Chars.DetachHandler = CmpDetach;
    Chars.RestartHandler = CmpRestart;
    Chars.PauseHandler = CmpPause;
    DriverObject->DriverUnload = CmpUnload;
    return NdisFRegisterFilterDriver(DriverObject, (NDIS_HANDLE)DriverObject, &Chars, &CmpDriver);
}
