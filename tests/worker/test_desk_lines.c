/* The actions on the lines of an order, against duken-sim, with what can happen on the way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/lib/check.h"
#include "tests/worker/bench.h"

#define CODE "412000001"

static struct bench *b;

static int teardown(void **state)
{
	(void)state;
	if (b)
		bench_close(b);
	b = NULL;
	return 0;
}

static void open_slow(const char *order, const char *seconds)
{
	const char *args[] = { "--lines-delay", seconds, NULL };

	b = bench_prepare(market_start(&(struct market_options){ .seed = 3, .args = args }));
	b->probe_ms = 100;
	bench_start(b, false);
	market_order(b->market, order);
}

static void open_with(const char *order)
{
	open_slow(order, "0");
}

/* An order to pack: `more` are further members. */
#define TO_PACK(more) "{\"code\":\"" CODE "\",\"mode\":\"kaspi\",\"state\":\"KASPI_DELIVERY\"," \
	"\"status\":\"ACCEPTED_BY_MERCHANT\"," more "}"
#define KETTLES TO_PACK("\"productCode\":\"101740113\",\"quantity\":3,\"entries\":2")
#define PHONES TO_PACK("\"productCode\":\"113137790\",\"quantity\":2")
#define APPLES TO_PACK("\"productCode\":\"103403297\",\"entries\":2")

#define IMEI_A "490154203237518"
#define IMEI_B "356938035643809"
#define IMEI_C "352099001761481"

static void expect_truth(const char *member, const char *value)
{
	bench_truth(b, CODE, member, value);
}

static void expect_end(const struct event *e, enum action_state state)
{
	bench_ended(b, e, state);
}

static struct entry_list stored_lines(void)
{
	return bench_lines(b, CODE);
}

static char *line_id(size_t i)
{
	return bench_line_id(b, CODE, i);
}

static struct event *remove_to(const char *remain)
{
	char *entry = line_id(0);
	struct event *e = bench_act(b, CODE, "remove_item", (const char *[]){ "entry", entry, "remain", remain,
		"reason", "MERCHANT_OUT_OF_STOCK", "notes", "Осталось мало", NULL });

	free(entry);
	return e;
}

static struct event *set_imeis(const char *first, const char *second)
{
	char *entry = line_id(0);
	struct event *e = bench_act(b, CODE, "imei",
		(const char *[]){ "entry", entry, "imei", first, "imei.2", second, NULL });

	free(entry);
	return e;
}

static struct event *reweigh(const char *grams, const char *other)
{
	char *first = line_id(0), *second = line_id(1);
	struct event *e = bench_act(b, CODE, "reweigh", (const char *[]){ "entry", first, "weight", grams,
		other ? "entry.2" : NULL, second, "weight.2", other, NULL });

	free(first);
	free(second);
	return e;
}

/* ---- fewer pieces ----------------------------------------------------------------------------- */

static void remove__some_pieces__is_done_and_stored(void **state)
{
	struct entry_list lines;
	struct event *e;

	(void)state;
	open_with(KETTLES);
	e = remove_to("1");
	expect_end(e, ACTION_DONE);
	assert_null(e->message);
	expect_truth("entries.0.quantity", "1");
	expect_truth("entries.1.quantity", "3");
	lines = stored_lines();
	assert_int_equal(lines.items[0].quantity, 1);
	entry_list_clear(&lines);
}

static void remove__the_last_of_all__cancels_the_order(void **state)
{
	(void)state;
	open_with(TO_PACK("\"productCode\":\"101740113\""));
	expect_end(remove_to("0"), ACTION_UNDONE);
	expect_truth("requests.ENTRY_CANCEL", "0");
	b->warning = "Nothing remains of the order then: it is cancelled, which counts against the shop.";
	expect_end(remove_to("0"), ACTION_DONE);
	expect_truth("status", "CANCELLED");
	assert_string_equal(bench_stored(b, CODE, "queue"), "archive");
}

