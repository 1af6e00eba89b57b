/* The chip: registers, EEPROM, PHY, counters. Nothing here knows NDIS's calls except register access
 * and waiting. */
#include "nic.h"

#define HW_RESET_TRIES      40
#define HW_EEPROM_TRIES     50
#define HW_PHY_TRIES        8
#define HW_COUNTER_TRIES    40
#define HW_POLL_TIME        25      /* microseconds */

ULONG
HwRead(
    PNIC_ADAPTER Adapter,
    ULONG Register
    )
{
    ULONG Value;

    NdisReadRegisterUlong(&Adapter->Registers[Register], &Value);
    return Value;
}

VOID
HwWrite(
    PNIC_ADAPTER Adapter,
    ULONG Register,
    ULONG Value
    )
{
    NdisWriteRegisterUlong(&Adapter->Registers[Register], Value);
}

VOID
HwStall(
    ULONG Microseconds
    )
{
    while (Microseconds > 50)
    {
        NdisStallExecution(50);
        Microseconds -= 50;
    }
    NdisStallExecution(Microseconds);
}

VOID
HwSleep(
    ULONG Microseconds
    )
{
    NdisMSleep(Microseconds);
}

/* Waits until Bits of Register are clear. */
static BOOLEAN
HwPoll(
    PNIC_ADAPTER Adapter,
    ULONG Register,
    ULONG Bits,
    ULONG Tries,
    HW_WAIT Wait
    )
{
    ULONG Value;

    do
    {
        Value = HwRead(Adapter, Register);
        if (Value == HW_GONE)
        {
            return FALSE;
        }
        if ((Value & Bits) == 0)
        {
            return TRUE;
        }
        Wait(HW_POLL_TIME);
    } while (--Tries != 0);
    return FALSE;
}

BOOLEAN
HwReset(
    PNIC_ADAPTER Adapter,
    HW_WAIT Wait
    )
{
    HwWrite(Adapter, HW_MASK, 0);
    HwWrite(Adapter, HW_CONTROL, HW_CONTROL_RESET);
    if (!HwPoll(Adapter, HW_CONTROL, HW_CONTROL_RESET, HW_RESET_TRIES, Wait))
    {
        return FALSE;
    }
    HwWrite(Adapter, HW_CAUSE, HW_CAUSE_ALL);
    return TRUE;
}

static VOID
HwWriteAddress(
    PNIC_ADAPTER Adapter
    )
{
    PUCHAR Address = Adapter->CurrentAddress;

    HwWrite(Adapter, HW_MAC_LOW,
            Address[0] | Address[1] << 8 | Address[2] << 16 | (ULONG)Address[3] << 24);
    HwWrite(Adapter, HW_MAC_HIGH, Address[4] | Address[5] << 8);
}

/* The six bits of the Ethernet CRC that choose a bit of the hash table. */
static ULONG
HwHash(
    const UCHAR *Address
    )
{
    ULONG Crc = 0xffffffff;
    ULONG i, Bit;

    for (i = 0; i < NIC_ADDRESS_LENGTH; i++)
    {
        Crc ^= Address[i];
        for (Bit = 0; Bit < 8; Bit++)
        {
            Crc = (Crc & 1) ? (Crc >> 1) ^ 0xedb88320 : Crc >> 1;
        }
    }
    return Crc & 0x3f;
}

