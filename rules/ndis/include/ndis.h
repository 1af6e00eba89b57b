/* NDIS 6: miniports, protocols, filters, connection-oriented and intermediate drivers.
 *
 * Everything that is a function in the documentation is a function here, also where other headers
 * have a macro, so that rules and models see a call. Macros remain where they only name a field. */
#ifndef DRVLINT_NDIS_H
#define DRVLINT_NDIS_H

#include "ntddk.h"
#include "ndisversion.h"
#include "netevent.h"
#include "ntddndis.h"
#include "qos.h"
#include "windot11.h"
#include "xfilter.h"

EXTERN_C_START

#define EXPORT
#define NDIS_ERROR_CODE ULONG
#define NDIS_INIT_FUNCTION(F)
#define NDIS_PAGABLE_FUNCTION(F)
#define NDIS_PAGEABLE_FUNCTION(F)
#define DECLARE_UNKNOWN_STRUCT(Name) typedef struct _##Name Name, *P##Name;
#define DECLARE_UNKNOWN_PROTOTYPE(Name) typedef void (*Name)(void);

/* Contexts that a driver gives NDIS: their types are for checkers that need a hint. */
#define NDIS_DECLARE_MINIPORT_DRIVER_CONTEXT(type)
#define NDIS_DECLARE_MINIPORT_ADAPTER_CONTEXT(type)
#define NDIS_DECLARE_MINIPORT_INTERRUPT_CONTEXT(type)
#define NDIS_DECLARE_FILTER_DRIVER_CONTEXT(type)
#define NDIS_DECLARE_FILTER_MODULE_CONTEXT(type)
#define NDIS_DECLARE_PROTOCOL_DRIVER_CONTEXT(type)
#define NDIS_DECLARE_PROTOCOL_OPEN_CONTEXT(type)
#define NDIS_DECLARE_SHARED_MEMORY_PROVIDER_CONTEXT(type)
#define NDIS_DECLARE_TIMER_CONTEXT(type)
#define NDIS_DECLARE_SWITCH_CONTEXT(type)

typedef PVOID NDIS_HANDLE, *PNDIS_HANDLE;
typedef int INT, *PINT;
typedef unsigned int UINT, *PUINT;
typedef UNICODE_STRING NDIS_STRING, *PNDIS_STRING;
typedef const NDIS_STRING *PCNDIS_STRING;
typedef ANSI_STRING NDIS_ANSI_STRING, *PNDIS_ANSI_STRING;
typedef PHYSICAL_ADDRESS NDIS_PHYSICAL_ADDRESS, *PNDIS_PHYSICAL_ADDRESS;
typedef MDL NDIS_BUFFER, *PNDIS_BUFFER;
typedef struct _NET_BUFFER NET_BUFFER, *PNET_BUFFER;
typedef struct _NET_BUFFER_LIST NET_BUFFER_LIST, *PNET_BUFFER_LIST;
typedef struct _NET_BUFFER_LIST_CONTEXT NET_BUFFER_LIST_CONTEXT, *PNET_BUFFER_LIST_CONTEXT;
typedef struct _NDIS_OID_REQUEST NDIS_OID_REQUEST, *PNDIS_OID_REQUEST;
typedef struct _NDIS_STATUS_INDICATION NDIS_STATUS_INDICATION, *PNDIS_STATUS_INDICATION;

#define NDIS_STRING_CONST(x) {sizeof(L##x) - 2, sizeof(L##x), L##x}
#define NDIS_PHYSICAL_ADDRESS_CONST(Low, High) {{(ULONG)(Low), (LONG)(High)}}

/* Status values */

#define NDIS_STATUS_AAL_PARAMS_UNSUPPORTED                       ((NDIS_STATUS)0xC0010028L)
#define NDIS_STATUS_ADAPTER_NOT_FOUND                            ((NDIS_STATUS)0xC0010006L)
#define NDIS_STATUS_ADAPTER_NOT_OPEN                             ((NDIS_STATUS)0xC0010012L)
#define NDIS_STATUS_ADAPTER_NOT_READY                            ((NDIS_STATUS)0xC0010011L)
#define NDIS_STATUS_ADAPTER_REMOVED                              ((NDIS_STATUS)0xC0010018L)
#define NDIS_STATUS_ALREADY_MAPPED                               ((NDIS_STATUS)0xC001001DL)
#define NDIS_STATUS_BAD_CHARACTERISTICS                          ((NDIS_STATUS)0xC0010005L)
#define NDIS_STATUS_BAD_VERSION                                  ((NDIS_STATUS)0xC0010004L)
#define NDIS_STATUS_BUFFER_OVERFLOW                              ((NDIS_STATUS)0x80000005L)
#define NDIS_STATUS_BUFFER_TOO_SHORT                             ((NDIS_STATUS)0xC0010016L)
#define NDIS_STATUS_CALL_ACTIVE                                  ((NDIS_STATUS)0x00010007L)
#define NDIS_STATUS_CELLRATE_NOT_AVAILABLE                       ((NDIS_STATUS)0xC0010026L)
#define NDIS_STATUS_CLOSED                                       ((NDIS_STATUS)0x40010007L)
#define NDIS_STATUS_CLOSING                                      ((NDIS_STATUS)0xC0010002L)
#define NDIS_STATUS_CLOSING_INDICATING                           ((NDIS_STATUS)0xC001000EL)
#define NDIS_STATUS_DEST_OUT_OF_ORDER                            ((NDIS_STATUS)0xC0010024L)
#define NDIS_STATUS_DEVICE_FAILED                                ((NDIS_STATUS)0xC0010008L)
#define NDIS_STATUS_DOT11_ASSOCIATION_COMPLETION                 ((NDIS_STATUS)0x40030003L)
#define NDIS_STATUS_DOT11_ASSOCIATION_START                      ((NDIS_STATUS)0x40030002L)
#define NDIS_STATUS_DOT11_AUTO_CONFIG_ENABLED                    ((NDIS_STATUS)0xC0232000L)
#define NDIS_STATUS_DOT11_CAN_SUSTAIN_AP                         ((NDIS_STATUS)0x40030012L)
#define NDIS_STATUS_DOT11_CONNECTION_COMPLETION                  ((NDIS_STATUS)0x40030005L)
#define NDIS_STATUS_DOT11_CONNECTION_START                       ((NDIS_STATUS)0x40030004L)
#define NDIS_STATUS_DOT11_DISASSOCIATION                         ((NDIS_STATUS)0x40030008L)
#define NDIS_STATUS_DOT11_INCOMING_ASSOC_COMPLETION              ((NDIS_STATUS)0x4003000FL)
#define NDIS_STATUS_DOT11_INCOMING_ASSOC_REQUEST_RECEIVED        ((NDIS_STATUS)0x4003000EL)
#define NDIS_STATUS_DOT11_INCOMING_ASSOC_STARTED                 ((NDIS_STATUS)0x4003000DL)
#define NDIS_STATUS_DOT11_LINK_QUALITY                           ((NDIS_STATUS)0x4003000CL)
#define NDIS_STATUS_DOT11_MEDIA_IN_USE                           ((NDIS_STATUS)0xC0232001L)
#define NDIS_STATUS_DOT11_MPDU_MAX_LENGTH_CHANGED                ((NDIS_STATUS)0x40030001L)
#define NDIS_STATUS_DOT11_PHY_FREQUENCY_ADOPTED                  ((NDIS_STATUS)0x40030011L)
#define NDIS_STATUS_DOT11_PHY_STATE_CHANGED                      ((NDIS_STATUS)0x4003000BL)
#define NDIS_STATUS_DOT11_PMKID_CANDIDATE_LIST                   ((NDIS_STATUS)0x4003000AL)
#define NDIS_STATUS_DOT11_POWER_STATE_INVALID                    ((NDIS_STATUS)0xC0232002L)
#define NDIS_STATUS_DOT11_ROAMING_COMPLETION                     ((NDIS_STATUS)0x40030007L)
#define NDIS_STATUS_DOT11_ROAMING_START                          ((NDIS_STATUS)0x40030006L)
#define NDIS_STATUS_DOT11_SCAN_CONFIRM                           ((NDIS_STATUS)0x40030000L)
#define NDIS_STATUS_DOT11_STOP_AP                                ((NDIS_STATUS)0x40030010L)
#define NDIS_STATUS_DOT11_TKIPMIC_FAILURE                        ((NDIS_STATUS)0x40030009L)
#define NDIS_STATUS_ERROR_READING_FILE                           ((NDIS_STATUS)0xC001001CL)
#define NDIS_STATUS_FAILURE                                      ((NDIS_STATUS)0xC0000001L)
#define NDIS_STATUS_FILE_NOT_FOUND                               ((NDIS_STATUS)0xC001001BL)
#define NDIS_STATUS_GROUP_ADDRESS_IN_USE                         ((NDIS_STATUS)0xC001001AL)
#define NDIS_STATUS_HARDWARE_LINE_DOWN                           ((NDIS_STATUS)0x4001000EL)
#define NDIS_STATUS_HARDWARE_LINE_UP                             ((NDIS_STATUS)0x4001000DL)
#define NDIS_STATUS_HARD_ERRORS                                  ((NDIS_STATUS)0x80010004L)
#define NDIS_STATUS_HD_SPLIT_CURRENT_CONFIG                      ((NDIS_STATUS)0x4002000CL)
#define NDIS_STATUS_INCOMPATABLE_QOS                             ((NDIS_STATUS)0xC0010027L)
#define NDIS_STATUS_INDICATION_REQUIRED                          ((NDIS_STATUS)0x40230001L)
#define NDIS_STATUS_INTERFACE_DOWN                               ((NDIS_STATUS)0x40010010L)
#define NDIS_STATUS_INTERFACE_NOT_FOUND                          ((NDIS_STATUS)0xC023002BL)
#define NDIS_STATUS_INTERFACE_UP                                 ((NDIS_STATUS)0x4001000FL)
#define NDIS_STATUS_INVALID_ADDRESS                              ((NDIS_STATUS)0xC0010022L)
#define NDIS_STATUS_INVALID_DATA                                 ((NDIS_STATUS)0xC0010015L)
#define NDIS_STATUS_INVALID_DEVICE_REQUEST                       ((NDIS_STATUS)0xC0000010L)
#define NDIS_STATUS_INVALID_LENGTH                               ((NDIS_STATUS)0xC0010014L)
#define NDIS_STATUS_INVALID_OID                                  ((NDIS_STATUS)0xC0010017L)
#define NDIS_STATUS_INVALID_PACKET                               ((NDIS_STATUS)0xC001000FL)
#define NDIS_STATUS_INVALID_PARAMETER                            ((NDIS_STATUS)0xC000000DL)
#define NDIS_STATUS_INVALID_PORT                                 ((NDIS_STATUS)0xC023002DL)
#define NDIS_STATUS_INVALID_PORT_STATE                           ((NDIS_STATUS)0xC023002EL)
#define NDIS_STATUS_INVALID_SAP                                  ((NDIS_STATUS)0xC0010020L)
#define NDIS_STATUS_INVALID_STATE                                ((NDIS_STATUS)0xC0000184L)
#define NDIS_STATUS_IP_OPER_STATUS                               ((NDIS_STATUS)0x40010026L)
#define NDIS_STATUS_LINK_SPEED_CHANGE                            ((NDIS_STATUS)0x40010013L)
#define NDIS_STATUS_LINK_STATE                                   ((NDIS_STATUS)0x40010017L)
#define NDIS_STATUS_LOW_POWER_STATE                              ((NDIS_STATUS)0xC023002FL)
#define NDIS_STATUS_MEDIA_BUSY                                   ((NDIS_STATUS)0x40010011L)
#define NDIS_STATUS_MEDIA_CONNECT                                ((NDIS_STATUS)0x4001000BL)
#define NDIS_STATUS_MEDIA_DISCONNECT                             ((NDIS_STATUS)0x4001000CL)
#define NDIS_STATUS_MEDIA_DISCONNECTED                           ((NDIS_STATUS)0xC023001FL)
#define NDIS_STATUS_MEDIA_SPECIFIC_INDICATION                    ((NDIS_STATUS)0x40010012L)
#define NDIS_STATUS_MEDIA_SPECIFIC_INDICATION_EX                 ((NDIS_STATUS)0x40010019L)
#define NDIS_STATUS_MULTICAST_EXISTS                             ((NDIS_STATUS)0xC001000AL)
#define NDIS_STATUS_MULTICAST_FULL                               ((NDIS_STATUS)0xC0010009L)
#define NDIS_STATUS_MULTICAST_NOT_FOUND                          ((NDIS_STATUS)0xC001000BL)
#define NDIS_STATUS_NETWORK_CHANGE                               ((NDIS_STATUS)0x40010018L)
#define NDIS_STATUS_NETWORK_UNREACHABLE                          ((NDIS_STATUS)0xC000023CL)
#define NDIS_STATUS_NOT_ACCEPTED                                 ((NDIS_STATUS)0x00010003L)
#define NDIS_STATUS_NOT_COPIED                                   ((NDIS_STATUS)0x00010002L)
#define NDIS_STATUS_NOT_INDICATING                               ((NDIS_STATUS)0xC0010013L)
#define NDIS_STATUS_NOT_RECOGNIZED                               ((NDIS_STATUS)0x00010001L)
#define NDIS_STATUS_NOT_RESETTABLE                               ((NDIS_STATUS)0x80010001L)
#define NDIS_STATUS_NOT_SUPPORTED                                ((NDIS_STATUS)0xC00000BBL)
#define NDIS_STATUS_NO_CABLE                                     ((NDIS_STATUS)0xC001001FL)
#define NDIS_STATUS_NO_ROUTE_TO_DESTINATION                      ((NDIS_STATUS)0xC0010029L)
#define NDIS_STATUS_OFFLOAD_CONNECTION_REJECTED                  ((NDIS_STATUS)0xC0231012L)
#define NDIS_STATUS_OFFLOAD_DATA_NOT_ACCEPTED                    ((NDIS_STATUS)0xC023100EL)
#define NDIS_STATUS_OFFLOAD_DATA_PARTIALLY_ACCEPTED              ((NDIS_STATUS)0xC0231010L)
#define NDIS_STATUS_OFFLOAD_ENCASPULATION_CHANGE                 ((NDIS_STATUS)0x40020008L)
#define NDIS_STATUS_OFFLOAD_HW_ADDRESS_ENTRIES                   ((NDIS_STATUS)0xC0231008L)
#define NDIS_STATUS_OFFLOAD_IM_RESERVED1                         ((NDIS_STATUS)0x40020100L)
#define NDIS_STATUS_OFFLOAD_IM_RESERVED2                         ((NDIS_STATUS)0x40020101L)
#define NDIS_STATUS_OFFLOAD_IM_RESERVED3                         ((NDIS_STATUS)0x40020102L)
#define NDIS_STATUS_OFFLOAD_IP_ADDRESS_ENTRIES                   ((NDIS_STATUS)0xC0231007L)
#define NDIS_STATUS_OFFLOAD_NEIGHBOR_ENTRIES                     ((NDIS_STATUS)0xC0231006L)
#define NDIS_STATUS_OFFLOAD_PARTIAL_SUCCESS                      ((NDIS_STATUS)0x40020004L)
#define NDIS_STATUS_OFFLOAD_PATH_ENTRIES                         ((NDIS_STATUS)0xC0231005L)
#define NDIS_STATUS_OFFLOAD_PAUSE                                ((NDIS_STATUS)0x40020001L)
#define NDIS_STATUS_OFFLOAD_POLICY                               ((NDIS_STATUS)0xC023100FL)
#define NDIS_STATUS_OFFLOAD_REQUEST_RESET                        ((NDIS_STATUS)0xC0231011L)
#define NDIS_STATUS_OFFLOAD_RESUME                               ((NDIS_STATUS)0x40020003L)
#define NDIS_STATUS_OFFLOAD_STATE_INVALID                        ((NDIS_STATUS)0x40020005L)
#define NDIS_STATUS_OFFLOAD_TCP_ENTRIES                          ((NDIS_STATUS)0xC0231004L)
#define NDIS_STATUS_OFFLOAD_TCP_RCV_BUFFER                       ((NDIS_STATUS)0xC023100BL)
#define NDIS_STATUS_OFFLOAD_TCP_RCV_WINDOW                       ((NDIS_STATUS)0xC023100CL)
#define NDIS_STATUS_OFFLOAD_TCP_XMIT_BUFFER                      ((NDIS_STATUS)0xC023100AL)
#define NDIS_STATUS_OFFLOAD_VLAN_ENTRIES                         ((NDIS_STATUS)0xC0231009L)
#define NDIS_STATUS_OFFLOAD_VLAN_MISMATCH                        ((NDIS_STATUS)0xC023100DL)
#define NDIS_STATUS_ONLINE                                       ((NDIS_STATUS)0x40010003L)
#define NDIS_STATUS_OPEN_FAILED                                  ((NDIS_STATUS)0xC0010007L)
#define NDIS_STATUS_OPEN_LIST_FULL                               ((NDIS_STATUS)0xC0010010L)
#define NDIS_STATUS_OPER_STATUS                                  ((NDIS_STATUS)0x40010023L)
#define NDIS_STATUS_PACKET_FILTER                                ((NDIS_STATUS)0x40010024L)
#define NDIS_STATUS_PAUSED                                       ((NDIS_STATUS)0xC023002AL)
#define NDIS_STATUS_PENDING                                      ((NDIS_STATUS)0x00000103L)
#define NDIS_STATUS_PM_CAPABILITIES_CHANGE                       ((NDIS_STATUS)0x40030053L)
#define NDIS_STATUS_PM_OFFLOAD_REJECTED                          ((NDIS_STATUS)0x40030052L)
#define NDIS_STATUS_PM_PROTOCOL_OFFLOAD_LIST_FULL                ((NDIS_STATUS)0xC0232004L)
#define NDIS_STATUS_PM_WOL_PATTERN_LIST_FULL                     ((NDIS_STATUS)0xC0232003L)
#define NDIS_STATUS_PM_WOL_PATTERN_REJECTED                      ((NDIS_STATUS)0x40030051L)
#define NDIS_STATUS_PORT_STATE                                   ((NDIS_STATUS)0x40010022L)
#define NDIS_STATUS_RECEIVE_QUEUE_STATE                          ((NDIS_STATUS)0x4002000DL)
#define NDIS_STATUS_REQUEST_ABORTED                              ((NDIS_STATUS)0xC001000CL)
#define NDIS_STATUS_REQUEST_UPLOAD                               ((NDIS_STATUS)0xC0231002L)
#define NDIS_STATUS_RESET_END                                    ((NDIS_STATUS)0x40010005L)
#define NDIS_STATUS_RESET_IN_PROGRESS                            ((NDIS_STATUS)0xC001000DL)
#define NDIS_STATUS_RESET_START                                  ((NDIS_STATUS)0x40010004L)
#define NDIS_STATUS_RESOURCES                                    ((NDIS_STATUS)0xC000009AL)
#define NDIS_STATUS_RESOURCE_CONFLICT                            ((NDIS_STATUS)0xC001001EL)
#define NDIS_STATUS_RING_STATUS                                  ((NDIS_STATUS)0x40010006L)
#define NDIS_STATUS_SAP_IN_USE                                   ((NDIS_STATUS)0xC0010021L)
#define NDIS_STATUS_SEND_ABORTED                                 ((NDIS_STATUS)0xC023000CL)
#define NDIS_STATUS_SOFT_ERRORS                                  ((NDIS_STATUS)0x80010003L)
#define NDIS_STATUS_SUCCESS                                      ((NDIS_STATUS)0x00000000L)
#define NDIS_STATUS_TASK_OFFLOAD_CURRENT_CONFIG                  ((NDIS_STATUS)0x40020006L)
#define NDIS_STATUS_TASK_OFFLOAD_HARDWARE_CAPABILITIES           ((NDIS_STATUS)0x40020007L)
#define NDIS_STATUS_TCP_CONNECTION_OFFLOAD_HARDWARE_CAPABILITIES ((NDIS_STATUS)0x4002000BL)
#define NDIS_STATUS_TOKEN_RING_OPEN_ERROR                        ((NDIS_STATUS)0xC0011000L)
#define NDIS_STATUS_UNSUPPORTED_MEDIA                            ((NDIS_STATUS)0xC0010019L)
#define NDIS_STATUS_UNSUPPORTED_REVISION                         ((NDIS_STATUS)0xC023002CL)
#define NDIS_STATUS_UPLOAD_ALL                                   ((NDIS_STATUS)0x40020002L)
#define NDIS_STATUS_UPLOAD_IN_PROGRESS                           ((NDIS_STATUS)0xC0231001L)
#define NDIS_STATUS_UPLOAD_REQUESTED                             ((NDIS_STATUS)0xC0231003L)
#define NDIS_STATUS_VC_NOT_ACTIVATED                             ((NDIS_STATUS)0xC0010023L)
#define NDIS_STATUS_VC_NOT_AVAILABLE                             ((NDIS_STATUS)0xC0010025L)
#define NDIS_STATUS_WAN_CO_FRAGMENT                              ((NDIS_STATUS)0x40010015L)
#define NDIS_STATUS_WAN_CO_LINKPARAMS                            ((NDIS_STATUS)0x40010016L)
#define NDIS_STATUS_WAN_CO_MTULINKPARAMS                         ((NDIS_STATUS)0x40010025L)
#define NDIS_STATUS_WAN_FRAGMENT                                 ((NDIS_STATUS)0x4001000AL)
#define NDIS_STATUS_WAN_GET_STATS                                ((NDIS_STATUS)0x40010014L)
#define NDIS_STATUS_WAN_LINE_DOWN                                ((NDIS_STATUS)0x40010009L)
#define NDIS_STATUS_WAN_LINE_UP                                  ((NDIS_STATUS)0x40010008L)
#define NDIS_STATUS_WWAN_CONTEXT_STATE                           ((NDIS_STATUS)0x4004100BL)
#define NDIS_STATUS_WWAN_DEVICE_CAPS                             ((NDIS_STATUS)0x40041000L)
#define NDIS_STATUS_WWAN_DNS_ADDRESS                             ((NDIS_STATUS)0x40041013L)
#define NDIS_STATUS_WWAN_HOME_PROVIDER                           ((NDIS_STATUS)0x40041005L)
#define NDIS_STATUS_WWAN_PACKET_SERVICE                          ((NDIS_STATUS)0x40041009L)
#define NDIS_STATUS_WWAN_PIN_INFO                                ((NDIS_STATUS)0x40041003L)
#define NDIS_STATUS_WWAN_PIN_LIST                                ((NDIS_STATUS)0x40041004L)
#define NDIS_STATUS_WWAN_PREFERRED_PROVIDERS                     ((NDIS_STATUS)0x40041006L)
#define NDIS_STATUS_WWAN_PROVISIONED_CONTEXTS                    ((NDIS_STATUS)0x4004100CL)
#define NDIS_STATUS_WWAN_RADIO_STATE                             ((NDIS_STATUS)0x40041002L)
#define NDIS_STATUS_WWAN_READY_INFO                              ((NDIS_STATUS)0x40041001L)
#define NDIS_STATUS_WWAN_REGISTER_STATE                          ((NDIS_STATUS)0x40041008L)
#define NDIS_STATUS_WWAN_SERVICE_ACTIVATION                      ((NDIS_STATUS)0x4004100DL)
#define NDIS_STATUS_WWAN_SIGNAL_STATE                            ((NDIS_STATUS)0x4004100AL)
#define NDIS_STATUS_WWAN_SMS_CONFIGURATION                       ((NDIS_STATUS)0x4004100EL)
#define NDIS_STATUS_WWAN_SMS_DELETE                              ((NDIS_STATUS)0x40041011L)
#define NDIS_STATUS_WWAN_SMS_RECEIVE                             ((NDIS_STATUS)0x4004100FL)
#define NDIS_STATUS_WWAN_SMS_SEND                                ((NDIS_STATUS)0x40041010L)
#define NDIS_STATUS_WWAN_SMS_STATUS                              ((NDIS_STATUS)0x40041012L)
#define NDIS_STATUS_WWAN_VENDOR_SPECIFIC                         ((NDIS_STATUS)0x40043000L)
#define NDIS_STATUS_WWAN_VISIBLE_PROVIDERS                       ((NDIS_STATUS)0x40041007L)
#define NDIS_STATUS_WW_INDICATION                                ((NDIS_STATUS)0x40010012L)

#define NDIS_STATUS_VF_CONFIG_STATE                      ((NDIS_STATUS)0x4002000EL)
#define NDIS_STATUS_RECEIVE_FILTER_CURRENT_CAPABILITIES  ((NDIS_STATUS)0x40020010L)
#define NDIS_STATUS_RECEIVE_FILTER_HARDWARE_CAPABILITIES ((NDIS_STATUS)0x40020020L)
#define NDIS_STATUS_RECEIVE_FILTER_QUEUE_PARAMETERS      ((NDIS_STATUS)0x40020030L)
#define NDIS_STATUS_NIC_SWITCH_CURRENT_CAPABILITIES      ((NDIS_STATUS)0x40020040L)
#define NDIS_STATUS_NIC_SWITCH_HARDWARE_CAPABILITIES     ((NDIS_STATUS)0x40020050L)
#define NDIS_STATUS_RECEIVE_FILTER_QUEUE_STATE_CHANGE    ((NDIS_STATUS)0x40020070L)
#define NDIS_STATUS_QOS_OPERATIONAL_PARAMETERS_CHANGE    ((NDIS_STATUS)0x400200A0L)
#define NDIS_STATUS_QOS_REMOTE_PARAMETERS_CHANGE         ((NDIS_STATUS)0x400200A1L)
#define NDIS_STATUS_PM_HARDWARE_CAPABILITIES             ((NDIS_STATUS)0x40030054L)
#define NDIS_STATUS_PM_WAKE_REASON                       ((NDIS_STATUS)0x40030055L)
#define NDIS_STATUS_REINIT_REQUIRED                      ((NDIS_STATUS)0xC0230030L)
#define NDIS_STATUS_INCOMPATIBLE_QOS                     NDIS_STATUS_INCOMPATABLE_QOS
#define NDIS_STATUS_DATA_NOT_ACCEPTED                    ((NDIS_STATUS)0xC000021BL)
#define NDIS_STATUS_SWITCH_PORT_REMOVE_VF                ((NDIS_STATUS)0xC0241001L)
#define NDIS_STATUS_SWITCH_NIC_STATUS                    ((NDIS_STATUS)0xC0241002L)

#define NDIS_ERROR_CODE_ADAPTER_DISABLED                0x80001396
#define NDIS_ERROR_CODE_ADAPTER_NOT_FOUND               0xC000138B
#define NDIS_ERROR_CODE_BAD_IO_BASE_ADDRESS             0xC0001394
#define NDIS_ERROR_CODE_BAD_VERSION                     0xC000138E
#define NDIS_ERROR_CODE_DRIVER_FAILURE                  0xC000138D
#define NDIS_ERROR_CODE_HARDWARE_FAILURE                0xC000138A
#define NDIS_ERROR_CODE_INTERRUPT_CONNECT               0xC000138C
#define NDIS_ERROR_CODE_INVALID_VALUE_FROM_ADAPTER      0xC0001392
#define NDIS_ERROR_CODE_MISSING_CONFIGURATION_PARAMETER 0xC0001393
#define NDIS_ERROR_CODE_NETWORK_ADDRESS                 0xC0001390
#define NDIS_ERROR_CODE_OUT_OF_RESOURCES                0xC0001389
#define NDIS_ERROR_CODE_RECEIVE_SPACE_SMALL             0x40001395
#define NDIS_ERROR_CODE_RESOURCE_CONFLICT               0xC0001388
#define NDIS_ERROR_CODE_TIMEOUT                         0x8000138F
#define NDIS_ERROR_CODE_UNSUPPORTED_CONFIGURATION       0xC0001391

/* Memory */

#define NdisMoveMemory(Destination, Source, Length) memcpy((Destination), (Source), (Length))
#define NdisMoveMappedMemory(Destination, Source, Length) memcpy((Destination), (Source), (Length))
#define NdisMoveFromMappedMemory(Destination, Source, Length) \
    NdisMoveMappedMemory(Destination, Source, Length)
#define NdisMoveToMappedMemory(Destination, Source, Length) \
    NdisMoveMappedMemory(Destination, Source, Length)
#define NdisZeroMemory(Destination, Length) memset((Destination), 0, (Length))
#define NdisZeroMappedMemory(Destination, Length) memset((Destination), 0, (Length))
#define NdisFillMemory(Destination, Length, Fill) memset((Destination), (Fill), (Length))
#define NdisEqualMemory(Source1, Source2, Length) (!memcmp((Source1), (Source2), (Length)))
#define NdisRetrieveUlong(Destination, Source) RtlRetrieveUlong(Destination, Source)
#define NdisStoreUlong(Destination, Value) RtlStoreUlong(Destination, Value)
#define NdisCopyLookaheadData(Destination, Source, Length, MacOptions) \
    memcpy((Destination), (Source), (Length))
#define NdisCreateLookaheadBufferFromSharedMemory(S, L, B) ((*(B)) = (S))
#define NdisDestroyLookaheadBufferFromSharedMemory(B)

#define NDIS_MEMORY_CONTIGUOUS 1
#define NDIS_MEMORY_NONCACHED  2

NDIS_STATUS NdisAllocateMemoryWithTag(PVOID *VirtualAddress, UINT Length, ULONG Tag);
PVOID NdisAllocateMemoryWithTagPriority(
    NDIS_HANDLE NdisHandle, UINT Length, ULONG Tag, EX_POOL_PRIORITY Priority);
void NdisFreeMemory(PVOID VirtualAddress, UINT Length, UINT MemoryFlags);
void NdisFreeMemoryWithTag(PVOID VirtualAddress, ULONG Tag);
void NdisFreeMemoryWithTagPriority(NDIS_HANDLE NdisHandle, PVOID VirtualAddress, ULONG Tag);

NDIS_STATUS NdisAllocateMemory(PVOID *VirtualAddress, UINT Length, UINT MemoryFlags,
    NDIS_PHYSICAL_ADDRESS HighestAcceptableAddress);

void NdisInitializeNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside,
    PALLOCATE_FUNCTION Allocate, PFREE_FUNCTION Free, ULONG Flags, ULONG Size, ULONG Tag,
    USHORT Depth);
void NdisDeleteNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside);
PVOID NdisAllocateFromNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside);
void NdisFreeToNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside, PVOID Entry);

/* Strings */

void NdisInitUnicodeString(PNDIS_STRING DestinationString, PCWSTR SourceString);
void NdisInitAnsiString(PANSI_STRING DestinationString, PCSTR SourceString);
BOOLEAN NdisEqualString(PNDIS_STRING String1, PNDIS_STRING String2, BOOLEAN CaseInsensitive);
BOOLEAN NdisEqualUnicodeString(PNDIS_STRING String1, PNDIS_STRING String2, BOOLEAN CaseInsensitive);
NDIS_STATUS NdisAnsiStringToUnicodeString(
    PNDIS_STRING DestinationString, PANSI_STRING SourceString);
NDIS_STATUS NdisUnicodeStringToAnsiString(
    PANSI_STRING DestinationString, PNDIS_STRING SourceString);
NDIS_STATUS NdisUpcaseUnicodeString(
    PUNICODE_STRING DestinationString, PUNICODE_STRING SourceString);
#define NdisFreeString(String) NdisFreeMemory((String).Buffer, (String).MaximumLength, 0)
#define NdisPrintString(String) DbgPrint("%ls", (String).Buffer)

void NdisInitializeString(PNDIS_STRING Destination, PUCHAR Source);

/* IRQL, locks, events */

#define NDIS_CURRENT_IRQL() KeGetCurrentIrql()
void NDIS_RAISE_IRQL_TO_DISPATCH(PKIRQL pIrql);
void NDIS_LOWER_IRQL(KIRQL OldIrql, KIRQL CurrentIrql);

typedef struct _NDIS_RW_LOCK_EX NDIS_RW_LOCK_EX, *PNDIS_RW_LOCK_EX;

