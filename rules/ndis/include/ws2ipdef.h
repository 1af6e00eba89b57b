/* Socket addresses of IPv6. */
#ifndef DRVLINT_WS2IPDEF_H
#define DRVLINT_WS2IPDEF_H

#include "ws2def.h"
#include "in6addr.h"

EXTERN_C_START

typedef struct sockaddr_in6 {
    ADDRESS_FAMILY sin6_family;
    USHORT sin6_port;
    ULONG sin6_flowinfo;
    IN6_ADDR sin6_addr;
    union {
        ULONG sin6_scope_id;
        SCOPE_ID sin6_scope_struct;
    };
} SOCKADDR_IN6_LH, *PSOCKADDR_IN6_LH, SOCKADDR_IN6, *PSOCKADDR_IN6;

typedef union _SOCKADDR_INET {
    SOCKADDR_IN Ipv4;
    SOCKADDR_IN6 Ipv6;
    ADDRESS_FAMILY si_family;
} SOCKADDR_INET, *PSOCKADDR_INET;

extern const IN6_ADDR in6addr_any;
extern const IN6_ADDR in6addr_loopback;

#define IN6_ARE_ADDR_EQUAL(a, b) (!memcmp((a), (b), sizeof(IN6_ADDR)))
#define IN6_IS_ADDR_LINKLOCAL(a) ((a)->s6_bytes[0] == 0xfe && ((a)->s6_bytes[1] & 0xc0) == 0x80)
#define IN6_IS_ADDR_MULTICAST(a) ((a)->s6_bytes[0] == 0xff)
#define INET6_ADDRSTRLEN 65
#define INET_ADDRSTRLEN  22

EXTERN_C_END

#endif
