// DriverEntry fails after the registration, which it takes back.

#include <ndis.h>

static NDIS_HANDLE Protocol;
static PVOID Table;
static PROTOCOL_UNINSTALL Uninstall;
static DRIVER_UNLOAD Unload;

static VOID Uninstall(VOID)
{
    DbgPrint("uninstalled\n");
}

static VOID Unload(PDRIVER_OBJECT Object)
{
    UNREFERENCED_PARAMETER(Object);
    NdisDeregisterProtocolDriver(Protocol);
    ExFreePoolWithTag(Table, 'lbaT');
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
    Table = ExAllocatePoolWithTag(NonPagedPool, 1024, 'lbaT');
    if (Table == NULL) {
        NdisDeregisterProtocolDriver(Protocol);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    return STATUS_SUCCESS;
}
