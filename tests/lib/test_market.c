/* The simulated marketplace as tests see it. */
#include "tests/lib/market.h"

#include <stdlib.h>
#include <string.h>

#include "tests/lib/http.h"
#include "tests/lib/proc.h"
#include "tests/unit/unit.h"

static struct market *m;

static int set_up(void **state)
{
	(void)state;
	m = market_start(&(struct market_options){ .seed = 3 });
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	market_stop(m);
	return 0;
}

static void expect_health(const char *text)
{
	char *reply = market_control(m, "GET", "/sim/health", NULL);

	assert_non_null(strstr(reply, text));
	free(reply);
}

static void orders_are_made_and_asked_for(void **state)
{
	char *text;

	(void)state;
	expect_health("\"orders\":0");
	market_order(m, "{\"code\":\"400000001\",\"state\":\"NEW\",\"mode\":\"pickup\",\"entries\":2}");
	expect_health("\"orders\":1");
	market_expect(m, "400000001", "status", "APPROVED_BY_BANK");
	market_expect(m, "400000001", "requests.ACCEPTED_BY_MERCHANT", "0");
	text = market_truth(m, "400000001", "entries.1.name");
	assert_true(strlen(text) > 0);
	free(text);
	market_change(m, "400000001", "{\"state\":\"PICKUP\"}");
	market_expect(m, "400000001", "state", "PICKUP");
	market_cancel_by_buyer(m, "400000001");
	market_expect(m, "400000001", "status", "CANCELLED");
}

static void it_goes_away_and_comes_back(void **state)
{
	int port = m->port;

	(void)state;
	market_down(m);
	assert_null(plain_http(port, "GET", "/sim/health", NULL, NULL, NULL, NULL));
	market_up(m);
	assert_int_equal(m->port, port);
	expect_health("\"orders\":0");
}

static void faults_come_and_go(void **state)
{
	char *reply;

	(void)state;
	market_fault(m, "match=\"GET\" do=status:503");
	reply = market_control(m, "GET", "/sim/fault", NULL);
	assert_non_null(strstr(reply, "status:503"));
	free(reply);
	market_no_faults(m);
	reply = market_control(m, "GET", "/sim/fault", NULL);
	assert_null(strstr(reply, "503"));
	free(reply);
}

static void commands_run_to_their_end(void **state)
{
	struct proc_result r = proc_run(m->env, (const char *[]){ "/bin/sh", "-c",
		"cat; echo \"$LANGUAGE $TERM $LINES\" >&2; exit 3", NULL }, "in", 5000);

	(void)state;
	assert_int_equal(r.status, 3);
	assert_string_equal(r.out, "in");
	assert_string_equal(r.err, "en xterm-256color \n");
	proc_result_clear(&r);
	r = proc_run(m->env, (const char *[]){ "/bin/sleep", "60", NULL }, NULL, 20);
	assert_int_equal(r.status, -1);
	proc_result_clear(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(orders_are_made_and_asked_for, set_up, tear_down),
		cmocka_unit_test_setup_teardown(it_goes_away_and_comes_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(faults_come_and_go, set_up, tear_down),
		cmocka_unit_test_setup_teardown(commands_run_to_their_end, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
