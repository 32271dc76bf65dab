/* The lock: nothing of an order can be read, nothing can be done, and who opens it is known. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "desk/clerks.h"
#include "tests/lib/patience.h"
#include "tests/screen/counter.h"
#include "tests/unit/unit.h"

#define LOCKED "The desk is locked"
#define WRONG "That is not the PIN"

/* What belongs to orders, buyers and searches, in the list and in the details. */
static const char *const secrets[] = { "40000000", "Айгерім", "Петров", "Kim", "4 000", "12 990", "Чайник", "701", "•••" };

static char *clerks_file(struct counter *c)
{
	return home_path(c->market->home, "state/duken/clerks.pin");
}

static void give_pins(struct counter *c)
{
	char *path = clerks_file(c);
	struct clerks clerks = { .n = 0 };

	assert_true(clerks_set(&clerks, "Aigul", "1234", NULL));
	assert_true(clerks_set(&clerks, "Bekzat", "567890", NULL));
	assert_true(clerks_save(path, &clerks, NULL));
	clerks_clear(&clerks);
	free(path);
}

static void configure(struct counter *c, const char *lines)
{
	char *all = xasprintf("clerk = \"Bekzat\"\n%s", lines);

	market_configure(c->market, "\tgrace = 0\n\trequests_per_second = 100\n\taccept_within = 0\n"
		"\tpoll_new = 1\n", all);
	free(all);
}

static struct screen *locked_desk(struct counter *c, const char *lines)
{
	struct screen *s;

	give_pins(c);
	configure(c, lines);
	s = counter_start(c, 24, 80, NULL, NULL);
	screen_wait(s, LOCKED);
	return s;
}

static void unlock(struct screen *s, const char *pin)
{
	screen_type(s, pin);
	screen_keys(s, "<Enter>");
	screen_wait_gone(s, LOCKED);
}

/* Open, and everything of the first sync is there. */
static struct screen *open_desk(struct counter *c, const char *lines)
{
	struct screen *s = locked_desk(c, lines);

	unlock(s, "567890");
	counter_synced(s);
	return s;
}

static void expect_no_secret(struct screen *s)
{
	for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++)
		if (screen_shows(s, secrets[i]))
			screen_fail(s, "\"%s\" can be read", secrets[i]);
}

/* The bytes that drew it, too: the whole screen was written from an empty one. */
static void expect_drawn_anew(struct screen *s, size_t mark)
{
	size_t len;
	const char *raw = screen_raw(s, mark, &len), *clear = memmem(raw, len, "\033[2J", 4);

	if (!clear)
		clear = memmem(raw, len, "\033[J", 3);
	if (!clear)
		screen_fail(s, "the screen was not cleared");
	/* What stands before it was drawn before the key was taken. */
	len -= (size_t)(clear - raw);
	raw = clear;
	for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++)
		if (memmem(raw, len, secrets[i], strlen(secrets[i])))
			screen_fail(s, "\"%s\" was written", secrets[i]);
}

static void lock_by_key(struct screen *s)
{
	size_t mark = screen_mark(s);

	screen_keys(s, "L");
	screen_wait(s, LOCKED);
	expect_no_secret(s);
	expect_drawn_anew(s, mark);
}

static void it_starts_locked_and_shows_no_order(void **state)
{
	struct counter *c = *state;
	struct screen *s = open_desk(c, "");

	screen_keys(s, "q");
	assert_int_equal(screen_exit_status(s), 0);
	screen_stop(s);
	/* The store is full now. */
	s = locked_desk(c, "");
	screen_wait(s, "New: 3");
	screen_wait(s, " ago");
	expect_no_secret(s);
	screen_wait(s, "Test shop");
	screen_wait(s, "Aigul");
}

static void a_key_locks_and_no_key_gets_through(void **state)
{
	struct screen *s = open_desk(*state, "");

	lock_by_key(s);
	screen_keys(s, "j q a <Enter> <F2> <Enter> <F10> <F1> / : J ? <C-c> <C-z> <Space> g");
	assert_true(screen_running(s));
	assert_true(screen_shows(s, LOCKED));
	screen_scan(s, "400000001");
	screen_wait(s, "as from a scanner");
	screen_scan(s, "567890");
	screen_wait_quiet(s, 500);
	assert_true(screen_shows(s, LOCKED));
	assert_false(screen_shows(s, WRONG));
	expect_no_secret(s);
	screen_keys(s, "<Esc>");
	unlock(s, "567890");
	screen_wait(s, "400000001");
	market_expect(((struct counter *)*state)->market, "400000001", "status", "APPROVED_BY_BANK");
}