typedef struct _LOCK_STATE_EX {
    KIRQL OldIrql;
    UCHAR LockState;
    UCHAR Flags;
} LOCK_STATE_EX, *PLOCK_STATE_EX;

typedef union _NDIS_RW_LOCK_REFCOUNT {
    ULONG RefCount;
    UCHAR cacheLine[16];
} NDIS_RW_LOCK_REFCOUNT, *PNDIS_RW_LOCK_REFCOUNT;

typedef struct _NDIS_RW_LOCK {
    union {
        struct {
            KSPIN_LOCK SpinLock;
            PVOID Context;
        };
        UCHAR Reserved[16];
    };
    union {
        NDIS_RW_LOCK_REFCOUNT RefCount[64];
        ULONG RefCountEx[256];
        struct {
            KSPIN_LOCK RefCountLock;
            volatile ULONG SharedRefCount;
            volatile BOOLEAN WriterWaiting;
        };
    };
} NDIS_RW_LOCK, *PNDIS_RW_LOCK;

typedef struct _LOCK_STATE {
    USHORT LockState;
    KIRQL OldIrql;
} LOCK_STATE, *PLOCK_STATE;

typedef struct _NDIS_EVENT {
    KEVENT Event;
} NDIS_EVENT, *PNDIS_EVENT;

typedef KMUTEX NDIS_MUTEX;

typedef struct _NDIS_SPIN_LOCK {
    KSPIN_LOCK SpinLock;
    KIRQL OldIrql;
} NDIS_SPIN_LOCK, *PNDIS_SPIN_LOCK;

typedef KMUTEX *PNDIS_MUTEX;

void NdisAllocateSpinLock(PNDIS_SPIN_LOCK SpinLock);
void NdisFreeSpinLock(PNDIS_SPIN_LOCK SpinLock);
void NdisAcquireSpinLock(PNDIS_SPIN_LOCK SpinLock);
void NdisReleaseSpinLock(PNDIS_SPIN_LOCK SpinLock);
void NdisDprAcquireSpinLock(PNDIS_SPIN_LOCK SpinLock);
void NdisDprReleaseSpinLock(PNDIS_SPIN_LOCK SpinLock);
void NDIS_INIT_MUTEX(PNDIS_MUTEX Mutex);
void NDIS_WAIT_FOR_MUTEX(PNDIS_MUTEX Mutex);
void NDIS_RELEASE_MUTEX(PNDIS_MUTEX Mutex);

#define NDIS_RWL_AT_DISPATCH_LEVEL 1

void NdisAcquireRWLockRead(PNDIS_RW_LOCK_EX Lock, PLOCK_STATE_EX LockState, UCHAR Flags);
void NdisAcquireRWLockWrite(PNDIS_RW_LOCK_EX Lock, PLOCK_STATE_EX LockState, UCHAR Flags);
void NdisAcquireReadWriteLock(PNDIS_RW_LOCK Lock, BOOLEAN fWrite, PLOCK_STATE LockState);
PNDIS_RW_LOCK_EX NdisAllocateRWLock(NDIS_HANDLE NdisHandle);

typedef enum _NET_PNP_EVENT_CODE {
    NetEventSetPower,
    NetEventQueryPower,
    NetEventQueryRemoveDevice,
    NetEventCancelRemoveDevice,
    NetEventReconfigure,
    NetEventBindList,
    NetEventBindsComplete,
    NetEventPnPCapabilities,
    NetEventPause,
    NetEventRestart,
    NetEventPortActivation,
    NetEventPortDeactivation,
    NetEventIMReEnableDevice,
#if NDIS_SUPPORT_NDIS630
    NetEventNDKEnable,
    NetEventNDKDisable,
    NetEventFilterPreDetach,
    NetEventBindFailed,
    NetEventSwitchActivate,
    NetEventAllowBindsAbove,
    NetEventInhibitBindsAbove,
    NetEventAllowStart,
    NetEventRequirePause,
#endif
#if NDIS_SUPPORT_NDIS650
    NetEventUploadGftFlowEntries,
#endif
    NetEventMaximum,
} NET_PNP_EVENT_CODE, *PNET_PNP_EVENT_CODE;

typedef struct _NET_PNP_EVENT {
    NET_PNP_EVENT_CODE NetEvent;
    PVOID Buffer;
    ULONG BufferLength;
    ULONG_PTR NdisReserved[4];
    ULONG_PTR TransportReserved[4];
    ULONG_PTR TdiReserved[4];
    ULONG_PTR TdiClientReserved[4];
} NET_PNP_EVENT, *PNET_PNP_EVENT;

typedef struct _NET_PNP_EVENT_NOTIFICATION {
    NDIS_OBJECT_HEADER Header;
    NDIS_PORT_NUMBER PortNumber;
    NET_PNP_EVENT NetPnPEvent;
    ULONG Flags;
} NET_PNP_EVENT_NOTIFICATION, *PNET_PNP_EVENT_NOTIFICATION;

void NdisCompleteNetPnPEvent(
    NDIS_HANDLE NdisBindingHandle, PNET_PNP_EVENT_NOTIFICATION NetPnPEventNotification,
    NDIS_STATUS Status);
void NdisDprAcquireReadWriteLock(PNDIS_RW_LOCK Lock, BOOLEAN fWrite, PLOCK_STATE LockState);
void NdisDprReleaseReadWriteLock(PNDIS_RW_LOCK Lock, PLOCK_STATE LockState);
NDIS_STATUS NdisFNetPnPEvent(
    NDIS_HANDLE NdisFilterHandle, PNET_PNP_EVENT_NOTIFICATION NetPnPEventNotification);
void NdisFreeRWLock(PNDIS_RW_LOCK_EX Lock);
void NdisInitializeEvent(PNDIS_EVENT Event);
void NdisInitializeReadWriteLock(PNDIS_RW_LOCK Lock);
NDIS_STATUS NdisMNetPnPEvent(
    NDIS_HANDLE MiniportAdapterHandle, PNET_PNP_EVENT_NOTIFICATION NetPnPEventNotification);
void NdisReleaseRWLock(PNDIS_RW_LOCK_EX Lock, PLOCK_STATE_EX LockState);
void NdisReleaseReadWriteLock(PNDIS_RW_LOCK Lock, PLOCK_STATE LockState);
void NdisResetEvent(PNDIS_EVENT Event);
void NdisSetEvent(PNDIS_EVENT Event);
BOOLEAN NdisWaitEvent(PNDIS_EVENT Event, UINT MsToWait);

/* Interlocked operations, lists */

FORCEINLINE LONG NdisInterlockedIncrement(LONG volatile *Addend)
{
    return *(LONG *)Addend += 1;
}

FORCEINLINE LONG NdisInterlockedDecrement(LONG volatile *Addend)
{
    return *(LONG *)Addend -= 1;
}

FORCEINLINE void NdisInterlockedAddLargeStatistic(PLARGE_INTEGER Addend, ULONG Increment)
{
    Addend->QuadPart += Increment;
}

FORCEINLINE void NdisInitializeListHead(PLIST_ENTRY ListHead)
{
    ListHead->Flink = ListHead->Blink = ListHead;
}

ULONG NdisInterlockedAddUlong(PULONG Addend, ULONG Increment, PNDIS_SPIN_LOCK SpinLock);
PLIST_ENTRY NdisInterlockedInsertHeadList(PLIST_ENTRY ListHead, PLIST_ENTRY ListEntry,
    PNDIS_SPIN_LOCK SpinLock);
PLIST_ENTRY NdisInterlockedInsertTailList(PLIST_ENTRY ListHead, PLIST_ENTRY ListEntry,
    PNDIS_SPIN_LOCK SpinLock);
PLIST_ENTRY NdisInterlockedRemoveHeadList(PLIST_ENTRY ListHead, PNDIS_SPIN_LOCK SpinLock);
PSINGLE_LIST_ENTRY NdisInterlockedPopEntryList(PSINGLE_LIST_ENTRY ListHead, PNDIS_SPIN_LOCK Lock);
PSINGLE_LIST_ENTRY NdisInterlockedPushEntryList(PSINGLE_LIST_ENTRY ListHead,
    PSINGLE_LIST_ENTRY ListEntry, PNDIS_SPIN_LOCK Lock);
void NdisInitializeSListHead(PSLIST_HEADER SListHead);
PSLIST_ENTRY NdisInterlockedPopEntrySList(PSLIST_HEADER SListHead, PNDIS_SPIN_LOCK Lock);
PSLIST_ENTRY NdisInterlockedPushEntrySList(PSLIST_HEADER SListHead, PSLIST_ENTRY SListEntry,
    PNDIS_SPIN_LOCK Lock);
PSLIST_ENTRY NdisInterlockedFlushSList(PSLIST_HEADER SListHead);
USHORT NdisQueryDepthSList(PSLIST_HEADER SListHead);

/* Time */

void NdisStallExecution(UINT MicrosecondsToStall);
void NdisGetCurrentSystemTime(PLARGE_INTEGER pSystemTime);

#define NDIS_SIZEOF_TIMER_CHARACTERISTICS_REVISION_1 24
#define NDIS_TIMER_CHARACTERISTICS_REVISION_1        1

typedef void NDIS_TIMER_FUNCTION(
    PVOID SystemSpecific1, PVOID FunctionContext, PVOID SystemSpecific2, PVOID SystemSpecific3);
typedef NDIS_TIMER_FUNCTION *PNDIS_TIMER_FUNCTION;

typedef struct _NDIS_TIMER_CHARACTERISTICS {
    NDIS_OBJECT_HEADER Header;
    ULONG AllocationTag;
    PNDIS_TIMER_FUNCTION TimerFunction;
    PVOID FunctionContext;
} NDIS_TIMER_CHARACTERISTICS, *PNDIS_TIMER_CHARACTERISTICS;

typedef struct _NDIS_TIMER {
    KTIMER Timer;
    KDPC Dpc;
} NDIS_TIMER, *PNDIS_TIMER;

typedef struct _NDIS_MINIPORT_BLOCK NDIS_MINIPORT_BLOCK, *PNDIS_MINIPORT_BLOCK;

typedef struct _NDIS_MINIPORT_TIMER {
    KTIMER Timer;
    KDPC Dpc;
    PNDIS_TIMER_FUNCTION MiniportTimerFunction;
    PVOID MiniportTimerContext;
    PNDIS_MINIPORT_BLOCK Miniport;
    struct _NDIS_MINIPORT_TIMER *NextTimer;
} NDIS_MINIPORT_TIMER, *PNDIS_MINIPORT_TIMER;

NDIS_STATUS NdisAllocateTimerObject(
    NDIS_HANDLE NdisHandle, PNDIS_TIMER_CHARACTERISTICS TimerCharacteristics,
    PNDIS_HANDLE pTimerObject);
void NdisCancelTimer(PNDIS_TIMER Timer, PBOOLEAN TimerCancelled);
BOOLEAN NdisCancelTimerObject(NDIS_HANDLE TimerObject);
void NdisFreeTimerObject(NDIS_HANDLE TimerObject);
void NdisGetSystemUpTimeEx(PLARGE_INTEGER pSystemUpTime);
void NdisInitializeTimer(
    PNDIS_TIMER Timer, PNDIS_TIMER_FUNCTION TimerFunction, PVOID FunctionContext);
void NdisMCancelTimer(PNDIS_MINIPORT_TIMER Timer, PBOOLEAN TimerCancelled);
void NdisMInitializeTimer(
    PNDIS_MINIPORT_TIMER Timer, NDIS_HANDLE MiniportAdapterHandle,
    PNDIS_TIMER_FUNCTION TimerFunction, PVOID FunctionContext);
void NdisMSetPeriodicTimer(PNDIS_MINIPORT_TIMER Timer, UINT MillisecondPeriod);
void NdisMSleep(ULONG MicrosecondsToSleep);
BOOLEAN NdisSetCoalescableTimerObject(
    NDIS_HANDLE TimerObject, LARGE_INTEGER DueTime, LONG MillisecondsPeriod, PVOID FunctionContext,
    ULONG Tolerance);
void NdisSetPeriodicTimer(PNDIS_TIMER NdisTimer, UINT MillisecondsPeriod);
void NdisSetTimer(PNDIS_TIMER Timer, UINT MillisecondsToDelay);
void NdisSetTimerEx(PNDIS_TIMER NdisTimer, UINT MillisecondsToDelay, PVOID FunctionContext);
BOOLEAN NdisSetTimerObject(
    NDIS_HANDLE TimerObject, LARGE_INTEGER DueTime, LONG MillisecondsPeriod, PVOID FunctionContext);

void NdisGetSystemUpTime(PULONG pSystemUpTime);
void NdisMSetTimer(PNDIS_MINIPORT_TIMER Timer, UINT MillisecondsToDelay);

/* Processors */

#define NDIS_CURRENT_PROCESSOR_NUMBER KeGetCurrentProcessorNumber()
#define AFFINITY_MASK(n) ((KAFFINITY)1 << (n))

#define NDIS_MAX_PROCESSOR_COUNT                     64
#define NDIS_SIZEOF_SYSTEM_PROCESSOR_INFO_REVISION_1 1072
#define NDIS_SYSTEM_PROCESSOR_INFO_REVISION_1        1

typedef struct _NDIS_PROCESSOR_INFO {
    ULONG CpuNumber;
    ULONG PhysicalPackageId;
    ULONG CoreId;
    ULONG HyperThreadID;
} NDIS_PROCESSOR_INFO, *PNDIS_PROCESSOR_INFO;

typedef struct _NDIS_SYSTEM_PROCESSOR_INFO {
    NDIS_OBJECT_HEADER Header;
    ULONG Flags;
    NDIS_PROCESSOR_VENDOR ProcessorVendor;
    ULONG NumPhysicalPackages;
    ULONG NumCores;
    ULONG NumCoresPerPhysicalPackage;
    ULONG MaxHyperThreadingCpusPerCore;
    ULONG RssBaseCpu;
    ULONG RssCpuCount;
    PUCHAR RssProcessors;
    NDIS_PROCESSOR_INFO CpuInfo[64];
} NDIS_SYSTEM_PROCESSOR_INFO, *PNDIS_SYSTEM_PROCESSOR_INFO;

typedef enum _NDIS_PROCESSOR_TYPE {
    NdisProcessorX86,
    NdisProcessorMips,
    NdisProcessorAlpha,
    NdisProcessorPpc,
    NdisProcessorAmd64,
    NdisProcessorIA64,
} NDIS_PROCESSOR_TYPE, *PNDIS_PROCESSOR_TYPE;

USHORT NdisActiveGroupCount(void);
PROCESSOR_NUMBER NdisCurrentGroupAndProcessor(void);
ULONG NdisCurrentProcessorIndex(void);
void NdisGetCurrentProcessorCounts(PULONG pIdleCount, PULONG pKernelAndUser, PULONG pIndex);
void NdisGetCurrentProcessorCpuUsage(PULONG pCpuUsage);
NDIS_STATUS NdisGetProcessorInformation(PNDIS_SYSTEM_PROCESSOR_INFO SystemProcessorInfo);
NDIS_STATUS NdisGetProcessorInformationEx(
    NDIS_HANDLE NdisHandle, PNDIS_SYSTEM_PROCESSOR_INFO_EX SystemProcessorInfo, PSIZE_T Size);
NDIS_STATUS NdisGetRssProcessorInformation(
    NDIS_HANDLE NdisHandle, PNDIS_RSS_PROCESSOR_INFO RssProcessorInfo, PSIZE_T Size);
ULONG NdisGroupActiveProcessorCount(USHORT Group);
KAFFINITY NdisGroupActiveProcessorMask(USHORT Group);
ULONG NdisGroupMaxProcessorCount(USHORT Group);
USHORT NdisMaxGroupCount(void);
NTSTATUS NdisProcessorIndexToNumber(ULONG ProcIndex, PPROCESSOR_NUMBER ProcNum);
ULONG NdisProcessorNumberToIndex(PROCESSOR_NUMBER ProcNum);
ULONG NdisSystemActiveProcessorCount(PKAFFINITY ActiveProcessors);
CCHAR NdisSystemProcessorCount(void);

/* NET_BUFFER and NET_BUFFER_LIST */

#define NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_1 sizeof(NET_BUFFER_POOL_PARAMETERS)

typedef struct _NET_BUFFER_SHARED_MEMORY *PNET_BUFFER_SHARED_MEMORY;

typedef struct _NET_BUFFER_SHARED_MEMORY {
    PNET_BUFFER_SHARED_MEMORY NextSharedMemorySegment;
    ULONG SharedMemoryFlags;
    NDIS_HANDLE SharedMemoryHandle;
    ULONG SharedMemoryOffset;
    ULONG SharedMemoryLength;
} NET_BUFFER_SHARED_MEMORY;

typedef enum _NDIS_NET_BUFFER_LIST_INFO {
    TcpIpChecksumNetBufferListInfo,
    TcpOffloadBytesTransferred = 0,
    IPsecOffloadV1NetBufferListInfo,
    IPsecOffloadV2NetBufferListInfo = 1,
    TcpLargeSendNetBufferListInfo,
    TcpReceiveNoPush = 2,
    ClassificationHandleNetBufferListInfo,
    Ieee8021QNetBufferListInfo,
    NetBufferListCancelId,
    MediaSpecificInformation,
    NetBufferListFrameType,
    NetBufferListProtocolId = 7,
    NetBufferListHashValue,
    NetBufferListHashInfo,
    WfpNetBufferListInfo,
    IPsecOffloadV2TunnelNetBufferListInfo,
    IPsecOffloadV2HeaderNetBufferListInfo,
    NetBufferListCorrelationId,
    NetBufferListFilteringInfo,
    MediaSpecificInformationEx,
    NblOriginalInterfaceIfIndex,
    NblReAuthWfpFlowContext = 16,
    TcpReceiveBytesTransferred,
#if NDIS_SUPPORT_NDIS630
    SwitchForwardingReserved,
    SwitchForwardingDetail = SwitchForwardingReserved,
    VirtualSubnetInfo,
    IMReserved,
    TcpRecvSegCoalesceInfo,
    UdpRecvSegCoalesceOffloadInfo = TcpRecvSegCoalesceInfo,
    UdpSegmentationOffloadInfo = TcpRecvSegCoalesceInfo,
    RscTcpTimestampDelta,
    TcpSendOffloadsSupplementalNetBufferListInfo = RscTcpTimestampDelta,
#endif
#if NDIS_SUPPORT_NDIS650
    GftOffloadInformation,
    GftFlowEntryId,
#endif
#if NDIS_SUPPORT_NDIS680
    NetBufferListInfoReserved3,
    NetBufferListInfoReserved4,
#endif
    MaxNetBufferListInfo,
} NDIS_NET_BUFFER_LIST_INFO, *PNDIS_NET_BUFFER_LIST_INFO;

typedef union _NET_BUFFER_DATA_LENGTH {
    ULONG DataLength;
    SIZE_T stDataLength;
} NET_BUFFER_DATA_LENGTH, *PNET_BUFFER_DATA_LENGTH;

typedef struct _NET_BUFFER_DATA {
    PNET_BUFFER Next;
    PMDL CurrentMdl;
    ULONG CurrentMdlOffset;
    union {
        ULONG DataLength;
        SIZE_T stDataLength;
    };
    PMDL MdlChain;
    ULONG DataOffset;
} NET_BUFFER_DATA, *PNET_BUFFER_DATA;

typedef union _NET_BUFFER_HEADER {
    NET_BUFFER_DATA NetBufferData;
    SLIST_HEADER Link;
} NET_BUFFER_HEADER, *PNET_BUFFER_HEADER;

typedef struct _SCATTER_GATHER_LIST *PSCATTER_GATHER_LIST;

struct _NET_BUFFER {
    union {
        struct {
            PNET_BUFFER Next;
            PMDL CurrentMdl;
            ULONG CurrentMdlOffset;
            union {
                ULONG DataLength;
                SIZE_T stDataLength;
            };
            PMDL MdlChain;
            ULONG DataOffset;
        };
        SLIST_HEADER Link;
        NET_BUFFER_HEADER NetBufferHeader;
    };
    USHORT ChecksumBias;
    USHORT Reserved;
    NDIS_HANDLE NdisPoolHandle;
    PVOID NdisReserved[2];
    PVOID ProtocolReserved[6];
    PVOID MiniportReserved[4];
    NDIS_PHYSICAL_ADDRESS DataPhysicalAddress;
    union {
        PNET_BUFFER_SHARED_MEMORY SharedMemoryInfo;
        PSCATTER_GATHER_LIST ScatterGatherList;
    };
};

typedef struct _NET_BUFFER_LIST_DATA {
    PNET_BUFFER_LIST Next;
    PNET_BUFFER FirstNetBuffer;
} NET_BUFFER_LIST_DATA, *PNET_BUFFER_LIST_DATA;

typedef union _NET_BUFFER_LIST_HEADER {
    NET_BUFFER_LIST_DATA NetBufferListData;
    SLIST_HEADER Link;
} NET_BUFFER_LIST_HEADER, *PNET_BUFFER_LIST_HEADER;

struct _NET_BUFFER_LIST {
    union {
        struct {
            PNET_BUFFER_LIST Next;
            PNET_BUFFER FirstNetBuffer;
        };
        SLIST_HEADER Link;
        NET_BUFFER_LIST_HEADER NetBufferListHeader;
    };
    PNET_BUFFER_LIST_CONTEXT Context;
    PNET_BUFFER_LIST ParentNetBufferList;
    NDIS_HANDLE NdisPoolHandle;
    PVOID NdisReserved[2];
    PVOID ProtocolReserved[4];
    PVOID MiniportReserved[2];
    PVOID Scratch;
    NDIS_HANDLE SourceHandle;
    ULONG NblFlags;
    LONG ChildRefCount;
    ULONG Flags;
    NDIS_STATUS Status;
    PVOID NetBufferListInfo[MaxNetBufferListInfo];
};

struct _NET_BUFFER_LIST_CONTEXT {
    PNET_BUFFER_LIST_CONTEXT Next;
    USHORT Size;
    USHORT Offset;
    UCHAR ContextData[];
};

typedef void (*NET_BUFFER_FREE_MDL_HANDLER)(PMDL);

typedef struct _NET_BUFFER_LIST_POOL_PARAMETERS {
    NDIS_OBJECT_HEADER Header;
    UCHAR ProtocolId;
    BOOLEAN fAllocateNetBuffer;
    USHORT ContextSize;
    ULONG PoolTag;
    ULONG DataSize;
} NET_BUFFER_LIST_POOL_PARAMETERS, *PNET_BUFFER_LIST_POOL_PARAMETERS;

typedef struct _NET_BUFFER_POOL_PARAMETERS {
    NDIS_OBJECT_HEADER Header;
    ULONG PoolTag;
    ULONG DataSize;
} NET_BUFFER_POOL_PARAMETERS, *PNET_BUFFER_POOL_PARAMETERS;

typedef PMDL (*NET_BUFFER_ALLOCATE_MDL_HANDLER)(PULONG);

typedef struct _NDIS_IPSEC_OFFLOAD_V1_NET_BUFFER_LIST_INFO {
    union {
        struct {
            NDIS_HANDLE OffloadHandle;
        } Transmit;
        struct {
            USHORT SaDeleteReq : 1;
            USHORT CryptoDone : 1;
            USHORT NextCryptoDone : 1;
            USHORT Pad : 13;
            USHORT CryptoStatus;
        } Receive;
    };
} NDIS_IPSEC_OFFLOAD_V1_NET_BUFFER_LIST_INFO, *PNDIS_IPSEC_OFFLOAD_V1_NET_BUFFER_LIST_INFO;

typedef struct _NDIS_IPSEC_OFFLOAD_V2_HEADER_NET_BUFFER_LIST_INFO {
    union {
        struct {
            ULONG NextHeader : 8;
            ULONG PadLength : 8;
            ULONG AhHeaderOffset : 8;
            ULONG EspHeaderOffset : 8;
        } Transmit;
        struct {
            ULONG NextHeader : 8;
            ULONG PadLength : 8;
            ULONG HeaderInfoSet : 1;
        } Receive;
    };
} NDIS_IPSEC_OFFLOAD_V2_HEADER_NET_BUFFER_LIST_INFO,
    *PNDIS_IPSEC_OFFLOAD_V2_HEADER_NET_BUFFER_LIST_INFO;

typedef struct _NDIS_IPSEC_OFFLOAD_V2_NET_BUFFER_LIST_INFO {
    union {
        struct {
            PVOID OffloadHandle;
        } Transmit;
        struct {
            ULONG SaDeleteReq : 1;
            ULONG CryptoDone : 1;
            ULONG NextCryptoDone : 1;
            ULONG Reserved : 13;
            ULONG CryptoStatus : 16;
        } Receive;
    };
} NDIS_IPSEC_OFFLOAD_V2_NET_BUFFER_LIST_INFO, *PNDIS_IPSEC_OFFLOAD_V2_NET_BUFFER_LIST_INFO;

typedef struct _NDIS_IPSEC_OFFLOAD_V2_TUNNEL_NET_BUFFER_LIST_INFO {
    struct {
        NDIS_HANDLE TunnelHandle;
    } Transmit;
} NDIS_IPSEC_OFFLOAD_V2_TUNNEL_NET_BUFFER_LIST_INFO,
    *PNDIS_IPSEC_OFFLOAD_V2_TUNNEL_NET_BUFFER_LIST_INFO;

typedef struct _NDIS_NBL_MEDIA_MEDIA_SPECIFIC_INFORMATION *PNDIS_NBL_MEDIA_SPECIFIC_INFORMATION;

typedef struct _NDIS_NBL_MEDIA_MEDIA_SPECIFIC_INFORMATION {
    PNDIS_NBL_MEDIA_SPECIFIC_INFORMATION NextEntry;
    ULONG Tag;
    DECLSPEC_ALIGN(MEMORY_ALLOCATION_ALIGNMENT) UCHAR Data[1];
} NDIS_NBL_MEDIA_SPECIFIC_INFORMATION;

typedef struct _NDIS_NBL_MEDIA_SPECIFIC_INFORMATION_EX {
    NDIS_OBJECT_HEADER Header;
    struct _NDIS_NBL_MEDIA_SPECIFIC_INFORMATION_EX *NextEntry;
    ULONG Tag;
    PVOID Data;
} NDIS_NBL_MEDIA_SPECIFIC_INFORMATION_EX, *PNDIS_NBL_MEDIA_SPECIFIC_INFORMATION_EX;

typedef struct _NDIS_NET_BUFFER_LIST_8021Q_INFO {
    union {
        struct {
            UINT32 UserPriority : 3;
            UINT32 CanonicalFormatId : 1;
            UINT32 VlanId : 12;
            UINT32 Reserved : 16;
        } TagHeader;
        struct {
            UINT32 UserPriority : 3;
            UINT32 CanonicalFormatId : 1;
            UINT32 VlanId : 12;
            UINT32 WMMInfo : 4;
            UINT32 Reserved : 12;
        } WLanTagHeader;
        PVOID Value;
    };
} NDIS_NET_BUFFER_LIST_8021Q_INFO, *PNDIS_NET_BUFFER_LIST_8021Q_INFO;

typedef struct _NDIS_NET_BUFFER_LIST_FILTERING_INFO {
    union {
        struct {
            USHORT FilterId;
            USHORT QueueId;
        } FilteringInfo;
        PVOID Value;
    };
} NDIS_NET_BUFFER_LIST_FILTERING_INFO, *PNDIS_NET_BUFFER_LIST_FILTERING_INFO;

typedef struct _NDIS_NET_BUFFER_LIST_MEDIA_SPECIFIC_INFO {
    union {
        PVOID MediaSpecificInfo;
        PVOID NativeWifiSpecificInfo;
        PVOID Value;
    };
} NDIS_NET_BUFFER_LIST_MEDIA_SPECIFIC_INFO, *PNDIS_NET_BUFFER_LIST_MEDIA_SPECIFIC_INFO;

typedef struct _NDIS_TCP_IP_CHECKSUM_NET_BUFFER_LIST_INFO {
    union {
        struct {
            ULONG IsIPv4 : 1;
            ULONG IsIPv6 : 1;
            ULONG TcpChecksum : 1;
            ULONG UdpChecksum : 1;
            ULONG IpHeaderChecksum : 1;
            ULONG Reserved : 11;
            ULONG TcpHeaderOffset : 10;
        } Transmit;
        struct {
            ULONG TcpChecksumFailed : 1;
            ULONG UdpChecksumFailed : 1;
            ULONG IpChecksumFailed : 1;
            ULONG TcpChecksumSucceeded : 1;
            ULONG UdpChecksumSucceeded : 1;
            ULONG IpChecksumSucceeded : 1;
            ULONG Loopback : 1;
            ULONG TcpChecksumValueInvalid : 1;
            ULONG IpChecksumValueInvalid : 1;
        } Receive;
        PVOID Value;
    };
} NDIS_TCP_IP_CHECKSUM_NET_BUFFER_LIST_INFO, *PNDIS_TCP_IP_CHECKSUM_NET_BUFFER_LIST_INFO;

typedef struct _NDIS_TCP_IP_CHECKSUM_PACKET_INFO {
    union {
        struct {
            ULONG NdisPacketChecksumV4 : 1;
            ULONG NdisPacketChecksumV6 : 1;
            ULONG NdisPacketTcpChecksum : 1;
            ULONG NdisPacketUdpChecksum : 1;
            ULONG NdisPacketIpChecksum : 1;
        } Transmit;
        struct {
            ULONG NdisPacketTcpChecksumFailed : 1;
            ULONG NdisPacketUdpChecksumFailed : 1;
            ULONG NdisPacketIpChecksumFailed : 1;
            ULONG NdisPacketTcpChecksumSucceeded : 1;
            ULONG NdisPacketUdpChecksumSucceeded : 1;
            ULONG NdisPacketIpChecksumSucceeded : 1;
            ULONG NdisPacketLoopback : 1;
        } Receive;
        ULONG Value;
    };
} NDIS_TCP_IP_CHECKSUM_PACKET_INFO, *PNDIS_TCP_IP_CHECKSUM_PACKET_INFO;

typedef struct _NDIS_TCP_LARGE_SEND_OFFLOAD_NET_BUFFER_LIST_INFO {
    union {
        struct {
            ULONG Unused : 30;
            ULONG Type : 1;
            ULONG Reserved2 : 1;
        } Transmit;
        struct {
            ULONG MSS : 20;
            ULONG TcpHeaderOffset : 10;
            ULONG Type : 1;
            ULONG Reserved2 : 1;
        } LsoV1Transmit;
        struct {
            ULONG TcpPayload : 30;
            ULONG Type : 1;
            ULONG Reserved2 : 1;
        } LsoV1TransmitComplete;
        struct {
            ULONG MSS : 20;
            ULONG TcpHeaderOffset : 10;
            ULONG Type : 1;
            ULONG IPVersion : 1;
        } LsoV2Transmit;
        struct {
            ULONG Reserved : 30;
            ULONG Type : 1;
            ULONG Reserved2 : 1;
        } LsoV2TransmitComplete;
        PVOID Value;
    };
} NDIS_TCP_LARGE_SEND_OFFLOAD_NET_BUFFER_LIST_INFO,
    *PNDIS_TCP_LARGE_SEND_OFFLOAD_NET_BUFFER_LIST_INFO;

