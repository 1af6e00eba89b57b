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

/* Socket options of the levels IPPROTO_IP and IPPROTO_IPV6 */

#define IP_OPTIONS         1
#define IP_HDRINCL         2
#define IP_TOS             3
#define IP_TTL             4
#define IP_MULTICAST_IF    9
#define IP_MULTICAST_TTL   10
#define IP_MULTICAST_LOOP  11
#define IP_ADD_MEMBERSHIP  12
#define IP_DROP_MEMBERSHIP 13
#define IP_DONTFRAGMENT    14
#define IP_PKTINFO         19
#define IP_RECVTTL         21
#define IP_RECEIVE_BROADCAST 22
#define IP_RECVDSTADDR     25
#define IP_UNICAST_IF      31
#define IP_RECVTOS         40
#define IP_ECN             50
#define IPV6_HOPOPTS       1
#define IPV6_HDRINCL       2
#define IPV6_UNICAST_HOPS  4
#define IPV6_MULTICAST_IF  9
#define IPV6_MULTICAST_HOPS 10
#define IPV6_MULTICAST_LOOP 11
#define IPV6_ADD_MEMBERSHIP 12
#define IPV6_DROP_MEMBERSHIP 13
#define IPV6_DONTFRAG      14
#define IPV6_PKTINFO       19
#define IPV6_HOPLIMIT      21
#define IPV6_PROTECTION_LEVEL 23
#define IPV6_CHECKSUM      26
#define IPV6_V6ONLY        27
#define IPV6_UNICAST_IF    31
#define IPV6_RTHDR         32
#define IPV6_RECVRTHDR     38
#define IPV6_TCLASS        39
#define IPV6_ECN           50

typedef struct in_pktinfo {
    IN_ADDR ipi_addr;
    ULONG ipi_ifindex;
} IN_PKTINFO, *PIN_PKTINFO;

typedef struct in6_pktinfo {
    IN6_ADDR ipi6_addr;
    ULONG ipi6_ifindex;
} IN6_PKTINFO, *PIN6_PKTINFO;

typedef struct ip_mreq {
    IN_ADDR imr_multiaddr;
    IN_ADDR imr_interface;
} IP_MREQ, *PIP_MREQ;

typedef struct ipv6_mreq {
    IN6_ADDR ipv6mr_multiaddr;
    ULONG ipv6mr_interface;
} IPV6_MREQ, *PIPV6_MREQ;

#define IN6ADDR_ANY_INIT      {{{0}}}
#define IN6ADDR_LOOPBACK_INIT {{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}}}
#define IN4ADDR_ANY           INADDR_ANY
#define IN4ADDR_LOOPBACK      0x0100007f

extern const IN6_ADDR in6addr_any;
extern const IN6_ADDR in6addr_loopback;

#define IN6_ARE_ADDR_EQUAL(a, b) (!memcmp((a), (b), sizeof(IN6_ADDR)))
#define IN6_IS_ADDR_LINKLOCAL(a) ((a)->s6_bytes[0] == 0xfe && ((a)->s6_bytes[1] & 0xc0) == 0x80)
#define IN6_IS_ADDR_MULTICAST(a) ((a)->s6_bytes[0] == 0xff)
#define INET6_ADDRSTRLEN 65
#define INET_ADDRSTRLEN  22

EXTERN_C_END

#endif
