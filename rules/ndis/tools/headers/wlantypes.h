/* Wireless LAN types that the 802.11 driver interface shares with user mode. */
#ifndef DRVLINT_WLANTYPES_H
#define DRVLINT_WLANTYPES_H

#include "ntdef.h"

EXTERN_C_START

//@ *

EXTERN_C_END

#endif