#define NBL_FLAGS_MINIPORT_RESERVED                            0xF000
#define NBL_FLAGS_NDIS_RESERVED                                0xFFF
#define NBL_FLAGS_PROTOCOL_RESERVED                            0xFFF00000
#define NBL_FLAGS_SCRATCH                                      0xF0000
#define NBL_PROT_RSVD_FLAGS                                    0xFFF00000
#define NDIS_CLONE_FLAGS_RESERVED                              1
#define NDIS_CLONE_FLAGS_USE_ORIGINAL_MDLS                     2
#define NDIS_MEDIA_SPECIFIC_INFO_EAPOL                         0x80010001
#define NDIS_MEDIA_SPECIFIC_INFO_FCOE                          0x80010000
#define NDIS_MEDIA_SPECIFIC_INFO_LLDP                          0x80010002
#define NDIS_MEDIA_SPECIFIC_INFO_TIMESYNC                      0x80010003
#define NDIS_MEDIA_SPECIFIC_INFO_TUNDL                         0x10001
#define NDIS_NBL_FLAGS_HD_SPLIT                                0x100
#define NDIS_NBL_FLAGS_IS_IPV4                                 0x200
#define NDIS_NBL_FLAGS_IS_IPV6                                 0x400
#define NDIS_NBL_FLAGS_IS_LOOPBACK_PACKET                      0x8000
#define NDIS_NBL_FLAGS_IS_TCP                                  0x800
#define NDIS_NBL_FLAGS_IS_UDP                                  0x1000
#define NDIS_NBL_FLAGS_RECV_READ_ONLY                          2
#define NDIS_NBL_FLAGS_SEND_READ_ONLY                          1
#define NDIS_NBL_FLAGS_SPLIT_AT_UPPER_LAYER_PROTOCOL_HEADER    0x2000
#define NDIS_NBL_FLAGS_SPLIT_AT_UPPER_LAYER_PROTOCOL_PAYLOAD   0x4000
#define NDIS_NBL_MEDIA_SPECIFIC_INFO_REVISION_1                1
#define NDIS_SIZEOF_NBL_MEDIA_SPECIFIC_INFO_REVISION_1         32
#define NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1 16
#define NDIS_TCP_LARGE_SEND_OFFLOAD_IPv4                       0
#define NDIS_TCP_LARGE_SEND_OFFLOAD_IPv6                       1
#define NDIS_TCP_LARGE_SEND_OFFLOAD_V1_TYPE                    0
#define NDIS_TCP_LARGE_SEND_OFFLOAD_V2_TYPE                    1
#define NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1             1
#define NET_BUFFER_POOL_PARAMETERS_REVISION_1                  1

#define NET_BUFFER_NEXT_NB(NB) ((NB)->Next)
#define NET_BUFFER_FIRST_MDL(NB) ((NB)->MdlChain)
#define NET_BUFFER_DATA_LENGTH(NB) ((NB)->DataLength)
#define NET_BUFFER_DATA_OFFSET(NB) ((NB)->DataOffset)
#define NET_BUFFER_CURRENT_MDL(NB) ((NB)->CurrentMdl)
#define NET_BUFFER_CURRENT_MDL_OFFSET(NB) ((NB)->CurrentMdlOffset)
#define NET_BUFFER_PROTOCOL_RESERVED(NB) ((NB)->ProtocolReserved)
#define NET_BUFFER_MINIPORT_RESERVED(NB) ((NB)->MiniportReserved)
#define NET_BUFFER_CHECKSUM_BIAS(NB) ((NB)->ChecksumBias)
#define NET_BUFFER_DATA_PHYSICAL_ADDRESS(NB) ((NB)->DataPhysicalAddress)
#define NET_BUFFER_FIRST_SHARED_MEM_INFO(NB) ((NB)->SharedMemoryInfo)
#define NET_BUFFER_SCATTER_GATHER_LIST(NB) ((NB)->ScatterGatherList)
#define NET_BUFFER_SHARED_MEM_NEXT_SEGMENT(Info) ((Info)->NextSharedMemorySegment)
#define NET_BUFFER_SHARED_MEM_FLAGS(Info) ((Info)->SharedMemoryFlags)
#define NET_BUFFER_SHARED_MEM_HANDLE(Info) ((Info)->SharedMemoryHandle)
#define NET_BUFFER_SHARED_MEM_OFFSET(Info) ((Info)->SharedMemoryOffset)
#define NET_BUFFER_SHARED_MEM_LENGTH(Info) ((Info)->SharedMemoryLength)

#define NET_BUFFER_LIST_NEXT_NBL(NBL) ((NBL)->Next)
#define NET_BUFFER_LIST_FIRST_NB(NBL) ((NBL)->FirstNetBuffer)
#define NET_BUFFER_LIST_FLAGS(NBL) ((NBL)->Flags)
#define NET_BUFFER_LIST_NBL_FLAGS(NBL) ((NBL)->NblFlags)
#define NET_BUFFER_LIST_STATUS(NBL) ((NBL)->Status)
#define NET_BUFFER_LIST_PROTOCOL_RESERVED(NBL) ((NBL)->ProtocolReserved)
#define NET_BUFFER_LIST_MINIPORT_RESERVED(NBL) ((NBL)->MiniportReserved)
#define NET_BUFFER_LIST_CONTEXT_DATA_START(NBL) \
    ((PUCHAR)((NBL)->Context + 1) + (NBL)->Context->Offset)
#define NET_BUFFER_LIST_CONTEXT_DATA_SIZE(NBL) ((NBL)->Context->Size)
#define NET_BUFFER_LIST_INFO(NBL, Id) ((NBL)->NetBufferListInfo[(Id)])
#define NET_BUFFER_LIST_GET_HASH_VALUE(NBL) \
    (PtrToUlong(NET_BUFFER_LIST_INFO(NBL, NetBufferListHashValue)))
#define NET_BUFFER_LIST_SET_HASH_VALUE(NBL, HashValue) \
    (NET_BUFFER_LIST_INFO(NBL, NetBufferListHashValue) = UlongToPtr(HashValue))
#define NET_BUFFER_LIST_GET_HASH_TYPE(NBL) \
    (PtrToUlong(NET_BUFFER_LIST_INFO(NBL, NetBufferListHashInfo)) & NDIS_HASH_TYPE_MASK)
#define NET_BUFFER_LIST_GET_HASH_FUNCTION(NBL) \
    (PtrToUlong(NET_BUFFER_LIST_INFO(NBL, NetBufferListHashInfo)) & NDIS_HASH_FUNCTION_MASK)
#define NET_BUFFER_LIST_RECEIVE_FILTER_ID(NBL) \
    (((PNDIS_NET_BUFFER_LIST_FILTERING_INFO)&NET_BUFFER_LIST_INFO(NBL, \
        NetBufferListFilteringInfo))->FilteringInfo.FilterId)
#define NET_BUFFER_LIST_RECEIVE_QUEUE_ID(NBL) \
    (((PNDIS_NET_BUFFER_LIST_FILTERING_INFO)&NET_BUFFER_LIST_INFO(NBL, \
        NetBufferListFilteringInfo))->FilteringInfo.QueueId)
#define NDIS_GET_NET_BUFFER_LIST_CANCEL_ID(NBL) \
    (NET_BUFFER_LIST_INFO(NBL, NetBufferListCancelId))
#define NDIS_SET_NET_BUFFER_LIST_CANCEL_ID(NBL, CancelId) \
    (NET_BUFFER_LIST_INFO(NBL, NetBufferListCancelId) = (CancelId))
#define NDIS_GET_NET_BUFFER_LIST_VLAN_ID(NBL) \
    (((NDIS_NET_BUFFER_LIST_8021Q_INFO *)&NET_BUFFER_LIST_INFO(NBL, \
        Ieee8021QNetBufferListInfo))->TagHeader.VlanId)
#define NdisSetNetBufferListProtocolId(NBL, ProtocolId) \
    (*(PUCHAR)&NET_BUFFER_LIST_INFO(NBL, NetBufferListProtocolId) = (ProtocolId))

FORCEINLINE void NET_BUFFER_LIST_SET_HASH_TYPE(PNET_BUFFER_LIST NBL, volatile ULONG HashType)
{
    ULONG Info = PtrToUlong(NET_BUFFER_LIST_INFO(NBL, NetBufferListHashInfo));

    NET_BUFFER_LIST_INFO(NBL, NetBufferListHashInfo) =
        UlongToPtr((Info & ~NDIS_HASH_TYPE_MASK) | (HashType & NDIS_HASH_TYPE_MASK));
}

FORCEINLINE void NET_BUFFER_LIST_SET_HASH_FUNCTION(PNET_BUFFER_LIST NBL,
    volatile ULONG HashFunction)
{
    ULONG Info = PtrToUlong(NET_BUFFER_LIST_INFO(NBL, NetBufferListHashInfo));

    NET_BUFFER_LIST_INFO(NBL, NetBufferListHashInfo) =
        UlongToPtr((Info & ~NDIS_HASH_FUNCTION_MASK) | (HashFunction & NDIS_HASH_FUNCTION_MASK));
}

#define NBL_SET_FLAG(NBL, F) ((NBL)->Flags |= (F))
#define NBL_CLEAR_FLAG(NBL, F) ((NBL)->Flags &= ~(F))
#define NBL_TEST_FLAG(NBL, F) (((NBL)->Flags & (F)) != 0)
#define NBL_TEST_FLAGS(NBL, F) (((NBL)->Flags & (F)) == (F))
#define NBL_SET_PROTOCOL_RSVD_FLAG(NBL, F) ((NBL)->Flags |= (F) & NBL_FLAGS_PROTOCOL_RESERVED)
#define NBL_CLEAR_PROTOCOL_RSVD_FLAG(NBL, F) ((NBL)->Flags &= ~((F) & NBL_FLAGS_PROTOCOL_RESERVED))
#define NBL_TEST_PROTOCOL_RSVD_FLAG(NBL, F) \
    (((NBL)->Flags & (F) & NBL_FLAGS_PROTOCOL_RESERVED) != 0)
#define NBL_SET_PROT_RSVD_FLAG(NBL, F) NBL_SET_PROTOCOL_RSVD_FLAG(NBL, F)
#define NBL_CLEAR_PROT_RSVD_FLAG(NBL, F) NBL_CLEAR_PROTOCOL_RSVD_FLAG(NBL, F)
#define NBL_TEST_PROT_RSVD_FLAG(NBL, F) NBL_TEST_PROTOCOL_RSVD_FLAG(NBL, F)
#define NdisSetNblFlag(NBL, F) ((NBL)->NblFlags |= (F))
#define NdisClearNblFlag(NBL, F) ((NBL)->NblFlags &= ~(F))
#define NdisTestNblFlag(NBL, F) (((NBL)->NblFlags & (F)) != 0)
#define NdisTestNblFlags(NBL, F) (((NBL)->NblFlags & (F)) == (F))
#define NDIS_SET_CLONE_FLAG(Flags, Fl) ((Flags) |= (Fl))
#define NDIS_CLEAR_CLONE_FLAG(Flags, Fl) ((Flags) &= ~(Fl))
#define NDIS_TEST_CLONE_FLAG(Flags, Fl) (((Flags) & (Fl)) != 0)

#define NDIS_NBL_ADD_MEDIA_SPECIFIC_INFO(NBL, MediaSpecificInfo) \
    do { \
        (MediaSpecificInfo)->NextEntry = (PNDIS_NBL_MEDIA_SPECIFIC_INFORMATION) \
            NET_BUFFER_LIST_INFO(NBL, MediaSpecificInformation); \
        NET_BUFFER_LIST_INFO(NBL, MediaSpecificInformation) = (MediaSpecificInfo); \
    } while (0)
#define NDIS_NBL_ADD_MEDIA_SPECIFIC_INFO_EX(NBL, MediaSpecificInfo) \
    do { \
        (MediaSpecificInfo)->NextEntry = (PNDIS_NBL_MEDIA_SPECIFIC_INFORMATION_EX) \
            NET_BUFFER_LIST_INFO(NBL, MediaSpecificInformationEx); \
        NET_BUFFER_LIST_INFO(NBL, MediaSpecificInformationEx) = (MediaSpecificInfo); \
    } while (0)
#define DRVLINT_FIND_MEDIA_INFO(Type, NBL, Id, Wanted, Found) \
    do { \
        Type _Entry = (Type)NET_BUFFER_LIST_INFO(NBL, Id); \
        while (_Entry && _Entry->Tag != (Wanted)) \
            _Entry = _Entry->NextEntry; \
        (Found) = _Entry; \
    } while (0)
#define NDIS_NBL_GET_MEDIA_SPECIFIC_INFO(NBL, Tag_, Found) \
    DRVLINT_FIND_MEDIA_INFO(PNDIS_NBL_MEDIA_SPECIFIC_INFORMATION, NBL, MediaSpecificInformation, \
        Tag_, Found)
#define NDIS_NBL_GET_MEDIA_SPECIFIC_INFO_EX(NBL, Tag_, Found) \
    DRVLINT_FIND_MEDIA_INFO(PNDIS_NBL_MEDIA_SPECIFIC_INFORMATION_EX, NBL, \
        MediaSpecificInformationEx, Tag_, Found)
#define DRVLINT_REMOVE_MEDIA_INFO(Type, NBL, Id, Info) \
    do { \
        Type *_Link = (Type *)&NET_BUFFER_LIST_INFO(NBL, Id); \
        while (*_Link && (*_Link)->Tag != (Info)->Tag) \
            _Link = &(*_Link)->NextEntry; \
        if (*_Link) \
            *_Link = (*_Link)->NextEntry; \
    } while (0)
#define NDIS_NBL_REMOVE_MEDIA_SPECIFIC_INFO(NBL, Info) \
    DRVLINT_REMOVE_MEDIA_INFO(PNDIS_NBL_MEDIA_SPECIFIC_INFORMATION, NBL, \
        MediaSpecificInformation, Info)
#define NDIS_NBL_REMOVE_MEDIA_SPECIFIC_INFO_EX(NBL, Info) \
    DRVLINT_REMOVE_MEDIA_INFO(PNDIS_NBL_MEDIA_SPECIFIC_INFORMATION_EX, NBL, \
        MediaSpecificInformationEx, Info)

void NdisAdjustNetBufferCurrentMdl(PNET_BUFFER NetBuffer);
void NdisAdvanceNetBufferDataStart(
    PNET_BUFFER NetBuffer, ULONG DataOffsetDelta, BOOLEAN FreeMdl,
    NET_BUFFER_FREE_MDL_HANDLER FreeMdlHandler);
void NdisAdvanceNetBufferListDataStart(
    PNET_BUFFER_LIST NetBufferList, ULONG DataOffsetDelta, BOOLEAN FreeMdl,
    NET_BUFFER_FREE_MDL_HANDLER FreeMdlMdlHandler);
PNET_BUFFER_LIST NdisAllocateCloneNetBufferList(
    PNET_BUFFER_LIST OriginalNetBufferList, NDIS_HANDLE NetBufferListPoolHandle,
    NDIS_HANDLE NetBufferPoolHandle, ULONG AllocateCloneFlags);
PNET_BUFFER_LIST NdisAllocateFragmentNetBufferList(
    PNET_BUFFER_LIST OriginalNetBufferList, NDIS_HANDLE NetBufferListPool,
    NDIS_HANDLE NetBufferPool, ULONG StartOffset, ULONG MaximumLength, ULONG DataOffsetDelta,
    ULONG DataBackFill, ULONG AllocateFragmentFlags);
PNET_BUFFER NdisAllocateNetBuffer(
    NDIS_HANDLE PoolHandle, PMDL MdlChain, ULONG DataOffset, SIZE_T DataLength);
PNET_BUFFER_LIST NdisAllocateNetBufferAndNetBufferList(
    NDIS_HANDLE PoolHandle, USHORT ContextSize, USHORT ContextBackFill, PMDL MdlChain,
    ULONG DataOffset, SIZE_T DataLength);
PNET_BUFFER_LIST NdisAllocateNetBufferList(
    NDIS_HANDLE PoolHandle, USHORT ContextSize, USHORT ContextBackFill);
NDIS_STATUS NdisAllocateNetBufferListContext(
    PNET_BUFFER_LIST NetBufferList, USHORT ContextSize, USHORT ContextBackFill, ULONG PoolTag);
NDIS_HANDLE NdisAllocateNetBufferListPool(
    NDIS_HANDLE NdisHandle, PNET_BUFFER_LIST_POOL_PARAMETERS Parameters);
PNET_BUFFER NdisAllocateNetBufferMdlAndData(NDIS_HANDLE PoolHandle);
NDIS_HANDLE NdisAllocateNetBufferPool(
    NDIS_HANDLE NdisHandle, PNET_BUFFER_POOL_PARAMETERS Parameters);
PNET_BUFFER_LIST NdisAllocateReassembledNetBufferList(
    PNET_BUFFER_LIST FagmentNetBufferList, NDIS_HANDLE NetBufferAndNetBufferListPoolHandle,
    ULONG StartOffset, ULONG DataOffsetDelta, ULONG DataBackFill, ULONG AllocateReassembleFlags);
NDIS_STATUS NdisCopyFromNetBufferToNetBuffer(
    PNET_BUFFER Destination, ULONG DestinationOffset, ULONG BytesToCopy, PNET_BUFFER Source,
    ULONG SourceOffset, PULONG BytesCopied);
void NdisCopyReceiveNetBufferListInfo(
    PNET_BUFFER_LIST DestNetBufferList, PNET_BUFFER_LIST SrcNetBufferList);
void NdisFreeCloneNetBufferList(PNET_BUFFER_LIST CloneNetBufferList, ULONG FreeCloneFlags);
void NdisFreeFragmentNetBufferList(
    PNET_BUFFER_LIST FragmentNetBufferList, ULONG DataOffsetDelta, ULONG FreeFragmentFlags);
void NdisFreeNetBuffer(PNET_BUFFER NetBuffer);
void NdisFreeNetBufferList(PNET_BUFFER_LIST NetBufferList);
void NdisFreeNetBufferListContext(PNET_BUFFER_LIST NetBufferList, USHORT ContextSize);
void NdisFreeNetBufferListPool(NDIS_HANDLE PoolHandle);
void NdisFreeNetBufferPool(NDIS_HANDLE PoolHandle);
void NdisFreeReassembledNetBufferList(
    PNET_BUFFER_LIST ReassembledNetBufferList, ULONG DataOffsetDelta, ULONG FreeReassembleFlags);
UCHAR NdisGetNetBufferListProtocolId(PNET_BUFFER_LIST NetBufferList);
NDIS_HANDLE NdisGetPoolFromNetBuffer(PNET_BUFFER NetBuffer);
NDIS_HANDLE NdisGetPoolFromNetBufferList(PNET_BUFFER_LIST NetBufferList);
ULONG NdisQueryNetBufferPhysicalCount(PNET_BUFFER NetBuffer);
NDIS_STATUS NdisRetreatNetBufferDataStart(
    PNET_BUFFER NetBuffer, ULONG DataOffsetDelta, ULONG DataBackFill,
    NET_BUFFER_ALLOCATE_MDL_HANDLER AllocateMdlHandler);
NDIS_STATUS NdisRetreatNetBufferListDataStart(
    PNET_BUFFER_LIST NetBufferList, ULONG DataOffsetDelta, ULONG DataBackFill,
    NET_BUFFER_ALLOCATE_MDL_HANDLER AllocateMdlHandler, NET_BUFFER_FREE_MDL_HANDLER FreeMdlHandler);

/* Memory descriptor lists */

#define NDIS_MDL_LINKAGE(Mdl) ((Mdl)->Next)
#define NDIS_BUFFER_LINKAGE(Buffer) ((Buffer)->Next)
#define NDIS_MDL_TO_SPAN_PAGES(Mdl) \
    (MmGetMdlByteCount(Mdl) == 0 ? 1 : \
     ADDRESS_AND_SIZE_TO_SPAN_PAGES(MmGetMdlVirtualAddress(Mdl), MmGetMdlByteCount(Mdl)))
#define NDIS_BUFFER_TO_SPAN_PAGES(Buffer) NDIS_MDL_TO_SPAN_PAGES(Buffer)
#define NdisGetNextMdl(CurrentMdl, NextMdl) (*(NextMdl) = (CurrentMdl)->Next)
#define NdisGetNextBuffer(CurrentBuffer, NextBuffer) (*(NextBuffer) = (CurrentBuffer)->Next)
#define NdisAdjustMdlLength(Mdl, Length) ((Mdl)->ByteCount = (Length))
#define NdisAdjustBufferLength(Buffer, Length) ((Buffer)->ByteCount = (Length))
#define NdisBufferLength(Buffer) MmGetMdlByteCount(Buffer)

PVOID NdisBufferVirtualAddress(PNDIS_BUFFER Buffer);
PVOID NdisBufferVirtualAddressSafe(PNDIS_BUFFER Buffer, UINT Priority);
void NdisFreeBuffer(PNDIS_BUFFER Buffer);
void NdisFlushBuffer(PNDIS_BUFFER Buffer, BOOLEAN WriteToDevice);
void NdisGetBufferPhysicalArraySize(PNDIS_BUFFER Buffer, PUINT ArraySize);
void NdisGetMdlPhysicalArraySize(PMDL Mdl, PULONG ArraySize);
void NdisQueryBufferOffset(PNDIS_BUFFER Buffer, PUINT Offset, PUINT Length);
void NdisQueryMdlOffset(PMDL Mdl, PULONG Offset, PULONG Length);
void NdisQueryBufferSafe(PNDIS_BUFFER Buffer, PVOID *VirtualAddress, PUINT Length, UINT Priority);
void NdisQueryMdl(PMDL Mdl, PVOID *VirtualAddress, PULONG Length, ULONG Priority);
#define NdisQueryMdl(Mdl, VirtualAddress, Length, Priority) \
    NdisQueryMdl((Mdl), (PVOID *)(VirtualAddress), (PULONG)(Length), (Priority))
#define NdisQueryMdlOffset(Mdl, Offset, Length) \
    NdisQueryMdlOffset((Mdl), (PULONG)(Offset), (PULONG)(Length))
#define NdisQueryBufferSafe(Buffer, VirtualAddress, Length, Priority) \
    NdisQueryBufferSafe((Buffer), (PVOID *)(VirtualAddress), (PUINT)(Length), (Priority))

PMDL NdisAllocateMdl(NDIS_HANDLE NdisHandle, PVOID VirtualAddress, UINT Length);
void NdisCopyBuffer(
    PNDIS_STATUS Status, PNDIS_BUFFER *Buffer, NDIS_HANDLE PoolHandle, PVOID MemoryDescriptor,
    UINT Offset, UINT Length);
void NdisFreeMdl(PMDL Mdl);
PVOID NdisGetDataBuffer(
    PNET_BUFFER NetBuffer, ULONG BytesNeeded, PVOID Storage, UINT AlignMultiple, UINT AlignOffset);

/* Object identifier requests */

typedef enum _NDIS_REQUEST_TYPE {
    NdisRequestQueryInformation,
    NdisRequestSetInformation,
    NdisRequestQueryStatistics,
    NdisRequestOpen,
    NdisRequestClose,
    NdisRequestSend,
    NdisRequestTransferData,
    NdisRequestReset,
    NdisRequestGeneric1,
    NdisRequestGeneric2,
    NdisRequestGeneric3,
    NdisRequestGeneric4,
    NdisRequestMethod,
} NDIS_REQUEST_TYPE, *PNDIS_REQUEST_TYPE;

struct _QUERY {
    NDIS_OID Oid;
    PVOID InformationBuffer;
    UINT InformationBufferLength;
    UINT BytesWritten;
    UINT BytesNeeded;
};

struct _SET {
    NDIS_OID Oid;
    PVOID InformationBuffer;
    UINT InformationBufferLength;
    UINT BytesRead;
    UINT BytesNeeded;
};

struct _METHOD {
    NDIS_OID Oid;
    PVOID InformationBuffer;
    ULONG InputBufferLength;
    ULONG OutputBufferLength;
    ULONG MethodId;
    UINT BytesWritten;
    UINT BytesRead;
    UINT BytesNeeded;
};

union _REQUEST_DATA {
    struct _QUERY QUERY_INFORMATION;
    struct _SET SET_INFORMATION;
    struct _METHOD METHOD_INFORMATION;
    NDIS_OID Oid;
};

struct _NDIS_OID_REQUEST {
    NDIS_OBJECT_HEADER Header;
    NDIS_REQUEST_TYPE RequestType;
    NDIS_PORT_NUMBER PortNumber;
    UINT Timeout;
    PVOID RequestId;
    NDIS_HANDLE RequestHandle;
    union _REQUEST_DATA DATA;
    UCHAR NdisReserved[128];
    UCHAR MiniportReserved[16];
    UCHAR SourceReserved[16];
    UCHAR SupportedRevision;
    UCHAR Reserved1;
    USHORT Reserved2;
#if NDIS_SUPPORT_NDIS650
    NDIS_NIC_SWITCH_ID SwitchId;
    NDIS_NIC_SWITCH_VPORT_ID VPortId;
    ULONG Flags;
#endif
};

#define NDIS_OID_REQUEST_NDIS_RESERVED_SIZE 16
#define NDIS_OID_REQUEST_REVISION_1         1
#define NDIS_OID_REQUEST_TIMEOUT_INFINITE   0
#define NDIS_SIZEOF_OID_REQUEST_REVISION_1  236
#define NDIS_OID_REQUEST_REVISION_2 2
#define NDIS_SIZEOF_OID_REQUEST_REVISION_2 sizeof(NDIS_OID_REQUEST)
#define NDIS_OID_REQUEST_FLAGS_VPORT_ID_VALID 0x00000001

NDIS_STATUS NdisAllocateCloneOidRequest(
    NDIS_HANDLE SourceHandle, PNDIS_OID_REQUEST OidRequest, UINT PoolTag,
    PNDIS_OID_REQUEST *ClonedOidRequest);
void NdisCancelDirectOidRequest(NDIS_HANDLE NdisBindingHandle, PVOID RequestId);
void NdisCancelOidRequest(NDIS_HANDLE NdisBindingHandle, PVOID RequestId);
NDIS_STATUS NdisDirectOidRequest(NDIS_HANDLE NdisBindingHandle, PNDIS_OID_REQUEST OidRequest);
void NdisFreeCloneOidRequest(NDIS_HANDLE SourceHandle, PNDIS_OID_REQUEST Request);
NDIS_STATUS NdisOidRequest(NDIS_HANDLE NdisBindingHandle, PNDIS_OID_REQUEST OidRequest);

/* Status and Plug and Play indications */

#define NDIS_STATUS_INDICATION_FLAGS_MEDIA_CONNECT_TO_CONNECT 0x1000
#define NDIS_STATUS_INDICATION_FLAGS_NDIS_RESERVED            0xFFF
#define NDIS_STATUS_INDICATION_REVISION_1                     1
#define NDIS_SIZEOF_NET_DEVICE_PNP_EVENT_REVISION_1           44
#define NDIS_SIZEOF_NET_PNP_EVENT_NOTIFICATION_REVISION_1     160
#define NDIS_SIZEOF_STATUS_INDICATION_REVISION_1              112
#define NET_DEVICE_PNP_EVENT_REVISION_1                       1
#define NET_EVENT_HALT_MINIPORT_ON_LOW_POWER                  1
#define NET_PNP_EVENT_NOTIFICATION_REVISION_1                 1

typedef enum _NDIS_DEVICE_PNP_EVENT {
    NdisDevicePnPEventQueryRemoved,
    NdisDevicePnPEventRemoved,
    NdisDevicePnPEventSurpriseRemoved,
    NdisDevicePnPEventQueryStopped,
    NdisDevicePnPEventStopped,
    NdisDevicePnPEventPowerProfileChanged,
    NdisDevicePnPEventFilterListChanged,
    NdisDevicePnPEventMaximum,
} NDIS_DEVICE_PNP_EVENT, *PNDIS_DEVICE_PNP_EVENT;

typedef struct _NET_DEVICE_PNP_EVENT {
    NDIS_OBJECT_HEADER Header;
    NDIS_PORT_NUMBER PortNumber;
    NDIS_DEVICE_PNP_EVENT DevicePnPEvent;
    PVOID InformationBuffer;
    ULONG InformationBufferLength;
    UCHAR NdisReserved[16];
} NET_DEVICE_PNP_EVENT, *PNET_DEVICE_PNP_EVENT;

struct _NDIS_STATUS_INDICATION {
    NDIS_OBJECT_HEADER Header;
    NDIS_HANDLE SourceHandle;
    NDIS_PORT_NUMBER PortNumber;
    NDIS_STATUS StatusCode;
    ULONG Flags;
    NDIS_HANDLE DestinationHandle;
    PVOID RequestId;
    PVOID StatusBuffer;
    ULONG StatusBufferSize;
    GUID Guid;
    PVOID NdisReserved[4];
};

typedef NDIS_STATUS PROTOCOL_NET_PNP_EVENT(
    NDIS_HANDLE ProtocolBindingContext, PNET_PNP_EVENT_NOTIFICATION NetPnPEventNotification);
typedef PROTOCOL_NET_PNP_EVENT *NET_PNP_EVENT_HANDLER;

typedef enum _NET_DEVICE_POWER_STATE {
    NetDeviceStateUnspecified,
    NetDeviceStateD0,
    NetDeviceStateD1,
    NetDeviceStateD2,
    NetDeviceStateD3,
    NetDeviceStateMaximum,
} NET_DEVICE_POWER_STATE, *PNET_DEVICE_POWER_STATE;

#define NDIS_STATUS_INDICATION_SET_FLAG(StatusIndication, F) ((StatusIndication)->Flags |= (F))
#define NDIS_STATUS_INDICATION_TEST_FLAG(StatusIndication, F) \
    (((StatusIndication)->Flags & (F)) != 0)
#define NDIS_STATUS_INDICATION_CLEAR_FLAG(StatusIndication, F) ((StatusIndication)->Flags = 0)

/* Flags of the data path */

#define NDIS_RECEIVE_FLAGS_DISPATCH_LEVEL           1
#define NDIS_RECEIVE_FLAGS_MORE_NBLS                0x2000
#define NDIS_RECEIVE_FLAGS_PERFECT_FILTERED         0x400
#define NDIS_RECEIVE_FLAGS_RESOURCES                2
#define NDIS_RECEIVE_FLAGS_SHARED_MEMORY_INFO_VALID 0x1000
#define NDIS_RECEIVE_FLAGS_SINGLE_ETHER_TYPE        0x100
#define NDIS_RECEIVE_FLAGS_SINGLE_QUEUE             0x800
#define NDIS_RECEIVE_FLAGS_SINGLE_VLAN              0x200
#define NDIS_RETURN_FLAGS_DISPATCH_LEVEL            1
#define NDIS_RETURN_FLAGS_SINGLE_QUEUE              2
#define NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL     1
#define NDIS_SEND_COMPLETE_FLAGS_SINGLE_QUEUE       2
#define NDIS_SEND_FLAGS_CHECK_FOR_LOOPBACK          2
#define NDIS_SEND_FLAGS_DISPATCH_LEVEL              1
#define NDIS_SEND_FLAGS_SINGLE_QUEUE                4

#define NDIS_SET_SEND_FLAG(Flags, Fl) ((Flags) |= (Fl))
#define NDIS_SEND_FLAGS_SWITCH_DESTINATION_GROUP 0x00000010
#define NDIS_SEND_FLAGS_SWITCH_SINGLE_SOURCE 0x00000020
#define NDIS_SEND_COMPLETE_FLAGS_SWITCH_SINGLE_SOURCE 0x00000004
#define NDIS_RECEIVE_FLAGS_SWITCH_DESTINATION_GROUP 0x00004000
#define NDIS_RECEIVE_FLAGS_SWITCH_SINGLE_SOURCE 0x00008000
#define NDIS_RETURN_FLAGS_SWITCH_SINGLE_SOURCE 0x00000004
#define NDIS_TEST_SEND_FLAG(Flags, Fl) (((Flags) & (Fl)) != 0)
#define NDIS_SET_SEND_COMPLETE_FLAG(Flags, Fl) ((Flags) |= (Fl))
#define NDIS_TEST_SEND_COMPLETE_FLAG(Flags, Fl) (((Flags) & (Fl)) != 0)
#define NDIS_SET_RETURN_FLAG(Flags, Fl) ((Flags) |= (Fl))
#define NDIS_TEST_RETURN_FLAG(Flags, Fl) (((Flags) & (Fl)) != 0)
#define NDIS_SET_RECEIVE_FLAG(Flags, Fl) ((Flags) |= (Fl))
#define NDIS_TEST_RECEIVE_FLAG(Flags, Fl) (((Flags) & (Fl)) != 0)
#define NDIS_TEST_SEND_AT_DISPATCH_LEVEL(Flags) \
    NDIS_TEST_SEND_FLAG((Flags), NDIS_SEND_FLAGS_DISPATCH_LEVEL)
