#include "base/digest.h"

#include <endian.h>
#include <inttypes.h>
#include <string.h>

static const uint64_t c1 = UINT64_C(0x87c37b91114253d5), c2 = UINT64_C(0x4cf5ad432745937f);

static uint64_t rotate(uint64_t x, int bits)
{
    return x << bits | x >> (64 - bits);
}

/* The same on machines of either byte order. */
static uint64_t word(const unsigned char *bytes)
{
    uint64_t x;
    memcpy(&x, bytes, sizeof(x));
    return le64toh(x);
}

static uint64_t mix_low(uint64_t k)
{
    return rotate(k * c1, 31) * c2;
}

static uint64_t mix_high(uint64_t k)
{
    return rotate(k * c2, 33) * c1;
}

static uint64_t finish(uint64_t x)
{
    x = (x ^ x >> 33) * UINT64_C(0xff51afd7ed558ccd);
    x = (x ^ x >> 33) * UINT64_C(0xc4ceb9fe1a85ec53);
    return x ^ x >> 33;
}

static void add_blocks(struct digest *digest, const unsigned char *bytes, size_t count)
{
    uint64_t low = digest->low, high = digest->high;
    for (size_t i = 0; i < count; i++, bytes += 16) {
        low ^= mix_low(word(bytes));
        low = (rotate(low, 27) + high) * 5 + 0x52dce729;
        high ^= mix_high(word(bytes + 8));
        high = (rotate(high, 31) + low) * 5 + 0x38495ab5;
    }
    digest->low = low;
    digest->high = high;
}

void digest_bytes(struct digest *digest, const void *data, size_t length)
{
    const unsigned char *bytes = data;
    size_t waiting = digest->length % 16;
    digest->length += length;
    if (waiting) {
        size_t room = 16 - waiting, taken = length < room ? length : room;
        if (taken)
            memcpy(digest->pending + waiting, bytes, taken);
        if (taken < room)
            return;
        add_blocks(digest, digest->pending, 1);
        bytes += taken;
        length -= taken;
    }
    add_blocks(digest, bytes, length / 16);
    if (length % 16)
        memcpy(digest->pending, bytes + length / 16 * 16, length % 16);
}

void digest_number(struct digest *digest, uint64_t number)
{
    uint64_t bytes = htole64(number);
    digest_bytes(digest, &bytes, sizeof(bytes));
}

void digest_block(struct digest *digest, const void *data, size_t length)
{
    digest_number(digest, length);
    digest_bytes(digest, data, length);
}

void digest_text(struct digest *digest, const char *text)
{
    if (text)
        digest_block(digest, text, strlen(text));
    else
        digest_number(digest, UINT64_MAX);
}

void digest_add(struct digest *digest, struct digest_value value)
{
    digest_number(digest, value.high);
    digest_number(digest, value.low);
}

struct digest_value digest_value(const struct digest *digest)
{
    unsigned char rest[16] = {0};
    uint64_t low = digest->low, high = digest->high;
    if (digest->length % 16) {
        memcpy(rest, digest->pending, digest->length % 16);
        high ^= mix_high(word(rest + 8));
        low ^= mix_low(word(rest));
    }
    low ^= digest->length;
    high ^= digest->length;
    low += high;
    high += low;
    low = finish(low);
    high = finish(high);
    low += high;
    high += low;
    return (struct digest_value){.high = high, .low = low};
}

bool digest_equal(struct digest_value a, struct digest_value b)
{
    return a.high == b.high && a.low == b.low;
}

char *digest_hex(struct arena *arena, struct digest_value value)
{
    return arena_printf(arena, "%016" PRIx64 "%016" PRIx64, value.low, value.high);
}
