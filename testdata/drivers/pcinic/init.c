/* Adapters come and go: resources, configuration, attributes. */
#include "nic.h"

typedef struct _NIC_RESOURCES
{
    BOOLEAN Memory;
    BOOLEAN Interrupt;
    NDIS_PHYSICAL_ADDRESS Base;
    ULONG Length;
    BOOLEAN Message;
} NIC_RESOURCES, *PNIC_RESOURCES;

static const NDIS_OID NicSupportedOids[] =
{
    OID_GEN_MAXIMUM_FRAME_SIZE,
    OID_GEN_MAXIMUM_TOTAL_SIZE,
    OID_GEN_TRANSMIT_BLOCK_SIZE,
    OID_GEN_RECEIVE_BLOCK_SIZE,
    OID_GEN_TRANSMIT_BUFFER_SPACE,
    OID_GEN_RECEIVE_BUFFER_SPACE,
    OID_GEN_VENDOR_ID,
    OID_GEN_VENDOR_DESCRIPTION,
    OID_GEN_VENDOR_DRIVER_VERSION,
    OID_GEN_CURRENT_PACKET_FILTER,
    OID_GEN_CURRENT_LOOKAHEAD,
    OID_GEN_INTERRUPT_MODERATION,
    OID_GEN_LINK_PARAMETERS,
    OID_GEN_STATISTICS,
    OID_GEN_XMIT_OK,
    OID_GEN_RCV_OK,
    OID_802_3_PERMANENT_ADDRESS,
    OID_802_3_CURRENT_ADDRESS,
    OID_802_3_MULTICAST_LIST,
    OID_802_3_MAXIMUM_LIST_SIZE,
    OID_PNP_SET_POWER,
};

static VOID NicRelease(PNIC_ADAPTER Adapter);

static NDIS_STATUS
NicParseResources(
    PNDIS_RESOURCE_LIST List,
    PNIC_RESOURCES Found
    )
{
    ULONG i;

    NdisZeroMemory(Found, sizeof(*Found));
    if (List == NULL)
    {
        return NDIS_STATUS_RESOURCE_CONFLICT;
    }
    for (i = 0; i < List->Count; i++)
    {
        PCM_PARTIAL_RESOURCE_DESCRIPTOR Descriptor = &List->PartialDescriptors[i];

        switch (Descriptor->Type)
        {
        case CmResourceTypeMemory:
            if (!Found->Memory && Descriptor->u.Memory.Length >= HW_REGISTER_LENGTH)
            {
                Found->Memory = TRUE;
                Found->Base = Descriptor->u.Memory.Start;
                Found->Length = Descriptor->u.Memory.Length;
            }
            break;

        case CmResourceTypeInterrupt:
            Found->Interrupt = TRUE;
            if (Descriptor->Flags & CM_RESOURCE_INTERRUPT_MESSAGE)
            {
                Found->Message = TRUE;
            }
            break;

        default:
            break;      /* an I/O port window, which this driver does not use */
        }
    }
    return Found->Memory && Found->Interrupt ? NDIS_STATUS_SUCCESS : NDIS_STATUS_RESOURCE_CONFLICT;
}

static NDIS_STATUS
NicReadIdentity(
    PNIC_ADAPTER Adapter
    )
{
    USHORT Identity[2];

    if (NdisMGetBusData(Adapter->Handle, PCI_WHICHSPACE_CONFIG, 0, Identity, sizeof(Identity)) !=
        sizeof(Identity))
    {
        return NDIS_STATUS_ADAPTER_NOT_FOUND;
    }
    Adapter->Chip = HwFindChip(Identity[0], Identity[1]);
    return Adapter->Chip != NULL ? NDIS_STATUS_SUCCESS : NDIS_STATUS_ADAPTER_NOT_FOUND;
}