#define NDIS_TEST_SEND_COMPLETE_AT_DISPATCH_LEVEL(Flags) \
    NDIS_TEST_SEND_COMPLETE_FLAG((Flags), NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL)
#define NDIS_TEST_RETURN_AT_DISPATCH_LEVEL(Flags) \
    NDIS_TEST_RETURN_FLAG((Flags), NDIS_RETURN_FLAGS_DISPATCH_LEVEL)
#define NDIS_TEST_RECEIVE_AT_DISPATCH_LEVEL(Flags) \
    NDIS_TEST_RECEIVE_FLAG((Flags), NDIS_RECEIVE_FLAGS_DISPATCH_LEVEL)
#define NDIS_TEST_RECEIVE_CANNOT_PEND(Flags) \
    NDIS_TEST_RECEIVE_FLAG((Flags), NDIS_RECEIVE_FLAGS_RESOURCES)
#define NDIS_TEST_RECEIVE_CAN_PEND(Flags) (((Flags) & NDIS_RECEIVE_FLAGS_RESOURCES) == 0)

/* Miniport driver: registration and callbacks */

typedef NDIS_STATUS MINIPORT_IDLE_NOTIFICATION(NDIS_HANDLE MiniportAdapterContext,
    BOOLEAN ForceIdle);
typedef MINIPORT_IDLE_NOTIFICATION *MINIPORT_IDLE_NOTIFICATION_HANDLER;
typedef void MINIPORT_CANCEL_IDLE_NOTIFICATION(NDIS_HANDLE MiniportAdapterContext);
typedef MINIPORT_CANCEL_IDLE_NOTIFICATION *MINIPORT_CANCEL_IDLE_NOTIFICATION_HANDLER;
typedef NDIS_STATUS MINIPORT_SYNCHRONOUS_OID_REQUEST(NDIS_HANDLE MiniportAdapterContext,
    PNDIS_OID_REQUEST OidRequest);
typedef MINIPORT_SYNCHRONOUS_OID_REQUEST *MINIPORT_SYNCHRONOUS_OID_REQUEST_HANDLER;

typedef CM_PARTIAL_RESOURCE_LIST *PNDIS_RESOURCE_LIST;

typedef struct _NDIS_MINIPORT_INIT_PARAMETERS {
    NDIS_OBJECT_HEADER Header;
    ULONG Flags;
    PNDIS_RESOURCE_LIST AllocatedResources;
    NDIS_HANDLE IMDeviceInstanceContext;
    NDIS_HANDLE MiniportAddDeviceContext;
    NET_IFINDEX IfIndex;
    NET_LUID NetLuid;
    PNDIS_PORT_AUTHENTICATION_PARAMETERS DefaultPortAuthStates;
    PNDIS_PCI_DEVICE_CUSTOM_PROPERTIES PciDeviceCustomProperties;
} NDIS_MINIPORT_INIT_PARAMETERS, *PNDIS_MINIPORT_INIT_PARAMETERS;

typedef enum _NDIS_HALT_ACTION {
    NdisHaltDeviceDisabled,
    NdisHaltDeviceInstanceDeInitialized,
    NdisHaltDevicePoweredDown,
    NdisHaltDeviceSurpriseRemoved,
    NdisHaltDeviceFailed,
    NdisHaltDeviceInitializationFailed,
    NdisHaltDeviceStopped,
} NDIS_HALT_ACTION, *PNDIS_HALT_ACTION;

typedef struct _NDIS_MINIPORT_PAUSE_PARAMETERS {
    NDIS_OBJECT_HEADER Header;
    ULONG Flags;
    ULONG PauseReason;
} NDIS_MINIPORT_PAUSE_PARAMETERS, *PNDIS_MINIPORT_PAUSE_PARAMETERS;

typedef struct _NDIS_RESTART_ATTRIBUTES *PNDIS_RESTART_ATTRIBUTES;

typedef struct _NDIS_RESTART_ATTRIBUTES {
    PNDIS_RESTART_ATTRIBUTES Next;
    NDIS_OID Oid;
    ULONG DataLength;
    DECLSPEC_ALIGN(MEMORY_ALLOCATION_ALIGNMENT) UCHAR Data[1];
} NDIS_RESTART_ATTRIBUTES;

typedef struct _NDIS_MINIPORT_RESTART_PARAMETERS {
    NDIS_OBJECT_HEADER Header;
    PNDIS_RESTART_ATTRIBUTES RestartAttributes;
    ULONG Flags;
} NDIS_MINIPORT_RESTART_PARAMETERS, *PNDIS_MINIPORT_RESTART_PARAMETERS;

typedef enum _NDIS_SHUTDOWN_ACTION {
    NdisShutdownPowerOff,
    NdisShutdownBugCheck,
} NDIS_SHUTDOWN_ACTION, PNDIS_SHUTDOWN_ACTION;

typedef CM_PARTIAL_RESOURCE_LIST NDIS_RESOURCE_LIST;

typedef NDIS_STATUS SET_OPTIONS(NDIS_HANDLE NdisDriverHandle, NDIS_HANDLE DriverContext);
typedef SET_OPTIONS *SET_OPTIONS_HANDLER;
typedef BOOLEAN MINIPORT_ISR(
    NDIS_HANDLE MiniportInterruptContext, PBOOLEAN QueueDefaultInterruptDpc,
    PULONG TargetProcessors);
typedef MINIPORT_ISR *MINIPORT_ISR_HANDLER;
typedef void MINIPORT_INTERRUPT_DPC(
    NDIS_HANDLE MiniportInterruptContext, PVOID MiniportDpcContext, PVOID ReceiveThrottleParameters,
    PVOID NdisReserved2);
typedef MINIPORT_INTERRUPT_DPC *MINIPORT_INTERRUPT_DPC_HANDLER;
typedef void MINIPORT_DISABLE_INTERRUPT(NDIS_HANDLE MiniportInterruptContext);
typedef MINIPORT_DISABLE_INTERRUPT *MINIPORT_DISABLE_INTERRUPT_HANDLER;
typedef void MINIPORT_ENABLE_INTERRUPT(NDIS_HANDLE MiniportInterruptContext);
typedef MINIPORT_ENABLE_INTERRUPT *MINIPORT_ENABLE_INTERRUPT_HANDLER;
typedef BOOLEAN MINIPORT_MESSAGE_INTERRUPT(
    NDIS_HANDLE MiniportInterruptContext, ULONG MessageId, PBOOLEAN QueueDefaultInterruptDpc,
    PULONG TargetProcessors);
typedef MINIPORT_MESSAGE_INTERRUPT *MINIPORT_MSI_ISR_HANDLER;
typedef void MINIPORT_MESSAGE_INTERRUPT_DPC(
    NDIS_HANDLE MiniportInterruptContext, ULONG MessageId, PVOID MiniportDpcContext,
    PVOID ReceiveThrottleParameters, PVOID NdisReserved2);
typedef MINIPORT_MESSAGE_INTERRUPT_DPC *MINIPORT_MSI_INTERRUPT_DPC_HANDLER;
typedef void MINIPORT_DISABLE_MESSAGE_INTERRUPT(
    NDIS_HANDLE MiniportInterruptContext, ULONG MessageId);
typedef MINIPORT_DISABLE_MESSAGE_INTERRUPT *MINIPORT_DISABLE_MSI_INTERRUPT_HANDLER;
typedef void MINIPORT_ENABLE_MESSAGE_INTERRUPT(
    NDIS_HANDLE MiniportInterruptContext, ULONG MessageId);
typedef MINIPORT_ENABLE_MESSAGE_INTERRUPT *MINIPORT_ENABLE_MSI_INTERRUPT_HANDLER;
typedef NDIS_STATUS MINIPORT_INITIALIZE(
    NDIS_HANDLE NdisMiniportHandle, NDIS_HANDLE MiniportDriverContext,
    PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters);
typedef MINIPORT_INITIALIZE *MINIPORT_INITIALIZE_HANDLER;
typedef void MINIPORT_HALT(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction);
typedef MINIPORT_HALT *MINIPORT_HALT_HANDLER;
typedef void MINIPORT_UNLOAD(PDRIVER_OBJECT DriverObject);
typedef MINIPORT_UNLOAD *MINIPORT_DRIVER_UNLOAD;
typedef NDIS_STATUS MINIPORT_PAUSE(
    NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters);
typedef MINIPORT_PAUSE *MINIPORT_PAUSE_HANDLER;
typedef NDIS_STATUS MINIPORT_RESTART(
    NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters);
typedef MINIPORT_RESTART *MINIPORT_RESTART_HANDLER;
typedef NDIS_STATUS MINIPORT_OID_REQUEST(
    NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest);
typedef MINIPORT_OID_REQUEST *MINIPORT_OID_REQUEST_HANDLER;
typedef void MINIPORT_SEND_NET_BUFFER_LISTS(
    NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferList, NDIS_PORT_NUMBER PortNumber,
    ULONG SendFlags);
typedef MINIPORT_SEND_NET_BUFFER_LISTS *MINIPORT_SEND_NET_BUFFER_LISTS_HANDLER;
typedef void MINIPORT_RETURN_NET_BUFFER_LISTS(
    NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists, ULONG ReturnFlags);
typedef MINIPORT_RETURN_NET_BUFFER_LISTS *MINIPORT_RETURN_NET_BUFFER_LISTS_HANDLER;
typedef void MINIPORT_CANCEL_SEND(NDIS_HANDLE MiniportAdapterContext, PVOID CancelId);
typedef MINIPORT_CANCEL_SEND *MINIPORT_CANCEL_SEND_HANDLER;
typedef BOOLEAN MINIPORT_CHECK_FOR_HANG(NDIS_HANDLE MiniportAdapterContext);
typedef MINIPORT_CHECK_FOR_HANG *MINIPORT_CHECK_FOR_HANG_HANDLER;
typedef NDIS_STATUS MINIPORT_RESET(NDIS_HANDLE MiniportAdapterContext, PBOOLEAN AddressingReset);
typedef MINIPORT_RESET *MINIPORT_RESET_HANDLER;
typedef void MINIPORT_DEVICE_PNP_EVENT_NOTIFY(
    NDIS_HANDLE MiniportAdapterContext, PNET_DEVICE_PNP_EVENT NetDevicePnPEvent);
typedef MINIPORT_DEVICE_PNP_EVENT_NOTIFY *MINIPORT_DEVICE_PNP_EVENT_NOTIFY_HANDLER;
typedef void MINIPORT_SHUTDOWN(
    NDIS_HANDLE MiniportAdapterContext, NDIS_SHUTDOWN_ACTION ShutdownAction);
typedef MINIPORT_SHUTDOWN *MINIPORT_SHUTDOWN_HANDLER;
typedef void MINIPORT_CANCEL_OID_REQUEST(NDIS_HANDLE MiniportAdapterContext, PVOID RequestId);
typedef MINIPORT_CANCEL_OID_REQUEST *MINIPORT_CANCEL_OID_REQUEST_HANDLER;
typedef NDIS_STATUS MINIPORT_DIRECT_OID_REQUEST(
    NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest);
typedef MINIPORT_DIRECT_OID_REQUEST *MINIPORT_DIRECT_OID_REQUEST_HANDLER;
typedef void MINIPORT_CANCEL_DIRECT_OID_REQUEST(
    NDIS_HANDLE MiniportAdapterContext, PVOID RequestId);
typedef MINIPORT_CANCEL_DIRECT_OID_REQUEST *MINIPORT_CANCEL_DIRECT_OID_REQUEST_HANDLER;
typedef void MINIPORT_PROCESS_SG_LIST(
    PDEVICE_OBJECT pDO, PVOID Reserved, PSCATTER_GATHER_LIST pSGL, PVOID Context);
typedef MINIPORT_PROCESS_SG_LIST *MINIPORT_PROCESS_SG_LIST_HANDLER;
typedef void MINIPORT_ALLOCATE_SHARED_MEM_COMPLETE(
    NDIS_HANDLE MiniportAdapterContext, PVOID VirtualAddress,
    PNDIS_PHYSICAL_ADDRESS PhysicalAddress, ULONG Length, PVOID Context);
typedef MINIPORT_ALLOCATE_SHARED_MEM_COMPLETE *MINIPORT_ALLOCATE_SHARED_MEM_COMPLETE_HANDLER;
typedef BOOLEAN MINIPORT_SYNCHRONIZE_INTERRUPT(NDIS_HANDLE SynchronizeContext);
typedef MINIPORT_SYNCHRONIZE_INTERRUPT *MINIPORT_SYNCHRONIZE_INTERRUPT_HANDLER;
typedef NDIS_STATUS MINIPORT_ADD_DEVICE(
    NDIS_HANDLE NdisMiniportHandle, NDIS_HANDLE MiniportDriverContext);
typedef MINIPORT_ADD_DEVICE *MINIPORT_ADD_DEVICE_HANDLER;

typedef struct _CO_SPECIFIC_PARAMETERS {
    ULONG ParamType;
    ULONG Length;
    UCHAR Parameters[1];
} CO_SPECIFIC_PARAMETERS, *PCO_SPECIFIC_PARAMETERS;

typedef struct _CO_CALL_MANAGER_PARAMETERS {
    FLOWSPEC Transmit;
    FLOWSPEC Receive;
    CO_SPECIFIC_PARAMETERS CallMgrSpecific;
} CO_CALL_MANAGER_PARAMETERS, *PCO_CALL_MANAGER_PARAMETERS;

typedef struct _CO_MEDIA_PARAMETERS {
    ULONG Flags;
    ULONG ReceivePriority;
    ULONG ReceiveSizeHint;
    DECLSPEC_ALIGN(8) CO_SPECIFIC_PARAMETERS MediaSpecific;
} CO_MEDIA_PARAMETERS, *PCO_MEDIA_PARAMETERS;

typedef struct _CO_CALL_PARAMETERS {
    ULONG Flags;
    PCO_CALL_MANAGER_PARAMETERS CallMgrParameters;
    PCO_MEDIA_PARAMETERS MediaParameters;
} CO_CALL_PARAMETERS, *PCO_CALL_PARAMETERS;

typedef NDIS_STATUS MINIPORT_CO_ACTIVATE_VC(
    NDIS_HANDLE MiniportVcContext, PCO_CALL_PARAMETERS CallParameters);
typedef NDIS_STATUS MINIPORT_CO_CREATE_VC(
    NDIS_HANDLE MiniportAdapterContext, NDIS_HANDLE NdisVcHandle, PNDIS_HANDLE MiniportVcContext);
typedef NDIS_STATUS MINIPORT_CO_DEACTIVATE_VC(NDIS_HANDLE MiniportVcContext);
typedef NDIS_STATUS MINIPORT_CO_DELETE_VC(NDIS_HANDLE MiniportVcContext);
typedef NDIS_STATUS MINIPORT_CO_OID_REQUEST(
    NDIS_HANDLE MiniportAdapterContext, NDIS_HANDLE MiniportVcContext,
    PNDIS_OID_REQUEST NdisRequest);
typedef void MINIPORT_CO_SEND_NET_BUFFER_LISTS(
    NDIS_HANDLE MiniportVcContext, PNET_BUFFER_LIST NetBufferLists, ULONG SendFlags);
typedef NDIS_STATUS MINIPORT_PNP_IRP(NDIS_HANDLE MiniportAddDeviceContext, PIRP Irp);
typedef MINIPORT_PNP_IRP MINIPORT_FILTER_RESOURCE_REQUIREMENTS;
typedef MINIPORT_PNP_IRP *MINIPORT_FILTER_RESOURCE_REQUIREMENTS_HANDLER;
typedef MINIPORT_PNP_IRP *MINIPORT_PNP_IRP_HANDLER;
typedef void MINIPORT_REMOVE_DEVICE(NDIS_HANDLE MiniportAddDeviceContext);
typedef MINIPORT_REMOVE_DEVICE *MINIPORT_REMOVE_DEVICE_HANDLER;
typedef SET_OPTIONS MINIPORT_SET_OPTIONS;
typedef MINIPORT_PNP_IRP MINIPORT_START_DEVICE;
typedef MINIPORT_PNP_IRP *MINIPORT_START_DEVICE_HANDLER;
typedef MINIPORT_SYNCHRONIZE_INTERRUPT MINIPORT_SYNCHRONIZE_MESSAGE_INTERRUPT;
typedef MINIPORT_SYNCHRONIZE_MESSAGE_INTERRUPT *MINIPORT_SYNCHRONIZE_MSI_INTERRUPT_HANDLER;
typedef MINIPORT_CO_CREATE_VC *W_CO_CREATE_VC_HANDLER;
typedef MINIPORT_CO_DELETE_VC *W_CO_DELETE_VC_HANDLER;
typedef MINIPORT_CO_ACTIVATE_VC *W_CO_ACTIVATE_VC_HANDLER;
typedef MINIPORT_CO_DEACTIVATE_VC *W_CO_DEACTIVATE_VC_HANDLER;
typedef MINIPORT_CO_SEND_NET_BUFFER_LISTS *W_CO_SEND_NET_BUFFER_LISTS_HANDLER;
typedef MINIPORT_CO_OID_REQUEST *W_CO_OID_REQUEST_HANDLER;

typedef struct _NDIS_MINIPORT_DRIVER_CHARACTERISTICS {
    NDIS_OBJECT_HEADER Header;
    UCHAR MajorNdisVersion;
    UCHAR MinorNdisVersion;
    UCHAR MajorDriverVersion;
    UCHAR MinorDriverVersion;
    ULONG Flags;
    SET_OPTIONS_HANDLER SetOptionsHandler;
    MINIPORT_INITIALIZE_HANDLER InitializeHandlerEx;
    MINIPORT_HALT_HANDLER HaltHandlerEx;
    MINIPORT_DRIVER_UNLOAD UnloadHandler;
    MINIPORT_PAUSE_HANDLER PauseHandler;
    MINIPORT_RESTART_HANDLER RestartHandler;
    MINIPORT_OID_REQUEST_HANDLER OidRequestHandler;
    MINIPORT_SEND_NET_BUFFER_LISTS_HANDLER SendNetBufferListsHandler;
    MINIPORT_RETURN_NET_BUFFER_LISTS_HANDLER ReturnNetBufferListsHandler;
    MINIPORT_CANCEL_SEND_HANDLER CancelSendHandler;
    MINIPORT_CHECK_FOR_HANG_HANDLER CheckForHangHandlerEx;
    MINIPORT_RESET_HANDLER ResetHandlerEx;
    MINIPORT_DEVICE_PNP_EVENT_NOTIFY_HANDLER DevicePnPEventNotifyHandler;
    MINIPORT_SHUTDOWN_HANDLER ShutdownHandlerEx;
    MINIPORT_CANCEL_OID_REQUEST_HANDLER CancelOidRequestHandler;
    MINIPORT_DIRECT_OID_REQUEST_HANDLER DirectOidRequestHandler;
    MINIPORT_CANCEL_DIRECT_OID_REQUEST_HANDLER CancelDirectOidRequestHandler;
#if NDIS_SUPPORT_NDIS680
    MINIPORT_SYNCHRONOUS_OID_REQUEST_HANDLER SynchronousOidRequestHandler;
#endif
} NDIS_MINIPORT_DRIVER_CHARACTERISTICS, *PNDIS_MINIPORT_DRIVER_CHARACTERISTICS;

typedef struct _NDIS_DRIVER_OPTIONAL_HANDLERS {
    NDIS_OBJECT_HEADER Header;
} NDIS_DRIVER_OPTIONAL_HANDLERS, *PNDIS_DRIVER_OPTIONAL_HANDLERS;

typedef struct _NDIS_MINIPORT_CO_CHARACTERISTICS {
    NDIS_OBJECT_HEADER Header;
    ULONG Flags;
    W_CO_CREATE_VC_HANDLER CoCreateVcHandler;
    W_CO_DELETE_VC_HANDLER CoDeleteVcHandler;
    W_CO_ACTIVATE_VC_HANDLER CoActivateVcHandler;
    W_CO_DEACTIVATE_VC_HANDLER CoDeactivateVcHandler;
    W_CO_SEND_NET_BUFFER_LISTS_HANDLER CoSendNetBufferListsHandler;
    W_CO_OID_REQUEST_HANDLER CoOidRequestHandler;
} NDIS_MINIPORT_CO_CHARACTERISTICS, *PNDIS_MINIPORT_CO_CHARACTERISTICS;

typedef struct _NDIS_MINIPORT_PNP_CHARACTERISTICS {
    NDIS_OBJECT_HEADER Header;
    MINIPORT_ADD_DEVICE_HANDLER MiniportAddDeviceHandler;
    MINIPORT_REMOVE_DEVICE_HANDLER MiniportRemoveDeviceHandler;
    MINIPORT_FILTER_RESOURCE_REQUIREMENTS_HANDLER MiniportFilterResourceRequirementsHandler;
    MINIPORT_START_DEVICE_HANDLER MiniportStartDeviceHandler;
    ULONG Flags;
} NDIS_MINIPORT_PNP_CHARACTERISTICS, *PNDIS_MINIPORT_PNP_CHARACTERISTICS;

#define NDIS_MINIPORT_CO_CHARACTERISTICS_REVISION_1            1
#define NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1        1
#define NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2        2
#define NDIS_MINIPORT_INIT_PARAMETERS_REVISION_1               1
#define NDIS_MINIPORT_PAUSE_PARAMETERS_REVISION_1              1
#define NDIS_MINIPORT_PNP_CHARACTERISTICS_REVISION_1           1
#define NDIS_MINIPORT_RESTART_PARAMETERS_REVISION_1            1
#define NDIS_PAUSE_ATTACH_FILTER                               0x10
#define NDIS_PAUSE_BIND_PROTOCOL                               4
#define NDIS_PAUSE_DETACH_FILTER                               0x20
#define NDIS_PAUSE_FILTER_RESTART_STACK                        0x40
#define NDIS_PAUSE_LOW_POWER                                   2
#define NDIS_PAUSE_MINIPORT_DEVICE_REMOVE                      0x80
#define NDIS_PAUSE_NDIS_INTERNAL                               1
#define NDIS_PAUSE_UNBIND_PROTOCOL                             8
#define NDIS_SIZEOF_MINIPORT_CO_CHARACTERISTICS_REVISION_1     56
#define NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1 136
#define NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2 152
#define NDIS_SIZEOF_MINIPORT_INIT_PARAMETER_REVISION_1         64
#define NDIS_SIZEOF_MINIPORT_PAUSE_PARAMETERS_REVISION_1       12
#define NDIS_SIZEOF_MINIPORT_PNP_CHARACTERISTICS_REVISION_1    44
#define NDIS_SIZEOF_MINIPORT_RESTART_PARAMETERS_REVISION_1     20

typedef struct _NDIS_MINIPORT_SS_CHARACTERISTICS {
    NDIS_OBJECT_HEADER Header;
    ULONG Flags;
    MINIPORT_IDLE_NOTIFICATION_HANDLER IdleNotificationHandler;
    MINIPORT_CANCEL_IDLE_NOTIFICATION_HANDLER CancelIdleNotificationHandler;
} NDIS_MINIPORT_SS_CHARACTERISTICS, *PNDIS_MINIPORT_SS_CHARACTERISTICS;

#define NDIS_MINIPORT_SS_CHARACTERISTICS_REVISION_1 1
#define NDIS_SIZEOF_MINIPORT_SS_CHARACTERISTICS_REVISION_1 24
#define NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_3 3
#define NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_3 160

void NdisMIdleNotificationConfirm(NDIS_HANDLE MiniportAdapterHandle,
    NDIS_DEVICE_POWER_STATE IdlePowerState);
void NdisMIdleNotificationComplete(NDIS_HANDLE MiniportAdapterHandle);
void NdisMIdleNotificationCompleteEx(NDIS_HANDLE MiniportAdapterHandle, ULONG Flags);

/* Miniport adapter: attributes */

#define NDIS_HD_SPLIT_ATTRIBUTES_REVISION_1                                1
#define NDIS_MINIPORT_ADAPTER_802_11_ATTRIBUTES_REVISION_1                 1
#define NDIS_MINIPORT_ADAPTER_802_11_ATTRIBUTES_REVISION_2                 2
#define NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1                1
#define NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_2                2
#define NDIS_MINIPORT_ADAPTER_HARDWARE_ASSIST_ATTRIBUTES_REVISION_1        1
#define NDIS_MINIPORT_ADAPTER_HARDWARE_ASSIST_ATTRIBUTES_REVISION_2        2
#define NDIS_MINIPORT_ADAPTER_OFFLOAD_ATTRIBUTES_REVISION_1                1
#define NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1           1
#define NDIS_MINIPORT_ADD_DEVICE_REGISTRATION_ATTRIBUTES_REVISION_1        1
#define NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER                                0x40
#define NDIS_MINIPORT_ATTRIBUTES_CONTROLS_DEFAULT_PORT                     0x80
#define NDIS_MINIPORT_ATTRIBUTES_DO_NOT_BIND_TO_ALL_CO                     0x10
#define NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE                           1
#define NDIS_MINIPORT_ATTRIBUTES_NDIS_WDM                                  2
#define NDIS_MINIPORT_ATTRIBUTES_NOT_CO_NDIS                               8
#define NDIS_MINIPORT_ATTRIBUTES_NO_HALT_ON_SUSPEND                        0x20
#define NDIS_MINIPORT_ATTRIBUTES_SURPRISE_REMOVE_OK                        4
#define NDIS_SIZEOF_HD_SPLIT_ATTRIBUTES_REVISION_1                         24
#define NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1         216
#define NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_2         224
#define NDIS_SIZEOF_MINIPORT_ADAPTER_HARDWARE_ASSIST_ATTRIBUTES_REVISION_1 16
#define NDIS_SIZEOF_MINIPORT_ADAPTER_HARDWARE_ASSIST_ATTRIBUTES_REVISION_2 48
#define NDIS_SIZEOF_MINIPORT_ADAPTER_NATIVE_802_11_ATTRIBUTES_REVISION_1   40
#define NDIS_SIZEOF_MINIPORT_ADAPTER_NATIVE_802_11_ATTRIBUTES_REVISION_2   56
#define NDIS_SIZEOF_MINIPORT_ADAPTER_OFFLOAD_ATTRIBUTES_REVISION_1         40
#define NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1    28
#define NDIS_SIZEOF_MINIPORT_ADD_DEVICE_REGISTRATION_ATTRIBUTES_REVISION_1 20
#define NDIS_STATISTICS_BROADCAST_BYTES_RCV_SUPPORTED                      0x8000
#define NDIS_STATISTICS_BROADCAST_BYTES_XMIT_SUPPORTED                     0x200
#define NDIS_STATISTICS_BROADCAST_FRAMES_RCV_SUPPORTED                     0x10000
#define NDIS_STATISTICS_BROADCAST_FRAMES_XMIT_SUPPORTED                    0x400
#define NDIS_STATISTICS_BYTES_RCV_SUPPORTED                                0x80000
#define NDIS_STATISTICS_BYTES_XMIT_SUPPORTED                               0x100000
#define NDIS_STATISTICS_DIRECTED_BYTES_RCV_SUPPORTED                       0x800
#define NDIS_STATISTICS_DIRECTED_BYTES_XMIT_SUPPORTED                      0x20
#define NDIS_STATISTICS_DIRECTED_FRAMES_RCV_SUPPORTED                      0x1000
#define NDIS_STATISTICS_DIRECTED_FRAMES_XMIT_SUPPORTED                     0x40
#define NDIS_STATISTICS_GEN_STATISTICS_SUPPORTED                           0x400000
#define NDIS_STATISTICS_MULTICAST_BYTES_RCV_SUPPORTED                      0x2000
#define NDIS_STATISTICS_MULTICAST_BYTES_XMIT_SUPPORTED                     0x80
#define NDIS_STATISTICS_MULTICAST_FRAMES_RCV_SUPPORTED                     0x4000
#define NDIS_STATISTICS_MULTICAST_FRAMES_XMIT_SUPPORTED                    0x100
#define NDIS_STATISTICS_RCV_CRC_ERROR_SUPPORTED                            0x20000
#define NDIS_STATISTICS_RCV_DISCARDS_SUPPORTED                             0x200000
#define NDIS_STATISTICS_RCV_ERROR_SUPPORTED                                8
#define NDIS_STATISTICS_RCV_NO_BUFFER_SUPPORTED                            0x10
#define NDIS_STATISTICS_RCV_OK_SUPPORTED                                   2
#define NDIS_STATISTICS_TRANSMIT_QUEUE_LENGTH_SUPPORTED                    262144
#define NDIS_STATISTICS_XMIT_DISCARDS_SUPPORTED                            0x8000000
#define NDIS_STATISTICS_XMIT_ERROR_SUPPORTED                               4
#define NDIS_STATISTICS_XMIT_OK_SUPPORTED                                  1

typedef struct _NDIS_MINIPORT_ADD_DEVICE_REGISTRATION_ATTRIBUTES {
    NDIS_OBJECT_HEADER Header;
    NDIS_HANDLE MiniportAddDeviceContext;
    ULONG Flags;
} NDIS_MINIPORT_ADD_DEVICE_REGISTRATION_ATTRIBUTES,
    *PNDIS_MINIPORT_ADD_DEVICE_REGISTRATION_ATTRIBUTES;

typedef enum _NDIS_INTERFACE_TYPE {
    NdisInterfaceInternal,
    NdisInterfaceIsa,
    NdisInterfaceEisa,
    NdisInterfaceMca,
    NdisInterfaceTurboChannel,
    NdisInterfacePci,
    NdisInterfacePcMcia = 8,
    NdisInterfaceCBus,
    NdisInterfaceMPIBus,
    NdisInterfaceMPSABus,
    NdisInterfaceProcessorInternal,
    NdisInterfaceInternalPowerBus,
    NdisInterfacePNPISABus,
    NdisInterfacePNPBus,
    NdisInterfaceUSB,
    NdisInterfaceIrda,
    NdisInterface1394,
    NdisMaximumInterfaceType,
} NDIS_INTERFACE_TYPE, *PNDIS_INTERFACE_TYPE;

typedef struct _NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES {
    NDIS_OBJECT_HEADER Header;
    NDIS_HANDLE MiniportAdapterContext;
    ULONG AttributeFlags;
    UINT CheckForHangTimeInSeconds;
    NDIS_INTERFACE_TYPE InterfaceType;
} NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES, *PNDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;

typedef struct _NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES {
    NDIS_OBJECT_HEADER Header;
    ULONG Flags;
    NDIS_MEDIUM MediaType;
    NDIS_PHYSICAL_MEDIUM PhysicalMediumType;
    ULONG MtuSize;
    ULONG64 MaxXmitLinkSpeed;
    ULONG64 XmitLinkSpeed;
    ULONG64 MaxRcvLinkSpeed;
    ULONG64 RcvLinkSpeed;
    NDIS_MEDIA_CONNECT_STATE MediaConnectState;
    NDIS_MEDIA_DUPLEX_STATE MediaDuplexState;
    ULONG LookaheadSize;
    PNDIS_PNP_CAPABILITIES PowerManagementCapabilities;
    ULONG MacOptions;
    ULONG SupportedPacketFilters;
    ULONG MaxMulticastListSize;
    USHORT MacAddressLength;
    UCHAR PermanentMacAddress[32];
    UCHAR CurrentMacAddress[32];
    PNDIS_RECEIVE_SCALE_CAPABILITIES RecvScaleCapabilities;
    NET_IF_ACCESS_TYPE AccessType;
    NET_IF_DIRECTION_TYPE DirectionType;
    NET_IF_CONNECTION_TYPE ConnectionType;
    NET_IFTYPE IfType;
    BOOLEAN IfConnectorPresent;
    ULONG SupportedStatistics;
    ULONG SupportedPauseFunctions;
    ULONG DataBackFillSize;
    ULONG ContextBackFillSize;
    PNDIS_OID SupportedOidList;
    ULONG SupportedOidListLength;
    ULONG AutoNegotiationFlags;
    PNDIS_PM_CAPABILITIES PowerManagementCapabilitiesEx;
} NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES, *PNDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;

