/* Waybills in the tests of the worker: an order that has one, or not, and what is on the disk of it. */
#ifndef TESTS_WORKER_PAPER_H
#define TESTS_WORKER_PAPER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/lib/check.h"
#include "tests/worker/bench.h"

#define CODE "412000001"
#define ASSEMBLED "{\"code\":\"" CODE "\",\"mode\":\"kaspi\",\"state\":\"KASPI_DELIVERY\"," \
	"\"status\":\"ACCEPTED_BY_MERCHANT\",\"assembled\":true}"
#define LATE "{\"code\":\"" CODE "\",\"mode\":\"kaspi\",\"state\":\"KASPI_DELIVERY\"," \
	"\"status\":\"ACCEPTED_BY_MERCHANT\",\"assembled\":true,\"waybill\":false}"
#define TO_PACK "{\"code\":\"" CODE "\",\"mode\":\"kaspi\",\"state\":\"KASPI_DELIVERY\"," \
	"\"status\":\"ACCEPTED_BY_MERCHANT\"}"
#define PICKUP "{\"code\":\"" CODE "\",\"mode\":\"pickup\",\"state\":\"PICKUP\"," \
	"\"status\":\"ACCEPTED_BY_MERCHANT\"}"
#define ON_WAYBILL "match=/waybill/ "

extern struct bench *b;
extern char *order_id;

/* The order is stored, as it is now. */
void paper_open(const char *order);
/* cmocka's. */
int paper_teardown(void **state);

uint64_t paper_post(bool fresh);
/* To its end. */
struct event *paper_get(bool fresh);

/* Files in the folder whose names have that in them; of one of them *name (may be NULL), the caller's. */
size_t paper_files(const char *piece, char **name);
void paper_nothing_kept(void);
/* It is there, private and a PDF; returns the event's path. */
const char *paper_ready(const struct event *e);
void paper_failed(const struct event *e, enum error_code code, const char *sentence);

#endif