static ULONG
NicReadNumber(
    NDIS_HANDLE Configuration,
    PNDIS_STRING Keyword,
    ULONG Default,
    ULONG Min,
    ULONG Max
    )
{
    PNDIS_CONFIGURATION_PARAMETER Parameter;
    NDIS_STATUS Status;
    ULONG Value = Default;

    NdisReadConfiguration(&Status, &Parameter, Configuration, Keyword, NdisParameterInteger);
    if (Status == NDIS_STATUS_SUCCESS)
    {
        Value = Parameter->ParameterData.IntegerData;
        if (Value < Min)
        {
            Value = Min;
        }
        else if (Value > Max)
        {
            Value = Max;
        }
    }
    return Value;
}

/* The chip's own address, or the one that the administrator wants. */
static VOID
NicReadNetworkAddress(
    PNIC_ADAPTER Adapter,
    NDIS_HANDLE Configuration
    )
{
    NDIS_STATUS Status;
    PVOID Address;
    UINT Length;

    NdisMoveMemory(Adapter->CurrentAddress, Adapter->PermanentAddress, NIC_ADDRESS_LENGTH);
    NdisReadNetworkAddress(&Status, &Address, &Length, Configuration);
    if (Status == NDIS_STATUS_SUCCESS && Length == NIC_ADDRESS_LENGTH &&
        (*(PUCHAR)Address & 1) == 0)
    {
        NdisMoveMemory(Adapter->CurrentAddress, Address, NIC_ADDRESS_LENGTH);
    }
}

static NDIS_STATUS
NicReadSettings(
    PNIC_ADAPTER Adapter
    )
{
    static NDIS_STRING BuffersName = NDIS_STRING_CONST("*ReceiveBuffers");
    static NDIS_STRING ModerationName = NDIS_STRING_CONST("*InterruptModeration");
    NDIS_CONFIGURATION_OBJECT Object;
    NDIS_HANDLE Configuration;
    NDIS_STATUS Status;

    NdisZeroMemory(&Object, sizeof(Object));
    Object.Header.Type = NDIS_OBJECT_TYPE_CONFIGURATION_OBJECT;
    Object.Header.Revision = NDIS_CONFIGURATION_OBJECT_REVISION_1;
    Object.Header.Size = NDIS_SIZEOF_CONFIGURATION_OBJECT_REVISION_1;
    Object.NdisHandle = Adapter->Handle;
    Status = NdisOpenConfigurationEx(&Object, &Configuration);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        return Status;
    }
    Adapter->Rx.Count = NicReadNumber(Configuration, &BuffersName, NIC_RX_DEFAULT_BUFFERS,
                                      NIC_RX_MIN_BUFFERS, NIC_RX_MAX_BUFFERS);
    Adapter->Moderation = (BOOLEAN)NicReadNumber(Configuration, &ModerationName, 1, 0, 1);
    NicReadNetworkAddress(Adapter, Configuration);
    NdisCloseConfiguration(Configuration);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS
NicSetRegistrationAttributes(
    PNIC_ADAPTER Adapter
    )
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Attributes;

    NdisZeroMemory(&Attributes, sizeof(Attributes));
    Attributes.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
    Attributes.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Attributes.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Attributes.MiniportAdapterContext = Adapter;
    Attributes.AttributeFlags = NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE |
                                NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER |
                                NDIS_MINIPORT_ATTRIBUTES_SURPRISE_REMOVE_OK;
    Attributes.CheckForHangTimeInSeconds = 4;
    Attributes.InterfaceType = NdisInterfacePci;
    return NdisMSetMiniportAttributes(Adapter->Handle,
                                      (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Attributes);
}

