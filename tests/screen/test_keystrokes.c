/* The tasks of a day by as few keys as doc/keystrokes.md says, from the list of new orders to the marketplace. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tests/lib/check.h"
#include "tests/screen/counter.h"
#include "tests/screen/keys.h"
#include "tests/unit/unit.h"

static int pressed;

static void press(struct screen *s, const char *keys)
{
	struct key key;

	for (const char *at = keys; *at; at += strspn(at, " "))
		if (key_next(&at, &key))
			pressed++;
	screen_keys(s, keys);
}

/* What the table says of the task. */
static int promised(const char *task)
{
	char *path = xasprintf("%s/doc/keystrokes.md", getenv("DUKEN_SRCDIR")), line[400], row[80];
	FILE *f = fopen(path, "r");
	int n = -1;

	snprintf(row, sizeof(row), "| %s | ", task);
	while (f && n < 0 && fgets(line, sizeof(line), f))
		if (strncmp(line, row, strlen(row)) == 0)
			n = (int)strtol(line + strlen(row), NULL, 10);
	if (f)
		fclose(f);
	free(path);
	return n;
}

static void was(const char *task)
{
	if (pressed != promised(task))
		check_fail("%s: %d keys, and the table says %d", task, pressed, promised(task));
}

static void expect(struct counter *c, const char *code, const char *member, const char *value)
{
	CHECK_HERE();
	market_expect(c->market, code, member, value);
}

/* A desk in the list of new orders, with an lp that prints nothing. */
static struct screen *at_the_counter(struct counter *c)
{
	char *path = home_program(c->market->home, "lp", "#!/bin/sh\necho \"$@\" >> \"$HOME/lp.log\"\n");
	struct screen *s = counter_start(c, 24, 80, (const char *[]){ path, NULL }, NULL);

	counter_synced(s);
	free(path);
	pressed = 0;
	return s;
}

static void printed(struct counter *c, const char *what)
{
	char *log = home_read(c->market->home, "lp.log", NULL);

	assert_non_null(log);
	assert_non_null(strstr(log, what));
	free(log);
}

static void scan(struct screen *s, const char *code, const char *shows)
{
	screen_scan(s, code);
	screen_wait(s, shows);
}

static void handing_out(void **state)
{
	struct counter *c = *state;
	struct screen *s = at_the_counter(c);
	char *code, keys[8 * 2];

	scan(s, "400000021", " 400000021 ");
	press(s, "<F7>");
	screen_wait(s, "The buyer gets a code");
	press(s, "<Enter>");
	screen_wait(s, "Code sent at ");
	code = market_code(c->market, "400000021");
	assert_int_equal(strlen(code), 4);
	snprintf(keys, sizeof(keys), "%c %c %c %c", code[0], code[1], code[2], code[3]);
	press(s, keys);
	press(s, "<Enter>");
	expect(c, "400000021", "status", "COMPLETED");
	was("hand out");
	free(code);
}

static void accepting_ten(void **state)
{
	struct counter *c = *state;
	struct screen *s;
	char json[120], code[16];

	for (int i = 4; i <= 10; i++) {
		snprintf(json, sizeof(json), "{\"code\":\"4000000%02d\",\"mode\":\"pickup\",\"state\":\"NEW\"}", 60 + i);
		market_order(c->market, json);
	}
	s = at_the_counter(c);
	press(s, "* <F2>");
	screen_wait(s, "10 orders are marked");
	press(s, "<Enter>");
	for (int i = 4; i <= 10; i++) {
		snprintf(code, sizeof(code), "4000000%02d", 60 + i);
		expect(c, code, "status", "ACCEPTED_BY_MERCHANT");
	}
	expect(c, "400000003", "status", "ACCEPTED_BY_MERCHANT");
	was("accept ten new orders");
}

static void assembling(void **state)
{
	struct counter *c = *state;
	struct screen *s = at_the_counter(c);

	scan(s, "400000012", " 400000012 ");
	press(s, "<F4>");
	screen_wait(s, "one parcel for everything");
	press(s, "<Enter>");
	expect(c, "400000012", "assembled", "true");
	screen_wait(s, "its waybill comes in a moment");
	press(s, "<F6>");
	screen_wait(s, "1 of 1 ready");
	press(s, "p");
	screen_wait(s, "400000012  printed");
	press(s, "<Esc>");
	printed(c, "waybills/400000012");
	was("assemble and print a waybill");
}

static void cancelling(void **state)
{
	struct counter *c = *state;
	struct screen *s = at_the_counter(c);

	scan(s, "400000021", " 400000021 ");
	press(s, "<F8>");
	screen_wait(s, "Out of stock");
	press(s, "3 <Enter> <Enter> <Left> <Enter>");
	expect(c, "400000021", "cancel_reason", "MERCHANT_OUT_OF_STOCK");
	was("cancel for out of stock");
}

static void finding(void **state)
{
	struct counter *c = *state;
	struct screen *s;

	market_change(c->market, "400000041", "{\"phone\":\"7012345678\"}");
	s = at_the_counter(c);
	press(s, "/ 5 6 7 8 <Enter>");
	screen_wait(s, "Found: 5678 · 1");
	screen_wait(s, "Асель Төлеген");
	was("find by the last digits of a phone");
}

static void picking(void **state)
{
	struct counter *c = *state;
	struct screen *s = at_the_counter(c);

	counter_queue(s, "Pack");
	pressed = 0;
	press(s, "p");
	screen_wait(s, "Чайник электрический");
	press(s, "p");
	screen_wait(s, "Sent to the printer.");
	press(s, "<Esc>");
	printed(c, "picklist.txt");
	was("pick list on paper");
}

static void scanning_devices(void **state)
{
	struct counter *c = *state;
	struct screen *s;

	market_order(c->market, "{\"code\":\"400000104\",\"mode\":\"kaspi\",\"state\":\"KASPI_DELIVERY\","
		"\"status\":\"ACCEPTED_BY_MERCHANT\",\"productCode\":\"113137790\"}");
	s = at_the_counter(c);
	scan(s, "400000104", " 400000104 ");
	press(s, "i");
	screen_wait(s, "IMEI 1 of 1");
	scan(s, "490154203237518", "490154203237518");
	screen_wait_quiet(s, 450);
	scan(s, "356938035643809", "490154203237518,356938035643809");
	screen_wait_quiet(s, 450);
	press(s, "<Enter>");
	expect(c, "400000104", "entries.0.imei.0.imei.1", "356938035643809");
	was("IMEI of a phone with two SIM cards");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, counter_open, counter_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(handing_out), TEST(accepting_ten), TEST(assembling), TEST(cancelling), TEST(finding),
		TEST(picking), TEST(scanning_devices),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