static void it_locks_when_no_key_comes(void **state)
{
	struct screen *s = locked_desk(*state, "lock_after = 2\n");

	for (int i = 0; i < 2; i++) {
		unlock(s, "567890");
		screen_wait(s, LOCKED);
		expect_no_secret(s);
	}
}

static void what_was_open_comes_back_without_the_code(void **state)
{
	struct counter *c = *state;
	struct screen *s = open_desk(c, "lock_after = 8\n");

	counter_go(s, "400000021");
	screen_keys(s, "<F7>");
	screen_wait(s, "The buyer gets a code");
	screen_keys(s, "<Enter>");
	screen_wait(s, "Code sent at ");
	screen_type(s, "98765");
	screen_wait(s, "98765");
	screen_wait_ms(s, LOCKED, 2 * SCREEN_WAIT_MS);
	assert_false(screen_shows(s, "98765"));
	screen_keys(s, "<Up>");
	unlock(s, "1234");
	screen_wait(s, "Code sent at ");
	assert_false(screen_shows(s, "98765"));
}

static void who_unlocks_is_the_clerk_of_what_follows(void **state)
{
	struct counter *c = *state;
	struct screen *s = open_desk(c, "");

	screen_wait(s, "Bekzat");
	screen_keys(s, "<F2> <Enter>");
	market_expect(c->market, "400000001", "status", "ACCEPTED_BY_MERCHANT");
	lock_by_key(s);
	screen_keys(s, "<Up>");
	unlock(s, "1234");
	screen_wait(s, "Aigul");
	/* The first one has left the list. */
	screen_wait(s, "New: 2");
	counter_queue(s, "New");
	screen_keys(s, "<F2> <Enter>");
	market_expect(c->market, "400000002", "status", "ACCEPTED_BY_MERCHANT");
	counter_journal_wait(c, "\"note\":\"unlocked\",\"clerk\":\"Aigul\"");
	counter_journal_wait(c, "\"note\":\"locked\",\"clerk\":\"Bekzat\"");
	char *text = counter_journal(c);
	const char *first = strstr(text, "\"code\":\"400000002\""), *second = strstr(text, "\"code\":\"400000001\"");

	assert_non_null(first);
	assert_non_null(second);
	assert_true(first < second);
	assert_non_null(strstr(first, "\"clerk\":\"Aigul\""));
	assert_true(strstr(first, "\"clerk\":\"Aigul\"") < second);
	assert_non_null(strstr(second, "\"clerk\":\"Bekzat\""));
	free(text);
}

static void five_wrong_pins_cost_a_wait(void **state)
{
	struct counter *c = *state;
	struct screen *s = locked_desk(c, "");

	for (int i = 0; i < 5; i++) {
		screen_type(s, i % 2 ? "999999" : "1234");	/* of somebody else */
		screen_keys(s, "<Enter>");
		screen_wait(s, WRONG);
	}
	screen_wait(s, "Too many wrong PINs");
	screen_wait(s, "in 0:2");
	screen_type(s, "567890");
	screen_keys(s, "<Enter>");
	assert_true(screen_shows(s, LOCKED));
	counter_journal_wait(c, "\"note\":\"wrong_pin\",\"clerk\":\"Bekzat\"");
	screen_signal(s, SIGTERM);
	screen_exit_status(s);
	screen_stop(s);
	/* Starting anew shortens nothing; another clerk need not wait. */
	s = counter_start(c, 24, 80, NULL, NULL);
	screen_wait(s, "Too many wrong PINs");
	screen_keys(s, "<Up>");
	screen_wait_gone(s, "Too many wrong PINs");
	unlock(s, "1234");
}

static void the_digits_of_the_kazakh_layout_are_digits(void **state)
{
	struct screen *s = locked_desk(*state, "");

	screen_keys(s, "<Up>");
	unlock(s, "\"әің");
}

