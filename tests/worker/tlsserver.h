/* A TLS server on loopback: `openssl s_server` as a child, so that the far side is nothing of ours.
 * It writes down what it could decrypt and answers each request with 200 and "ok".
 *
 * Certificates are made anew for each run in a folder of their own. */
#ifndef TESTS_WORKER_TLSSERVER_H
#define TESTS_WORKER_TLSSERVER_H

#include <stdbool.h>

struct certs;
struct tlsserver;

/* A CA, and certificates signed by it: "good" and "expired" for 127.0.0.1, "other" for another
 * name; "self" signs itself and "stranger" is signed by a CA that nobody knows. */
struct certs *certs_make(void);
void certs_remove(struct certs *c);
/* "DIR/NAME.pem", good until the next call. */
const char *certs_path(const struct certs *c, const char *name);

/* `more` are further words for s_server, NULL for none. */
struct tlsserver *tlsserver_start(const struct certs *c, const char *name, const char *more);
void tlsserver_stop(struct tlsserver *s);
int tlsserver_port(const struct tlsserver *s);
/* Whether this was among what came out of the server's end of the connection. Stops the server. */
bool tlsserver_saw(struct tlsserver *s, const char *text);

#endif
