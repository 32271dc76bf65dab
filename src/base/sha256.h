/* SHA-256, by libnettle. Any thread, one at a time for each struct.
 *
 *	struct sha256 h;
 *	sha256_start(&h);
 *	sha256_add(&h, data, len);
 *	sha256_end(&h, out);
 */
#ifndef BASE_SHA256_H
#define BASE_SHA256_H

#include <stddef.h>
#include <stdint.h>

#define SHA256_SIZE 32
#define SHA256_HEX_CAP (2 * SHA256_SIZE + 1)

struct sha256 {
	uint64_t room[16];	/* what the library keeps */
};

void sha256_start(struct sha256 *h);
void sha256_add(struct sha256 *h, const void *data, size_t len);
void sha256_end(struct sha256 *h, unsigned char out[SHA256_SIZE]);

/* As 64 lower-case digits. */
void sha256_hex(const unsigned char hash[SHA256_SIZE], char out[SHA256_HEX_CAP]);

#endif
