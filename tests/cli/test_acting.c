#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/cli/house.h"
#include "tests/lib/patience.h"
#include "tests/lib/proc.h"

static struct market *m;

static void make_order(const char *code, const char *mode, const char *state)
{
	char json[200];

	snprintf(json, sizeof(json), "{\"code\":\"%s\",\"mode\":\"%s\",\"state\":\"%s\"}", code,
		mode, state);
	market_order(m, json);
}

static void expect_asked(const char *code, const char *status, const char *times)
{
	char member[80], *asked;

	snprintf(member, sizeof(member), "requests.%s", status);
	asked = market_truth(m, code, member);
	assert_string_equal(*asked ? asked : "0", times);
	free(asked);
}

static void an_order_is_accepted_once(void **state)
{
	(void)state;
	make_order("400000001", "pickup", "NEW");
	cli(m, "accept", "400000001", "--json", NULL);
	assert_int_equal(cli_status(), 0);
	assert_string_equal(cli_json("schema"), "1");
	assert_string_equal(cli_json("results.0.code"), "400000001");
	assert_string_equal(cli_json("results.0.action"), "accept");
	assert_string_equal(cli_json("results.0.outcome"), "done");
	market_expect(m, "400000001", "status", "ACCEPTED_BY_MERCHANT");
	cli(m, "accept", "400000001", NULL);
	cli_expect(1, "400000001: refused: Only a new order");
	expect_asked("400000001", "ACCEPTED_BY_MERCHANT", "1");
	cli(m, "journal", "--json", NULL);
	assert_int_equal(cli_json_count("items"), 1);
	assert_string_equal(cli_json("items.0.code"), "400000001");
	assert_string_equal(cli_json("items.0.outcome"), "done");
	assert_string_equal(cli_json("items.0.attempts"), "1");
	cli(m, "journal", NULL);
	cli_expect(0, "400000001");
}

static void several_get_a_result_each(void **state)
{
	(void)state;
	make_order("400000011", "pickup", "NEW");
	make_order("400000012", "pickup", "PICKUP");
	make_order("400000013", "kaspi", "NEW");
	cli(m, "accept", "400000011", "400000012", "400000013", "400000011", "--json", NULL);
	assert_int_equal(cli_status(), 1);
	assert_int_equal(cli_json_count("results"), 3);
	assert_string_equal(cli_json("results.0.outcome"), "done");
	assert_string_equal(cli_json("results.1.outcome"), "refused");
	assert_string_equal(cli_json("results.2.outcome"), "done");
	expect_asked("400000012", "ACCEPTED_BY_MERCHANT", "0");
}

static void nothing_is_sent_where_it_is_not_allowed(void **state)
{
	(void)state;
	make_order("400000021", "pickup", "PICKUP");
	cli(m, "assemble", "400000021", "--spaces", "2", NULL);
	cli_expect(1, "Only an accepted order for Kaspi delivery");
	expect_asked("400000021", "ASSEMBLE", "0");
	cli(m, "--read-only", "cancel", "400000021", "--reason", "buyer", "--json", NULL);
	assert_int_equal(cli_status(), 1);
	assert_string_equal(cli_json("results.0.outcome"), "refused");
	expect_asked("400000021", "CANCELLED", "0");
	cli(m, "accept", "499999999", "--json", NULL);
	assert_int_equal(cli_status(), 1);
	assert_string_equal(cli_json("results.0.outcome"), "refused");
}

static void an_order_is_cancelled_and_another_assembled(void **state)
{
	(void)state;
	make_order("400000031", "pickup", "NEW");
	make_order("400000032", "kaspi", "KASPI_DELIVERY");
	cli(m, "cancel", "400000031", "--reason", "out-of-stock", "--comment", "закончился", NULL);
	cli_expect(0, "400000031: cancelled");
	market_expect(m, "400000031", "status", "CANCELLED");
	cli(m, "assemble", "400000032", "--spaces", "3", NULL);
	cli_expect(0, "400000032: assembled");
	market_expect(m, "400000032", "assembled", "true");
}

static void an_order_is_handed_out_with_the_code(void **state)
{
	char *code;

	(void)state;
	make_order("400000041", "pickup", "PICKUP");
	cli(m, "complete", "400000041", "--json", NULL);
	assert_int_equal(cli_status(), 0);
	assert_string_equal(cli_json("results.0.action"), "send_code");
	code = market_code(m, "400000041");
	cli(m, "complete", "400000041", "--code", strcmp(code, "0000") ? "0000" : "1111", NULL);
	cli_expect(1, "400000041: refused");
	cli_with(m, code, "complete", "400000041", "--code", "-", "--json", NULL);
	assert_int_equal(cli_status(), 0);
	assert_string_equal(cli_json("results.0.action"), "complete");
	assert_string_equal(cli_json("results.0.outcome"), "done");
	market_expect(m, "400000041", "status", "COMPLETED");
	free(code);
}

