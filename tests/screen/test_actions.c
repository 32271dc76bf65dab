/* The everyday actions, from the key to what the marketplace knows of them. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tests/screen/counter.h"
#include "tests/unit/unit.h"

/* Of any dialog that asks. */
#define BUTTONS "[ No, back ]"

static void expect(struct counter *c, const char *code, const char *member, const char *value)
{
	CHECK_HERE();
	market_expect(c->market, code, member, value);
}

static void an_order_is_accepted(void **state)
{
	struct counter *c = *state;
	struct screen *s = counter_desk(c, 24, 80);

	counter_go(s, "400000001");
	screen_keys(s, "<F2>");
	screen_wait(s, BUTTONS);
	assert_true(screen_shows(s, "The shop takes the order on"));
	screen_keys(s, "<Enter>");
	screen_wait_gone(s, BUTTONS);
	expect(c, "400000001", "state", "PICKUP");
	expect(c, "400000001", "requests.ACCEPTED_BY_MERCHANT", "1");
	screen_wait(s, "accepted");
}

static void a_cancel_needs_a_reason_and_a_yes(void **state)
{
	struct counter *c = *state;
	struct screen *s = counter_desk(c, 24, 80);

	counter_go(s, "400000002");
	screen_keys(s, "<F8>");
	screen_wait(s, "Out of stock");
	/* Enter alone, however often, must not cancel. */
	screen_keys(s, "<Enter> <Enter> <Enter> <Enter>");
	screen_wait_gone(s, BUTTONS);
	expect(c, "400000002", "requests.CANCELLED", "0");
	screen_keys(s, "<F8>");
	screen_wait(s, "Out of stock");
	screen_keys(s, "3 <Enter>");
	screen_type(s, "қоймада жоқ x a q 1");
	screen_keys(s, "<Enter> <Left> <Enter>");
	expect(c, "400000002", "cancel_reason", "MERCHANT_OUT_OF_STOCK");
	expect(c, "400000002", "cancel_comment", "қоймада жоқ x a q 1");
	expect(c, "400000002", "requests.CANCELLED", "1");
	screen_wait_gone(s, BUTTONS);
}

/* Opens the hand-out and sends the code; returns it. */
static char *send_code(struct counter *c, struct screen *s, const char *code)
{
	counter_go(s, code);
	screen_keys(s, "<F7>");
	screen_wait(s, "The buyer gets a code");
	expect(c, code, "requests.SEND_CODE", "0");
	screen_keys(s, "<Enter>");
	screen_wait(s, "Code sent at ");
	expect(c, code, "requests.SEND_CODE", "1");
	return market_code(c->market, code);
}

static void an_order_is_handed_out(void **state)
{
	struct counter *c = *state;
	struct screen *s = counter_desk(c, 24, 80);
	char *buyer = send_code(c, s, "400000021");

	screen_type(s, buyer);
	screen_keys(s, "<Enter>");
	expect(c, "400000021", "status", "COMPLETED");
	expect(c, "400000021", "requests.SEND_CODE", "1");
	screen_wait_gone(s, BUTTONS);
	free(buyer);
}

static void a_wrong_code_keeps_the_dialog(void **state)
{
	struct counter *c = *state;
	struct screen *s = counter_desk(c, 24, 80);
	char *buyer = send_code(c, s, "400000021");
	char *wrong = xstrdup(buyer);

	wrong[0] = wrong[0] == '9' ? '1' : wrong[0] + 1;
	screen_type(s, wrong);
	screen_keys(s, "<Enter>");
	screen_wait(s, "refused");
	assert_true(screen_shows(s, BUTTONS));
	assert_false(screen_shows(s, wrong));
	expect(c, "400000021", "state", "PICKUP");
	screen_type(s, buyer);
	screen_keys(s, "<Enter>");
	expect(c, "400000021", "status", "COMPLETED");
	expect(c, "400000021", "requests.SEND_CODE", "1");
	screen_wait_gone(s, BUTTONS);
	free(wrong);
	free(buyer);
}

static void a_closed_hand_out_goes_on_at_step_two(void **state)
{
	struct counter *c = *state;
	struct screen *s = counter_desk(c, 24, 80);
	char *buyer = send_code(c, s, "400000022");

	screen_keys(s, "<Esc>");
	screen_wait_gone(s, BUTTONS);
	screen_keys(s, "<F7>");
	screen_wait(s, "Code sent at ");
	expect(c, "400000022", "requests.SEND_CODE", "1");
	screen_keys(s, "<C-r>");
	expect(c, "400000022", "requests.SEND_CODE", "2");
	free(buyer);
	screen_wait(s, "Code sent at ");
	buyer = market_code(c->market, "400000022");
	screen_type(s, buyer);
	screen_keys(s, "<Enter>");
	expect(c, "400000022", "status", "COMPLETED");
	free(buyer);
}