static void remove__not_fewer__sends_nothing(void **state)
{
	struct event *e;

	(void)state;
	open_with(KETTLES);
	e = remove_to("3");
	assert_int_equal(e->kind, EVENT_FAILED);
	assert_int_equal(e->error.code, ERR_REFUSED);
	expect_truth("requests.ENTRY_CANCEL", "0");
}

/* Somebody else took some out while it waited: what was confirmed would not be what it was. */
static void remove__lines_changed_meanwhile__is_a_conflict(void **state)
{
	char *entry;
	uint64_t act;

	(void)state;
	b = bench_prepare(market_start(&(struct market_options){ .seed = 3 }));
	market_order(b->market, KETTLES);
	b->shop->grace_s = 3;
	bench_start(b, false);
	entry = line_id(0);
	act = bench_post_act(b, CODE, "remove_item", (const char *[]){ "entry", entry, "remain", "2", "reason",
		"MERCHANT_OUT_OF_STOCK", NULL }, false);
	bench_wait_kind(b, EVENT_QUEUED);
	market_change(b->market, CODE, "{\"quantity\":2}");
	expect_end(bench_end(b, act), ACTION_CONFLICT);
	expect_truth("requests.ENTRY_CANCEL", "0");
	free(entry);
}

static void remove__refused_by_the_server__says_so(void **state)
{
	struct event *e;

	(void)state;
	open_with(KETTLES);
	free(line_id(0));
	market_fault(b->market, "match=\"POST /v2/orderEntryCancelOperation\" do=status:400");
	e = remove_to("1");
	expect_end(e, ACTION_REFUSED);
	expect_truth("entries.0.quantity", "3");
}

static void remove_under(const char *fault, enum action_state end, const char *requests)
{
	open_with(KETTLES);
	free(line_id(0));
	market_fault(b->market, fault);
	expect_end(remove_to("1"), end);
	expect_truth("requests.ENTRY_CANCEL", requests);
}

#define ON_REMOVE "match=\"POST /v2/orderEntryCancelOperation\" times=1 "

static void remove__cut_after_applying__is_read_off_the_lines(void **state)
{
	(void)state;
	remove_under(ON_REMOVE "when=after do=drop", ACTION_DONE, "1");
	expect_truth("applied.ENTRY_CANCEL", "1");
}

static void remove__cut_before_applying__is_asked_about(void **state)
{
	(void)state;
	remove_under(ON_REMOVE "when=before do=drop", ACTION_ASK, "1");
	expect_truth("entries.0.quantity", "3");
}

/* The server says yes first and does it later. */
static void remove__slowly__is_said_to_be_under_way(void **state)
{
	struct event *e;

	(void)state;
	open_slow(KETTLES, "30");
	e = remove_to("1");
	expect_end(e, ACTION_DONE);
	assert_non_null(strstr(e->message, "does not show it yet"));
	expect_truth("entries.0.quantity", "3");
}

static void remove__cut_and_slowly__is_read_off_the_lines_in_the_end(void **state)
{
	struct event *e;

	(void)state;
	open_slow(KETTLES, "0.5");
	free(line_id(0));
	market_fault(b->market, ON_REMOVE "when=after do=drop");
	e = remove_to("1");
	expect_end(e, ACTION_DONE);
	expect_truth("requests.ENTRY_CANCEL", "1");
}

/* ---- another weight --------------------------------------------------------------------------- */

static void reweigh__several_lines__in_one_call(void **state)
{
	struct entry_list lines;

	(void)state;
	open_with(APPLES);
	expect_end(reweigh("900", "800"), ACTION_DONE);
	expect_truth("entries.0.weight", "900");
	expect_truth("entries.1.weight", "800");
	expect_truth("requests.PARTIAL_CANCEL", "1");
	lines = stored_lines();
	assert_int_equal(lines.items[0].weight_g, 900);
	assert_int_equal(lines.items[1].weight_g, 800);
	entry_list_clear(&lines);
}

