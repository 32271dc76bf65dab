/* The HTTP side: libmicrohttpd, one thread for each connection, loopback only.
 *
 * Faults on the wire need no second listener. A handler that queues no answer makes the library
 * close the connection without a byte, on a fresh connection as on a reused one, after the shop has
 * applied the request or before: that is "drop". A body that ends early comes from a reader that
 * fails, after the full length was announced. A reset is connect(AF_UNSPEC) on the connection's own
 * socket, which makes Linux send RST at once. What is no HTTP at all is sent on that socket
 * directly (below TLS: there it breaks the record layer, which is a fault as well). Waiting is a
 * plain poll() in the connection's thread, which also ends when the client leaves or the server
 * stops. */
#ifndef SIM_SERVER_H
#define SIM_SERVER_H

#include <stdbool.h>

#include "base/error.h"
#include "sim/site.h"

struct server_config {
	const char *address;	       /* 127.x.x.x, ::1 or localhost */
	unsigned port;		       /* 0: a free one */
	const char *certificate, *key; /* PEM texts; NULL: plain HTTP */
};

struct server;

/* NULL on failure. Sets the site's shop base_url to the address that really listens. */
struct server *server_start(
	struct site *site, const struct server_config *config, struct error *err);
/* Wakes what waits, closes every connection, frees. */
void server_stop(struct server *server);

#endif