typedef struct _NDIS_OFFLOAD *PNDIS_OFFLOAD;

typedef struct _NDIS_MINIPORT_ADAPTER_OFFLOAD_ATTRIBUTES {
    NDIS_OBJECT_HEADER Header;
    PNDIS_OFFLOAD DefaultOffloadConfiguration;
    PNDIS_OFFLOAD HardwareOffloadCapabilities;
    PNDIS_TCP_CONNECTION_OFFLOAD DefaultTcpConnectionOffloadConfiguration;
    PNDIS_TCP_CONNECTION_OFFLOAD TcpConnectionOffloadHardwareCapabilities;
} NDIS_MINIPORT_ADAPTER_OFFLOAD_ATTRIBUTES, *PNDIS_MINIPORT_ADAPTER_OFFLOAD_ATTRIBUTES;

typedef struct _NDIS_MINIPORT_ADAPTER_NATIVE_802_11_ATTRIBUTES {
    NDIS_OBJECT_HEADER Header;
    ULONG OpModeCapability;
    ULONG NumOfTXBuffers;
    ULONG NumOfRXBuffers;
    BOOLEAN MultiDomainCapabilityImplemented;
    ULONG NumSupportedPhys;
    PDOT11_PHY_ATTRIBUTES SupportedPhyAttributes;
    PDOT11_EXTSTA_ATTRIBUTES ExtSTAAttributes;
    PDOT11_VWIFI_ATTRIBUTES VWiFiAttributes;
    PDOT11_EXTAP_ATTRIBUTES ExtAPAttributes;
} NDIS_MINIPORT_ADAPTER_NATIVE_802_11_ATTRIBUTES, *PNDIS_MINIPORT_ADAPTER_NATIVE_802_11_ATTRIBUTES;

typedef struct _NDIS_HD_SPLIT_ATTRIBUTES {
    NDIS_OBJECT_HEADER Header;
    ULONG HardwareCapabilities;
    ULONG CurrentCapabilities;
    ULONG HDSplitFlags;
    ULONG BackfillSize;
    ULONG MaxHeaderSize;
} NDIS_HD_SPLIT_ATTRIBUTES, *PNDIS_HD_SPLIT_ATTRIBUTES;

typedef struct _NDIS_MINIPORT_ADAPTER_HARDWARE_ASSIST_ATTRIBUTES {
    NDIS_OBJECT_HEADER Header;
    PNDIS_HD_SPLIT_ATTRIBUTES HDSplitAttributes;
    PNDIS_RECEIVE_FILTER_CAPABILITIES HardwareReceiveFilterCapabilities;
    PNDIS_RECEIVE_FILTER_CAPABILITIES CurrentReceiveFilterCapabilities;
    PNDIS_NIC_SWITCH_CAPABILITIES HardwareNicSwitchCapabilities;
    PNDIS_NIC_SWITCH_CAPABILITIES CurrentNicSwitchCapabilities;
#if NDIS_SUPPORT_NDIS630
    struct _NDIS_SRIOV_CAPABILITIES *HardwareSriovCapabilities;
    struct _NDIS_SRIOV_CAPABILITIES *CurrentSriovCapabilities;
    struct _NDIS_QOS_CAPABILITIES *HardwareQosCapabilities;
    struct _NDIS_QOS_CAPABILITIES *CurrentQosCapabilities;
#endif
} NDIS_MINIPORT_ADAPTER_HARDWARE_ASSIST_ATTRIBUTES,
    *PNDIS_MINIPORT_ADAPTER_HARDWARE_ASSIST_ATTRIBUTES;

typedef union _NDIS_MINIPORT_ADAPTER_ATTRIBUTES {
    NDIS_MINIPORT_ADD_DEVICE_REGISTRATION_ATTRIBUTES AddDeviceRegistrationAttributes;
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES RegistrationAttributes;
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES GeneralAttributes;
    NDIS_MINIPORT_ADAPTER_OFFLOAD_ATTRIBUTES OffloadAttributes;
    NDIS_MINIPORT_ADAPTER_NATIVE_802_11_ATTRIBUTES Native_802_11_Attributes;
    NDIS_MINIPORT_ADAPTER_HARDWARE_ASSIST_ATTRIBUTES HardwareAssistAttributes;
} NDIS_MINIPORT_ADAPTER_ATTRIBUTES, *PNDIS_MINIPORT_ADAPTER_ATTRIBUTES;

#define NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_2 2
#define NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_2 28
#define NDIS_MINIPORT_ADAPTER_HARDWARE_ASSIST_ATTRIBUTES_REVISION_3 3
#define NDIS_SIZEOF_MINIPORT_ADAPTER_HARDWARE_ASSIST_ATTRIBUTES_REVISION_3 64
#define NDIS_SIZEOF_MINIPORT_ADAPTER_HARDWARE_ASSIST_ATTRIBUTES_REVISION_4 80
#define NDIS_MINIPORT_ADAPTER_HARDWARE_ASSIST_ATTRIBUTES_REVISION_4 4
#define NDIS_MINIPORT_ATTRIBUTES_REGISTER_BUGCHECK_CALLBACK 0x00000100
#define NDIS_MINIPORT_ATTRIBUTES_NO_PAUSE_ON_SUSPEND 0x00000200

/* Miniport: interrupts, DMA, shared memory, ports, registers */

#define NDIS_MINIPORT_INTERRUPT_REVISION_1                        1
#define NDIS_MSIX_CONFIG_PARAMETERS_REVISION_1                    1
#define NDIS_SIZEOF_MINIPORT_INTERRUPT_CHARACTERISTICS_REVISION_1 96
#define NDIS_SIZEOF_MSIX_CONFIG_PARAMETERS_REVISION_1             16
#define NdisInterruptLatched                                      1
#define NdisInterruptLevelSensitive                               0

typedef enum _NDIS_MSIX_TABLE_CONFIG {
    NdisMSIXTableConfigSetTableEntry,
    NdisMSIXTableConfigMaskTableEntry,
    NdisMSIXTableConfigUnmaskTableEntry,
    NdisMSIXTableConfigMax,
} NDIS_MSIX_TABLE_OPERATION, *PNDIS_MSIX_TABLE_OPERATION;

typedef struct _NDIS_MSIX_CONFIG_PARAMETERS {
    NDIS_OBJECT_HEADER Header;
    NDIS_MSIX_TABLE_OPERATION ConfigOperation;
    ULONG TableEntry;
    ULONG MessageNumber;
} NDIS_MSIX_CONFIG_PARAMETERS, *PNDIS_MSIX_CONFIG_PARAMETERS;

typedef enum _NDIS_INTERRUPT_TYPE {
    NDIS_CONNECT_LINE_BASED = 1,
    NDIS_CONNECT_MESSAGE_BASED,
} NDIS_INTERRUPT_TYPE, *PNDIS_INTERRUPT_TYPE;

typedef struct _NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS {
    NDIS_OBJECT_HEADER Header;
    MINIPORT_ISR_HANDLER InterruptHandler;
    MINIPORT_INTERRUPT_DPC_HANDLER InterruptDpcHandler;
    MINIPORT_DISABLE_INTERRUPT_HANDLER DisableInterruptHandler;
    MINIPORT_ENABLE_INTERRUPT_HANDLER EnableInterruptHandler;
    BOOLEAN MsiSupported;
    BOOLEAN MsiSyncWithAllMessages;
    MINIPORT_MSI_ISR_HANDLER MessageInterruptHandler;
    MINIPORT_MSI_INTERRUPT_DPC_HANDLER MessageInterruptDpcHandler;
    MINIPORT_DISABLE_MSI_INTERRUPT_HANDLER DisableMessageInterruptHandler;
    MINIPORT_ENABLE_MSI_INTERRUPT_HANDLER EnableMessageInterruptHandler;
    NDIS_INTERRUPT_TYPE InterruptType;
    PIO_INTERRUPT_MESSAGE_INFO MessageInfoTable;
} NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS, *PNDIS_MINIPORT_INTERRUPT_CHARACTERISTICS;

typedef KINTERRUPT_MODE NDIS_INTERRUPT_MODE;

typedef struct _NDIS_RECEIVE_THROTTLE_PARAMETERS {
    ULONG MaxNblsToIndicate;
    ULONG MoreNblsPending : 1;
} NDIS_RECEIVE_THROTTLE_PARAMETERS, *PNDIS_RECEIVE_THROTTLE_PARAMETERS;

typedef KINTERRUPT_MODE *PNDIS_INTERRUPT_MODE;

#define NDIS_DMA_24BITS                                               0
#define NDIS_DMA_32BITS                                               1
#define NDIS_DMA_64BITS                                               2
#define NDIS_SCATTER_GATHER_LIST_PARAMETERS_REVISION_1                1
#define NDIS_SG_DMA_64_BIT_ADDRESS                                    1
#define NDIS_SG_DMA_DESCRIPTION_REVISION_1                            1
#define NDIS_SG_LIST_WRITE_TO_DEVICE                                  1
#define NDIS_SHARED_MEMORY_PARAMETERS_REVISION_1                      1
#define NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS_REVISION_1        1
#define NDIS_SHARED_MEM_HANDLE_HAL_ALLOCATED                          0
#define NDIS_SHARED_MEM_PARAMETERS_CONTIGOUS                          1
#define NDIS_SIZEOF_SCATTER_GATHER_LIST_PARAMETERS_REVISION_1         72
#define NDIS_SIZEOF_SG_DMA_DESCRIPTION_REVISION_1                     36
#define NDIS_SIZEOF_SHARED_MEMORY_PARAMETERS_REVISION_1               64
#define NDIS_SIZEOF_SHARED_MEMORY_PROVIDER_CHARACTERISTICS_REVISION_1 32

typedef enum _NDIS_SHARED_MEMORY_USAGE {
    NdisSharedMemoryUsageUndefined,
    NdisSharedMemoryUsageXmit,
    NdisSharedMemoryUsageXmitHeader,
    NdisSharedMemoryUsageXmitData,
    NdisSharedMemoryUsageReceive,
    NdisSharedMemoryUsageReceiveLookahead,
    NdisSharedMemoryUsageReceivePostLookahead,
    NdisSharedMemoryUsageReceiveHeader,
    NdisSharedMemoryUsageReceiveData,
    NdisSharedMemoryUsageOther,
    NdisSharedMemoryUsageMax,
} NDIS_SHARED_MEMORY_USAGE, *PNDIS_SHARED_MEMORY_USAGE;

typedef ULONG NODE_REQUIREMENT;

typedef struct _NDIS_SHARED_MEMORY_PARAMETERS {
    NDIS_OBJECT_HEADER Header;
    ULONG Flags;
    NDIS_RECEIVE_QUEUE_ID QueueId;
    NDIS_HANDLE SharedMemoryHandle;
    NODE_REQUIREMENT PreferredNode;
    NDIS_SHARED_MEMORY_USAGE Usage;
    ULONG Length;
    PVOID VirtualAddress;
    ULONG SGListBufferLength;
    PSCATTER_GATHER_LIST SGListBuffer;
} NDIS_SHARED_MEMORY_PARAMETERS, *PNDIS_SHARED_MEMORY_PARAMETERS;

typedef void NDIS_PROCESS_SG_LIST(
    PDEVICE_OBJECT DeviceObject, PVOID Reserved, PSCATTER_GATHER_LIST ScatterGatherListBuffer,
    PVOID Context);
typedef NDIS_PROCESS_SG_LIST *NDIS_PROCESS_SG_LIST_HANDLER;

typedef struct _NDIS_SCATTER_GATHER_LIST_PARAMETERS {
    NDIS_OBJECT_HEADER Header;
    ULONG Flags;
    NDIS_RECEIVE_QUEUE_ID QueueId;
    NDIS_SHARED_MEMORY_USAGE SharedMemoryUsage;
    PMDL Mdl;
    PVOID CurrentVa;
    ULONG Length;
    NDIS_PROCESS_SG_LIST_HANDLER ProcessSGListHandler;
    PVOID Context;
    PSCATTER_GATHER_LIST ScatterGatherListBuffer;
    ULONG ScatterGatherListBufferSize;
    ULONG ScatterGatherListBufferSizeNeeded;
} NDIS_SCATTER_GATHER_LIST_PARAMETERS, *PNDIS_SCATTER_GATHER_LIST_PARAMETERS;

typedef struct _NDIS_DMA_DESCRIPTION {
    BOOLEAN DemandMode;
    BOOLEAN AutoInitialize;
    BOOLEAN DmaChannelSpecified;
    DMA_WIDTH DmaWidth;
    DMA_SPEED DmaSpeed;
    ULONG DmaPort;
    ULONG DmaChannel;
} NDIS_DMA_DESCRIPTION, *PNDIS_DMA_DESCRIPTION;

typedef struct _NDIS_SG_DMA_DESCRIPTION {
    NDIS_OBJECT_HEADER Header;
    ULONG Flags;
    ULONG MaximumPhysicalMapping;
    MINIPORT_PROCESS_SG_LIST_HANDLER ProcessSGListHandler;
    MINIPORT_ALLOCATE_SHARED_MEM_COMPLETE_HANDLER SharedMemAllocateCompleteHandler;
    ULONG ScatterGatherListSize;
} NDIS_SG_DMA_DESCRIPTION, *PNDIS_SG_DMA_DESCRIPTION;

typedef NDIS_STATUS (*ALLOCATE_SHARED_MEMORY_HANDLER)(
    NDIS_HANDLE, PNDIS_SHARED_MEMORY_PARAMETERS, PNDIS_HANDLE);
typedef void (*FREE_SHARED_MEMORY_HANDLER)(NDIS_HANDLE, NDIS_HANDLE);

typedef struct _NDIS_DMA_BLOCK {
    PVOID MapRegisterBase;
    KEVENT AllocationEvent;
    PVOID SystemAdapterObject;
    PVOID Miniport;
    BOOLEAN InProgress;
} NDIS_DMA_BLOCK, *PNDIS_DMA_BLOCK;

typedef UCHAR NDIS_DMA_SIZE;

typedef struct _NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS {
    NDIS_OBJECT_HEADER Header;
    ULONG Flags;
    NDIS_HANDLE ProviderContext;
    ALLOCATE_SHARED_MEMORY_HANDLER AllocateSharedMemoryHandler;
    FREE_SHARED_MEMORY_HANDLER FreeSharedMemoryHandler;
} NDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS, *PNDIS_SHARED_MEMORY_PROVIDER_CHARACTERISTICS;

NDIS_STATUS NdisMAllocateSharedMemoryAsyncEx(NDIS_HANDLE MiniportDmaHandle, ULONG Length,
    BOOLEAN Cached, PVOID Context);
void WanMiniportSend(PNDIS_STATUS Status, NDIS_HANDLE NdisBindingHandle, NDIS_HANDLE NdisLinkHandle,
    PVOID WanPacket);
void NdisMSetupDmaTransfer(PNDIS_STATUS Status, NDIS_HANDLE MiniportDmaHandle, PNDIS_BUFFER Buffer,
    ULONG Offset, ULONG Length, BOOLEAN WriteToDevice);
void NdisMCompleteDmaTransfer(PNDIS_STATUS Status, NDIS_HANDLE MiniportDmaHandle,
    PNDIS_BUFFER Buffer, ULONG Offset, ULONG Length, BOOLEAN WriteToDevice);

void NdisReadRegisterUchar(PUCHAR Register, PUCHAR Data);
void NdisReadRegisterUshort(PUSHORT Register, PUSHORT Data);
void NdisReadRegisterUlong(PULONG Register, PULONG Data);
void NdisWriteRegisterUchar(PUCHAR Register, UCHAR Data);
void NdisWriteRegisterUshort(PUSHORT Register, USHORT Data);
void NdisWriteRegisterUlong(PULONG Register, ULONG Data);
void NdisRawReadPortUchar(ULONG_PTR Port, PUCHAR Data);
void NdisRawReadPortUshort(ULONG_PTR Port, PUSHORT Data);
void NdisRawReadPortUlong(ULONG_PTR Port, PULONG Data);
void NdisRawWritePortUchar(ULONG_PTR Port, UCHAR Data);
void NdisRawWritePortUshort(ULONG_PTR Port, USHORT Data);
void NdisRawWritePortUlong(ULONG_PTR Port, ULONG Data);
void NdisRawReadPortBufferUchar(ULONG_PTR Port, PUCHAR Buffer, ULONG Length);
void NdisRawReadPortBufferUshort(ULONG_PTR Port, PUSHORT Buffer, ULONG Length);
void NdisRawReadPortBufferUlong(ULONG_PTR Port, PULONG Buffer, ULONG Length);
void NdisRawWritePortBufferUchar(ULONG_PTR Port, PUCHAR Buffer, ULONG Length);
void NdisRawWritePortBufferUshort(ULONG_PTR Port, PUSHORT Buffer, ULONG Length);
void NdisRawWritePortBufferUlong(ULONG_PTR Port, PULONG Buffer, ULONG Length);

/* Drivers pass addresses of any type, volatile or not, and integers for ports. */
#define NdisReadRegisterUchar(Register, Data) NdisReadRegisterUchar((PUCHAR)(Register), (Data))
#define NdisReadRegisterUshort(Register, Data) NdisReadRegisterUshort((PUSHORT)(Register), (Data))
#define NdisReadRegisterUlong(Register, Data) NdisReadRegisterUlong((PULONG)(Register), (Data))
#define NdisWriteRegisterUchar(Register, Data) NdisWriteRegisterUchar((PUCHAR)(Register), (Data))
#define NdisWriteRegisterUshort(Register, Data) NdisWriteRegisterUshort((PUSHORT)(Register), (Data))
#define NdisWriteRegisterUlong(Register, Data) NdisWriteRegisterUlong((PULONG)(Register), (Data))
#define NdisRawReadPortUchar(Port, Data) NdisRawReadPortUchar((ULONG_PTR)(Port), (PUCHAR)(Data))
#define NdisRawReadPortUshort(Port, Data) NdisRawReadPortUshort((ULONG_PTR)(Port), (PUSHORT)(Data))
#define NdisRawReadPortUlong(Port, Data) NdisRawReadPortUlong((ULONG_PTR)(Port), (PULONG)(Data))
#define NdisRawWritePortUchar(Port, Data) NdisRawWritePortUchar((ULONG_PTR)(Port), (UCHAR)(Data))
#define NdisRawWritePortUshort(Port, Data) NdisRawWritePortUshort((ULONG_PTR)(Port), (USHORT)(Data))
#define NdisRawWritePortUlong(Port, Data) NdisRawWritePortUlong((ULONG_PTR)(Port), (ULONG)(Data))
#define NdisRawReadPortBufferUchar(Port, Buffer, Length) \
    NdisRawReadPortBufferUchar((ULONG_PTR)(Port), (PUCHAR)(Buffer), (Length))
#define NdisRawReadPortBufferUshort(Port, Buffer, Length) \
    NdisRawReadPortBufferUshort((ULONG_PTR)(Port), (PUSHORT)(Buffer), (Length))
#define NdisRawReadPortBufferUlong(Port, Buffer, Length) \
    NdisRawReadPortBufferUlong((ULONG_PTR)(Port), (PULONG)(Buffer), (Length))
#define NdisRawWritePortBufferUchar(Port, Buffer, Length) \
    NdisRawWritePortBufferUchar((ULONG_PTR)(Port), (PUCHAR)(Buffer), (Length))
#define NdisRawWritePortBufferUshort(Port, Buffer, Length) \
    NdisRawWritePortBufferUshort((ULONG_PTR)(Port), (PUSHORT)(Buffer), (Length))
#define NdisRawWritePortBufferUlong(Port, Buffer, Length) \
    NdisRawWritePortBufferUlong((ULONG_PTR)(Port), (PULONG)(Buffer), (Length))

#define NdisGetPhysicalAddressHigh(PhysicalAddress) ((PhysicalAddress).HighPart)
#define NdisGetPhysicalAddressLow(PhysicalAddress) ((PhysicalAddress).LowPart)
#define NdisSetPhysicalAddressHigh(PhysicalAddress, Value) ((PhysicalAddress).HighPart = (Value))
#define NdisSetPhysicalAddressLow(PhysicalAddress, Value) ((PhysicalAddress).LowPart = (Value))

/* Miniport: functions */

NDIS_STATUS NdisMAllocateNetBufferSGList(
    NDIS_HANDLE NdisMiniportDmaHandle, PNET_BUFFER NetBuffer, PVOID Context, ULONG Flags,
    PVOID ScatterGatherListBuffer, ULONG ScatterGatherListBufferSize);
NDIS_STATUS NdisMAllocatePort(
    NDIS_HANDLE NdisMiniportHandle, PNDIS_PORT_CHARACTERISTICS PortCharacteristics);
void NdisMAllocateSharedMemory(
    NDIS_HANDLE MiniportAdapterHandle, ULONG Length, BOOLEAN Cached, PVOID *VirtualAddress,
    PNDIS_PHYSICAL_ADDRESS PhysicalAddress);
NDIS_STATUS NdisMAllocateSharedMemoryAsync(
    NDIS_HANDLE MiniportAdapterHandle, ULONG Length, BOOLEAN Cached, PVOID Context);
void NdisMCloseLog(NDIS_HANDLE LogHandle);
NDIS_STATUS NdisMConfigMSIXTableEntry(
    NDIS_HANDLE NdisMiniportHandle, PNDIS_MSIX_CONFIG_PARAMETERS MSIXConfigParameters);
NDIS_STATUS NdisMCreateLog(NDIS_HANDLE MiniportAdapterHandle, UINT Size, PNDIS_HANDLE LogHandle);
void NdisMDeregisterDmaChannel(NDIS_HANDLE MiniportDmaHandle);
void NdisMDeregisterInterruptEx(NDIS_HANDLE NdisInterruptHandle);
void NdisMDeregisterIoPortRange(
    NDIS_HANDLE MiniportAdapterHandle, UINT InitialPort, UINT NumberOfPorts, PVOID PortOffset);
void NdisMDeregisterMiniportDriver(NDIS_HANDLE NdisMiniportDriverHandle);
void NdisMDeregisterScatterGatherDma(NDIS_HANDLE NdisMiniportDmaHandle);
void NdisMDirectOidRequestComplete(
    NDIS_HANDLE MiniportAdapterHandle, PNDIS_OID_REQUEST OidRequest, NDIS_STATUS Status);
void NdisMFlushLog(NDIS_HANDLE LogHandle);
void NdisMFreeNetBufferSGList(
    NDIS_HANDLE NdisMiniportDmaHandle, PSCATTER_GATHER_LIST pSGL, PNET_BUFFER NetBuffer);
NDIS_STATUS NdisMFreePort(NDIS_HANDLE NdisMiniportHandle, NDIS_PORT_NUMBER PortNumber);
void NdisMFreeSharedMemory(
    NDIS_HANDLE MiniportAdapterHandle, ULONG Length, BOOLEAN Cached, PVOID VirtualAddress,
    NDIS_PHYSICAL_ADDRESS PhysicalAddress);
ULONG NdisMGetBusData(
    NDIS_HANDLE NdisMiniportHandle, ULONG WhichSpace, ULONG Offset, PVOID Buffer, ULONG Length);
void NdisMGetDeviceProperty(
    NDIS_HANDLE MiniportAdapterHandle, PDEVICE_OBJECT *PhysicalDeviceObject,
    PDEVICE_OBJECT *FunctionalDeviceObject, PDEVICE_OBJECT *NextDeviceObject,
    PCM_RESOURCE_LIST *AllocatedResources, PCM_RESOURCE_LIST *AllocatedResourcesTranslated);
ULONG NdisMGetDmaAlignment(NDIS_HANDLE MiniportAdapterHandle);
void NdisMIndicateReceiveNetBufferLists(
    NDIS_HANDLE MiniportAdapterHandle, PNET_BUFFER_LIST NetBufferList, NDIS_PORT_NUMBER PortNumber,
    ULONG NumberOfNetBufferLists, ULONG ReceiveFlags);
void NdisMIndicateStatusEx(
    NDIS_HANDLE MiniportAdapterHandle, PNDIS_STATUS_INDICATION StatusIndication);
NDIS_STATUS NdisMMapIoSpace(
    PVOID *VirtualAddress, NDIS_HANDLE MiniportAdapterHandle, NDIS_PHYSICAL_ADDRESS PhysicalAddress,
    UINT Length);
void NdisMOidRequestComplete(
    NDIS_HANDLE MiniportAdapterHandle, PNDIS_OID_REQUEST OidRequest, NDIS_STATUS Status);
void NdisMPauseComplete(NDIS_HANDLE MiniportAdapterHandle);
NDIS_STATUS NdisMQueryAdapterInstanceName(
    PNDIS_STRING pAdapterInstanceName, NDIS_HANDLE MiniportHandle);
ULONG NdisMQueueDpc(
    NDIS_HANDLE NdisInterruptHandle, ULONG MessageId, ULONG TargetProcessors,
    PVOID MiniportDpcContext);
KAFFINITY NdisMQueueDpcEx(
    NDIS_HANDLE NdisInterruptHandle, ULONG MessageId, PGROUP_AFFINITY TargetProcessors,
    PVOID MiniportDpcContext);
ULONG NdisMReadDmaCounter(NDIS_HANDLE MiniportDmaHandle);
NDIS_STATUS NdisMRegisterDmaChannel(
    PNDIS_HANDLE MiniportDmaHandle, NDIS_HANDLE MiniportAdapterHandle, UINT DmaChannel,
    BOOLEAN Dma32BitAddresses, PNDIS_DMA_DESCRIPTION DmaDescription, ULONG MaximumLength);
NDIS_STATUS NdisMRegisterInterruptEx(
    NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE MiniportInterruptContext,
    PNDIS_MINIPORT_INTERRUPT_CHARACTERISTICS MiniportInterruptCharacteristics,
    PNDIS_HANDLE NdisInterruptHandle);
NDIS_STATUS NdisMRegisterIoPortRange(
    PVOID *PortOffset, NDIS_HANDLE MiniportAdapterHandle, UINT InitialPort, UINT NumberOfPorts);
NDIS_STATUS NdisMRegisterMiniportDriver(
    PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath, NDIS_HANDLE MiniportDriverContext,
    PNDIS_MINIPORT_DRIVER_CHARACTERISTICS MiniportDriverCharacteristics,
    PNDIS_HANDLE NdisMiniportDriverHandle);
NDIS_STATUS NdisMRegisterScatterGatherDma(
    NDIS_HANDLE MiniportAdapterHandle, PNDIS_SG_DMA_DESCRIPTION DmaDescription,
    PNDIS_HANDLE NdisMiniportDmaHandle);
NDIS_STATUS NdisMRemoveMiniport(NDIS_HANDLE MiniportHandle);
void NdisMResetComplete(
    NDIS_HANDLE MiniportAdapterHandle, NDIS_STATUS Status, BOOLEAN AddressingReset);
void NdisMRestartComplete(NDIS_HANDLE MiniportAdapterHandle, NDIS_STATUS Status);
void NdisMSendNetBufferListsComplete(
    NDIS_HANDLE MiniportAdapterHandle, PNET_BUFFER_LIST NetBufferList, ULONG SendCompleteFlags);
ULONG NdisMSetBusData(
    NDIS_HANDLE NdisMiniportHandle, ULONG WhichSpace, ULONG Offset, PVOID Buffer, ULONG Length);
NDIS_STATUS NdisMSetMiniportAttributes(
    NDIS_HANDLE NdisMiniportHandle, PNDIS_MINIPORT_ADAPTER_ATTRIBUTES MiniportAttributes);
BOOLEAN NdisMSynchronizeWithInterruptEx(
    NDIS_HANDLE NdisInterruptHandle, ULONG MessageId,
    MINIPORT_SYNCHRONIZE_INTERRUPT_HANDLER SynchronizeFunction, PVOID SynchronizeContext);
void NdisMUnmapIoSpace(NDIS_HANDLE MiniportAdapterHandle, PVOID VirtualAddress, UINT Length);
NDIS_STATUS NdisMWriteLogData(NDIS_HANDLE LogHandle, PVOID LogBuffer, UINT LogBufferSize);

/* Protocol drivers */

typedef USHORT *PNET_FRAME_TYPE;

typedef struct _NDIS_OPEN_PARAMETERS {
    NDIS_OBJECT_HEADER Header;
    PNDIS_STRING AdapterName;
    PNDIS_MEDIUM MediumArray;
    UINT MediumArraySize;
    PUINT SelectedMediumIndex;
    PNET_FRAME_TYPE FrameTypeArray;
    UINT FrameTypeArraySize;
} NDIS_OPEN_PARAMETERS, *PNDIS_OPEN_PARAMETERS;

typedef struct _NDIS_BIND_PARAMETERS {
    NDIS_OBJECT_HEADER Header;
    PNDIS_STRING ProtocolSection;
    PNDIS_STRING AdapterName;
    PDEVICE_OBJECT PhysicalDeviceObject;
    NDIS_MEDIUM MediaType;
    ULONG MtuSize;
    ULONG64 MaxXmitLinkSpeed;
    ULONG64 XmitLinkSpeed;
    ULONG64 MaxRcvLinkSpeed;
    ULONG64 RcvLinkSpeed;
    NDIS_MEDIA_CONNECT_STATE MediaConnectState;
    NDIS_MEDIA_DUPLEX_STATE MediaDuplexState;
    ULONG LookaheadSize;
    PNDIS_PNP_CAPABILITIES PowerManagementCapabilities;
    ULONG SupportedPacketFilters;
    ULONG MaxMulticastListSize;
    USHORT MacAddressLength;
    UCHAR CurrentMacAddress[32];
    NDIS_PHYSICAL_MEDIUM PhysicalMediumType;
    PNDIS_RECEIVE_SCALE_CAPABILITIES RcvScaleCapabilities;
    NET_LUID BoundIfNetluid;
    NET_IFINDEX BoundIfIndex;
    NET_LUID LowestIfNetluid;
    NET_IFINDEX LowestIfIndex;
    NET_IF_ACCESS_TYPE AccessType;
    NET_IF_DIRECTION_TYPE DirectionType;
    NET_IF_CONNECTION_TYPE ConnectionType;
    NET_IFTYPE IfType;
    BOOLEAN IfConnectorPresent;
    PNDIS_PORT ActivePorts;
    ULONG DataBackFillSize;
    ULONG ContextBackFillSize;
    ULONG MacOptions;
    NET_IF_COMPARTMENT_ID CompartmentId;
    PNDIS_OFFLOAD DefaultOffloadConfiguration;
    PNDIS_TCP_CONNECTION_OFFLOAD TcpConnectionOffloadCapabilities;
    PNDIS_STRING BoundAdapterName;
    PNDIS_HD_SPLIT_CURRENT_CONFIG HDSplitCurrentConfig;
    PNDIS_RECEIVE_FILTER_CAPABILITIES ReceiveFilterCapabilities;
    PNDIS_PM_CAPABILITIES PowerManagementCapabilitiesEx;
    PNDIS_NIC_SWITCH_CAPABILITIES NicSwitchCapabilities;
#if NDIS_SUPPORT_NDIS630
    PNDIS_SRIOV_CAPABILITIES SriovCapabilities;
    PNDIS_NIC_SWITCH_INFO_ARRAY NicSwitchArray;
#endif
} NDIS_BIND_PARAMETERS, *PNDIS_BIND_PARAMETERS;

typedef NDIS_STATUS PROTOCOL_BIND_ADAPTER_EX(
    NDIS_HANDLE ProtocolDriverContext, NDIS_HANDLE BindContext,
    PNDIS_BIND_PARAMETERS BindParameters);
typedef PROTOCOL_BIND_ADAPTER_EX *BIND_HANDLER_EX;
typedef NDIS_STATUS PROTOCOL_UNBIND_ADAPTER_EX(
    NDIS_HANDLE UnbindContext, NDIS_HANDLE ProtocolBindingContext);