static NDIS_STATUS
NicSetGeneralAttributes(
    PNIC_ADAPTER Adapter
    )
{
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES Attributes;
    NDIS_PNP_CAPABILITIES Power;

    NdisZeroMemory(&Power, sizeof(Power));
    Power.WakeUpCapabilities.MinMagicPacketWakeUp = NdisDeviceStateUnspecified;
    Power.WakeUpCapabilities.MinPatternWakeUp = NdisDeviceStateUnspecified;
    Power.WakeUpCapabilities.MinLinkChangeWakeUp = NdisDeviceStateUnspecified;

    NdisZeroMemory(&Attributes, sizeof(Attributes));
    Attributes.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
    Attributes.Header.Revision = NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
    Attributes.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
    Attributes.MediaType = NdisMedium802_3;
    Attributes.PhysicalMediumType = NdisPhysicalMedium802_3;
    Attributes.MtuSize = NIC_MTU;
    Attributes.MaxXmitLinkSpeed = Adapter->Chip->LinkSpeed;
    Attributes.MaxRcvLinkSpeed = Adapter->Chip->LinkSpeed;
    Attributes.XmitLinkSpeed = NDIS_LINK_SPEED_UNKNOWN;
    Attributes.RcvLinkSpeed = NDIS_LINK_SPEED_UNKNOWN;
    Attributes.MediaConnectState = MediaConnectStateDisconnected;
    Attributes.MediaDuplexState = MediaDuplexStateUnknown;
    Attributes.LookaheadSize = NIC_MTU;
    Attributes.PowerManagementCapabilities = &Power;
    Attributes.MacOptions = NDIS_MAC_OPTION_COPY_LOOKAHEAD_DATA | NDIS_MAC_OPTION_NO_LOOPBACK |
                            NDIS_MAC_OPTION_TRANSFERS_NOT_PEND;
    Attributes.SupportedPacketFilters = NDIS_PACKET_TYPE_DIRECTED | NDIS_PACKET_TYPE_MULTICAST |
                                        NDIS_PACKET_TYPE_ALL_MULTICAST |
                                        NDIS_PACKET_TYPE_BROADCAST |
                                        NDIS_PACKET_TYPE_PROMISCUOUS;
    Attributes.MaxMulticastListSize = NIC_MAX_MULTICAST;
    Attributes.MacAddressLength = NIC_ADDRESS_LENGTH;
    NdisMoveMemory(Attributes.PermanentMacAddress, Adapter->PermanentAddress, NIC_ADDRESS_LENGTH);
    NdisMoveMemory(Attributes.CurrentMacAddress, Adapter->CurrentAddress, NIC_ADDRESS_LENGTH);
    Attributes.AccessType = NET_IF_ACCESS_BROADCAST;
    Attributes.DirectionType = NET_IF_DIRECTION_SENDRECEIVE;
    Attributes.ConnectionType = NET_IF_CONNECTION_DEDICATED;
    Attributes.IfType = IF_TYPE_ETHERNET_CSMACD;
    Attributes.IfConnectorPresent = TRUE;
    Attributes.SupportedStatistics = NDIS_STATISTICS_FLAGS_VALID_RCV_ERROR |
                                     NDIS_STATISTICS_FLAGS_VALID_XMIT_ERROR;
    Attributes.SupportedOidList = (PNDIS_OID)NicSupportedOids;
    Attributes.SupportedOidListLength = sizeof(NicSupportedOids);
    return NdisMSetMiniportAttributes(Adapter->Handle,
                                      (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Attributes);
}

static NDIS_STATUS
NicMapRegisters(
    PNIC_ADAPTER Adapter,
    PNIC_RESOURCES Resources
    )
{
    NDIS_STATUS Status;

    Adapter->RegisterBase = Resources->Base;
    Status = NdisMMapIoSpace((PVOID *)&Adapter->Registers, Adapter->Handle, Adapter->RegisterBase,
                             HW_REGISTER_LENGTH);
    if (Status == NDIS_STATUS_SUCCESS)
    {
        Adapter->Has |= NIC_HAS_REGISTERS;
    }
    return Status;
}

static NDIS_STATUS
NicRegisterDma(
    PNIC_ADAPTER Adapter
    )
{
    NDIS_SG_DMA_DESCRIPTION Description;
    NDIS_STATUS Status;

    NdisZeroMemory(&Description, sizeof(Description));
    Description.Header.Type = NDIS_OBJECT_TYPE_SG_DMA_DESCRIPTION;
    Description.Header.Revision = NDIS_SG_DMA_DESCRIPTION_REVISION_1;
    Description.Header.Size = NDIS_SIZEOF_SG_DMA_DESCRIPTION_REVISION_1;
    Description.Flags = Adapter->Chip->Address64 ? NDIS_SG_DMA_64_BIT_ADDRESS : 0;
    Description.MaximumPhysicalMapping = NIC_MAX_FRAME;
    Description.ProcessSGListHandler = NicProcessSgList;
    Status = NdisMRegisterScatterGatherDma(Adapter->Handle, &Description, &Adapter->Dma);
    if (Status == NDIS_STATUS_SUCCESS)
    {
        Adapter->Has |= NIC_HAS_DMA;
    }
    return Status;
}

static NDIS_STATUS
NicAllocateTimer(
    PNIC_ADAPTER Adapter,
    PNDIS_TIMER_FUNCTION Function,
    PNDIS_HANDLE Timer,
    ULONG Has
    )
{
    NDIS_TIMER_CHARACTERISTICS Chars;
    NDIS_STATUS Status;

    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_TIMER_CHARACTERISTICS;
    Chars.Header.Revision = NDIS_TIMER_CHARACTERISTICS_REVISION_1;
    Chars.Header.Size = NDIS_SIZEOF_TIMER_CHARACTERISTICS_REVISION_1;
    Chars.AllocationTag = NIC_TAG;
    Chars.TimerFunction = Function;
    Chars.FunctionContext = Adapter;
    Status = NdisAllocateTimerObject(Adapter->Handle, &Chars, Timer);
    if (Status == NDIS_STATUS_SUCCESS)
    {
        Adapter->Has |= Has;
    }
    return Status;
}

static NDIS_STATUS
NicAllocateWorkItem(
    PNIC_ADAPTER Adapter,
    PNDIS_HANDLE Item,
    ULONG Has
    )
{
    *Item = NdisAllocateIoWorkItem(Adapter->Handle);
    if (*Item == NULL)
    {
        return NDIS_STATUS_RESOURCES;
    }
    Adapter->Has |= Has;
    return NDIS_STATUS_SUCCESS;
}

static PNIC_ADAPTER
NicAllocateAdapter(
    NDIS_HANDLE Handle
    )
{
    PNIC_ADAPTER Adapter;

    Adapter = (PNIC_ADAPTER)NdisAllocateMemoryWithTagPriority(Handle, sizeof(NIC_ADAPTER), NIC_TAG,
                                                              NormalPoolPriority);
    if (Adapter == NULL)
    {
        return NULL;
    }
    NdisZeroMemory(Adapter, sizeof(NIC_ADAPTER));
    Adapter->Handle = Handle;
    Adapter->State = NicPaused;
    Adapter->Tx.Closed = TRUE;
    Adapter->Lookahead = NIC_MTU;

    NdisAllocateSpinLock(&Adapter->Lock);
    NdisAllocateSpinLock(&Adapter->TxLock);
    NdisAllocateSpinLock(&Adapter->RxLock);
    Adapter->Has |= NIC_HAS_LOCKS;
    NdisInitializeEvent(&Adapter->WatchdogIdle);
    NdisSetEvent(&Adapter->WatchdogIdle);
    NdisInitializeEvent(&Adapter->WorkIdle);
    NdisSetEvent(&Adapter->WorkIdle);
    return Adapter;
}

static VOID
NicStartLinkTimer(
    PNIC_ADAPTER Adapter
    )
{
    LARGE_INTEGER DueTime;

    DueTime.QuadPart = -10000;
    NdisSetTimerObject(Adapter->LinkTimer, DueTime, NIC_LINK_PERIOD, NULL);
}

NDIS_STATUS
NicInitialize(
    NDIS_HANDLE NdisMiniportHandle,
    NDIS_HANDLE MiniportDriverContext,
    PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters
    )
{
    PNIC_ADAPTER Adapter;
    NIC_RESOURCES Resources;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);

    Adapter = NicAllocateAdapter(NdisMiniportHandle);
    if (Adapter == NULL)
    {
        return NDIS_STATUS_RESOURCES;
    }

    do
    {
        Status = NicSetRegistrationAttributes(Adapter);
        if (Status != NDIS_STATUS_SUCCESS)
        {
            break;
        }
        Status = NicReadIdentity(Adapter);
        if (Status != NDIS_STATUS_SUCCESS)
        {
            break;
        }
        Status = NicParseResources(MiniportInitParameters->AllocatedResources, &Resources);
        if (Status != NDIS_STATUS_SUCCESS)
        {
            NdisWriteErrorLogEntry(NdisMiniportHandle, NDIS_ERROR_CODE_RESOURCE_CONFLICT, 0);
            break;
        }
        Adapter->MessageResource = Resources.Message;

        /* The chip's address is needed for the general attributes. */
        Status = NicMapRegisters(Adapter, &Resources);
        if (Status != NDIS_STATUS_SUCCESS)
        {
            break;
        }
        if (!HwReset(Adapter, HwSleep))
        {
            NdisWriteErrorLogEntry(NdisMiniportHandle, NDIS_ERROR_CODE_HARDWARE_FAILURE, 1,
                                   HW_CONTROL_RESET);
            Status = NDIS_STATUS_HARD_ERRORS;
            break;
        }
        Status = Adapter->Chip->ReadAddress(Adapter, Adapter->PermanentAddress);
        if (Status != NDIS_STATUS_SUCCESS)
        {
            NdisWriteErrorLogEntry(NdisMiniportHandle, NDIS_ERROR_CODE_NETWORK_ADDRESS, 0);
            break;
        }
        Status = NicReadSettings(Adapter);
        if (Status != NDIS_STATUS_SUCCESS)
        {
            break;
        }
        Status = NicSetGeneralAttributes(Adapter);
        if (Status != NDIS_STATUS_SUCCESS)
        {
            break;
        }

        Status = NicRegisterDma(Adapter);
        if (Status != NDIS_STATUS_SUCCESS)
        {
            break;
        }
        Status = NicAllocateRings(Adapter);
        if (Status != NDIS_STATUS_SUCCESS)
        {
            break;
        }
        Status = NicAllocateTimer(Adapter, NicLinkTick, &Adapter->LinkTimer, NIC_HAS_LINK_TIMER);
        if (Status != NDIS_STATUS_SUCCESS)
        {
            break;
        }
        Status = NicAllocateTimer(Adapter, NicWatchdogTick, &Adapter->WatchdogTimer,
                                  NIC_HAS_WATCHDOG);
        if (Status != NDIS_STATUS_SUCCESS)
        {
            break;
        }
        Status = NicAllocateWorkItem(Adapter, &Adapter->ResetItem, NIC_HAS_RESET_ITEM);
        if (Status != NDIS_STATUS_SUCCESS)
        {
            break;
        }
        Status = NicAllocateWorkItem(Adapter, &Adapter->OidItem, NIC_HAS_OID_ITEM);
        if (Status != NDIS_STATUS_SUCCESS)
        {
            break;
        }

        Status = NicSidebandShow(Adapter);
        if (Status != NDIS_STATUS_SUCCESS)
        {
            break;
        }

        NicTxReset(Adapter);
        NicRxReset(Adapter);
        Status = NicConnectInterrupt(Adapter);
        if (Status != NDIS_STATUS_SUCCESS)
        {
            break;
        }

        /* Nothing can fail from here on. */
        HwStart(Adapter);
        NicEnableInterrupts(Adapter);
        NicStartLinkTimer(Adapter);
    } while (FALSE);

    if (Status != NDIS_STATUS_SUCCESS)
    {
        NicRelease(Adapter);
    }
    return Status;
}

