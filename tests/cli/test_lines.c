/* The actions on the lines of an order and on pre-orders, typed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/cli/house.h"

static struct market *m;

#define TO_PACK(code, more) "{\"code\":\"" code "\",\"mode\":\"kaspi\",\"state\":\"KASPI_DELIVERY\"," \
	"\"status\":\"ACCEPTED_BY_MERCHANT\"," more "}"

static void expect_truth(const char *code, const char *member, const char *value)
{
	char *is = market_truth(m, code, member);

	assert_string_equal(is, value);
	free(is);
}

static void pieces_are_taken_out(void **state)
{
	(void)state;
	market_order(m, TO_PACK("400000201", "\"productCode\":\"101740113\",\"quantity\":3,\"entries\":2"));
	cli(m, "remove-item", "400000201", "--entry", "1", "--remain", "1", "--reason", "out-of-stock", "--notes",
		"осталась одна", NULL);
	cli_expect(0, "400000201: taken out");
	expect_truth("400000201", "entries.0.quantity", "3");
	expect_truth("400000201", "entries.1.quantity", "1");
	cli(m, "remove-item", "400000201", "--entry", "1", "--remain", "1", "--reason", "buyer", NULL);
	cli_expect(1, "which must be fewer");
	cli(m, "remove-item", "400000201", "--entry", "7", "--remain", "0", "--reason", "buyer", NULL);
	cli_expect(2, "no item with the number 7");
	cli(m, "remove-item", "400000201", "--entry", "0", "--entry", "1", "--remain", "0", "--reason", "buyer",
		NULL);
	cli_expect(2, "--entry was given twice");
	cli(m, "remove-item", "400000201", "--entry", "0", "--reason", "buyer", NULL);
	cli_expect(2, "--remain is missing");
	expect_truth("400000201", "requests.ENTRY_CANCEL", "1");
}

static void the_last_piece_needs_force(void **state)
{
	(void)state;
	market_order(m, TO_PACK("400000202", "\"productCode\":\"101740113\""));
	cli(m, "remove-item", "400000202", "--entry", "0", "--remain", "0", "--reason", "buyer", NULL);
	cli_expect(1, "Nothing remains of the order");
	expect_truth("400000202", "requests.ENTRY_CANCEL", "0");
	cli(m, "remove-item", "400000202", "--entry", "0", "--remain", "0", "--reason", "buyer", "--force", NULL);
	cli_expect(0, "taken out");
	expect_truth("400000202", "status", "CANCELLED");
}

static void several_lines_are_weighed_in_one_call(void **state)
{
	(void)state;
	market_order(m, TO_PACK("400000203", "\"productCode\":\"103511020\",\"entries\":2"));
	cli(m, "reweigh", "400000203", "--entry", "1", "--weight", "3000", "--entry", "0", "--weight", "2500",
		"--notes", "недовес", "--json", NULL);
	assert_int_equal(cli_status(), 0);
	assert_string_equal(cli_json("results.0.action"), "reweigh");
	expect_truth("400000203", "entries.0.weight", "2500");
	expect_truth("400000203", "entries.1.weight", "3000");
	expect_truth("400000203", "requests.PARTIAL_CANCEL", "1");
	cli(m, "reweigh", "400000203", "--entry", "1", "--weight", "3001", NULL);
	cli_expect(1, "it can only become less");
	cli(m, "reweigh", "400000203", "--entry", "1", "--weight", "100", NULL);
	cli_expect(1, "less than Kaspi allows");
	cli(m, "reweigh", "400000203", "--entry", "1", "--weight", "100", "--force", NULL);
	cli_expect(1, "minimal allowed weight");
	cli(m, "reweigh", "400000203", "--entry", "1", "--entry", "0", "--weight", "100", NULL);
	cli_expect(2, "--weight is missing");
	expect_truth("400000203", "requests.PARTIAL_CANCEL", "2");
}

static void devices_get_their_imei(void **state)
{
	(void)state;
	market_order(m, TO_PACK("400000204", "\"productCode\":\"113137790\",\"quantity\":2"));
	cli(m, "imei", "400000204", "--entry", "0", "490154203237518", "356938035643809,352099001761481", NULL);
	cli_expect(0, "IMEI saved");
	expect_truth("400000204", "entries.0.imei.1.imei.1", "352099001761481");
	cli(m, "show", "400000204", "--json", NULL);
	assert_string_equal(cli_json("entries.0.imei.1.1"), "352099001761481");
	cli(m, "show", "400000204", NULL);
	cli_expect(0, "IMEI of entry 0: 490154203237518;356938035643809,352099001761481");
	cli(m, "imei", "400000204", "--entry", "0", "490154203237519", "356938035643809", NULL);
	cli_expect(1, "check digit of 490154203237519 is wrong");
	cli(m, "imei", "400000204", "--entry", "0", "490154203237518", NULL);
	cli_expect(1, "some have no IMEI yet");
	cli(m, "imei", "400000204", "--entry", "0", "49015420323751", "x", NULL);
	cli_expect(2, "\"x\" is not an IMEI");
	cli(m, "imei", "400000204", "--entry", "0", NULL);
	cli_expect(2, "something is missing");
	expect_truth("400000204", "requests.IMEI", "1");
}

static void goods_arrive_once(void **state)
{
	(void)state;
	market_order(m, TO_PACK("400000205", "\"preorder\":true"));
	market_order(m, TO_PACK("400000206", "\"preorder\":true"));
	cli(m, "arrived", "400000205", "400000206", NULL);
	cli_expect(0, "400000206: goods arrived");
	cli(m, "show", "400000205", "--json", NULL);
	assert_string_equal(cli_json("queue"), "pack");
	cli(m, "arrived", "400000205", NULL);
	cli_expect(1, "marked as arrived already");
	expect_truth("400000205", "requests.ARRIVED", "1");
}

static void what_came_back_ends_the_order(void **state)
{
	(void)state;
	market_order(m, "{\"code\":\"400000207\",\"mode\":\"kaspi\",\"state\":\"KASPI_DELIVERY\","
		"\"status\":\"KASPI_DELIVERY_RETURN_REQUESTED\",\"assembled\":true}");
	cli(m, "returned", "400000207", NULL);
	cli_expect(0, "400000207: came back");
	expect_truth("400000207", "status", "RETURNED");
	cli(m, "returned", "400000207", NULL);
	cli_expect(1, "Only an order that is being cancelled or sent back");
}

static void an_outcome_that_nobody_saw_is_read_off_the_lines(void **state)
{
	(void)state;
	market_order(m, TO_PACK("400000208", "\"productCode\":\"101740113\",\"quantity\":3"));
	market_fault(m, "match=\"POST /v2/orderEntryCancelOperation\" times=1 when=after do=drop");
	cli(m, "remove-item", "400000208", "--entry", "0", "--remain", "2", "--reason", "buyer", NULL);
	cli_expect(0, "confirmed by reading the order again");
	expect_truth("400000208", "entries.0.quantity", "2");
	market_order(m, TO_PACK("400000209", "\"preorder\":true"));
	market_fault(m, "match=\"POST /v2/orders\" times=1 when=after do=drop");
	cli(m, "arrived", "400000209", NULL);
	cli_expect(5, "please check and decide");
	expect_truth("400000209", "requests.ARRIVED", "1");
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
		cmocka_unit_test(pieces_are_taken_out),
		cmocka_unit_test(the_last_piece_needs_force),
		cmocka_unit_test(several_lines_are_weighed_in_one_call),
		cmocka_unit_test(devices_get_their_imei),
		cmocka_unit_test(goods_arrive_once),
		cmocka_unit_test(what_came_back_ends_the_order),
		cmocka_unit_test(an_outcome_that_nobody_saw_is_read_off_the_lines),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