/* ---- trouble --------------------------------------------------------------------------------- */

static void offline_it_waits_in_the_journal(void **state)
{
	(void)state;
	make_order("400000051", "pickup", "NEW");
	cli(m, "show", "400000051", NULL);
	market_down(m);
	cli(m, "accept", "400000051", "--json", NULL);
	assert_int_equal(cli_status(), 3);
	assert_string_equal(cli_json("results.0.outcome"), "queued");
	cli(m, "journal", "--open", "--json", NULL);
	assert_string_equal(cli_json("items.0.code"), "400000051");
	assert_string_equal(cli_json("items.0.outcome"), "queued");
	cli(m, "accept", "400000051", "--json", NULL);
	assert_int_equal(cli_status(), 1);
	assert_string_equal(cli_json("results.0.outcome"), "conflict");
	cli(m, "accept", "400000052", "--json", NULL);
	assert_int_equal(cli_status(), 3);
	assert_string_equal(cli_json("results.0.outcome"), "refused");
	market_up(m);
}

static void an_answer_that_got_lost_is_read_back(void **state)
{
	(void)state;
	make_order("400000061", "pickup", "NEW");
	market_fault(m, "match=\"POST /v2/orders$\" when=after times=1 do=drop");
	cli(m, "accept", "400000061", "--json", NULL);
	assert_int_equal(cli_status(), 0);
	assert_string_equal(cli_json("results.0.outcome"), "done");
	expect_asked("400000061", "ACCEPTED_BY_MERCHANT", "1");
	market_no_faults(m);
}

static void what_nobody_can_know_is_unknown(void **state)
{
	(void)state;
	make_order("400000071", "pickup", "PICKUP");
	market_fault(m, "match=\"POST /v2/orders$\" when=after times=1 do=drop");
	cli(m, "complete", "400000071", "--json", NULL);
	assert_int_equal(cli_status(), 5);
	assert_string_equal(cli_json("results.0.outcome"), "unknown");
	market_no_faults(m);
}

/* The request is on its way when the signal comes: what became of it is for the journal. */
static void a_signal_ends_the_waiting_only(void **state)
{
	char *program = built_path("duken"), *asked;
	const char *argv[] = { program, "accept", "400000081", NULL };
	int64_t deadline = deadline_in(20000);
	pid_t pid;

	(void)state;
	make_order("400000081", "pickup", "NEW");
	market_fault(m, "match=\"POST /v2/orders$\" when=after times=1 do=delay:30000");
	pid = proc_start(m->env, argv, -1, -1, -1);
	do {
		asked = market_truth(m, "400000081", "status");
		if (strcmp(asked, "ACCEPTED_BY_MERCHANT") == 0)
			break;
		free(asked);
		asked = NULL;
	} while (deadline_left(deadline));
	assert_non_null(asked);
	free(asked);
	kill(pid, SIGINT);
	assert_int_equal(proc_wait(pid, deadline_in(10000)), 5);
	market_no_faults(m);
	cli(m, "journal", "--open", "--json", NULL);
	assert_non_null(strstr(cli_out(), "400000081"));
	free(program);
}

static void a_language_is_chosen(void **state)
{
	(void)state;
	cli(m, "--lang", "en", "accept", "499999999", NULL);
	cli_expect(1, "refused");
}

static int start(void **state)
{
	(void)state;
	m = cli_market(0);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	cli_clear();
	market_stop(m);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_order_is_accepted_once),
		cmocka_unit_test(several_get_a_result_each),
		cmocka_unit_test(nothing_is_sent_where_it_is_not_allowed),
		cmocka_unit_test(an_order_is_cancelled_and_another_assembled),
		cmocka_unit_test(an_order_is_handed_out_with_the_code),
		cmocka_unit_test(an_answer_that_got_lost_is_read_back),
		cmocka_unit_test(what_nobody_can_know_is_unknown),
		cmocka_unit_test(a_signal_ends_the_waiting_only),
		cmocka_unit_test(a_language_is_chosen),
		cmocka_unit_test(offline_it_waits_in_the_journal),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