typedef PROTOCOL_UNBIND_ADAPTER_EX *UNBIND_HANDLER_EX;
typedef void PROTOCOL_OPEN_ADAPTER_COMPLETE_EX(
    NDIS_HANDLE ProtocolBindingContext, NDIS_STATUS Status);
typedef PROTOCOL_OPEN_ADAPTER_COMPLETE_EX *OPEN_ADAPTER_COMPLETE_HANDLER_EX;
typedef void PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX(NDIS_HANDLE ProtocolBindingContext);
typedef PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX *CLOSE_ADAPTER_COMPLETE_HANDLER_EX;
typedef void PROTOCOL_UNINSTALL(void);
typedef PROTOCOL_UNINSTALL *UNINSTALL_PROTOCOL_HANDLER;
typedef void PROTOCOL_OID_REQUEST_COMPLETE(
    NDIS_HANDLE ProtocolBindingContext, PNDIS_OID_REQUEST OidRequest, NDIS_STATUS Status);
typedef PROTOCOL_OID_REQUEST_COMPLETE *OID_REQUEST_COMPLETE_HANDLER;
typedef void PROTOCOL_STATUS_EX(
    NDIS_HANDLE ProtocolBindingContext, PNDIS_STATUS_INDICATION StatusIndication);
typedef PROTOCOL_STATUS_EX *STATUS_HANDLER_EX;
typedef void PROTOCOL_RECEIVE_NET_BUFFER_LISTS(
    NDIS_HANDLE ProtocolBindingContext, PNET_BUFFER_LIST NetBufferLists,
    NDIS_PORT_NUMBER PortNumber, ULONG NumberOfNetBufferLists, ULONG ReceiveFlags);
typedef PROTOCOL_RECEIVE_NET_BUFFER_LISTS *RECEIVE_NET_BUFFER_LISTS_HANDLER;
typedef void PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE(
    NDIS_HANDLE ProtocolBindingContext, PNET_BUFFER_LIST NetBufferList, ULONG SendCompleteFlags);
typedef PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE *SEND_NET_BUFFER_LISTS_COMPLETE_HANDLER;
typedef void PROTOCOL_DIRECT_OID_REQUEST_COMPLETE(
    NDIS_HANDLE ProtocolBindingContext, PNDIS_OID_REQUEST OidRequest, NDIS_STATUS Status);
typedef PROTOCOL_DIRECT_OID_REQUEST_COMPLETE *DIRECT_OID_REQUEST_COMPLETE_HANDLER;

typedef struct _NDIS_PROTOCOL_DRIVER_CHARACTERISTICS {
    NDIS_OBJECT_HEADER Header;
    UCHAR MajorNdisVersion;
    UCHAR MinorNdisVersion;
    UCHAR MajorDriverVersion;
    UCHAR MinorDriverVersion;
    ULONG Flags;
    NDIS_STRING Name;
    SET_OPTIONS_HANDLER SetOptionsHandler;
    BIND_HANDLER_EX BindAdapterHandlerEx;
    UNBIND_HANDLER_EX UnbindAdapterHandlerEx;
    OPEN_ADAPTER_COMPLETE_HANDLER_EX OpenAdapterCompleteHandlerEx;
    CLOSE_ADAPTER_COMPLETE_HANDLER_EX CloseAdapterCompleteHandlerEx;
    NET_PNP_EVENT_HANDLER NetPnPEventHandler;
    UNINSTALL_PROTOCOL_HANDLER UninstallHandler;
    OID_REQUEST_COMPLETE_HANDLER OidRequestCompleteHandler;
    STATUS_HANDLER_EX StatusHandlerEx;
    RECEIVE_NET_BUFFER_LISTS_HANDLER ReceiveNetBufferListsHandler;
    SEND_NET_BUFFER_LISTS_COMPLETE_HANDLER SendNetBufferListsCompleteHandler;
    DIRECT_OID_REQUEST_COMPLETE_HANDLER DirectOidRequestCompleteHandler;
} NDIS_PROTOCOL_DRIVER_CHARACTERISTICS, *PNDIS_PROTOCOL_DRIVER_CHARACTERISTICS;

typedef struct _NDIS_PROTOCOL_BLOCK NDIS_PROTOCOL_BLOCK, *PNDIS_PROTOCOL_BLOCK;
typedef ULONG NDIS_AF;

typedef struct CO_ADDRESS_FAMILY {
    NDIS_AF AddressFamily;
    ULONG MajorVersion;
    ULONG MinorVersion;
} CO_ADDRESS_FAMILY, *PCO_ADDRESS_FAMILY;

typedef void PROTCOL_CO_AF_REGISTER_NOTIFY(
    NDIS_HANDLE ProtocolBindingContext, PCO_ADDRESS_FAMILY AddressFamily);
typedef PROTCOL_CO_AF_REGISTER_NOTIFY *CO_AF_REGISTER_NOTIFY_HANDLER;
typedef void PROTOCOL_CO_RECEIVE_NET_BUFFER_LISTS(
    NDIS_HANDLE ProtocolBindingContext, NDIS_HANDLE ProtocolVcContext,
    PNET_BUFFER_LIST NetBufferLists, ULONG NumberOfNetBufferLists, ULONG ReceiveFlags);
typedef PROTOCOL_CO_RECEIVE_NET_BUFFER_LISTS *CO_RECEIVE_NET_BUFFER_LISTS_HANDLER;
typedef void PROTOCOL_CO_SEND_NET_BUFFER_LISTS_COMPLETE(
    NDIS_HANDLE ProtocolVcContext, PNET_BUFFER_LIST NetBufferLists, ULONG SendCompleteFlags);
typedef PROTOCOL_CO_SEND_NET_BUFFER_LISTS_COMPLETE *CO_SEND_NET_BUFFER_LISTS_COMPLETE_HANDLER;
typedef void PROTOCOL_CO_STATUS_EX(
    NDIS_HANDLE ProtocolBindingContext, NDIS_HANDLE ProtocolVcContext,
    PNDIS_STATUS_INDICATION StatusIndication);
typedef PROTOCOL_CO_STATUS_EX *CO_STATUS_HANDLER_EX;

typedef struct _NDIS_PROTOCOL_CO_CHARACTERISTICS {
    NDIS_OBJECT_HEADER Header;
    ULONG Flags;
    CO_STATUS_HANDLER_EX CoStatusHandlerEx;
    CO_AF_REGISTER_NOTIFY_HANDLER CoAfRegisterNotifyHandler;
    CO_RECEIVE_NET_BUFFER_LISTS_HANDLER CoReceiveNetBufferListsHandler;
    CO_SEND_NET_BUFFER_LISTS_COMPLETE_HANDLER CoSendNetBufferListsCompleteHandler;
} NDIS_PROTOCOL_CO_CHARACTERISTICS, *PNDIS_PROTOCOL_CO_CHARACTERISTICS;

typedef struct _NDIS_PROTOCOL_PAUSE_PARAMETERS {
    NDIS_OBJECT_HEADER Header;
    ULONG Flags;
    ULONG PauseReason;
} NDIS_PROTOCOL_PAUSE_PARAMETERS, *PNDIS_PROTOCOL_PAUSE_PARAMETERS;

typedef struct _NDIS_PROTOCOL_RESTART_PARAMETERS {
    NDIS_OBJECT_HEADER Header;
    PUCHAR FilterModuleNameBuffer;
    ULONG FilterModuleNameBufferLength;
    PNDIS_RESTART_ATTRIBUTES RestartAttributes;
    NET_IFINDEX BoundIfIndex;
    NET_LUID BoundIfNetluid;
    ULONG Flags;
} NDIS_PROTOCOL_RESTART_PARAMETERS, *PNDIS_PROTOCOL_RESTART_PARAMETERS;

typedef SET_OPTIONS PROTOCOL_SET_OPTIONS;

#define NDIS_BIND_PARAMETERS_REVISION_1                        1
#define NDIS_BIND_PARAMETERS_REVISION_2                        2
#define NDIS_BIND_PARAMETERS_REVISION_3                        3
#define NDIS_OPEN_PARAMETERS_REVISION_1                        1
#define NDIS_OPEN_RECEIVE_NOT_REENTRANT                        1
#define NDIS_PROTOCOL_CO_CHARACTERISTICS_REVISION_1            1
#define NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1        1
#define NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2        2
#define NDIS_PROTOCOL_PAUSE_PARAMETERS_REVISION_1              1
#define NDIS_PROTOCOL_RESTART_PARAMETERS_REVISION_1            1
#define NDIS_SIZEOF_BIND_PARAMETERS_REVISION_1                 248
#define NDIS_SIZEOF_BIND_PARAMETERS_REVISION_2                 256
#define NDIS_SIZEOF_BIND_PARAMETERS_REVISION_3                 280
#define NDIS_SIZEOF_OPEN_PARAMETERS_REVSION_1                  52
#define NDIS_SIZEOF_PROTOCOL_CO_CHARACTERISTICS_REVISION_1     40
#define NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1 120
#define NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2 128
#define NDIS_SIZEOF_PROTOCOL_PAUSE_PARAMETERS_REVISION_1       12
#define NDIS_SIZEOF_PROTOCOL_RESTART_PARAMETERS_REVISION_1     52

void NdisCancelSendNetBufferLists(NDIS_HANDLE NdisBindingHandle, PVOID CancelId);
NDIS_STATUS NdisCloseAdapterEx(NDIS_HANDLE NdisBindingHandle);
void NdisCompleteBindAdapterEx(NDIS_HANDLE BindAdapterContext, NDIS_STATUS Status);
void NdisCompleteDmaTransfer(
    PNDIS_STATUS Status, NDIS_HANDLE NdisDmaHandle, PNDIS_BUFFER Buffer, ULONG Offset, ULONG Length,
    BOOLEAN WriteToDevice);
void NdisCompleteUnbindAdapterEx(NDIS_HANDLE UnbindContext);
void NdisDeregisterProtocolDriver(NDIS_HANDLE NdisProtocolHandle);
NDIS_STATUS NdisOpenAdapterEx(
    NDIS_HANDLE NdisProtocolHandle, NDIS_HANDLE ProtocolBindingContext,
    PNDIS_OPEN_PARAMETERS OpenParameters, NDIS_HANDLE BindContext, PNDIS_HANDLE NdisBindingHandle);
NDIS_STATUS NdisQueryAdapterInstanceName(
    PNDIS_STRING pAdapterInstanceName, NDIS_HANDLE NdisBindingHandle);
NDIS_STATUS NdisQueryBindInstanceName(
    PNDIS_STRING pAdapterInstanceName, NDIS_HANDLE BindingContext);
void NdisReEnumerateProtocolBindings(NDIS_HANDLE NdisProtocolHandle);
NDIS_STATUS NdisRegisterProtocolDriver(
    NDIS_HANDLE ProtocolDriverContext,
    PNDIS_PROTOCOL_DRIVER_CHARACTERISTICS ProtocolCharacteristics, PNDIS_HANDLE NdisProtocolHandle);
void NdisReturnNetBufferLists(
    NDIS_HANDLE NdisBindingHandle, PNET_BUFFER_LIST NetBufferLists, ULONG ReturnFlags);
void NdisSendNetBufferLists(
    NDIS_HANDLE NdisBindingHandle, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER PortNumber,
    ULONG SendFlags);
NDIS_STATUS NdisSetOptionalHandlers(
    NDIS_HANDLE NdisDriverHandle, PNDIS_DRIVER_OPTIONAL_HANDLERS OptionalHandlers);
NDIS_STATUS NdisUnbindAdapter(NDIS_HANDLE NdisBindingHandle);

#define NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_3 3

/* Filter drivers */

typedef NDIS_STATUS FILTER_SYNCHRONOUS_OID_REQUEST(NDIS_HANDLE FilterModuleContext,
    PNDIS_OID_REQUEST OidRequest, NDIS_HANDLE *CallContext);
typedef FILTER_SYNCHRONOUS_OID_REQUEST *FILTER_SYNCHRONOUS_OID_REQUEST_HANDLER;
typedef void FILTER_SYNCHRONOUS_OID_REQUEST_COMPLETE(NDIS_HANDLE FilterModuleContext,
    PNDIS_OID_REQUEST OidRequest, NDIS_STATUS *Status, PVOID CallContext);
typedef FILTER_SYNCHRONOUS_OID_REQUEST_COMPLETE *FILTER_SYNCHRONOUS_OID_REQUEST_COMPLETE_HANDLER;

typedef NDIS_STATUS FILTER_SET_MODULE_OPTIONS(NDIS_HANDLE FilterModuleContext);
typedef FILTER_SET_MODULE_OPTIONS *FILTER_SET_FILTER_MODULE_OPTIONS_HANDLER;

typedef struct _NDIS_FILTER_ATTACH_PARAMETERS {
    NDIS_OBJECT_HEADER Header;
    NET_IFINDEX IfIndex;
    NET_LUID NetLuid;
    PNDIS_STRING FilterModuleGuidName;
    NET_IFINDEX BaseMiniportIfIndex;
    PNDIS_STRING BaseMiniportInstanceName;
    PNDIS_STRING BaseMiniportName;
    NDIS_MEDIA_CONNECT_STATE MediaConnectState;
    NET_IF_MEDIA_DUPLEX_STATE MediaDuplexState;
    ULONG64 XmitLinkSpeed;
    ULONG64 RcvLinkSpeed;
    NDIS_MEDIUM MiniportMediaType;
    NDIS_PHYSICAL_MEDIUM MiniportPhysicalMediaType;
    NDIS_HANDLE MiniportMediaSpecificAttributes;
    PNDIS_OFFLOAD DefaultOffloadConfiguration;
    USHORT MacAddressLength;
    UCHAR CurrentMacAddress[32];
    NET_LUID BaseMiniportNetLuid;
    NET_IFINDEX LowerIfIndex;
    NET_LUID LowerIfNetLuid;
    ULONG Flags;
    PNDIS_HD_SPLIT_CURRENT_CONFIG HDSplitCurrentConfig;
    PNDIS_RECEIVE_FILTER_CAPABILITIES ReceiveFilterCapabilities;
    PDEVICE_OBJECT MiniportPhysicalDeviceObject;
    PNDIS_NIC_SWITCH_CAPABILITIES NicSwitchCapabilities;
#if NDIS_SUPPORT_NDIS630
    PNDIS_SRIOV_CAPABILITIES SriovCapabilities;
    struct _NDIS_NIC_SWITCH_INFO_ARRAY *NicSwitchArray;
#endif
} NDIS_FILTER_ATTACH_PARAMETERS, *PNDIS_FILTER_ATTACH_PARAMETERS;

typedef NDIS_STATUS FILTER_ATTACH(
    NDIS_HANDLE NdisFilterHandle, NDIS_HANDLE FilterDriverContext,
    PNDIS_FILTER_ATTACH_PARAMETERS AttachParameters);
typedef FILTER_ATTACH *FILTER_ATTACH_HANDLER;
typedef void FILTER_DETACH(NDIS_HANDLE FilterModuleContext);
typedef FILTER_DETACH *FILTER_DETACH_HANDLER;

typedef struct _NDIS_FILTER_RESTART_PARAMETERS {
    NDIS_OBJECT_HEADER Header;
    NDIS_MEDIUM MiniportMediaType;
    NDIS_PHYSICAL_MEDIUM MiniportPhysicalMediaType;
    PNDIS_RESTART_ATTRIBUTES RestartAttributes;
    NET_IFINDEX LowerIfIndex;
    NET_LUID LowerIfNetLuid;
    ULONG Flags;
} NDIS_FILTER_RESTART_PARAMETERS, *PNDIS_FILTER_RESTART_PARAMETERS;

typedef NDIS_STATUS FILTER_RESTART(
    NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_RESTART_PARAMETERS RestartParameters);
typedef FILTER_RESTART *FILTER_RESTART_HANDLER;

typedef struct _NDIS_FILTER_PAUSE_PARAMETERS {
    NDIS_OBJECT_HEADER Header;
    ULONG Flags;
    ULONG PauseReason;
} NDIS_FILTER_PAUSE_PARAMETERS, *PNDIS_FILTER_PAUSE_PARAMETERS;

typedef NDIS_STATUS FILTER_PAUSE(
    NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_PAUSE_PARAMETERS PauseParameters);
typedef FILTER_PAUSE *FILTER_PAUSE_HANDLER;
typedef void FILTER_SEND_NET_BUFFER_LISTS(
    NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferList, NDIS_PORT_NUMBER PortNumber,
    ULONG SendFlags);
typedef FILTER_SEND_NET_BUFFER_LISTS *FILTER_SEND_NET_BUFFER_LISTS_HANDLER;
typedef void FILTER_SEND_NET_BUFFER_LISTS_COMPLETE(
    NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferList, ULONG SendCompleteFlags);
typedef FILTER_SEND_NET_BUFFER_LISTS_COMPLETE *FILTER_SEND_NET_BUFFER_LISTS_COMPLETE_HANDLER;
typedef void FILTER_CANCEL_SEND_NET_BUFFER_LISTS(NDIS_HANDLE FilterModuleContext, PVOID CancelId);
typedef FILTER_CANCEL_SEND_NET_BUFFER_LISTS *FILTER_CANCEL_SEND_HANDLER;
typedef void FILTER_RECEIVE_NET_BUFFER_LISTS(
    NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER PortNumber,
    ULONG NumberOfNetBufferLists, ULONG ReceiveFlags);
typedef FILTER_RECEIVE_NET_BUFFER_LISTS *FILTER_RECEIVE_NET_BUFFER_LISTS_HANDLER;
typedef void FILTER_RETURN_NET_BUFFER_LISTS(
    NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, ULONG ReturnFlags);
typedef FILTER_RETURN_NET_BUFFER_LISTS *FILTER_RETURN_NET_BUFFER_LISTS_HANDLER;
typedef NDIS_STATUS FILTER_OID_REQUEST(
    NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest);
typedef FILTER_OID_REQUEST *FILTER_OID_REQUEST_HANDLER;
typedef void FILTER_OID_REQUEST_COMPLETE(
    NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest, NDIS_STATUS Status);
typedef FILTER_OID_REQUEST_COMPLETE *FILTER_OID_REQUEST_COMPLETE_HANDLER;
typedef void FILTER_CANCEL_OID_REQUEST(NDIS_HANDLE FilterModuleContext, PVOID RequestId);
typedef FILTER_CANCEL_OID_REQUEST *FILTER_CANCEL_OID_REQUEST_HANDLER;
typedef void FILTER_DEVICE_PNP_EVENT_NOTIFY(
    NDIS_HANDLE FilterModuleContext, PNET_DEVICE_PNP_EVENT NetDevicePnPEvent);
typedef FILTER_DEVICE_PNP_EVENT_NOTIFY *FILTER_DEVICE_PNP_EVENT_NOTIFY_HANDLER;
typedef NDIS_STATUS FILTER_NET_PNP_EVENT(
    NDIS_HANDLE FilterModuleContext, PNET_PNP_EVENT_NOTIFICATION NetPnPEventNotification);
typedef FILTER_NET_PNP_EVENT *FILTER_NET_PNP_EVENT_HANDLER;
typedef void FILTER_STATUS(
    NDIS_HANDLE FilterModuleContext, PNDIS_STATUS_INDICATION StatusIndication);
typedef FILTER_STATUS *FILTER_STATUS_HANDLER;
typedef NDIS_STATUS FILTER_DIRECT_OID_REQUEST(
    NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest);
typedef FILTER_DIRECT_OID_REQUEST *FILTER_DIRECT_OID_REQUEST_HANDLER;
typedef void FILTER_DIRECT_OID_REQUEST_COMPLETE(
    NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest, NDIS_STATUS Status);
typedef FILTER_DIRECT_OID_REQUEST_COMPLETE *FILTER_DIRECT_OID_REQUEST_COMPLETE_HANDLER;
typedef void FILTER_CANCEL_DIRECT_OID_REQUEST(NDIS_HANDLE FilterModuleContext, PVOID RequestId);
typedef FILTER_CANCEL_DIRECT_OID_REQUEST *FILTER_CANCEL_DIRECT_OID_REQUEST_HANDLER;

typedef struct _NDIS_FILTER_DRIVER_CHARACTERISTICS {
    NDIS_OBJECT_HEADER Header;
    UCHAR MajorNdisVersion;
    UCHAR MinorNdisVersion;
    UCHAR MajorDriverVersion;
    UCHAR MinorDriverVersion;
    ULONG Flags;
    NDIS_STRING FriendlyName;
    NDIS_STRING UniqueName;
    NDIS_STRING ServiceName;
    SET_OPTIONS_HANDLER SetOptionsHandler;
    FILTER_SET_FILTER_MODULE_OPTIONS_HANDLER SetFilterModuleOptionsHandler;
    FILTER_ATTACH_HANDLER AttachHandler;
    FILTER_DETACH_HANDLER DetachHandler;
    FILTER_RESTART_HANDLER RestartHandler;
    FILTER_PAUSE_HANDLER PauseHandler;
    FILTER_SEND_NET_BUFFER_LISTS_HANDLER SendNetBufferListsHandler;
    FILTER_SEND_NET_BUFFER_LISTS_COMPLETE_HANDLER SendNetBufferListsCompleteHandler;
    FILTER_CANCEL_SEND_HANDLER CancelSendNetBufferListsHandler;
    FILTER_RECEIVE_NET_BUFFER_LISTS_HANDLER ReceiveNetBufferListsHandler;
    FILTER_RETURN_NET_BUFFER_LISTS_HANDLER ReturnNetBufferListsHandler;
    FILTER_OID_REQUEST_HANDLER OidRequestHandler;
    FILTER_OID_REQUEST_COMPLETE_HANDLER OidRequestCompleteHandler;
    FILTER_CANCEL_OID_REQUEST_HANDLER CancelOidRequestHandler;
    FILTER_DEVICE_PNP_EVENT_NOTIFY_HANDLER DevicePnPEventNotifyHandler;
    FILTER_NET_PNP_EVENT_HANDLER NetPnPEventHandler;
    FILTER_STATUS_HANDLER StatusHandler;
    FILTER_DIRECT_OID_REQUEST_HANDLER DirectOidRequestHandler;
    FILTER_DIRECT_OID_REQUEST_COMPLETE_HANDLER DirectOidRequestCompleteHandler;
    FILTER_CANCEL_DIRECT_OID_REQUEST_HANDLER CancelDirectOidRequestHandler;
#if NDIS_SUPPORT_NDIS680
    FILTER_SYNCHRONOUS_OID_REQUEST_HANDLER SynchronousOidRequestHandler;
    FILTER_SYNCHRONOUS_OID_REQUEST_COMPLETE_HANDLER SynchronousOidRequestCompleteHandler;
#endif
} NDIS_FILTER_DRIVER_CHARACTERISTICS, *PNDIS_FILTER_DRIVER_CHARACTERISTICS;

typedef struct _NDIS_FILTER_ATTRIBUTES {
    NDIS_OBJECT_HEADER Header;
    ULONG Flags;
} NDIS_FILTER_ATTRIBUTES, *PNDIS_FILTER_ATTRIBUTES;

typedef SET_OPTIONS FILTER_SET_OPTIONS;

typedef struct _NDIS_FILTER_INTERFACE {
    NDIS_OBJECT_HEADER Header;
    ULONG Flags;
    ULONG FilterType;
    ULONG FilterRunType;
    NET_IFINDEX IfIndex;
    NET_LUID NetLuid;
    NDIS_STRING FilterClass;
    NDIS_STRING FilterInstanceName;
} NDIS_FILTER_INTERFACE, *PNDIS_FILTER_INTERFACE;

typedef struct _NDIS_ENUM_FILTERS {
    NDIS_OBJECT_HEADER Header;
    ULONG Flags;
    ULONG NumberOfFilters;
    ULONG OffsetFirstFilter;
    NDIS_FILTER_INTERFACE Filter[1];
} NDIS_ENUM_FILTERS, *PNDIS_ENUM_FILTERS;

typedef struct _NDIS_FILTER_PARTIAL_CHARACTERISTICS {
    NDIS_OBJECT_HEADER Header;
    ULONG Flags;
    FILTER_SEND_NET_BUFFER_LISTS_HANDLER SendNetBufferListsHandler;
    FILTER_SEND_NET_BUFFER_LISTS_COMPLETE_HANDLER SendNetBufferListsCompleteHandler;
    FILTER_CANCEL_SEND_HANDLER CancelSendNetBufferListsHandler;
    FILTER_RECEIVE_NET_BUFFER_LISTS_HANDLER ReceiveNetBufferListsHandler;
    FILTER_RETURN_NET_BUFFER_LISTS_HANDLER ReturnNetBufferListsHandler;
} NDIS_FILTER_PARTIAL_CHARACTERISTICS, *PNDIS_FILTER_PARTIAL_CHARACTERISTICS;

typedef struct _NDIS_RESTART_GENERAL_ATTRIBUTES {
    NDIS_OBJECT_HEADER Header;
    ULONG MtuSize;
    ULONG64 MaxXmitLinkSpeed;
    ULONG64 MaxRcvLinkSpeed;
    ULONG LookaheadSize;
    ULONG MacOptions;
    ULONG SupportedPacketFilters;
    ULONG MaxMulticastListSize;
    PNDIS_RECEIVE_SCALE_CAPABILITIES RecvScaleCapabilities;
    NET_IF_ACCESS_TYPE AccessType;
    ULONG Flags;
    NET_IF_CONNECTION_TYPE ConnectionType;
    ULONG SupportedStatistics;
    ULONG DataBackFillSize;
    ULONG ContextBackFillSize;
    PNDIS_OID SupportedOidList;
    ULONG SupportedOidListLength;
    ULONG MaxLookaheadSizeAccessed;
} NDIS_RESTART_GENERAL_ATTRIBUTES, *PNDIS_RESTART_GENERAL_ATTRIBUTES;

#define NDIS_ENUM_FILTERS_REVISION_1                                   1
#define NDIS_FILTER_ATTACH_FLAGS_IGNORE_MANDATORY                      1
#define NDIS_FILTER_ATTACH_PARAMETERS_REVISION_1                       1
#define NDIS_FILTER_ATTACH_PARAMETERS_REVISION_2                       2
#define NDIS_FILTER_ATTACH_PARAMETERS_REVISION_3                       3
#define NDIS_FILTER_ATTRIBUTES_REVISION_1                              1
#define NDIS_FILTER_CHARACTERISTICS_REVISION_1                         1
#define NDIS_FILTER_CHARACTERISTICS_REVISION_2                         2
#define NDIS_FILTER_DRIVER_MANDATORY                                   1
#define NDIS_FILTER_INTERFACE_IM_FILTER                                1
#define NDIS_FILTER_INTERFACE_LW_FILTER                                2
#define NDIS_FILTER_INTERFACE_REVISION_1                               1
#define NDIS_FILTER_PARTIAL_CHARACTERISTICS_REVISION_1                 1
#define NDIS_FILTER_PAUSE_PARAMETERS_REVISION_1                        1
#define NDIS_FILTER_RESTART_PARAMETERS_REVISION_1                      1
#define NDIS_RESTART_GENERAL_ATTRIBUTES_MAX_LOOKAHEAD_ACCESSED_DEFINED 1
#define NDIS_RESTART_GENERAL_ATTRIBUTES_REVISION_1                     1
#define NDIS_RESTART_GENERAL_ATTRIBUTES_REVISION_2                     2
#define NDIS_SIZEOF_ENUM_FILTERS_REVISION_1                            80
#define NDIS_SIZEOF_FILTER_ATTACH_PARAMETERS_REVISION_1                164
#define NDIS_SIZEOF_FILTER_ATTACH_PARAMETERS_REVISION_2                176
#define NDIS_SIZEOF_FILTER_ATTACH_PARAMETERS_REVISION_3                200
#define NDIS_SIZEOF_FILTER_ATTRIBUTES_REVISION_1                       8
#define NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_1           200
#define NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2           224
#define NDIS_SIZEOF_FILTER_INTERFACE_REVISION_1                        64
#define NDIS_SIZEOF_FILTER_PARTIAL_CHARACTERISTICS_REVISION_1          48
#define NDIS_SIZEOF_FILTER_PAUSE_PARAMETERS_REVISION_1                 12
#define NDIS_SIZEOF_RESTART_GENERAL_ATTRIBUTES_REVISION_1              84
#define NDIS_SIZEOF_RESTART_GENERAL_ATTRIBUTES_REVISION_2              88
#define NDIS_SIZEOF__FILTER_RESTART_PARAMETERS_REVISION_1              44

NDIS_STATUS NdisEnumerateFilterModules(
    NDIS_HANDLE NdisHandle, PVOID InterfaceBuffer, ULONG InterfaceBufferLength, PULONG BytesNeeded,
    PULONG BytesWritten);
void NdisFCancelDirectOidRequest(NDIS_HANDLE NdisFilterHandle, PVOID RequestId);
void NdisFCancelOidRequest(NDIS_HANDLE NdisFilterHandle, PVOID RequestId);
void NdisFCancelSendNetBufferLists(NDIS_HANDLE NdisFilterHandle, PVOID CancelId);
void NdisFDeregisterFilterDriver(NDIS_HANDLE NdisFilterDriverHandle);
void NdisFDevicePnPEventNotify(
    NDIS_HANDLE NdisFilterHandle, PNET_DEVICE_PNP_EVENT NetDevicePnPEvent);
NDIS_STATUS NdisFDirectOidRequest(NDIS_HANDLE NdisFilterHandle, PNDIS_OID_REQUEST OidRequest);
void NdisFDirectOidRequestComplete(
    NDIS_HANDLE NdisFilterHandle, PNDIS_OID_REQUEST OidRequest, NDIS_STATUS Status);
void NdisFIndicateReceiveNetBufferLists(
    NDIS_HANDLE NdisFilterHandle, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER PortNumber,
    ULONG NumberOfNetBufferLists, ULONG ReceiveFlags);
void NdisFIndicateStatus(NDIS_HANDLE NdisFilterHandle, PNDIS_STATUS_INDICATION StatusIndication);
NDIS_STATUS NdisFOidRequest(NDIS_HANDLE NdisFilterHandle, PNDIS_OID_REQUEST OidRequest);
void NdisFOidRequestComplete(
    NDIS_HANDLE NdisFilterHandle, PNDIS_OID_REQUEST OidRequest, NDIS_STATUS Status);
void NdisFPauseComplete(NDIS_HANDLE NdisFilterHandle);
NDIS_STATUS NdisFRegisterFilterDriver(
    PDRIVER_OBJECT DriverObject, NDIS_HANDLE FilterDriverContext,
    PNDIS_FILTER_DRIVER_CHARACTERISTICS FilterDriverCharacteristics,
    PNDIS_HANDLE NdisFilterDriverHandle);
void NdisFRestartComplete(NDIS_HANDLE NdisFilterHandle, NDIS_STATUS Status);
NDIS_STATUS NdisFRestartFilter(NDIS_HANDLE NdisFilterHandle);
void NdisFReturnNetBufferLists(
    NDIS_HANDLE NdisFilterHandle, PNET_BUFFER_LIST NetBufferLists, ULONG ReturnFlags);
void NdisFSendNetBufferLists(
    NDIS_HANDLE NdisFilterHandle, PNET_BUFFER_LIST NetBufferList, NDIS_PORT_NUMBER PortNumber,
    ULONG SendFlags);
void NdisFSendNetBufferListsComplete(
    NDIS_HANDLE NdisFilterHandle, PNET_BUFFER_LIST NetBufferList, ULONG SendCompleteFlags);
NDIS_STATUS NdisFSetAttributes(
    NDIS_HANDLE NdisFilterHandle, NDIS_HANDLE FilterModuleContext,
    PNDIS_FILTER_ATTRIBUTES FilterAttributes);

#define NDIS_FILTER_CHARACTERISTICS_REVISION_3 3
#define NDIS_FILTER_ATTACH_PARAMETERS_REVISION_4 4
#define NDIS_SIZEOF_FILTER_ATTACH_PARAMETERS_REVISION_4 sizeof(NDIS_FILTER_ATTACH_PARAMETERS)
#define NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_3 240

