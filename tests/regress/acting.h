/* What the tests of lost and doubled actions have in common: a desk, one order, and the end of an act. */
#ifndef TESTS_REGRESS_ACTING_H
#define TESTS_REGRESS_ACTING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "tests/lib/check.h"
#include "tests/worker/bench.h"

#define CODE "412000001"
#define NEW_ORDER "{\"code\":\"" CODE "\",\"mode\":\"pickup\",\"state\":\"NEW\"}"
#define PICKUP_ORDER "{\"code\":\"" CODE "\",\"mode\":\"pickup\",\"state\":\"PICKUP\"," \
	"\"status\":\"ACCEPTED_BY_MERCHANT\"}"

extern struct bench *b;

/* A desk that is not started yet, and a marketplace with the order. */
void acting_prepare(const char *order, int grace_s);
int acting_teardown(void **state);
void acting_truth(const char *member, const char *value);
/* The event ends the act like this. */
void acting_ended(const struct event *e, enum action_state state);
/* Waits for an ACTION event in that state; "" any words, else words that its message holds. */
struct event *acting_wait(enum action_state state, const char *words);
void acting_poll(void);

#define ACTING_TEST(f) cmocka_unit_test_teardown(f, acting_teardown)

#endif
