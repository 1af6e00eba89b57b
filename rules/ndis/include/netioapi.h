/* IP Helper, kernel side: interfaces, addresses, routes, change notifications. */
#ifndef DRVLINT_NETIOAPI_H
#define DRVLINT_NETIOAPI_H

#include "ntddndis.h"
#include "nldef.h"
#include "ws2ipdef.h"

EXTERN_C_START

#define NETIO_STATUS NTSTATUS
#define NETIO_SUCCESS(x) NT_SUCCESS(x)
#define NETIOAPI_API NETIO_STATUS

typedef enum _MIB_NOTIFICATION_TYPE {
    MibParameterNotification,
    MibAddInstance,
    MibDeleteInstance,
    MibInitialNotification,
} MIB_NOTIFICATION_TYPE, *PMIB_NOTIFICATION_TYPE;

typedef struct _MIB_IPINTERFACE_ROW {
    ADDRESS_FAMILY Family;
    NET_LUID InterfaceLuid;
    NET_IFINDEX InterfaceIndex;
    ULONG MaxReassemblySize;
    ULONG64 InterfaceIdentifier;
    ULONG NlMtu;
    ULONG Metric;
    BOOLEAN UseAutomaticMetric;
    BOOLEAN ForwardingEnabled;
    BOOLEAN Connected;
    BOOLEAN DisableDefaultRoutes;
} MIB_IPINTERFACE_ROW, *PMIB_IPINTERFACE_ROW;

typedef struct _MIB_UNICASTIPADDRESS_ROW {
    SOCKADDR_INET Address;
    NET_LUID InterfaceLuid;
    NET_IFINDEX InterfaceIndex;
    ULONG PrefixOrigin;
    ULONG SuffixOrigin;
    ULONG ValidLifetime;
    ULONG PreferredLifetime;
    UINT8 OnLinkPrefixLength;
    BOOLEAN SkipAsSource;
    NL_DAD_STATE DadState;
    SCOPE_ID ScopeId;
    LARGE_INTEGER CreationTimeStamp;
} MIB_UNICASTIPADDRESS_ROW, *PMIB_UNICASTIPADDRESS_ROW;

typedef void (*PIPINTERFACE_CHANGE_CALLBACK)(PVOID CallerContext, PMIB_IPINTERFACE_ROW Row,
    MIB_NOTIFICATION_TYPE NotificationType);
typedef void (*PUNICAST_IPADDRESS_CHANGE_CALLBACK)(PVOID CallerContext,
    PMIB_UNICASTIPADDRESS_ROW Row, MIB_NOTIFICATION_TYPE NotificationType);

NTSTATUS NotifyIpInterfaceChange(ADDRESS_FAMILY Family, PIPINTERFACE_CHANGE_CALLBACK Callback,
    PVOID CallerContext, BOOLEAN InitialNotification, HANDLE *NotificationHandle);
NTSTATUS NotifyUnicastIpAddressChange(ADDRESS_FAMILY Family,
    PUNICAST_IPADDRESS_CHANGE_CALLBACK Callback, PVOID CallerContext, BOOLEAN InitialNotification,
    HANDLE *NotificationHandle);
NTSTATUS CancelMibChangeNotify2(HANDLE NotificationHandle);
void InitializeIpInterfaceEntry(PMIB_IPINTERFACE_ROW Row);
NTSTATUS GetIpInterfaceEntry(PMIB_IPINTERFACE_ROW Row);
NTSTATUS SetIpInterfaceEntry(PMIB_IPINTERFACE_ROW Row);
void InitializeUnicastIpAddressEntry(PMIB_UNICASTIPADDRESS_ROW Row);
NTSTATUS CreateUnicastIpAddressEntry(const MIB_UNICASTIPADDRESS_ROW *Row);
NTSTATUS DeleteUnicastIpAddressEntry(const MIB_UNICASTIPADDRESS_ROW *Row);
NTSTATUS GetUnicastIpAddressEntry(PMIB_UNICASTIPADDRESS_ROW Row);
void FreeMibTable(PVOID Memory);
NTSTATUS ConvertInterfaceLuidToIndex(const NET_LUID *InterfaceLuid, PNET_IFINDEX InterfaceIndex);
NTSTATUS ConvertInterfaceIndexToLuid(NET_IFINDEX InterfaceIndex, PNET_LUID InterfaceLuid);
NTSTATUS ConvertInterfaceLuidToGuid(const NET_LUID *InterfaceLuid, GUID *InterfaceGuid);
NTSTATUS ConvertInterfaceGuidToLuid(const GUID *InterfaceGuid, PNET_LUID InterfaceLuid);

EXTERN_C_END

#endif