NDIS_STATUS NdisFSynchronousOidRequest(NDIS_HANDLE NdisFilterHandle, PNDIS_OID_REQUEST OidRequest);
NDIS_STATUS NdisSynchronousOidRequest(NDIS_HANDLE NdisBindingHandle, PNDIS_OID_REQUEST OidRequest);

/* Configuration, files, event log */

#define NDIS_CONFIGURATION_OBJECT_REVISION_1           1
#define NDIS_CONFIG_FLAG_FILTER_INSTANCE_CONFIGURATION 1
#define NDIS_MAX_EVENT_LOG_DATA_SIZE                   196
#define NDIS_SIZEOF_CONFIGURATION_OBJECT_REVISION_1    20

typedef struct _NDIS_CONFIGURATION_OBJECT {
    NDIS_OBJECT_HEADER Header;
    NDIS_HANDLE NdisHandle;
    ULONG Flags;
} NDIS_CONFIGURATION_OBJECT, *PNDIS_CONFIGURATION_OBJECT;

typedef enum _NDIS_PARAMETER_TYPE {
    NdisParameterInteger,
    NdisParameterHexInteger,
    NdisParameterString,
    NdisParameterMultiString,
    NdisParameterBinary,
} NDIS_PARAMETER_TYPE, *PNDIS_PARAMETER_TYPE;

typedef struct BINARY_DATA {
    USHORT Length;
    PVOID Buffer;
} BINARY_DATA;

typedef struct _NDIS_CONFIGURATION_PARAMETER {
    NDIS_PARAMETER_TYPE ParameterType;
    union {
        ULONG IntegerData;
        NDIS_STRING StringData;
        BINARY_DATA BinaryData;
    } ParameterData;
} NDIS_CONFIGURATION_PARAMETER, *PNDIS_CONFIGURATION_PARAMETER;

void NdisCloseConfiguration(NDIS_HANDLE ConfigurationHandle);
void NdisCloseFile(NDIS_HANDLE FileHandle);
void NdisMapFile(PNDIS_STATUS Status, PVOID *MappedBuffer, NDIS_HANDLE FileHandle);
NDIS_STATUS NdisOpenConfigurationEx(
    PNDIS_CONFIGURATION_OBJECT ConfigObject, PNDIS_HANDLE ConfigurationHandle);
void NdisOpenConfigurationKeyByIndex(
    PNDIS_STATUS Status, NDIS_HANDLE ConfigurationHandle, ULONG Index, PNDIS_STRING KeyName,
    PNDIS_HANDLE KeyHandle);
void NdisOpenConfigurationKeyByName(
    PNDIS_STATUS Status, NDIS_HANDLE ConfigurationHandle, PNDIS_STRING SubKeyName,
    PNDIS_HANDLE SubKeyHandle);
void NdisOpenFile(
    PNDIS_STATUS Status, PNDIS_HANDLE FileHandle, PUINT FileLength, PNDIS_STRING FileName,
    NDIS_PHYSICAL_ADDRESS HighestAcceptableAddress);
void NdisReadConfiguration(
    PNDIS_STATUS Status, PNDIS_CONFIGURATION_PARAMETER *ParameterValue,
    NDIS_HANDLE ConfigurationHandle, PNDIS_STRING Keyword, NDIS_PARAMETER_TYPE ParameterType);
void NdisReadNetworkAddress(
    PNDIS_STATUS Status, PVOID *NetworkAddress, PUINT NetworkAddressLength,
    NDIS_HANDLE ConfigurationHandle);
void NdisUnmapFile(NDIS_HANDLE FileHandle);
void NdisWriteConfiguration(
    PNDIS_STATUS Status, NDIS_HANDLE ConfigurationHandle, PNDIS_STRING Keyword,
    PNDIS_CONFIGURATION_PARAMETER ParameterValue);
void NdisWriteErrorLogEntry(
    NDIS_HANDLE NdisAdapterHandle, ULONG ErrorCode, ULONG NumberOfErrorValues, ...);
NDIS_STATUS NdisWriteEventLogEntry(
    PVOID LogHandle, NDIS_STATUS EventCode, ULONG UniqueEventValue, USHORT NumStrings,
    PVOID StringsList, ULONG DataSize, PVOID Data);

/* Devices, work items, objects */

#define NDIS_DEVICE_OBJECT_ATTRIBUTES_REVISION_1        1
#define NDIS_SIZEOF_DEVICE_OBJECT_ATTRIBUTES_REVISION_1 56

typedef struct _NDIS_GENERIC_OBJECT {
    NDIS_OBJECT_HEADER Header;
    PVOID Caller;
    PVOID CallersCaller;
    PDRIVER_OBJECT DriverObject;
} NDIS_GENERIC_OBJECT, *PNDIS_GENERIC_OBJECT;

typedef void NDIS_IO_WORKITEM_FUNCTION(PVOID WorkItemContext, NDIS_HANDLE NdisIoWorkItemHandle);
typedef NDIS_IO_WORKITEM_FUNCTION *NDIS_IO_WORKITEM_ROUTINE;

typedef struct _NDIS_DEVICE_OBJECT_ATTRIBUTES {
    NDIS_OBJECT_HEADER Header;
    PNDIS_STRING DeviceName;
    PNDIS_STRING SymbolicName;
    PDRIVER_DISPATCH *MajorFunctions;
    ULONG ExtensionSize;
    PCUNICODE_STRING DefaultSDDLString;
    LPCGUID DeviceClassGuid;
} NDIS_DEVICE_OBJECT_ATTRIBUTES, *PNDIS_DEVICE_OBJECT_ATTRIBUTES;

typedef struct _NDIS_WORK_ITEM NDIS_WORK_ITEM, *PNDIS_WORK_ITEM;
typedef void (*NDIS_PROC)(struct _NDIS_WORK_ITEM *, PVOID);

PNDIS_GENERIC_OBJECT NdisAllocateGenericObject(PDRIVER_OBJECT DriverObject, ULONG Tag, USHORT Size);
NDIS_HANDLE NdisAllocateIoWorkItem(NDIS_HANDLE NdisObjectHandle);
void NdisDeregisterDeviceEx(NDIS_HANDLE NdisDeviceHandle);
void NdisFreeGenericObject(PNDIS_GENERIC_OBJECT NdisObject);
void NdisFreeIoWorkItem(NDIS_HANDLE NdisIoWorkItemHandle);
PVOID NdisGetDeviceReservedExtension(PDEVICE_OBJECT DeviceObject);
NDIS_STATUS NdisIMCancelInitializeDeviceInstance(
    NDIS_HANDLE DriverHandle, PNDIS_STRING DeviceInstance);
NDIS_STATUS NdisIMDeInitializeDeviceInstance(NDIS_HANDLE NdisMiniportHandle);
NDIS_STATUS NdisIMInitializeDeviceInstanceEx(
    NDIS_HANDLE DriverHandle, PNDIS_STRING DriverInstance, NDIS_HANDLE DeviceContext);
void NdisQueueIoWorkItem(
    NDIS_HANDLE NdisIoWorkItemHandle, NDIS_IO_WORKITEM_ROUTINE Routine, PVOID WorkItemContext);
NDIS_STATUS NdisRegisterDeviceEx(
    NDIS_HANDLE NdisObjectHandle, PNDIS_DEVICE_OBJECT_ATTRIBUTES DeviceObjectAttributes,
    PDEVICE_OBJECT *pDeviceObject, PNDIS_HANDLE NdisDeviceHandle);

NDIS_STATUS NdisMRegisterDevice(NDIS_HANDLE NdisWrapperHandle, PNDIS_STRING DeviceName,
    PNDIS_STRING SymbolicName, PDRIVER_DISPATCH *MajorFunctions, PDEVICE_OBJECT *pDeviceObject,
    PNDIS_HANDLE NdisDeviceHandle);
NDIS_STATUS NdisMDeregisterDevice(NDIS_HANDLE NdisDeviceHandle);

/* Connection-oriented drivers */

typedef struct CO_SAP {
    ULONG SapType;
    ULONG SapLength;
    UCHAR Sap[1];
} CO_SAP, *PCO_SAP;

typedef struct _VAR_STRING {
    ULONG ulTotalSize;
    ULONG ulNeededSize;
    ULONG ulUsedSize;
    ULONG ulStringFormat;
    ULONG ulStringSize;
    ULONG ulStringOffset;
} VAR_STRING, *PVAR_STRING;

typedef struct _NDIS_CALL_MANAGER_CHARACTERISTICS NDIS_CALL_MANAGER_CHARACTERISTICS, *PNDIS_CALL_MANAGER_CHARACTERISTICS;
typedef void PROTOCOL_CL_ADD_PARTY_COMPLETE(
    NDIS_STATUS Status, NDIS_HANDLE ProtocolPartyContext, NDIS_HANDLE NdisPartyHandle,
    PCO_CALL_PARAMETERS CallParameters);
typedef PROTOCOL_CL_ADD_PARTY_COMPLETE *CL_ADD_PARTY_COMPLETE_HANDLER;
typedef void PROTOCOL_CL_CALL_CONNECTED(NDIS_HANDLE ProtocolVcContext);
typedef PROTOCOL_CL_CALL_CONNECTED *CL_CALL_CONNECTED_HANDLER;
typedef void PROTOCOL_CL_CLOSE_AF_COMPLETE(NDIS_STATUS Status, NDIS_HANDLE ProtocolAfContext);
typedef PROTOCOL_CL_CLOSE_AF_COMPLETE *CL_CLOSE_AF_COMPLETE_HANDLER;
typedef void PROTOCOL_CL_CLOSE_CALL_COMPLETE(
    NDIS_STATUS Status, NDIS_HANDLE ProtocolVcContext, NDIS_HANDLE ProtocolPartyContext);
typedef PROTOCOL_CL_CLOSE_CALL_COMPLETE *CL_CLOSE_CALL_COMPLETE_HANDLER;
typedef void PROTOCOL_CL_DEREGISTER_SAP_COMPLETE(
    NDIS_STATUS Status, NDIS_HANDLE ProtocolSapContext);
typedef PROTOCOL_CL_DEREGISTER_SAP_COMPLETE *CL_DEREG_SAP_COMPLETE_HANDLER;
typedef void PROTOCOL_CL_DROP_PARTY_COMPLETE(NDIS_STATUS Status, NDIS_HANDLE ProtocolPartyContext);
typedef PROTOCOL_CL_DROP_PARTY_COMPLETE *CL_DROP_PARTY_COMPLETE_HANDLER;
typedef NDIS_STATUS PROTOCOL_CL_INCOMING_CALL(
    NDIS_HANDLE ProtocolSapContext, NDIS_HANDLE ProtocolVcContext,
    PCO_CALL_PARAMETERS CallParameters);
typedef PROTOCOL_CL_INCOMING_CALL *CL_INCOMING_CALL_HANDLER;
typedef void PROTOCOL_CL_INCOMING_CALL_QOS_CHANGE(
    NDIS_HANDLE ProtocolVcContext, PCO_CALL_PARAMETERS CallParameters);
typedef PROTOCOL_CL_INCOMING_CALL_QOS_CHANGE *CL_INCOMING_CALL_QOS_CHANGE_HANDLER;
typedef void PROTOCOL_CL_INCOMING_CLOSE_CALL(
    NDIS_STATUS CloseStatus, NDIS_HANDLE ProtocolVcContext, PVOID CloseData, UINT Size);
typedef PROTOCOL_CL_INCOMING_CLOSE_CALL *CL_INCOMING_CLOSE_CALL_HANDLER;
typedef void PROTOCOL_CL_INCOMING_DROP_PARTY(
    NDIS_STATUS DropStatus, NDIS_HANDLE ProtocolPartyContext, PVOID CloseData, UINT Size);
typedef PROTOCOL_CL_INCOMING_DROP_PARTY *CL_INCOMING_DROP_PARTY_HANDLER;
typedef void PROTOCOL_CL_MAKE_CALL_COMPLETE(
    NDIS_STATUS Status, NDIS_HANDLE ProtocolVcContext, NDIS_HANDLE NdisPartyHandle,
    PCO_CALL_PARAMETERS CallParameters);
typedef PROTOCOL_CL_MAKE_CALL_COMPLETE *CL_MAKE_CALL_COMPLETE_HANDLER;
typedef void PROTOCOL_CL_MODIFY_CALL_QOS_COMPLETE(
    NDIS_STATUS Status, NDIS_HANDLE ProtocolVcContext, PCO_CALL_PARAMETERS CallParameters);
typedef PROTOCOL_CL_MODIFY_CALL_QOS_COMPLETE *CL_MODIFY_CALL_QOS_COMPLETE_HANDLER;
typedef NDIS_STATUS PROTOCOL_CL_NOTIFY_CLOSE_AF(NDIS_HANDLE ClientAfContext);
typedef PROTOCOL_CL_NOTIFY_CLOSE_AF *CL_NOTIFY_CLOSE_AF_HANDLER;
typedef void PROTOCOL_CL_OPEN_AF_COMPLETE(
    NDIS_STATUS Status, NDIS_HANDLE ProtocolAfContext, NDIS_HANDLE NdisAfHandle);
typedef PROTOCOL_CL_OPEN_AF_COMPLETE *CL_OPEN_AF_COMPLETE_HANDLER;
typedef void PROTOCOL_CL_OPEN_AF_COMPLETE_EX(
    NDIS_HANDLE ProtocolAfContext, NDIS_HANDLE NdisAfHandle, NDIS_STATUS Status);
typedef PROTOCOL_CL_OPEN_AF_COMPLETE_EX *CL_OPEN_AF_COMPLETE_HANDLER_EX;
typedef void PROTOCOL_CL_REGISTER_SAP_COMPLETE(
    NDIS_STATUS Status, NDIS_HANDLE ProtocolSapContext, PCO_SAP Sap, NDIS_HANDLE NdisSapHandle);
typedef PROTOCOL_CL_REGISTER_SAP_COMPLETE *CL_REG_SAP_COMPLETE_HANDLER;
typedef void PROTOCOL_CM_ACTIVATE_VC_COMPLETE(
    NDIS_STATUS Status, NDIS_HANDLE CallMgrVcContext, PCO_CALL_PARAMETERS CallParameters);
typedef PROTOCOL_CM_ACTIVATE_VC_COMPLETE *CM_ACTIVATE_VC_COMPLETE_HANDLER;
typedef NDIS_STATUS PROTOCOL_CM_ADD_PARTY(
    NDIS_HANDLE CallMgrVcContext, PCO_CALL_PARAMETERS CallParameters, NDIS_HANDLE NdisPartyHandle,
    PNDIS_HANDLE CallMgrPartyContext);
typedef PROTOCOL_CM_ADD_PARTY *CM_ADD_PARTY_HANDLER;
typedef NDIS_STATUS PROTOCOL_CM_CLOSE_AF(NDIS_HANDLE CallMgrAfContext);
typedef PROTOCOL_CM_CLOSE_AF *CM_CLOSE_AF_HANDLER;
typedef NDIS_STATUS PROTOCOL_CM_CLOSE_CALL(
    NDIS_HANDLE CallMgrVcContext, NDIS_HANDLE CallMgrPartyContext, PVOID CloseData, UINT Size);
typedef PROTOCOL_CM_CLOSE_CALL *CM_CLOSE_CALL_HANDLER;
typedef void PROTOCOL_CM_DEACTIVATE_VC_COMPLETE(NDIS_STATUS Status, NDIS_HANDLE CallMgrVcContext);
typedef PROTOCOL_CM_DEACTIVATE_VC_COMPLETE *CM_DEACTIVATE_VC_COMPLETE_HANDLER;
typedef NDIS_STATUS PROTOCOL_CM_DEREGISTER_SAP(NDIS_HANDLE CallMgrSapContext);
typedef PROTOCOL_CM_DEREGISTER_SAP *CM_DEREG_SAP_HANDLER;
typedef NDIS_STATUS PROTOCOL_CM_DROP_PARTY(
    NDIS_HANDLE CallMgrPartyContext, PVOID CloseData, UINT Size);
typedef PROTOCOL_CM_DROP_PARTY *CM_DROP_PARTY_HANDLER;
typedef void PROTOCOL_CM_INCOMING_CALL_COMPLETE(
    NDIS_STATUS Status, NDIS_HANDLE CallMgrVcContext, PCO_CALL_PARAMETERS CallParameters);
typedef PROTOCOL_CM_INCOMING_CALL_COMPLETE *CM_INCOMING_CALL_COMPLETE_HANDLER;
typedef NDIS_STATUS PROTOCOL_CM_MAKE_CALL(
    NDIS_HANDLE CallMgrVcContext, PCO_CALL_PARAMETERS CallParameters, NDIS_HANDLE NdisPartyHandle,
    PNDIS_HANDLE CallMgrPartyContext);
typedef PROTOCOL_CM_MAKE_CALL *CM_MAKE_CALL_HANDLER;
typedef NDIS_STATUS PROTOCOL_CM_MODIFY_QOS_CALL(
    NDIS_HANDLE CallMgrVcContext, PCO_CALL_PARAMETERS CallParameters);
typedef PROTOCOL_CM_MODIFY_QOS_CALL *CM_MODIFY_CALL_QOS_HANDLER;
typedef void PROTOCOL_CM_NOTIFY_CLOSE_AF_COMPLETE(NDIS_HANDLE CallMgrAfContext, NDIS_STATUS Status);
typedef PROTOCOL_CM_NOTIFY_CLOSE_AF_COMPLETE *CM_NOTIFY_CLOSE_AF_COMPLETE_HANDLER;
typedef NDIS_STATUS PROTOCOL_CM_OPEN_AF(
    NDIS_HANDLE CallMgrBindingContext, PCO_ADDRESS_FAMILY AddressFamily, NDIS_HANDLE NdisAfHandle,
    PNDIS_HANDLE CallMgrAfContext);
typedef PROTOCOL_CM_OPEN_AF *CM_OPEN_AF_HANDLER;
typedef NDIS_STATUS PROTOCOL_CM_REG_SAP(
    NDIS_HANDLE CallMgrAfContext, PCO_SAP Sap, NDIS_HANDLE NdisSapHandle,
    PNDIS_HANDLE CallMgrSapContext);
typedef PROTOCOL_CM_REG_SAP *CM_REG_SAP_HANDLER;

typedef struct _CO_ADDRESS {
    ULONG AddressSize;
    UCHAR Address[1];
} CO_ADDRESS, *PCO_ADDRESS;

typedef struct _CO_ADDRESS_LIST {
    ULONG NumberOfAddressesAvailable;
    ULONG NumberOfAddresses;
    CO_ADDRESS AddressList;
} CO_ADDRESS_LIST, *PCO_ADDRESS_LIST;

typedef NDIS_STATUS PROTOCOL_CO_CREATE_VC(
    NDIS_HANDLE ProtocolAfContext, NDIS_HANDLE NdisVcHandle, PNDIS_HANDLE ProtocolVcContext);
typedef PROTOCOL_CO_CREATE_VC *CO_CREATE_VC_HANDLER;
typedef NDIS_STATUS PROTOCOL_CO_DELETE_VC(NDIS_HANDLE ProtocolVcContext);
typedef PROTOCOL_CO_DELETE_VC *CO_DELETE_VC_HANDLER;
typedef void PROTOCOL_CO_OID_REQUEST_COMPLETE(
    NDIS_HANDLE ProtocolAfContext, NDIS_HANDLE ProtocolVcContext, NDIS_HANDLE ProtocolPartyContext,
    PNDIS_OID_REQUEST OidRequest, NDIS_STATUS Status);
typedef PROTOCOL_CO_OID_REQUEST_COMPLETE *CO_OID_REQUEST_COMPLETE_HANDLER;
typedef NDIS_STATUS PROTOCOL_CO_OID_REQUEST(
    NDIS_HANDLE ProtocolAfContext, NDIS_HANDLE ProtocolVcContext, NDIS_HANDLE ProtocolPartyContext,
    PNDIS_OID_REQUEST OidRequest);
typedef PROTOCOL_CO_OID_REQUEST *CO_OID_REQUEST_HANDLER;

typedef struct _CO_PVC {
    NDIS_HANDLE NdisAfHandle;
    CO_SPECIFIC_PARAMETERS PvcParameters;
} CO_PVC, *PCO_PVC;

typedef struct _NDIS_AF_LIST NDIS_AF_LIST, *PNDIS_AF_LIST;

typedef struct _NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS {
    NDIS_OBJECT_HEADER Header;
    ULONG Reserved;
    CO_CREATE_VC_HANDLER CmCreateVcHandler;
    CO_DELETE_VC_HANDLER CmDeleteVcHandler;
    CM_OPEN_AF_HANDLER CmOpenAfHandler;
    CM_CLOSE_AF_HANDLER CmCloseAfHandler;
    CM_REG_SAP_HANDLER CmRegisterSapHandler;
    CM_DEREG_SAP_HANDLER CmDeregisterSapHandler;
    CM_MAKE_CALL_HANDLER CmMakeCallHandler;
    CM_CLOSE_CALL_HANDLER CmCloseCallHandler;
    CM_INCOMING_CALL_COMPLETE_HANDLER CmIncomingCallCompleteHandler;
    CM_ADD_PARTY_HANDLER CmAddPartyHandler;
    CM_DROP_PARTY_HANDLER CmDropPartyHandler;
    CM_ACTIVATE_VC_COMPLETE_HANDLER CmActivateVcCompleteHandler;
    CM_DEACTIVATE_VC_COMPLETE_HANDLER CmDeactivateVcCompleteHandler;
    CM_MODIFY_CALL_QOS_HANDLER CmModifyCallQoSHandler;
    CO_OID_REQUEST_HANDLER CmOidRequestHandler;
    CO_OID_REQUEST_COMPLETE_HANDLER CmOidRequestCompleteHandler;
    CM_NOTIFY_CLOSE_AF_COMPLETE_HANDLER CmNotifyCloseAfCompleteHandler;
} NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS, *PNDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS;

typedef struct _NDIS_CO_CLIENT_OPTIONAL_HANDLERS {
    NDIS_OBJECT_HEADER Header;
    ULONG Reserved;
    CO_CREATE_VC_HANDLER ClCreateVcHandler;
    CO_DELETE_VC_HANDLER ClDeleteVcHandler;
    CO_OID_REQUEST_HANDLER ClOidRequestHandler;
    CO_OID_REQUEST_COMPLETE_HANDLER ClOidRequestCompleteHandler;
    CL_OPEN_AF_COMPLETE_HANDLER_EX ClOpenAfCompleteHandlerEx;
    CL_CLOSE_AF_COMPLETE_HANDLER ClCloseAfCompleteHandler;
    CL_REG_SAP_COMPLETE_HANDLER ClRegisterSapCompleteHandler;
    CL_DEREG_SAP_COMPLETE_HANDLER ClDeregisterSapCompleteHandler;
    CL_MAKE_CALL_COMPLETE_HANDLER ClMakeCallCompleteHandler;
    CL_MODIFY_CALL_QOS_COMPLETE_HANDLER ClModifyCallQoSCompleteHandler;
    CL_CLOSE_CALL_COMPLETE_HANDLER ClCloseCallCompleteHandler;
    CL_ADD_PARTY_COMPLETE_HANDLER ClAddPartyCompleteHandler;
    CL_DROP_PARTY_COMPLETE_HANDLER ClDropPartyCompleteHandler;
    CL_INCOMING_CALL_HANDLER ClIncomingCallHandler;
    CL_INCOMING_CALL_QOS_CHANGE_HANDLER ClIncomingCallQoSChangeHandler;
    CL_INCOMING_CLOSE_CALL_HANDLER ClIncomingCloseCallHandler;
    CL_INCOMING_DROP_PARTY_HANDLER ClIncomingDropPartyHandler;
    CL_CALL_CONNECTED_HANDLER ClCallConnectedHandler;
    CL_NOTIFY_CLOSE_AF_HANDLER ClNotifyCloseAfHandler;
} NDIS_CO_CLIENT_OPTIONAL_HANDLERS, *PNDIS_CO_CLIENT_OPTIONAL_HANDLERS;

typedef ULONG *PNDIS_AF;

#define BROADCAST_VC                                             8
#define CALL_PARAMETERS_CHANGED                                  2
#define CO_ADDRESS_FAMILY_1394                                   5
#define CO_ADDRESS_FAMILY_INFINIBAND                             7
#define CO_ADDRESS_FAMILY_IRDA                                   4
#define CO_ADDRESS_FAMILY_L2TP                                   3
#define CO_ADDRESS_FAMILY_PPP                                    6
#define CO_ADDRESS_FAMILY_PROXY                                  0x80000000
#define CO_ADDRESS_FAMILY_PSCHED                                 2
#define CO_ADDRESS_FAMILY_Q2931                                  1
#define CO_ADDRESS_FAMILY_TAPI                                   0x800
#define CO_ADDRESS_FAMILY_TAPI_PROXY                             0x801
#define CO_SEND_FLAG_SET_DISCARD_ELIBILITY                       1
#define MULTIPOINT_VC                                            0x10
#define NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS_REVISION_1        1
#define NDIS_CO_CLIENT_OPTIONAL_HANDLERS_REVISION_1              1
#define NDIS_SIZEOF_CO_CALL_MANAGER_OPTIONAL_HANDLERS_REVISION_1 136
#define NDIS_SIZEOF_CO_CLIENT_OPTIONAL_HANDLERS_REVISION_1       160
#define PERMANENT_VC                                             1
#define QUERY_CALL_PARAMETERS                                    4
#define RECEIVE_VC                                               8
#define RESERVE_RESOURCES_VC                                     0x40
#define ROUND_DOWN_FLOW                                          0x80
#define ROUND_UP_FLOW                                            0x100
#define TRANSMIT_VC                                              4

NDIS_STATUS NdisClAddParty(
    NDIS_HANDLE NdisVcHandle, NDIS_HANDLE ProtocolPartyContext, PCO_CALL_PARAMETERS CallParameters,
    PNDIS_HANDLE NdisPartyHandle);
NDIS_STATUS NdisClCloseAddressFamily(NDIS_HANDLE NdisAfHandle);
NDIS_STATUS NdisClCloseCall(
    NDIS_HANDLE NdisVcHandle, NDIS_HANDLE NdisPartyHandle, PVOID Buffer, UINT Size);
NDIS_STATUS NdisClDeregisterSap(NDIS_HANDLE NdisSapHandle);
NDIS_STATUS NdisClDropParty(NDIS_HANDLE NdisPartyHandle, PVOID Buffer, UINT Size);
NDIS_STATUS NdisClGetProtocolVcContextFromTapiCallId(
    UNICODE_STRING TapiCallId, PNDIS_HANDLE ProtocolVcContext);
void NdisClIncomingCallComplete(
    NDIS_STATUS Status, NDIS_HANDLE NdisVcHandle, PCO_CALL_PARAMETERS CallParameters);
NDIS_STATUS NdisClMakeCall(
    NDIS_HANDLE NdisVcHandle, PCO_CALL_PARAMETERS CallParameters, NDIS_HANDLE ProtocolPartyContext,
    PNDIS_HANDLE NdisPartyHandle);
NDIS_STATUS NdisClModifyCallQoS(NDIS_HANDLE NdisVcHandle, PCO_CALL_PARAMETERS CallParameters);
void NdisClNotifyCloseAddressFamilyComplete(NDIS_HANDLE NdisAfHandle, NDIS_STATUS Status);
NDIS_STATUS NdisClOpenAddressFamilyEx(
    NDIS_HANDLE NdisBindingHandle, PCO_ADDRESS_FAMILY AddressFamily, NDIS_HANDLE ClientAfContext,
    PNDIS_HANDLE NdisAfHandle);
NDIS_STATUS NdisClRegisterSap(
    NDIS_HANDLE NdisAfHandle, NDIS_HANDLE ProtocolSapContext, PCO_SAP Sap,
    PNDIS_HANDLE NdisSapHandle);
NDIS_STATUS NdisCmActivateVc(NDIS_HANDLE NdisVcHandle, PCO_CALL_PARAMETERS CallParameters);
void NdisCmAddPartyComplete(
    NDIS_STATUS Status, NDIS_HANDLE NdisPartyHandle, NDIS_HANDLE CallMgrPartyContext,
    PCO_CALL_PARAMETERS CallParameters);
void NdisCmCloseAddressFamilyComplete(NDIS_STATUS Status, NDIS_HANDLE NdisAfHandle);
void NdisCmCloseCallComplete(
    NDIS_STATUS Status, NDIS_HANDLE NdisVcHandle, NDIS_HANDLE NdisPartyHandle);
NDIS_STATUS NdisCmDeactivateVc(NDIS_HANDLE NdisVcHandle);
void NdisCmDeregisterSapComplete(NDIS_STATUS Status, NDIS_HANDLE NdisSapHandle);
void NdisCmDispatchCallConnected(NDIS_HANDLE NdisVcHandle);
NDIS_STATUS NdisCmDispatchIncomingCall(
    NDIS_HANDLE NdisSapHandle, NDIS_HANDLE NdisVcHandle, PCO_CALL_PARAMETERS CallParameters);
void NdisCmDispatchIncomingCallQoSChange(
    NDIS_HANDLE NdisVcHandle, PCO_CALL_PARAMETERS CallParameters);
void NdisCmDispatchIncomingCloseCall(
    NDIS_STATUS CloseStatus, NDIS_HANDLE NdisVcHandle, PVOID Buffer, UINT Size);
void NdisCmDispatchIncomingDropParty(
    NDIS_STATUS DropStatus, NDIS_HANDLE NdisPartyHandle, PVOID Buffer, UINT Size);
void NdisCmDropPartyComplete(NDIS_STATUS Status, NDIS_HANDLE NdisPartyHandle);
void NdisCmMakeCallComplete(
    NDIS_STATUS Status, NDIS_HANDLE NdisVcHandle, NDIS_HANDLE NdisPartyHandle,
    NDIS_HANDLE CallMgrPartyContext, PCO_CALL_PARAMETERS CallParameters);
void NdisCmModifyCallQoSComplete(
    NDIS_STATUS Status, NDIS_HANDLE NdisVcHandle, PCO_CALL_PARAMETERS CallParameters);
NDIS_STATUS NdisCmNotifyCloseAddressFamily(NDIS_HANDLE NdisAfHandle);
void NdisCmOpenAddressFamilyComplete(
    NDIS_STATUS Status, NDIS_HANDLE NdisAfHandle, NDIS_HANDLE CallMgrAfContext);
NDIS_STATUS NdisCmRegisterAddressFamilyEx(
    NDIS_HANDLE NdisBindingHandle, PCO_ADDRESS_FAMILY AddressFamily);
void NdisCmRegisterSapComplete(
    NDIS_STATUS Status, NDIS_HANDLE NdisSapHandle, NDIS_HANDLE CallMgrSapContext);
NDIS_STATUS NdisCoAssignInstanceName(
    NDIS_HANDLE NdisVcHandle, PNDIS_STRING BaseInstanceName, PNDIS_STRING VcInstanceName);
NDIS_STATUS NdisCoCreateVc(
    NDIS_HANDLE NdisBindingHandle, NDIS_HANDLE NdisAfHandle, NDIS_HANDLE ProtocolVcContext,
    PNDIS_HANDLE NdisVcHandle);
NDIS_STATUS NdisCoDeleteVc(NDIS_HANDLE NdisVcHandle);
NDIS_STATUS NdisCoGetTapiCallId(NDIS_HANDLE NdisVcHandle, PVAR_STRING TapiCallId);
NDIS_STATUS NdisCoOidRequest(
    NDIS_HANDLE NdisBindingHandle, NDIS_HANDLE NdisAfHandle, NDIS_HANDLE NdisVcHandle,
    NDIS_HANDLE NdisPartyHandle, PNDIS_OID_REQUEST OidRequest);
void NdisCoOidRequestComplete(
    NDIS_HANDLE NdisAfHandle, NDIS_HANDLE NdisVcHandle, NDIS_HANDLE NdisPartyHandle,
    PNDIS_OID_REQUEST OidRequest, NDIS_STATUS Status);
void NdisCoSendNetBufferLists(
    NDIS_HANDLE NdisVcHandle, PNET_BUFFER_LIST NetBufferLists, ULONG SendFlags);
