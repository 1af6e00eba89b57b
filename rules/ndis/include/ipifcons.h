/* Interface types (IANA ifType) and states. */
#ifndef DRVLINT_IPIFCONS_H
#define DRVLINT_IPIFCONS_H

#include "ntdef.h"

#define MIN_IF_TYPE              1
#define IF_TYPE_OTHER            1
#define IF_TYPE_ETHERNET_CSMACD  6
#define IF_TYPE_ISO88025_TOKENRING 9
#define IF_TYPE_FDDI             15
#define IF_TYPE_PPP              23
#define IF_TYPE_SOFTWARE_LOOPBACK 24
#define IF_TYPE_SLIP             28
#define IF_TYPE_ATM              37
#define IF_TYPE_MODEM            48
#define IF_TYPE_PROP_VIRTUAL     53
#define IF_TYPE_IEEE80211        71
#define IF_TYPE_GIGABITETHERNET  117
#define IF_TYPE_TUNNEL           131
#define IF_TYPE_IEEE1394         144
#define IF_TYPE_WWANPP           243
#define IF_TYPE_WWANPP2          244

#define IF_CONNECTION_DEDICATED  1
#define IF_CONNECTION_PASSIVE    2
#define IF_CONNECTION_DEMAND     3

#define IF_ADMIN_STATUS_UP       1
#define IF_ADMIN_STATUS_DOWN     2
#define IF_ADMIN_STATUS_TESTING  3

typedef ULONG IFTYPE;

#endif
