/* The hardware: registers, descriptors, and what differs between the two chips. */
#ifndef PCINIC_HW_H
#define PCINIC_HW_H

#define HW_VENDOR_ID        0x1d5c
#define HW_DEVICE_FAST      0x0100
#define HW_DEVICE_GIGABIT   0x1000

#define HW_REGISTER_LENGTH  0x0800

/* Offsets of registers, in ULONGs. */
#define HW_CONTROL          0x00
#define HW_STATUS           0x01
#define HW_CAUSE            0x02
#define HW_MASK             0x03
#define HW_FILTER           0x04
#define HW_MODERATION       0x05
#define HW_EEPROM           0x06
#define HW_PHY              0x07
#define HW_MAC_LOW          0x08
#define HW_MAC_HIGH         0x09
#define HW_HASH_LOW         0x0a
#define HW_HASH_HIGH        0x0b
#define HW_TX_RING_LOW      0x10
#define HW_TX_RING_HIGH     0x11
#define HW_TX_DOORBELL      0x12
#define HW_RX_RING_LOW      0x14
#define HW_RX_RING_HIGH     0x15
#define HW_RX_DOORBELL      0x16
#define HW_COUNTER_COMMAND  0x20
#define HW_COUNTER_FIRST    0x24

#define HW_CONTROL_RESET    0x80000000
#define HW_CONTROL_TX_ON    0x00000001
#define HW_CONTROL_RX_ON    0x00000002

#define HW_CAUSE_TX         0x00000001
#define HW_CAUSE_RX         0x00000002
#define HW_CAUSE_LINK       0x00000004
#define HW_CAUSE_FATAL      0x00000008
#define HW_CAUSE_ALL        0x0000000f
#define HW_GONE             0xffffffff

#define HW_FILTER_UNICAST   0x00000001
#define HW_FILTER_MULTICAST 0x00000002
#define HW_FILTER_BROADCAST 0x00000004
#define HW_FILTER_ALL       0x00000008

#define HW_PHY_BUSY         0x80000000
#define HW_PHY_READ         0x40000000
#define HW_PHY_STATUS       0x00010000
#define HW_PHY_LINK_UP      0x00000004
#define HW_PHY_FULL_DUPLEX  0x00000040

#define HW_EEPROM_BUSY      0x80000000
#define HW_EEPROM_READ      0x08000000

#define HW_COUNTER_BUSY     0x80000000
#define HW_COUNTER_LATCH    0x00000001
#define HW_COUNTERS         4

typedef struct _HW_DESCRIPTOR
{
    ULONG Control;
    ULONG Reserved;
    ULONG AddressLow;
    ULONG AddressHigh;
} HW_DESCRIPTOR, *PHW_DESCRIPTOR;

#define HW_DESC_OWN         0x80000000
#define HW_DESC_FIRST       0x40000000
#define HW_DESC_LAST        0x20000000
#define HW_DESC_WRAP        0x10000000
#define HW_DESC_ERROR       0x08000000
#define HW_DESC_LENGTH      0x00003fff

struct _NIC_ADAPTER;

/* How to wait between two looks at the chip: by stalling anywhere, by sleeping at PASSIVE_LEVEL. */
typedef VOID (*HW_WAIT)(ULONG Microseconds);

/* What a chip can do and how it is done. */
typedef struct _HW_CHIP
{
    USHORT DeviceId;
    BOOLEAN Messages;
    BOOLEAN Address64;
    ULONG64 LinkSpeed;
    PCSTR Name;
    NDIS_STATUS (*ReadAddress)(struct _NIC_ADAPTER *Adapter, PUCHAR Address);
    VOID (*WriteModeration)(struct _NIC_ADAPTER *Adapter, BOOLEAN Enabled);
    BOOLEAN (*ReadLink)(struct _NIC_ADAPTER *Adapter, PBOOLEAN FullDuplex);
} HW_CHIP, *PHW_CHIP;

const HW_CHIP *HwFindChip(USHORT VendorId, USHORT DeviceId);

ULONG HwRead(struct _NIC_ADAPTER *Adapter, ULONG Register);
VOID HwWrite(struct _NIC_ADAPTER *Adapter, ULONG Register, ULONG Value);

VOID HwStall(ULONG Microseconds);
VOID HwSleep(ULONG Microseconds);

/* Resets the chip: everything is off and masked afterwards. FALSE: it does not answer. */
BOOLEAN HwReset(struct _NIC_ADAPTER *Adapter, HW_WAIT Wait);
/* Gives the chip its rings, address and filter, and switches it on. Interrupts stay masked. */
VOID HwStart(struct _NIC_ADAPTER *Adapter);
/* Switches the sending side on, with the ring from its beginning, and off. */
VOID HwStartSending(struct _NIC_ADAPTER *Adapter);
VOID HwStopSending(struct _NIC_ADAPTER *Adapter);
/* Switches everything off, at any IRQL. */
VOID HwStop(struct _NIC_ADAPTER *Adapter);

VOID HwWriteFilter(struct _NIC_ADAPTER *Adapter);
/* Latches the counters and reads them. FALSE: the chip did not answer. */
BOOLEAN HwReadCounters(struct _NIC_ADAPTER *Adapter, HW_WAIT Wait, ULONG Counters[HW_COUNTERS]);

#endif