static void reweigh__under_the_minimum__is_refused_with_the_servers_words(void **state)
{
	struct event *e;

	(void)state;
	open_with(APPLES);
	e = reweigh("100", NULL);
	expect_end(e, ACTION_REFUSED);
	assert_non_null(strstr(e->message, "minimal allowed weight"));
	expect_truth("entries.0.weight", "1000");
}

static void reweigh__more_than_it_was__sends_nothing(void **state)
{
	(void)state;
	open_with(APPLES);
	assert_int_equal(reweigh("1001", NULL)->kind, EVENT_FAILED);
	assert_int_equal(reweigh("1000", NULL)->kind, EVENT_FAILED);
	expect_truth("requests.PARTIAL_CANCEL", "0");
}

static void reweigh__cut_after_applying__is_read_off_the_lines(void **state)
{
	(void)state;
	open_with(APPLES);
	free(line_id(0));
	market_fault(b->market, "match=\"PUT /orderPartialCancel\" times=1 when=after do=reset");
	expect_end(reweigh("900", "700"), ACTION_DONE);
	expect_truth("requests.PARTIAL_CANCEL", "1");
}

static void reweigh__cut_before_applying__is_asked_about(void **state)
{
	(void)state;
	open_with(APPLES);
	free(line_id(0));
	market_fault(b->market, "match=\"PUT /orderPartialCancel\" times=1 when=before do=drop");
	expect_end(reweigh("900", NULL), ACTION_ASK);
	expect_truth("requests.PARTIAL_CANCEL", "1");
	expect_truth("entries.0.weight", "1000");
}

/* ---- IMEI ------------------------------------------------------------------------------------- */

static void imei__two_devices_one_with_two_cards__is_read_back(void **state)
{
	struct entry_list lines;

	(void)state;
	open_with(PHONES);
	expect_end(set_imeis(IMEI_A "," IMEI_B, IMEI_C), ACTION_DONE);
	expect_truth("entries.0.imei.0.imei.0", IMEI_A);
	expect_truth("entries.0.imei.0.imei.1", IMEI_B);
	expect_truth("entries.0.imei.1.imei.0", IMEI_C);
	lines = stored_lines();
	assert_string_equal(lines.items[0].imei, IMEI_A "," IMEI_B ";" IMEI_C);
	entry_list_clear(&lines);
}

static void imei__wrong_check_digit__is_the_servers_to_refuse(void **state)
{
	struct event *e;

	(void)state;
	open_with(PHONES);
	b->warning = "The check digit of 490154203237519 is wrong: is a digit mistyped?";
	e = set_imeis(IMEI_A, "490154203237519");
	expect_end(e, ACTION_REFUSED);
	assert_non_null(strstr(e->message, "IMEI is not valid"));
}

static void imei__twice_the_same_or_one_too_many__sends_nothing(void **state)
{
	char *entry;

	(void)state;
	open_with(PHONES);
	assert_int_equal(set_imeis(IMEI_A, IMEI_A)->kind, EVENT_FAILED);
	entry = line_id(0);
	assert_int_equal(bench_act(b, CODE, "imei", (const char *[]){ "entry", entry, "imei", IMEI_A, "imei.2",
		IMEI_B, "imei.3", IMEI_C, NULL })->kind, EVENT_FAILED);
	assert_int_equal(bench_act(b, CODE, "imei", (const char *[]){ "entry", "nobody", "imei", IMEI_A,
		NULL })->kind, EVENT_FAILED);
	expect_truth("requests.IMEI", "0");
	free(entry);
}

