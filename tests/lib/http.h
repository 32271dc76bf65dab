/* The plainest HTTP/1.1 client: one call, one connection, on loopback. It shares nothing with src/net, so
 * that a fault there cannot hide itself. */
#ifndef TESTS_LIB_HTTP_H
#define TESTS_LIB_HTTP_H

#include <stddef.h>

/* The reply's body with a NUL after it (the caller frees it), its length in *len and its status in
 * *status (either may be NULL). `headers` are whole lines with "\r\n" or NULL; `body` may be NULL. NULL
 * when nobody answered within 10 s. */
char *plain_http(int port, const char *method, const char *path, const char *headers,
	const char *body, int *status, size_t *len);

#endif
