/* Ethernet addresses. */
#ifndef DRVLINT_XFILTER_H
#define DRVLINT_XFILTER_H

#define ETH_LENGTH_OF_ADDRESS 6

#define ETH_IS_MULTICAST(Address) ((BOOLEAN)(((PUCHAR)(Address))[0] & 1))
#define ETH_IS_BROADCAST(Address) \
    (((PUCHAR)(Address))[0] == 0xff && ((PUCHAR)(Address))[1] == 0xff && \
     ((PUCHAR)(Address))[2] == 0xff && ((PUCHAR)(Address))[3] == 0xff && \
     ((PUCHAR)(Address))[4] == 0xff && ((PUCHAR)(Address))[5] == 0xff)

#define ETH_COPY_NETWORK_ADDRESS(To, From) memcpy((To), (From), ETH_LENGTH_OF_ADDRESS)

#define ETH_COMPARE_NETWORK_ADDRESSES_EQ(A, B, Result) \
    do { \
        *(Result) = memcmp((A), (B), ETH_LENGTH_OF_ADDRESS) != 0; \
    } while (0)

/* Result: negative, zero or positive; the bytes from the third one on count first. */
#define ETH_COMPARE_NETWORK_ADDRESSES(A, B, Result) \
    do { \
        int _Order = memcmp((PUCHAR)(A) + 2, (PUCHAR)(B) + 2, 4); \
        *(Result) = _Order ? _Order : memcmp((A), (B), 2); \
    } while (0)

#endif