/* The clerk saw one device and read no warning; meanwhile there are two. */
static void imei__odd_in_another_way_by_now__is_given_back(void **state)
{
	char *entry;
	struct event *e;

	(void)state;
	open_with(TO_PACK("\"productCode\":\"113137790\""));
	entry = line_id(0);
	market_change(b->market, CODE, "{\"quantity\":2}");
	e = bench_act(b, CODE, "imei", (const char *[]){ "entry", entry, "imei", IMEI_A, NULL });
	expect_end(e, ACTION_UNDONE);
	assert_non_null(strstr(e->message, "some have no IMEI yet"));
	expect_truth("requests.IMEI", "0");
	free(entry);
}

/* Lines that are read again without their IMEI keep what is known of those. */
static void imei__a_pick_list_forgets_none(void **state)
{
	struct request *brief;
	struct entry_list lines;

	(void)state;
	open_with(PHONES);
	expect_end(set_imeis(IMEI_A, IMEI_B), ACTION_DONE);
	brief = request_new_fetch(bench_stored(b, CODE, "id"));
	brief->brief = true;
	assert_int_equal(bench_end(b, desk_post(b->desk, brief))->kind, EVENT_DONE);
	lines = stored_lines();
	assert_string_equal(lines.items[0].imei, IMEI_A ";" IMEI_B);
	entry_list_clear(&lines);
}

/* A service that has no list yet may say "not found". */
static void imei__no_list_yet__is_no_reason_to_stop(void **state)
{
	(void)state;
	open_with(PHONES);
	free(line_id(0));
	market_fault(b->market, "match=\"GET /v2/orders/.*/imei\" times=1 do=status:404");
	expect_end(set_imeis(IMEI_A, IMEI_B), ACTION_DONE);
	expect_truth("requests.IMEI", "1");
}

static void imei__cut_after_applying__is_read_off_the_list(void **state)
{
	(void)state;
	open_with(PHONES);
	free(line_id(0));
	market_fault(b->market, "match=\"POST /v2/orderEntryImeiOperation\" times=1 when=after do=drop");
	expect_end(set_imeis(IMEI_A, IMEI_B), ACTION_DONE);
	expect_truth("requests.IMEI", "1");
}

static void imei__cut_before_applying__is_sent_once_more(void **state)
{
	(void)state;
	open_with(PHONES);
	free(line_id(0));
	market_fault(b->market, "match=\"POST /v2/orderEntryImeiOperation\" times=1 when=before do=drop");
	expect_end(set_imeis(IMEI_A, IMEI_B), ACTION_DONE);
	expect_truth("requests.IMEI", "2");
	expect_truth("applied.IMEI", "1");
}

#define TEST(f) cmocka_unit_test_teardown(f, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(remove__some_pieces__is_done_and_stored),
		TEST(remove__the_last_of_all__cancels_the_order),
		TEST(remove__not_fewer__sends_nothing),
		TEST(remove__lines_changed_meanwhile__is_a_conflict),
		TEST(remove__refused_by_the_server__says_so),
		TEST(remove__cut_after_applying__is_read_off_the_lines),
		TEST(remove__cut_before_applying__is_asked_about),
		TEST(remove__slowly__is_said_to_be_under_way),
		TEST(remove__cut_and_slowly__is_read_off_the_lines_in_the_end),
		TEST(reweigh__several_lines__in_one_call),
		TEST(reweigh__under_the_minimum__is_refused_with_the_servers_words),
		TEST(reweigh__more_than_it_was__sends_nothing),
		TEST(reweigh__cut_after_applying__is_read_off_the_lines),
		TEST(reweigh__cut_before_applying__is_asked_about),
		TEST(imei__two_devices_one_with_two_cards__is_read_back),
		TEST(imei__wrong_check_digit__is_the_servers_to_refuse),
		TEST(imei__twice_the_same_or_one_too_many__sends_nothing),
		TEST(imei__odd_in_another_way_by_now__is_given_back),
		TEST(imei__a_pick_list_forgets_none),
		TEST(imei__no_list_yet__is_no_reason_to_stop),
		TEST(imei__cut_after_applying__is_read_off_the_list),
		TEST(imei__cut_before_applying__is_sent_once_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