/* Gives back what the adapter has, in the reverse order. Nothing of it is running any more, except
 * the interrupt handler, which finds its interrupts off. */
static VOID
NicRelease(
    PNIC_ADAPTER Adapter
    )
{
    NicDisconnectInterrupt(Adapter);
    NicSidebandHide(Adapter);
    if (Adapter->Has & NIC_HAS_OID_ITEM)
    {
        NdisFreeIoWorkItem(Adapter->OidItem);
    }
    if (Adapter->Has & NIC_HAS_RESET_ITEM)
    {
        NdisFreeIoWorkItem(Adapter->ResetItem);
    }
    if (Adapter->Has & NIC_HAS_WATCHDOG)
    {
        NdisFreeTimerObject(Adapter->WatchdogTimer);
    }
    if (Adapter->Has & NIC_HAS_LINK_TIMER)
    {
        NdisFreeTimerObject(Adapter->LinkTimer);
    }
    if (Adapter->Has & NIC_HAS_DMA)
    {
        NicFreeRings(Adapter);
        NdisMDeregisterScatterGatherDma(Adapter->Dma);
    }
    if (Adapter->Has & NIC_HAS_REGISTERS)
    {
        NdisMUnmapIoSpace(Adapter->Handle, Adapter->Registers, HW_REGISTER_LENGTH);
    }
    if (Adapter->Has & NIC_HAS_LOCKS)
    {
        NdisFreeSpinLock(&Adapter->RxLock);
        NdisFreeSpinLock(&Adapter->TxLock);
        NdisFreeSpinLock(&Adapter->Lock);
    }
    NdisFreeMemory(Adapter, 0, 0);
}

