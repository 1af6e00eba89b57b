/* Byte order and address text. */
#ifndef DRVLINT_MSTCPIP_H
#define DRVLINT_MSTCPIP_H

#include "stdlib.h"
#include "ws2ipdef.h"

EXTERN_C_START

#ifndef htons
#define htons(x) _byteswap_ushort((USHORT)(x))
#define ntohs(x) _byteswap_ushort((USHORT)(x))
#define htonl(x) _byteswap_ulong((ULONG)(x))
#define ntohl(x) _byteswap_ulong((ULONG)(x))
#endif

PSTR RtlIpv4AddressToStringA(const struct in_addr *Addr, PSTR S);
PSTR RtlIpv6AddressToStringA(const struct in6_addr *Addr, PSTR S);
PWSTR RtlIpv4AddressToStringW(const struct in_addr *Addr, PWSTR S);
PWSTR RtlIpv6AddressToStringW(const struct in6_addr *Addr, PWSTR S);

EXTERN_C_END

#endif