static void a_buyer_who_cancelled_meanwhile_is_told(void **state)
{
	struct counter *c = *state;
	struct screen *s = counter_desk(c, 24, 80);

	counter_go(s, "400000022");
	market_cancel_by_buyer(c->market, "400000022");
	screen_keys(s, "<F7>");
	screen_wait(s, "Hand out");
	screen_keys(s, "<Enter>");
	screen_wait(s, "Cancelled");
	screen_wait_quiet(s, 100);
	expect(c, "400000022", "requests.SEND_CODE", "0");
	expect(c, "400000022", "requests.COMPLETED", "0");
}

static void an_order_is_assembled_as_suggested(void **state)
{
	struct counter *c = *state;
	struct screen *s = counter_desk(c, 24, 80);

	counter_go(s, "400000011");
	screen_wait(s, "Чайник");
	screen_keys(s, "<F4>");
	screen_wait(s, "one parcel for everything");
	screen_keys(s, "<Down> <Enter>");
	screen_wait_gone(s, BUTTONS);
	expect(c, "400000011", "assembled", "true");
	expect(c, "400000011", "spaces", "3");
	expect(c, "400000011", "requests.ASSEMBLE", "1");
}

static void marked_orders_get_a_result_each(void **state)
{
	struct counter *c = *state;
	struct screen *s = counter_desk(c, 24, 80);

	counter_queue(s, "New");
	screen_keys(s, "*");
	market_fault(c->market, "order=400000002 match=\"POST\" do=status:400:{\"errors\":[{\"title\":\"NoSuchStock\"}]}");
	screen_keys(s, "<F2>");
	screen_wait(s, "3 orders are marked");
	screen_keys(s, "<Enter>");
	screen_wait(s, "2 of 3 done");
	screen_wait(s, "0 waiting");
	assert_true(screen_shows(s, "NoSuchStock"));
	expect(c, "400000001", "applied.ACCEPTED_BY_MERCHANT", "1");
	expect(c, "400000002", "applied.ACCEPTED_BY_MERCHANT", "0");
	expect(c, "400000003", "applied.ACCEPTED_BY_MERCHANT", "1");
	screen_keys(s, "<Esc>");
	screen_wait_gone(s, "2 of 3 done");
}

static void an_action_in_its_grace_is_undone(void **state)
{
	struct counter *c = *state;
	struct screen *s;

	market_configure(c->market, "\tgrace = 60\n\trequests_per_second = 100\n", NULL);
	s = counter_desk(c, 24, 80);
	counter_go(s, "400000001");
	screen_keys(s, "<F2>");
	screen_wait(s, BUTTONS);
	screen_keys(s, "<Enter>");
	screen_wait_gone(s, BUTTONS);
	screen_wait(s, "queued");
	screen_keys(s, "u");
	screen_wait(s, "taken back");
	expect(c, "400000001", "requests.ACCEPTED_BY_MERCHANT", "0");
}

static void an_impossible_action_says_why(void **state)
{
	struct counter *c = *state;
	struct screen *s = counter_desk(c, 24, 80);

	counter_go(s, "400000051");
	screen_keys(s, "<F2>");
	/* Longer than a line: it goes on in the next one, and leaves with the next key. */
	screen_wait(s, " Only a new order that the bank approved can be accepted; this one is: Archive,");
	screen_wait(s, " Completed.");
	assert_false(screen_shows(s, "The shop takes the order on"));
	screen_wait_quiet(s, 400);
	screen_keys(s, "<Down>");
	screen_wait_gone(s, "Only a new order");
	assert_string_equal(screen_line(s, 22), "");
	expect(c, "400000051", "requests.ACCEPTED_BY_MERCHANT", "0");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, counter_open, counter_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_order_is_accepted),
		TEST(a_cancel_needs_a_reason_and_a_yes),
		TEST(an_order_is_handed_out),
		TEST(a_wrong_code_keeps_the_dialog),
		TEST(a_closed_hand_out_goes_on_at_step_two),
		TEST(a_buyer_who_cancelled_meanwhile_is_told),
		TEST(an_order_is_assembled_as_suggested),
		TEST(marked_orders_get_a_result_each),
		TEST(an_action_in_its_grace_is_undone),
		TEST(an_impossible_action_says_why),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
