/* What ntddk.h adds to wdm.h: device types, control codes, versions, bus data. */
#ifndef DRVLINT_NTDDK_H
#define DRVLINT_NTDDK_H

#define _NTDDK_
#include "wdm.h"

EXTERN_C_START

#define CTL_CODE(DeviceType, Function, Method, Access) \
    ((DeviceType) << 16 | (Access) << 14 | (Function) << 2 | (Method))
#define DEVICE_TYPE_FROM_CTL_CODE(ctrlCode) (((ULONG)((ctrlCode) & 0xffff0000)) >> 16)
#define METHOD_FROM_CTL_CODE(ctrlCode) ((ULONG)((ctrlCode) & 3))

#define METHOD_BUFFERED   0
#define METHOD_IN_DIRECT  1
#define METHOD_OUT_DIRECT 2
#define METHOD_NEITHER    3
#define FILE_ANY_ACCESS     0
#define FILE_SPECIAL_ACCESS FILE_ANY_ACCESS
#define FILE_READ_ACCESS    0x0001
#define FILE_WRITE_ACCESS   0x0002

typedef ULONG DEVICE_TYPE;
#define FILE_DEVICE_BEEP             0x00000001
#define FILE_DEVICE_CONTROLLER       0x00000004
#define FILE_DEVICE_DISK             0x00000007
#define FILE_DEVICE_NAMED_PIPE       0x00000011
#define FILE_DEVICE_NETWORK          0x00000012
#define FILE_DEVICE_NULL             0x00000015
#define FILE_DEVICE_PHYSICAL_NETCARD 0x00000017
#define FILE_DEVICE_SERIAL_PORT      0x0000001b
#define FILE_DEVICE_TRANSPORT        0x00000021
#define FILE_DEVICE_UNKNOWN          0x00000022
#define FILE_DEVICE_BUS_EXTENDER     0x0000002a
#define FILE_DEVICE_ACPI             0x00000032

#define DO_VERIFY_VOLUME       0x00000002
#define DO_BUFFERED_IO         0x00000004
#define DO_EXCLUSIVE           0x00000008
#define DO_DIRECT_IO           0x00000010
#define DO_MAP_IO_BUFFER       0x00000020
#define DO_DEVICE_INITIALIZING 0x00000080
#define DO_SHUTDOWN_REGISTERED 0x00000800
#define DO_BUS_ENUMERATED_DEVICE 0x00001000
#define DO_POWER_PAGABLE       0x00002000
#define DO_POWER_INRUSH        0x00004000

#define IO_NO_INCREMENT      0
#define IO_DISK_INCREMENT    1
#define IO_NETWORK_INCREMENT 2
#define IO_SERIAL_INCREMENT  2

typedef struct _OSVERSIONINFOEXW {
    ULONG dwOSVersionInfoSize;
    ULONG dwMajorVersion;
    ULONG dwMinorVersion;
    ULONG dwBuildNumber;
    ULONG dwPlatformId;
    WCHAR szCSDVersion[128];
    USHORT wServicePackMajor;
    USHORT wServicePackMinor;
    USHORT wSuiteMask;
    UCHAR wProductType;
    UCHAR wReserved;
} RTL_OSVERSIONINFOEXW, *PRTL_OSVERSIONINFOEXW;

typedef enum _BUS_DATA_TYPE {
    ConfigurationSpaceUndefined = -1,
    Cmos,
    EisaConfiguration,
    Pos,
    CbusConfiguration,
    PCIConfiguration,
    VMEConfiguration,
    NuBusConfiguration,
    PCMCIAConfiguration,
    MPIConfiguration,
    MPSAConfiguration,
    PNPISAConfiguration,
    SgiInternalConfiguration,
    MaximumBusDataType,
} BUS_DATA_TYPE, *PBUS_DATA_TYPE;

enum PCI_EXPRESS_POWER_STATE {
    PowerOn,
    PowerOff,
};

#define IRP_MN_KERNEL_CALL 4
#define VER_GREATER_EQUAL  3
#define VER_MAJORVERSION   2
#define VER_MINORVERSION   1

#define VER_EQUAL         1
#define VER_GREATER       2
#define VER_LESS          4
#define VER_LESS_EQUAL    5
#define VER_BUILDNUMBER   0x0000004
#define VER_PLATFORMID    0x0000008
#define VER_SERVICEPACKMAJOR 0x0000020
#define VER_PRODUCT_TYPE  0x0000080

ULONGLONG VerSetConditionMask(ULONGLONG ConditionMask, ULONG TypeMask, UCHAR Condition);
#define VER_SET_CONDITION(Mask, Type, Condition) \
    ((Mask) = VerSetConditionMask((Mask), (Type), (Condition)))

#define PsGetCurrentProcess IoGetCurrentProcess
#define RtlGetCallersAddress(CallersAddress, CallersCaller) \
    do { \
        *(CallersAddress) = (PVOID)_ReturnAddress(); \
        *(CallersCaller) = NULL; \
    } while (0)

typedef void (*PCREATE_PROCESS_NOTIFY_ROUTINE)(HANDLE ParentId, HANDLE ProcessId, BOOLEAN Create);

NTSTATUS PsSetCreateProcessNotifyRoutine(PCREATE_PROCESS_NOTIFY_ROUTINE NotifyRoutine,
    BOOLEAN Remove);

DECLSPEC_NORETURN void KeBugCheck(ULONG BugCheckCode);

PGENERIC_MAPPING IoGetFileObjectGenericMapping(void);
ULONG KeGetCurrentProcessorNumber(void);
KIRQL KeRaiseIrqlToDpcLevel(void);
KIRQL KeRaiseIrqlToSynchLevel(void);
BOOLEAN MmIsAddressValid(PVOID VirtualAddress);
NTSTATUS RtlVerifyVersionInfo(
    PRTL_OSVERSIONINFOEXW VersionInfo, ULONG TypeMask, ULONGLONG ConditionMask);

EXTERN_C_END

#endif