static void alerts_ring_on_while_it_is_locked(void **state)
{
	struct counter *c = *state;
	struct screen *s = open_desk(c, "notify = \"bell\"\nremind = 2\n");
	int64_t deadline = deadline_in(SCREEN_WAIT_MS);

	lock_by_key(s);
	market_order(c->market, "{\"code\":\"400000099\",\"name\":\"Dana Kim\",\"state\":\"NEW\",\"mode\":\"pickup\","
		"\"total\":5000}");
	screen_wait(s, "1 new order");
	screen_wait(s, "New: 4");
	expect_no_secret(s);
	/* A key says nothing before the PIN is right. */
	screen_keys(s, "j 1 <Esc>");
	for (int rung = screen_bells(s); screen_bells(s) < rung + 2;) {
		if (!deadline_left(deadline))
			screen_fail(s, "it rings no more");
		screen_pump(s, deadline_left(deadline));
	}
	unlock(s, "567890");
	screen_wait(s, "400000099");
}

static void a_phone_is_shown_for_whom_the_journal_names(void **state)
{
	struct counter *c = *state;
	struct screen *s = open_desk(c, "");

	counter_go(s, "400000021");
	screen_wait(s, "•••");
	screen_keys(s, "t");
	screen_wait_gone(s, "•••");
	screen_wait(s, "+7 701 000 00 05");
	counter_journal_wait(c, "\"note\":\"phone_shown\",\"clerk\":\"Bekzat\",\"code\":\"400000021\"");
	screen_keys(s, "t");
	screen_wait(s, "•••");
	screen_keys(s, "t");
	screen_wait(s, "+7 701 000 00 05");
	counter_go(s, "400000022");
	screen_wait(s, "•••");
	counter_go(s, "400000021");
	screen_wait(s, "•••");
	screen_keys(s, "t");
	screen_wait(s, "+7 701 000 00 05");
	lock_by_key(s);
	unlock(s, "567890");
	screen_wait(s, "•••");
}

static void without_a_pin_one_can_be_set(void **state)
{
	struct counter *c = *state;
	struct screen *s;

	configure(c, "lock_after = 600\n");
	s = counter_start(c, 24, 80, NULL, NULL);
	screen_wait(s, "nobody has a PIN");
	counter_synced(s);
	screen_keys(s, "L");
	screen_wait(s, "Set a PIN for Bekzat");
	screen_keys(s, "<Enter>");
	screen_wait_gone(s, "Set a PIN for Bekzat");
	screen_keys(s, "L <Left> <Enter>");
	screen_wait(s, "once more");
	screen_keys(s, "2 4 6 8 <Enter> 2 4 6 9 <Enter>");
	screen_wait(s, "not the same");
	screen_keys(s, "2 4 6 8 <Enter> 2 4 6 8");
	assert_false(screen_shows(s, "2468"));
	screen_keys(s, "<Enter>");
	screen_wait(s, "The PIN of Bekzat is set");
	lock_by_key(s);
	unlock(s, "2468");
}

static void a_list_of_clerks_that_was_touched_opens_nothing(void **state)
{
	struct counter *c = *state;
	struct screen *s = locked_desk(c, "");

	home_write(c->market->home, "state/duken/clerks.pin", 0644, "Eve:$y$\n");
	screen_type(s, "567890");
	screen_keys(s, "<Enter>");
	screen_wait(s, "clerks.pin");
	assert_true(screen_shows(s, LOCKED));
	screen_signal(s, SIGTERM);
	screen_exit_status(s);
	screen_stop(s);
	s = counter_start(c, 24, 80, NULL, NULL);
	assert_int_equal(screen_exit_status(s), 2);
	assert_true(screen_shows(s, "clerks.pin"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, counter_open, counter_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(it_starts_locked_and_shows_no_order),
		TEST(a_key_locks_and_no_key_gets_through),
		TEST(it_locks_when_no_key_comes),
		TEST(what_was_open_comes_back_without_the_code),
		TEST(who_unlocks_is_the_clerk_of_what_follows),
		TEST(five_wrong_pins_cost_a_wait),
		TEST(the_digits_of_the_kazakh_layout_are_digits),
		TEST(alerts_ring_on_while_it_is_locked),
		TEST(a_phone_is_shown_for_whom_the_journal_names),
		TEST(without_a_pin_one_can_be_set),
		TEST(a_list_of_clerks_that_was_touched_opens_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
