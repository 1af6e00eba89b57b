/* IPv6 addresses. */
#ifndef DRVLINT_IN6ADDR_H
#define DRVLINT_IN6ADDR_H

#include "ntdef.h"

EXTERN_C_START

typedef struct in6_addr {
    union {
        UCHAR Byte[16];
        USHORT Word[8];
    } u;
} IN6_ADDR, *PIN6_ADDR, *LPIN6_ADDR;

#define in_addr6  in6_addr
#define _S6_un    u
#define _S6_u8    Byte
#define s6_addr   u.Byte
#define s6_bytes  u.Byte
#define s6_words  u.Word

EXTERN_C_END

#endif