VOID
HwWriteFilter(
    PNIC_ADAPTER Adapter
    )
{
    ULONG Filter = 0;
    ULONG Hash[2] = {0, 0};
    ULONG i;

    if (Adapter->PacketFilter & NDIS_PACKET_TYPE_DIRECTED)
    {
        Filter |= HW_FILTER_UNICAST;
    }
    if (Adapter->PacketFilter & NDIS_PACKET_TYPE_BROADCAST)
    {
        Filter |= HW_FILTER_BROADCAST;
    }
    if (Adapter->PacketFilter & NDIS_PACKET_TYPE_PROMISCUOUS)
    {
        Filter |= HW_FILTER_ALL;
    }
    if (Adapter->PacketFilter & NDIS_PACKET_TYPE_ALL_MULTICAST)
    {
        Filter |= HW_FILTER_MULTICAST;
        Hash[0] = Hash[1] = 0xffffffff;
    }
    else if (Adapter->PacketFilter & NDIS_PACKET_TYPE_MULTICAST)
    {
        Filter |= HW_FILTER_MULTICAST;
        for (i = 0; i < Adapter->MulticastCount; i++)
        {
            ULONG Bit = HwHash(Adapter->Multicast[i]);

            Hash[Bit >> 5] |= 1u << (Bit & 31);
        }
    }
    HwWrite(Adapter, HW_HASH_LOW, Hash[0]);
    HwWrite(Adapter, HW_HASH_HIGH, Hash[1]);
    HwWrite(Adapter, HW_FILTER, Filter);
}

VOID
HwStart(
    PNIC_ADAPTER Adapter
    )
{
    HwWriteAddress(Adapter);
    HwWriteFilter(Adapter);
    Adapter->Chip->WriteModeration(Adapter, Adapter->Moderation);
    HwWrite(Adapter, HW_RX_RING_LOW, NdisGetPhysicalAddressLow(Adapter->Rx.Ring.Physical));
    HwWrite(Adapter, HW_RX_RING_HIGH, NdisGetPhysicalAddressHigh(Adapter->Rx.Ring.Physical));
    HwStartSending(Adapter);
    HwWrite(Adapter, HW_RX_DOORBELL, 1);
}

VOID
HwStartSending(
    PNIC_ADAPTER Adapter
    )
{
    HwWrite(Adapter, HW_TX_RING_LOW, NdisGetPhysicalAddressLow(Adapter->Tx.Ring.Physical));
    HwWrite(Adapter, HW_TX_RING_HIGH, NdisGetPhysicalAddressHigh(Adapter->Tx.Ring.Physical));
    HwWrite(Adapter, HW_CONTROL, HW_CONTROL_TX_ON | HW_CONTROL_RX_ON);
}

VOID
HwStopSending(
    PNIC_ADAPTER Adapter
    )
{
    HwWrite(Adapter, HW_CONTROL, HW_CONTROL_RX_ON);
    HwRead(Adapter, HW_CONTROL);        /* the write has arrived */
    NdisStallExecution(20);             /* as long as a frame is on the wire */
}

VOID
HwStop(
    PNIC_ADAPTER Adapter
    )
{
    HwWrite(Adapter, HW_MASK, 0);
    HwWrite(Adapter, HW_CONTROL, 0);
    HwWrite(Adapter, HW_CAUSE, HW_CAUSE_ALL);
}

BOOLEAN
HwReadCounters(
    PNIC_ADAPTER Adapter,
    HW_WAIT Wait,
    ULONG Counters[HW_COUNTERS]
    )
{
    ULONG i;

    HwWrite(Adapter, HW_COUNTER_COMMAND, HW_COUNTER_LATCH);
    if (!HwPoll(Adapter, HW_COUNTER_COMMAND, HW_COUNTER_BUSY, HW_COUNTER_TRIES, Wait))
    {
        return FALSE;
    }
    for (i = 0; i < HW_COUNTERS; i++)
    {
        Counters[i] = HwRead(Adapter, HW_COUNTER_FIRST + i);
    }
    return TRUE;
}

/* The fast chip: the address is in an EEPROM, 16 bits a word; no moderation; the link is in the PHY. */

static NDIS_STATUS
FastReadAddress(
    PNIC_ADAPTER Adapter,
    PUCHAR Address
    )
{
    ULONG Word, Value;

    for (Word = 0; Word < NIC_ADDRESS_LENGTH / 2; Word++)
    {
        HwWrite(Adapter, HW_EEPROM, HW_EEPROM_READ | Word << 16);
        if (!HwPoll(Adapter, HW_EEPROM, HW_EEPROM_BUSY, HW_EEPROM_TRIES, HwStall))
        {
            return NDIS_STATUS_HARD_ERRORS;
        }
        Value = HwRead(Adapter, HW_EEPROM);
        Address[2 * Word] = (UCHAR)Value;
        Address[2 * Word + 1] = (UCHAR)(Value >> 8);
    }
    return NDIS_STATUS_SUCCESS;
}

