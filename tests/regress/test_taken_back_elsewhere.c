/* A bulk action that another process takes back before anything of it was sent. The desk noticed when it was about to
 * send, and then never looked again: its request never ended, and the screen went on counting. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/lib/check.h"
#include "tests/worker/crowd.h"

#define ORDERS 3
#define GRACE_S 1

static void within_the_grace__the_request_ends(void **state)
{
	struct batch_counts c;
	uint64_t request;
	int64_t batch;
	pid_t decider;
	int told;

	(void)state;
	crowd_prepare(ORDERS);
	b->shop->grace_s = GRACE_S;
	decider = crowd_start_decider(&told);
	batch = crowd_start(ORDERS, &request);
	crowd_decide(decider, told, batch);
	assert_int_equal(bench_end(b, request)->kind, EVENT_DONE);
	crowd_counts(batch, &c);
	assert_int_equal(c.undone, ORDERS);
	assert_int_equal(crowd_posted(), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(within_the_grace__the_request_ends, crowd_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
