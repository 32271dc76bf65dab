#include "base/sha256.h"

#include <stdio.h>

#include <nettle/sha2.h>

_Static_assert(sizeof(struct sha256_ctx) <= sizeof(struct sha256), "sha256.h leaves too little room");

static struct sha256_ctx *context(struct sha256 *h)
{
	return (struct sha256_ctx *)(void *)h->room;
}

void sha256_start(struct sha256 *h)
{
	nettle_sha256_init(context(h));
}

void sha256_add(struct sha256 *h, const void *data, size_t len)
{
	nettle_sha256_update(context(h), len, data);
}

void sha256_end(struct sha256 *h, unsigned char out[SHA256_SIZE])
{
	nettle_sha256_digest(context(h), SHA256_SIZE, out);
}

void sha256_hex(const unsigned char hash[SHA256_SIZE], char out[SHA256_HEX_CAP])
{
	for (int i = 0; i < SHA256_SIZE; i++)
		snprintf(out + 2 * i, 3, "%02x", hash[i]);
}