static VOID
FastWriteModeration(
    PNIC_ADAPTER Adapter,
    BOOLEAN Enabled
    )
{
    UNREFERENCED_PARAMETER(Adapter);
    UNREFERENCED_PARAMETER(Enabled);
}

static BOOLEAN
FastReadLink(
    PNIC_ADAPTER Adapter,
    PBOOLEAN FullDuplex
    )
{
    ULONG Value;

    *FullDuplex = FALSE;
    HwWrite(Adapter, HW_PHY, HW_PHY_READ | HW_PHY_STATUS);
    if (!HwPoll(Adapter, HW_PHY, HW_PHY_BUSY, HW_PHY_TRIES, HwStall))
    {
        return FALSE;
    }
    Value = HwRead(Adapter, HW_PHY);
    *FullDuplex = (BOOLEAN)((Value & HW_PHY_FULL_DUPLEX) != 0);
    return (BOOLEAN)((Value & HW_PHY_LINK_UP) != 0);
}

/* The gigabit chip loads its address registers itself and shows the link in its status register. */

static NDIS_STATUS
GigabitReadAddress(
    PNIC_ADAPTER Adapter,
    PUCHAR Address
    )
{
    ULONG Low = HwRead(Adapter, HW_MAC_LOW);
    ULONG High = HwRead(Adapter, HW_MAC_HIGH);

    if (Low == HW_GONE && High == HW_GONE)
    {
        return NDIS_STATUS_ADAPTER_NOT_FOUND;
    }
    Address[0] = (UCHAR)Low;
    Address[1] = (UCHAR)(Low >> 8);
    Address[2] = (UCHAR)(Low >> 16);
    Address[3] = (UCHAR)(Low >> 24);
    Address[4] = (UCHAR)High;
    Address[5] = (UCHAR)(High >> 8);
    return NDIS_STATUS_SUCCESS;
}

static VOID
GigabitWriteModeration(
    PNIC_ADAPTER Adapter,
    BOOLEAN Enabled
    )
{
    HwWrite(Adapter, HW_MODERATION, Enabled ? 125 : 0);
}

static BOOLEAN
GigabitReadLink(
    PNIC_ADAPTER Adapter,
    PBOOLEAN FullDuplex
    )
{
    ULONG Status = HwRead(Adapter, HW_STATUS);

    *FullDuplex = TRUE;
    return (BOOLEAN)(Status != HW_GONE && (Status & HW_PHY_LINK_UP) != 0);
}

static const HW_CHIP HwChips[] =
{
    {
        .DeviceId = HW_DEVICE_FAST,
        .Messages = FALSE,
        .Address64 = FALSE,
        .LinkSpeed = 100000000,
        .Name = "PCI Fast Ethernet",
        .ReadAddress = FastReadAddress,
        .WriteModeration = FastWriteModeration,
        .ReadLink = FastReadLink,
    },
    {
        .DeviceId = HW_DEVICE_GIGABIT,
        .Messages = TRUE,
        .Address64 = TRUE,
        .LinkSpeed = 1000000000,
        .Name = "PCI Gigabit Ethernet",
        .ReadAddress = GigabitReadAddress,
        .WriteModeration = GigabitWriteModeration,
        .ReadLink = GigabitReadLink,
    },
};

const HW_CHIP *
HwFindChip(
    USHORT VendorId,
    USHORT DeviceId
    )
{
    ULONG i;

    if (VendorId != HW_VENDOR_ID)
    {
        return NULL;
    }
    for (i = 0; i < ARRAYSIZE(HwChips); i++)
    {
        if (HwChips[i].DeviceId == DeviceId)
        {
            return &HwChips[i];
        }
    }
    return NULL;
}