VOID
NicHalt(
    NDIS_HANDLE MiniportAdapterContext,
    NDIS_HALT_ACTION HaltAction
    )
{
    PNIC_ADAPTER Adapter = (PNIC_ADAPTER)MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);

    NicStopTimers(Adapter);
    NdisWaitEvent(&Adapter->WorkIdle, 0);
    NicDisableInterrupts(Adapter);
    HwStop(Adapter);
    NicRelease(Adapter);
}

/* The system goes down, perhaps at a high level: only the chip is told. */
VOID
NicShutdown(
    NDIS_HANDLE MiniportAdapterContext,
    NDIS_SHUTDOWN_ACTION ShutdownAction
    )
{
    UNREFERENCED_PARAMETER(ShutdownAction);

    HwStop((PNIC_ADAPTER)MiniportAdapterContext);
}

VOID
NicPnPEvent(
    NDIS_HANDLE MiniportAdapterContext,
    PNET_DEVICE_PNP_EVENT NetDevicePnPEvent
    )
{
    PNIC_ADAPTER Adapter = (PNIC_ADAPTER)MiniportAdapterContext;

    switch (NetDevicePnPEvent->DevicePnPEvent)
    {
    case NdisDevicePnPEventSurpriseRemoved:
        Adapter->SurpriseRemoved = TRUE;
        break;

    case NdisDevicePnPEventPowerProfileChanged:
        if (NetDevicePnPEvent->InformationBufferLength >= sizeof(NDIS_POWER_PROFILE))
        {
            /* On battery, fewer interrupts matter more than quick ones. */
            Adapter->Moderation =
                (BOOLEAN)(*(PNDIS_POWER_PROFILE)NetDevicePnPEvent->InformationBuffer ==
                          NdisPowerProfileBattery);
            Adapter->Chip->WriteModeration(Adapter, Adapter->Moderation);
        }
        break;

    default:
        break;
    }
}
