// The handlers are taken back when the driver is unloaded.

#include <ndis.h>

static NDIS_HANDLE Protocol;
static PROTOCOL_UNINSTALL Uninstall;
static DRIVER_UNLOAD Unload;

static VOID Uninstall(VOID)
{
    DbgPrint("uninstalled\n");
}

static VOID Unload(PDRIVER_OBJECT Object)
{
    UNREFERENCED_PARAMETER(Object);
    if (Protocol != NULL)
        NdisDeregisterProtocolDriver(Protocol);
    Protocol = NULL;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Object, PUNICODE_STRING Path)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS Characteristics;

    UNREFERENCED_PARAMETER(Path);
    NdisZeroMemory(&Characteristics, sizeof(Characteristics));
    Characteristics.Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;
    Characteristics.Header.Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Characteristics.Header.Size = sizeof(Characteristics);
    Characteristics.MajorNdisVersion = 6;
    Characteristics.UninstallHandler = Uninstall;
    NdisInitUnicodeString(&Characteristics.Name, L"SAMPLE");
    Object->DriverUnload = Unload;
    return NdisRegisterProtocolDriver(NULL, &Characteristics, &Protocol);
}
