// Two registrations; the one that is there is taken back when the other one fails.

#include <ndis.h>

static NDIS_HANDLE Protocol;
static NDIS_HANDLE Second;
static PROTOCOL_UNINSTALL Uninstall;
static DRIVER_UNLOAD Unload;

static VOID Uninstall(VOID)
{
    DbgPrint("uninstalled\n");
}

static VOID Unload(PDRIVER_OBJECT Object)
{
    UNREFERENCED_PARAMETER(Object);
    NdisDeregisterProtocolDriver(Second);
    NdisDeregisterProtocolDriver(Protocol);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Object, PUNICODE_STRING Path)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS Characteristics;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(Path);
    NdisZeroMemory(&Characteristics, sizeof(Characteristics));
    Characteristics.Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;
    Characteristics.Header.Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Characteristics.Header.Size = sizeof(Characteristics);
    Characteristics.MajorNdisVersion = 6;
    Characteristics.UninstallHandler = Uninstall;
    NdisInitUnicodeString(&Characteristics.Name, L"SAMPLE");
    Object->DriverUnload = Unload;
    Status = NdisRegisterProtocolDriver(NULL, &Characteristics, &Protocol);
    if (Status != NDIS_STATUS_SUCCESS)
        return Status;
    Status = NdisRegisterProtocolDriver(NULL, &Characteristics, &Second);
    if (Status != NDIS_STATUS_SUCCESS)
        NdisDeregisterProtocolDriver(Protocol);
    return Status;
}
