/* A simulated marketplace for tests: a real duken-sim on a free loopback port, and the settings of a shop
 * that trades there. Nothing happens by itself in it but waybills, 0.2 s after an order was assembled.
 *
 *	struct market *m = market_start(&(struct market_options){ .orders = 20, .seed = 7 });
 *	market_configure(m, "grace = 0\n");
 *	market_order(m, "{\"code\":\"400000001\",\"mode\":\"pickup\",\"state\":\"NEW\"}");
 *	... run duken with m->env, or give m->url and m->token to a desk ...
 *	char *status = market_truth(m, "400000001", "status");
 *	assert_string_equal(status, "ACCEPTED_BY_MERCHANT");
 *	market_stop(m);				also removes the home folder
 *
 * What goes wrong here fails the running cmocka test. */
#ifndef TESTS_LIB_MARKET_H
#define TESTS_LIB_MARKET_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "tests/lib/home.h"

struct market_options {
	int orders;			/* that it starts with */
	int seed;			/* 0: 1 */
	int64_t now_ms;			/* its clock stands still here; 0: the wall clock */
	const char *const *args;	/* further options of duken-sim, ends with NULL; may be NULL */
};

struct market {
	struct home *home;
	char **env;		/* for programs under test; replace it with home_env() as needed */
	char *url;		/* "http://127.0.0.1:PORT" */
	const char *token;
	int port;
	pid_t pid;		/* of duken-sim; 0 while it is down */
	struct market_options options;
};

struct market *market_start(const struct market_options *options);
void market_stop(struct market *m);	/* NULL is fine */

/* Takes the server away: connections are refused from now on. */
void market_down(struct market *m);
/* Brings it back on the same port, with the orders it started with, as they were then. */
void market_up(struct market *m);

/* Writes the token file and duken.conf with shop "test", named "Test shop"; `shop_lines` and `lines` go
 * into the shop's section and the file; both may be NULL. */
void market_configure(struct market *m, const char *shop_lines, const char *lines);

/* A call of the control interface. The body of the reply, the caller's to free; fails unless it is 2xx. */
char *market_control(struct market *m, const char *method, const char *path, const char *body);
/* Makes an order: code, mode (pickup, own, kaspi, ...), state, status, name, phone, product, entries,
 * quantity, total, created_ms, handover_ms, preorder, express, assembled, ...: read_spec() of sim/control.c
 * knows them all. market_change() sets members of one that is there. */
void market_order(struct market *m, const char *json);
void market_change(struct market *m, const char *code, const char *json);
/* A member of what the marketplace knows of an order, as text, by its path: "status", "entries.0.name",
 * "requests.ACCEPTED_BY_MERCHANT" (how often it was asked to), "applied.ACCEPTED_BY_MERCHANT" (how often
 * it did); "" for null or absent. The caller frees it. */
char *market_truth(struct market *m, const char *code, const char *member);
/* Waits until the member has that value. */
void market_expect(struct market *m, const char *code, const char *member, const char *value);
/* How often the piece stands in the log of requests, such as "\"user_agent\":\"duken/1\"" or a path; and waits
 * until that is n times. */
size_t market_requests(struct market *m, const char *piece);
void market_wait_requests(struct market *m, const char *piece, size_t n);
/* The code that the buyer was sent last; the caller frees it. */
char *market_code(struct market *m, const char *code);
void market_cancel_by_buyer(struct market *m, const char *code);
/* Adds a fault rule; no rule may be NULL: market_no_faults() drops all of them. */
void market_fault(struct market *m, const char *rule);
void market_no_faults(struct market *m);

#endif