NDIS_STATUS NdisMCmActivateVc(NDIS_HANDLE NdisVcHandle, PCO_CALL_PARAMETERS CallParameters);
NDIS_STATUS NdisMCmCreateVc(
    NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE NdisAfHandle, NDIS_HANDLE MiniportVcContext,
    PNDIS_HANDLE NdisVcHandle);
NDIS_STATUS NdisMCmDeactivateVc(NDIS_HANDLE NdisVcHandle);
NDIS_STATUS NdisMCmDeleteVc(NDIS_HANDLE NdisVcHandle);
NDIS_STATUS NdisMCmOidRequest(
    NDIS_HANDLE NdisAfHandle, NDIS_HANDLE NdisVcHandle, NDIS_HANDLE NdisPartyHandle,
    PNDIS_OID_REQUEST NdisRequest);
NDIS_STATUS NdisMCmRegisterAddressFamily(
    NDIS_HANDLE MiniportAdapterHandle, PCO_ADDRESS_FAMILY AddressFamily,
    PNDIS_CALL_MANAGER_CHARACTERISTICS CmCharacteristics, UINT SizeOfCmCharacteristics);
NDIS_STATUS NdisMCmRegisterAddressFamilyEx(
    NDIS_HANDLE MiniportAdapterHandle, PCO_ADDRESS_FAMILY AddressFamily);
void NdisMCoActivateVcComplete(
    NDIS_STATUS Status, NDIS_HANDLE NdisVcHandle, PCO_CALL_PARAMETERS CallParameters);
void NdisMCoDeactivateVcComplete(NDIS_STATUS Status, NDIS_HANDLE NdisVcHandle);
void NdisMCoIndicateReceiveNetBufferLists(
    NDIS_HANDLE NdisVcHandle, PNET_BUFFER_LIST NetBufferLists, ULONG NumberOfNetBufferLists,
    ULONG CoReceiveFlags);
void NdisMCoIndicateStatusEx(
    NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE NdisVcHandle,
    PNDIS_STATUS_INDICATION StatusIndication);
void NdisMCoOidRequestComplete(
    NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE NdisMiniportVcHandle, PNDIS_OID_REQUEST Request,
    NDIS_STATUS Status);
void NdisMCoSendNetBufferListsComplete(
    NDIS_HANDLE NdisVcHandle, PNET_BUFFER_LIST NetBufferLists, ULONG SendCompleteFlags);

void NdisMCmAddPartyComplete(NDIS_STATUS Status, NDIS_HANDLE NdisPartyHandle,
    NDIS_HANDLE CallMgrPartyContext, PCO_CALL_PARAMETERS CallParameters);
void NdisMCmCloseAddressFamilyComplete(NDIS_STATUS Status, NDIS_HANDLE NdisAfHandle);
void NdisMCmCloseCallComplete(NDIS_STATUS Status, NDIS_HANDLE NdisVcHandle,
    NDIS_HANDLE NdisPartyHandle);
void NdisMCmDeregisterSapComplete(NDIS_STATUS Status, NDIS_HANDLE NdisSapHandle);
void NdisMCmDispatchCallConnected(NDIS_HANDLE NdisVcHandle);
NDIS_STATUS NdisMCmDispatchIncomingCall(NDIS_HANDLE NdisSapHandle, NDIS_HANDLE NdisVcHandle,
    PCO_CALL_PARAMETERS CallParameters);
void NdisMCmDispatchIncomingCallQoSChange(NDIS_HANDLE NdisVcHandle,
    PCO_CALL_PARAMETERS CallParameters);
void NdisMCmDispatchIncomingCloseCall(NDIS_STATUS CloseStatus, NDIS_HANDLE NdisVcHandle,
    PVOID Buffer, UINT Size);
void NdisMCmDispatchIncomingDropParty(NDIS_STATUS DropStatus, NDIS_HANDLE NdisPartyHandle,
    PVOID Buffer, UINT Size);
void NdisMCmDropPartyComplete(NDIS_STATUS Status, NDIS_HANDLE NdisPartyHandle);
void NdisMCmMakeCallComplete(NDIS_STATUS Status, NDIS_HANDLE NdisVcHandle,
    NDIS_HANDLE NdisPartyHandle, NDIS_HANDLE CallMgrPartyContext,
    PCO_CALL_PARAMETERS CallParameters);
void NdisMCmModifyCallQoSComplete(NDIS_STATUS Status, NDIS_HANDLE NdisVcHandle,
    PCO_CALL_PARAMETERS CallParameters);
NDIS_STATUS NdisMCmNotifyCloseAddressFamily(NDIS_HANDLE NdisAfHandle);
void NdisMCmOidRequestComplete(NDIS_HANDLE NdisAfHandle, NDIS_HANDLE NdisVcHandle,
    NDIS_HANDLE NdisPartyHandle, PNDIS_OID_REQUEST OidRequest, NDIS_STATUS Status);
void NdisMCmOpenAddressFamilyComplete(NDIS_STATUS Status, NDIS_HANDLE NdisAfHandle,
    NDIS_HANDLE CallMgrAfContext);
void NdisMCmRegisterSapComplete(NDIS_STATUS Status, NDIS_HANDLE NdisSapHandle,
    NDIS_HANDLE CallMgrSapContext);

/* Intermediate drivers, network interfaces */

void NdisIMAssociateMiniport(NDIS_HANDLE DriverHandle, NDIS_HANDLE ProtocolHandle);
NDIS_HANDLE NdisIMGetBindingContext(NDIS_HANDLE NdisBindingHandle);
NDIS_STATUS NdisIfAddIfStackEntry(NET_IFINDEX HigherLayerIfIndex, NET_IFINDEX LowerLayerIfIndex);
NDIS_STATUS NdisIfAllocateNetLuidIndex(NET_IFTYPE ifType, PUINT32 pNetLuidIndex);
void NdisIfDeleteIfStackEntry(NET_IFINDEX HigherLayerIfIndex, NET_IFINDEX LowerLayerIfIndex);
void NdisIfDeregisterInterface(NET_IFINDEX ifIndex);
void NdisIfDeregisterProvider(NDIS_HANDLE NdisProviderHandle);
NDIS_STATUS NdisIfFreeNetLuidIndex(NET_IFTYPE ifType, UINT32 NetLuidIndex);
NDIS_STATUS NdisIfGetInterfaceIndexFromNetLuid(NET_LUID NetLuid, PNET_IFINDEX pIfIndex);
NDIS_STATUS NdisIfGetNetLuidFromInterfaceIndex(NET_IFINDEX ifIndex, PNET_LUID pNetLuid);
NDIS_STATUS NdisIfQueryBindingIfIndex(
    NDIS_HANDLE NdisBindingHandle, PNET_IFINDEX pBoundIfIndex, PNET_LUID pBoundIfNetLuid,
    PNET_IFINDEX pLowestIfIndex, PNET_LUID pLowestIfNetLuid);

typedef struct _NET_IF_INFORMATION {
    NDIS_OBJECT_HEADER Header;
    ULONG Flags;
    NET_PHYSICAL_LOCATION PhysicalLocation;
    ULONG WanTunnelType;
    ULONG PortNumber;
    NET_IF_ACCESS_TYPE AccessType;
    NET_IF_DIRECTION_TYPE DirectionType;
    NET_IF_CONNECTION_TYPE ConnectionType;
    BOOLEAN ifConnectorPresent;
    USHORT PhysAddressLength;
    USHORT PhysAddressOffset;
    USHORT PermanentPhysAddressOffset;
    USHORT FriendlyNameLength;
    USHORT FriendlyNameOffset;
    GUID InterfaceGuid;
    NET_IF_NETWORK_GUID NetworkGuid;
    ULONG SupportedStatistics;
    NDIS_MEDIUM MediaType;
    NDIS_PHYSICAL_MEDIUM PhysicalMediumType;
} NET_IF_INFORMATION, *PNET_IF_INFORMATION;

NDIS_STATUS NdisIfRegisterInterface(
    NDIS_HANDLE NdisProviderHandle, NET_LUID NetLuid, NDIS_HANDLE ProviderIfContext,
    PNET_IF_INFORMATION pIfInfo, PNET_IFINDEX pfIndex);
typedef NDIS_STATUS (*IFP_QUERY_OBJECT)(NDIS_HANDLE, NET_IF_OBJECT_ID, PULONG, PVOID);
typedef NDIS_STATUS (*IFP_SET_OBJECT)(NDIS_HANDLE, NET_IF_OBJECT_ID, ULONG, PVOID);

typedef struct _NDIS_IF_PROVIDER_CHARACTERISTICS {
    NDIS_OBJECT_HEADER Header;
    IFP_QUERY_OBJECT QueryObjectHandler;
    IFP_SET_OBJECT SetObjectHandler;
    PVOID Reserved1;
    PVOID Reserved2;
} NDIS_IF_PROVIDER_CHARACTERISTICS, *PNDIS_IF_PROVIDER_CHARACTERISTICS;

NDIS_STATUS NdisIfRegisterProvider(
    PNDIS_IF_PROVIDER_CHARACTERISTICS ProviderCharacteristics, NDIS_HANDLE IfProviderContext,
    PNDIS_HANDLE pNdisIfProviderHandle);

#define NDIS_SIZEOF_IF_PROVIDER_CHARACTERISTICS_REVISION_1 40
#define NDIS_SIZEOF_NET_IF_INFORMATION_REVISION_1          96

#define NDIS_SIZEOF_OPEN_PARAMETERS_REVISION_1 52
#define NDIS_SG_DMA_V3_HAL_API 0x00000002
#define NDIS_SG_DMA_HYBRID_DMA 0x00000004

/* Everything else */

#define BINARY_COMPATIBLE                                            0
#define CRYPTO_GENERIC_ERROR                                         1
#define CRYPTO_INVALID_PACKET_SYNTAX                                 6
#define CRYPTO_INVALID_PROTOCOL                                      7
#define CRYPTO_SUCCESS                                               0
#define CRYPTO_TRANSPORT_AH_AUTH_FAILED                              2
#define CRYPTO_TRANSPORT_ESP_AUTH_FAILED                             3
#define CRYPTO_TUNNEL_AH_AUTH_FAILED                                 4
#define CRYPTO_TUNNEL_ESP_AUTH_FAILED                                5
#define ERRED_PACKET_INDICATION                                      1
#define INDICATE_END_OF_TX                                           0x20
#define INDICATE_ERRED_PACKETS                                       0x10
#define IPSEC_OFFLOAD_V2_ESN_SA                                      1
#define IPSEC_OFFLOAD_V2_INBOUND                                     1
#define IPSEC_OFFLOAD_V2_IPv6                                        0x10
#define IPSEC_OFFLOAD_V2_MAX_EXTENSION_HEADERS                       2
#define IPSEC_OFFLOAD_V2_TRANSPORT_OVER_UDP_ESP_ENCAPSULATION_TUNNEL 4
#define IPSEC_OFFLOAD_V2_UDP_ESP_ENCAPSULATION_NONE                  0
#define IPSEC_OFFLOAD_V2_UDP_ESP_ENCAPSULATION_TRANSPORT             1
#define IPSEC_OFFLOAD_V2_UDP_ESP_ENCAPSULATION_TRANSPORT_OVER_TUNNEL 8
#define IPSEC_OFFLOAD_V2_UDP_ESP_ENCAPSULATION_TUNNEL                2
#define IPSEC_TPTOVERTUN_UDPESP_ENCAPTYPE_IKE                        4
#define IPSEC_TPTOVERTUN_UDPESP_ENCAPTYPE_OTHER                      64
#define IPSEC_TPT_UDPESP_ENCAPTYPE_IKE                               1
#define IPSEC_TPT_UDPESP_ENCAPTYPE_OTHER                             16
#define IPSEC_TPT_UDPESP_OVER_PURE_TUN_ENCAPTYPE_IKE                 8
#define IPSEC_TPT_UDPESP_OVER_PURE_TUN_ENCAPTYPE_OTHER               128
#define IPSEC_TUN_UDPESP_ENCAPTYPE_IKE                               2
#define IPSEC_TUN_UDPESP_ENCAPTYPE_OTHER                             32
#define MAX_HASHES                                                   4
#define NDIS_INDICATE_ALL_NBLS                                       0xFFFFFFFF
#define NDIS_INTERMEDIATE_DRIVER                                     1
#define NDIS_IPSEC_OFFLOAD_V2_ADD_SA_REVISION_1                      1
#define NDIS_IPSEC_OFFLOAD_V2_DELETE_SA_REVISION_1                   1
#define NDIS_IPSEC_OFFLOAD_V2_UPDATE_SA_REVISION_1                   1
#define NDIS_LARGE_SEND_OFFLOAD_MAX_HEADER_LENGTH                    128
#define NDIS_LEGACY_DRIVER                                           0
#define NDIS_LEGACY_MINIPORT                                         0
#define NDIS_LEGACY_PROTOCOL                                         0
#define NDIS_MAX_LOOKAHEAD_SIZE_ACCESSED_UNDEFINED                   (-1)
#define NDIS_M_MAX_LOOKAHEAD                                         0x20E
#define NDIS_NT                                                      1
#define NDIS_OBJECT_TYPE_DRIVER_WRAPPER_REVISION_1                   1
#define NDIS_OFFLOAD_ENCAPSULATION_REVISION_1                        1
#define NDIS_RECEIVE_QUEUE_STATE_REVISION_1                          1
#define NDIS_SIZEOF_DRIVER_WRAPPER_HANDLE_REVISION_1                 16
#define NDIS_SIZEOF_IPSEC_OFFLOAD_V2_ADD_SA_REVISION_1               169
#define NDIS_SIZEOF_IPSEC_OFFLOAD_V2_DELETE_SA_REVISION_1            24
#define NDIS_SIZEOF_IPSEC_OFFLOAD_V2_UPDATE_SA_REVISION_1            28
#define NDIS_SIZEOF_NDIS_RECEIVE_QUEUE_STATE_REVISION_1              16
#define NDIS_SIZEOF_OFFLOAD_ENCAPSULATION_REVISION_1                 28
#define NDIS_TASK_OFFLOAD_VERSION                                    1
#define NDIS_WDM                                                     0
#define NDIS_WDM_DRIVER                                              2
#define RECEIVE_TIME_INDICATION                                      1
#define STRINGFORMAT_ASCII                                           1
#define STRINGFORMAT_BINARY                                          4
#define STRINGFORMAT_DBCS                                            2
#define STRINGFORMAT_UNICODE                                         3
#define TRUNCATED_HASH_LEN                                           12
#define USE_TIME_STAMPS                                              2

typedef NTSTATUS (*TDI_REGISTER_CALLBACK)(PUNICODE_STRING, HANDLE *);
typedef NTSTATUS (*TDI_PNP_HANDLER)(
    PUNICODE_STRING, PUNICODE_STRING, PUNICODE_STRING, PVOID, UINT, UINT);
typedef struct _X_FILTER ETH_FILTER, NULL_FILTER, TR_FILTER, *PETH_FILTER, *PNULL_FILTER, *PTR_FILTER;

typedef struct FILTERDBS {
    union {
        PETH_FILTER EthDB;
        PNULL_FILTER NullDB;
    };
    PTR_FILTER TrDB;
    PVOID YYYDB;
    PVOID XXXDB;
} FILTERDBS, *PFILTERDBS;

typedef struct _IPSEC_OFFLOAD_V2_ADD_SA *PIPSEC_OFFLOAD_V2_ADD_SA;

typedef enum _IPSEC_OFFLOAD_V2_OPERATION {
    IPsecOffloadV2Ah = 1,
    IPsecOffloadV2Esp,
    IPsecOffloadV2Max,
} IPSEC_OFFLOAD_V2_OPERATION, *PIPSEC_OFFLOAD_V2_OPERATION;

typedef ULONG IPSEC_OFFLOAD_V2_SPI_TYPE;

typedef struct _IPSEC_OFFLOAD_V2_ALGORITHM_INFO {
    ULONG Identifier;
    ULONG KeyLength;
    ULONG KeyOffsetBytes;
    ULONG AdditionalInfo;
} IPSEC_OFFLOAD_V2_ALGORITHM_INFO, *PIPSEC_OFFLOAD_V2_ALGORITHM_INFO;

typedef struct _IPSEC_OFFLOAD_V2_SECURITY_ASSOCIATION {
    ULONG Flags;
    IPSEC_OFFLOAD_V2_OPERATION Operation;
    IPSEC_OFFLOAD_V2_SPI_TYPE Spi;
    IPSEC_OFFLOAD_V2_ALGORITHM_INFO AuthenticationAlgorithm;
    IPSEC_OFFLOAD_V2_ALGORITHM_INFO EncryptionAlgorithm;
    ULONG SequenceNumberHighOrder;
} IPSEC_OFFLOAD_V2_SECURITY_ASSOCIATION, *PIPSEC_OFFLOAD_V2_SECURITY_ASSOCIATION;

typedef struct _IPSEC_OFFLOAD_V2_ADD_SA {
    NDIS_OBJECT_HEADER Header;
    PIPSEC_OFFLOAD_V2_ADD_SA Next;
    ULONG NumExtHdrs;
    ULONG Flags;
    union {
        struct {
            IPAddr SrcAddr;
            IPAddr DestAddr;
        } IPv4Endpoints;
        struct {
            UCHAR SrcAddr[16];
            UCHAR DestAddr[16];
        } IPv6Endpoints;
    };
    NDIS_HANDLE OffloadHandle;
    ULONG UdpEspEncapsulation;
    IPSEC_OFFLOAD_V2_SECURITY_ASSOCIATION SecAssoc[2];
    ULONG KeyLength;
    UCHAR KeyData[1];
} IPSEC_OFFLOAD_V2_ADD_SA;

typedef struct _IPSEC_OFFLOAD_V2_DELETE_SA *PIPSEC_OFFLOAD_V2_DELETE_SA;

typedef struct _IPSEC_OFFLOAD_V2_DELETE_SA {
    NDIS_OBJECT_HEADER Header;
    PIPSEC_OFFLOAD_V2_DELETE_SA Next;
    NDIS_HANDLE OffloadHandle;
} IPSEC_OFFLOAD_V2_DELETE_SA;

typedef struct _IPSEC_OFFLOAD_V2_UPDATE_SA {
    NDIS_OBJECT_HEADER Header;
    NDIS_HANDLE OffloadHandle;
    IPSEC_OFFLOAD_V2_OPERATION Operation;
    IPSEC_OFFLOAD_V2_SPI_TYPE Spi;
    ULONG SequenceNumberHighOrder;
} IPSEC_OFFLOAD_V2_UPDATE_SA, *PIPSEC_OFFLOAD_V2_UPDATE_SA;

typedef enum _NDIS_CLASS_ID {
    NdisClass802_3Priority,
    NdisClassWirelessWanMbxMailbox,
    NdisClassIrdaPacketInfo,
    NdisClassAtmAALInfo,
} NDIS_CLASS_ID, *PNDIS_CLASS_ID;

typedef struct _MEDIA_SPECIFIC_INFORMATION {
    UINT NextEntryOffset;
    NDIS_CLASS_ID ClassId;
    UINT Size;
    UCHAR ClassInformation[1];
} MEDIA_SPECIFIC_INFORMATION, *PMEDIA_SPECIFIC_INFORMATION;

typedef struct _NDIS_DRIVER_WRAPPER_HANDLE {
    NDIS_OBJECT_HEADER Header;
    NDIS_HANDLE NdisWrapperHandle;
} NDIS_DRIVER_WRAPPER_HANDLE, *PNDIS_DRIVER_WRAPPER_HANDLE;

typedef CM_EISA_FUNCTION_INFORMATION NDIS_EISA_FUNCTION_INFORMATION;
typedef CM_EISA_SLOT_INFORMATION NDIS_EISA_SLOT_INFORMATION;

typedef enum _NDIS_ENVIRONMENT_TYPE {
    NdisEnvironmentWindows,
    NdisEnvironmentWindowsNt,
} NDIS_ENVIRONMENT_TYPE, *PNDIS_ENVIRONMENT_TYPE;

typedef CM_MCA_POS_DATA NDIS_MCA_POS_DATA;
typedef struct _NDIS_M_DRIVER_BLOCK NDIS_M_DRIVER_BLOCK, *PNDIS_M_DRIVER_BLOCK;
typedef struct _NDIS_OFFLOAD NDIS_OFFLOAD;

typedef struct _NDIS_OFFLOAD_ENCAPSULATION {
    NDIS_OBJECT_HEADER Header;
    struct {
        ULONG Enabled;
        ULONG EncapsulationType;
        ULONG HeaderSize;
    } IPv4;
    struct {
        ULONG Enabled;
        ULONG EncapsulationType;
        ULONG HeaderSize;
    } IPv6;
} NDIS_OFFLOAD_ENCAPSULATION, *PNDIS_OFFLOAD_ENCAPSULATION;

typedef struct _NDIS_OPEN_BLOCK NDIS_OPEN_BLOCK, *PNDIS_OPEN_BLOCK;

typedef struct _NDIS_PACKET_8021Q_INFO {
    union {
        struct {
            UINT32 UserPriority : 3;
            UINT32 CanonicalFormatId : 1;
            UINT32 VlanId : 12;
            UINT32 Reserved : 16;
        } TagHeader;
        PVOID Value;
    };
} NDIS_PACKET_8021Q_INFO, *PNDIS_PACKET_8021Q_INFO;

typedef enum _NDIS_PER_PACKET_INFO {
    TcpIpChecksumPacketInfo,
    IpSecPacketInfo,
    TcpLargeSendPacketInfo,
    ClassificationHandlePacketInfo,
    NdisReserved,
    ScatterGatherListPacketInfo,
    Ieee8021QInfo,
    OriginalPacketInfo,
    PacketCancelId,
    OriginalNetBufferList,
    CachedNetBufferList,
    ShortPacketPaddingInfo,
    MaxPerPacketInfo,
} NDIS_PER_PACKET_INFO, *PNDIS_PER_PACKET_INFO;

typedef struct _NDIS_PHYSICAL_ADDRESS_UNIT {
    NDIS_PHYSICAL_ADDRESS PhysicalAddress;
    UINT Length;
} NDIS_PHYSICAL_ADDRESS_UNIT, *PNDIS_PHYSICAL_ADDRESS_UNIT;

typedef enum _NDIS_POWER_PROFILE {
    NdisPowerProfileBattery,
    NdisPowerProfileAcOnLine,
} NDIS_POWER_PROFILE, *PNDIS_POWER_PROFILE;

typedef struct _NDIS_RECEIVE_QUEUE_STATE {
    NDIS_OBJECT_HEADER Header;
    ULONG Flags;
    NDIS_RECEIVE_QUEUE_ID QueueId;
    NDIS_RECEIVE_QUEUE_OPERATIONAL_STATE QueueState;
} NDIS_RECEIVE_QUEUE_STATE, *PNDIS_RECEIVE_QUEUE_STATE;

typedef struct _NDIS_WAN_FRAGMENT {
    UCHAR RemoteAddress[6];
    UCHAR LocalAddress[6];
} NDIS_WAN_FRAGMENT, *PNDIS_WAN_FRAGMENT;

typedef struct _NDIS_WAN_GET_STATS {
    UCHAR LocalAddress[6];
    ULONG BytesSent;
    ULONG BytesRcvd;
    ULONG FramesSent;
    ULONG FramesRcvd;
    ULONG CRCErrors;
    ULONG TimeoutErrors;
    ULONG AlignmentErrors;
    ULONG SerialOverrunErrors;
    ULONG FramingErrors;
    ULONG BufferOverrunErrors;
    ULONG BytesTransmittedUncompressed;
    ULONG BytesReceivedUncompressed;
    ULONG BytesTransmittedCompressed;
    ULONG BytesReceivedCompressed;
} NDIS_WAN_GET_STATS, *PNDIS_WAN_GET_STATS;

typedef struct _NDIS_WAN_LINE_DOWN {
    UCHAR RemoteAddress[6];
    UCHAR LocalAddress[6];
} NDIS_WAN_LINE_DOWN, *PNDIS_WAN_LINE_DOWN;

typedef struct _NDIS_WAN_LINE_UP {
    ULONG LinkSpeed;
    ULONG MaximumTotalSize;
    NDIS_WAN_QUALITY Quality;
    USHORT SendWindow;
    UCHAR RemoteAddress[6];
    UCHAR LocalAddress[6];
    ULONG ProtocolBufferLength;
    PUCHAR ProtocolBuffer;
    USHORT ProtocolType;
    NDIS_STRING DeviceName;
} NDIS_WAN_LINE_UP, *PNDIS_WAN_LINE_UP;

typedef struct _NDIS_WRAPPER_HANDLE NDIS_WRAPPER_HANDLE, *PNDIS_WRAPPER_HANDLE;
typedef USHORT NET_FRAME_TYPE;
typedef CM_EISA_FUNCTION_INFORMATION *PNDIS_EISA_FUNCTION_INFORMATION;
typedef CM_EISA_SLOT_INFORMATION *PNDIS_EISA_SLOT_INFORMATION;
typedef CM_MCA_POS_DATA *PNDIS_MCA_POS_DATA;

typedef struct _REFERENCE {
    KSPIN_LOCK SpinLock;
    USHORT ReferenceCount;
    BOOLEAN Closing;
} REFERENCE, *PREFERENCE;

typedef struct _SCATTER_GATHER_LIST SCATTER_GATHER_LIST;

NDIS_STATUS NdisAllocateSharedMemory(
    NDIS_HANDLE NdisHandle, PNDIS_SHARED_MEMORY_PARAMETERS SharedMemoryParameters,
    PNDIS_HANDLE pAllocationHandle);
NDIS_STATUS NdisBuildScatterGatherList(
    NDIS_HANDLE NdisHandle, PNDIS_SCATTER_GATHER_LIST_PARAMETERS SGListParameters);
void NdisCopySendNetBufferListInfo(
    PNET_BUFFER_LIST DestNetBufferList, PNET_BUFFER_LIST SrcNetBufferList);
void NdisDeregisterTdiCallBack(void);
void NdisFreeScatterGatherList(
    NDIS_HANDLE NdisHandle, PSCATTER_GATHER_LIST ScatterGatherListBuffer, BOOLEAN WriteToDevice);
void NdisFreeSharedMemory(NDIS_HANDLE NdisHandle, NDIS_HANDLE AllocationHandle);
UCHAR NdisGeneratePartialCancelId(void);
NDIS_STATUS NdisGetHypervisorInfo(PNDIS_HYPERVISOR_INFO HypervisorInfo);
PVOID NdisGetRoutineAddress(PNDIS_STRING NdisRoutineName);
ULONG NdisGetSharedDataAlignment(void);
UINT NdisGetVersion(void);
void NdisRegisterTdiCallBack(TDI_REGISTER_CALLBACK RegisterCallback, TDI_PNP_HANDLER PnPHandler);
void NdisSetupDmaTransfer(
    PNDIS_STATUS Status, NDIS_HANDLE NdisDmaHandle, PNDIS_BUFFER Buffer, ULONG Offset, ULONG Length,
    BOOLEAN WriteToDevice);
void NdisUpdateSharedMemory(
    NDIS_HANDLE NdisAdapterHandle, ULONG Length, PVOID VirtualAddress,
    NDIS_PHYSICAL_ADDRESS PhysicalAddress);

/* Coalesced segments of a received list */

typedef union _NDIS_RSC_NBL_INFO {
    struct {
        USHORT CoalescedSegCount;
        USHORT DupAckCount;
    } Info;
    PVOID Value;
} NDIS_RSC_NBL_INFO, *PNDIS_RSC_NBL_INFO;

#define NET_BUFFER_LIST_COALESCED_SEG_COUNT(List) \
    (((PNDIS_RSC_NBL_INFO)&NET_BUFFER_LIST_INFO(List, TcpRecvSegCoalesceInfo))->Info.CoalescedSegCount)
#define NET_BUFFER_LIST_DUP_ACK_COUNT(List) \
    (((PNDIS_RSC_NBL_INFO)&NET_BUFFER_LIST_INFO(List, TcpRecvSegCoalesceInfo))->Info.DupAckCount)

/* Segmentation of UDP, NDIS 6.83 */

typedef struct _NDIS_UDP_SEGMENTATION_OFFLOAD_NET_BUFFER_LIST_INFO {
    union {
        struct {
            ULONG MSS : 20;
            ULONG UdpHeaderOffset : 10;
            ULONG Reserved : 1;
            ULONG IPVersion : 1;
        } Transmit;
        PVOID Value;
    };
} NDIS_UDP_SEGMENTATION_OFFLOAD_NET_BUFFER_LIST_INFO,
    *PNDIS_UDP_SEGMENTATION_OFFLOAD_NET_BUFFER_LIST_INFO;

#define NDIS_UDP_SEGMENTATION_OFFLOAD_IPV4 0
#define NDIS_UDP_SEGMENTATION_OFFLOAD_IPV6 1

/* Polling, NDIS 6.85 */

typedef NDIS_HANDLE NDIS_POLL_HANDLE;

typedef struct _NDIS_POLL_TRANSMIT_DATA {
    ULONG MaxNblsToComplete;
    ULONG Reserved1[3];
    PNET_BUFFER_LIST CompletedNblChain;
    ULONG NumberOfCompletedNbls;
    ULONG NumberOfRemainingNbls;
    ULONG SendCompleteFlags;
    ULONG Reserved2;
    PVOID Reserved3[4];
} NDIS_POLL_TRANSMIT_DATA, *PNDIS_POLL_TRANSMIT_DATA;

typedef struct _NDIS_POLL_RECEIVE_DATA {
    ULONG MaxNblsToIndicate;
    ULONG Reserved1[3];
    PNET_BUFFER_LIST IndicatedNblChain;
    ULONG NumberOfIndicatedNbls;
    ULONG NumberOfRemainingNbls;
    ULONG Flags;
    ULONG Reserved2;
    PVOID Reserved3[4];
} NDIS_POLL_RECEIVE_DATA, *PNDIS_POLL_RECEIVE_DATA;

#define NDIS_ANY_NUMBER_OF_NBLS ((ULONG)-1)

typedef struct _NDIS_POLL_DATA {
    NDIS_POLL_TRANSMIT_DATA Transmit;
    NDIS_POLL_RECEIVE_DATA Receive;
} NDIS_POLL_DATA, *PNDIS_POLL_DATA;

typedef struct _NDIS_POLL_NOTIFICATION {
    BOOLEAN Enabled;
} NDIS_POLL_NOTIFICATION, *PNDIS_POLL_NOTIFICATION;

typedef void NDIS_POLL(PVOID Context, NDIS_POLL_DATA *PollData);
typedef NDIS_POLL *NDIS_POLL_HANDLER;
typedef void NDIS_SET_POLL_NOTIFICATION(PVOID Context, NDIS_POLL_NOTIFICATION *Notification);
typedef NDIS_SET_POLL_NOTIFICATION *NDIS_SET_POLL_NOTIFICATION_HANDLER;

typedef struct _NDIS_POLL_CHARACTERISTICS {
    NDIS_OBJECT_HEADER Header;
    NDIS_SET_POLL_NOTIFICATION_HANDLER SetPollNotificationHandler;
    NDIS_POLL_HANDLER PollHandler;
} NDIS_POLL_CHARACTERISTICS, *PNDIS_POLL_CHARACTERISTICS;

#define NDIS_POLL_CHARACTERISTICS_REVISION_1 1
#define NDIS_SIZEOF_NDIS_POLL_CHARACTERISTICS_REVISION_1 24

NDIS_STATUS NdisRegisterPoll(NDIS_HANDLE NdisHandle, void *Context,
    const NDIS_POLL_CHARACTERISTICS *Characteristics, NDIS_HANDLE *PollHandle);
void NdisDeregisterPoll(NDIS_HANDLE PollHandle);
void NdisRequestPoll(NDIS_HANDLE PollHandle, void *Reserved);
void NdisSetPollAffinity(NDIS_HANDLE PollHandle, const PROCESSOR_NUMBER *PollAffinity);

EXTERN_C_END

#include "ndisswitch.h"

#endif
