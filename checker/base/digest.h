/* Digests: 128 bits that stand for any number of bytes. Good against chance, not against somebody
 * who looks for two texts with one digest. */
#ifndef DRVLINT_BASE_DIGEST_H
#define DRVLINT_BASE_DIGEST_H

#include "base/arena.h"

struct digest_value {
    uint64_t high, low;
};

/* A digest being made; zeroed means that nothing was added. MurmurHash3 for 64-bit machines (Austin
 * Appleby, 2011), in pieces. */
struct digest {
    uint64_t high, low, length;
    unsigned char pending[16]; /* length % 16 of them wait for the rest of their block */
};

/* Adds bytes as they are: pieces that are cut otherwise have the same digest. */
void digest_bytes(struct digest *digest, const void *data, size_t length);

/* Add a value so that none that follows can be taken for a part of it. `text` may be NULL, which
 * differs from "". */
void digest_number(struct digest *digest, uint64_t number);
void digest_text(struct digest *digest, const char *text);
void digest_block(struct digest *digest, const void *data, size_t length);
void digest_add(struct digest *digest, struct digest_value value);

/* Of all that was added so far. */
struct digest_value digest_value(const struct digest *digest);

bool digest_equal(struct digest_value a, struct digest_value b);

/* 32 hexadecimal digits. */
char *digest_hex(struct arena *arena, struct digest_value value);

#endif
