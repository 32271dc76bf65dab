/* What nobody saw the end of: the clerk is told on every screen, decides, or does it once more. */
#include <stdlib.h>
#include <string.h>

#include "tests/screen/counter.h"
#include "tests/unit/unit.h"

#define ORDER "400000021"

static void expect(struct counter *c, const char *member, const char *value)
{
	CHECK_HERE();
	market_expect(c->market, ORDER, member, value);
}

/* The code went to the buyer, and the answer got lost. */
static struct screen *a_code_that_nobody_saw(struct counter *c)
{
	struct screen *s = counter_desk(c, 24, 80);

	market_fault(c->market, "match=\"POST\" when=after do=drop");
	counter_go(s, ORDER);
	screen_keys(s, "<F7>");
	screen_wait(s, "The buyer gets a code");
	screen_keys(s, "<Enter>");
	screen_wait(s, "1 to decide (J)");
	market_no_faults(c->market);
	return s;
}

static void the_second_step_is_there_and_says_so(void **state)
{
	struct counter *c = *state;
	struct screen *s = a_code_that_nobody_saw(c);
	char *buyer;

	screen_wait(s, "nobody saw");
	screen_wait(s, "Ctrl-R sends another code");
	expect(c, "requests.SEND_CODE", "1");
	/* The buyer has it after all. */
	buyer = market_code(c->market, ORDER);
	screen_type(s, buyer);
	screen_keys(s, "<Enter>");
	expect(c, "status", "COMPLETED");
	expect(c, "requests.SEND_CODE", "1");
	free(buyer);
}

static void another_code_needs_a_key_of_its_own(void **state)
{
	struct counter *c = *state;
	struct screen *s = a_code_that_nobody_saw(c);

	screen_keys(s, "<Esc>");
	screen_wait_gone(s, "[ No, back ]");
	assert_true(screen_shows(s, "1 to decide (J)"));
	screen_keys(s, "<F7>");
	screen_wait(s, "Ctrl-R sends another code");
	expect(c, "requests.SEND_CODE", "1");
	screen_keys(s, "<C-r>");
	screen_wait(s, "Code sent at ");
	screen_wait_gone(s, "to decide");
	expect(c, "requests.SEND_CODE", "2");
	assert_false(screen_shows(s, "nobody saw"));
}

static void open_record(struct screen *s)
{
	screen_keys(s, "<Esc>");
	screen_wait_gone(s, "[ No, back ]");
	screen_keys(s, "J");
	screen_wait(s, "Journal: 1 open, 1 to decide");
	screen_keys(s, "<Enter>");
	screen_wait(s, "[ It was not done ]");
}

static void the_record_says_everything(void **state)
{
	struct screen *s = a_code_that_nobody_saw(*state);

	open_record(s);
	screen_expect(s,
		"⋮\n"
		"~ .*┌ Action ─+┐.*\n"
		"~ .*│ 400000021 · Нұрлан Әбдіқадыров +│.*\n"
		"~ .*│ Send code to buyer: please decide +│.*\n"
		"~ .*│ Nobody can tell from here whether it was done: please check and +│.*\n"
		"~ .*│ decide\\. +│.*\n"
		"~ .*│ +│.*\n"
		"~ .*│ Confirmed by +Clerk │.*\n"
		"~ .*│ Confirmed +[0-9]{2}:[0-9]{2} │.*\n"
		"~ .*│ Sent +[0-9]{2}:[0-9]{2} │.*\n"
		"~ .*│ +│.*\n"
		"~ .*│ Look what became of it, then decide here\\. +│.*\n"
		"~ .*│ +│.*\n"
		"~ .*│ \\[ Open the order \\] +│.*\n"
		"~ .*│ \\[ It was done \\] +│.*\n"
		"~ .*│ \\[ It was not done \\] +│.*\n"
		"~ .*│ \\[ Back \\] +│.*\n"
		"~ .*└─+┘.*\n"
		"⋮\n");
	screen_keys(s, "<Enter>");
	screen_wait_gone(s, "┌ Journal");
	screen_wait(s, "┌ " ORDER);
}

static void a_decision_starts_on_no(void **state)
{
	struct screen *s = a_code_that_nobody_saw(*state);

	open_record(s);
	screen_keys(s, "<Down> <Enter>");
	screen_wait(s, "Nothing is sent.");
	screen_keys(s, "<Enter>");
	screen_wait_gone(s, "Nothing is sent.");
	assert_true(screen_shows(s, "1 to decide (J)"));
	screen_keys(s, "<Enter>");
	screen_wait(s, "Nothing is sent.");
	screen_keys(s, "<Left> <Enter>");
	screen_wait(s, "Journal: 0 open, 0 to decide");
	screen_wait(s, "Send code to buyer: done");
	assert_false(screen_shows(s, "to decide (J)"));
	/* What was done is done: the hand-out goes on with the code. */
	screen_keys(s, "<Esc> <F7>");
	screen_wait(s, "Code sent at ");
}

static void what_was_not_done_can_be_done(void **state)
{
	struct counter *c = *state;
	struct screen *s = a_code_that_nobody_saw(c);

	open_record(s);
	screen_keys(s, "<Down> <Down> <Enter>");
	screen_wait(s, "It was not done: ");
	screen_keys(s, "<Left> <Enter>");
	screen_wait(s, "Journal: 0 open, 0 to decide");
	screen_keys(s, "<Esc> <F7>");
	screen_wait(s, "The buyer gets a code");
	screen_keys(s, "<Enter>");
	screen_wait(s, "Code sent at ");
	expect(c, "requests.SEND_CODE", "2");
}

static void a_desk_that_only_reads_decides_nothing(void **state)
{
	struct counter *c = *state;
	struct screen *s = a_code_that_nobody_saw(c);

	screen_stop(s);
	s = counter_start(c, 24, 80, NULL, (const char *[]){ "--read-only", NULL });
	counter_synced(s);
	screen_wait(s, "1 to decide (J)");
	screen_keys(s, "J");
	screen_wait(s, "Send code to buyer: please decide");
	screen_keys(s, "<Enter>");
	screen_wait(s, "[ Back ]");
	assert_false(screen_shows(s, "[ It was done ]"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, counter_open, counter_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_second_step_is_there_and_says_so),
		TEST(another_code_needs_a_key_of_its_own),
		TEST(the_record_says_everything),
		TEST(a_decision_starts_on_no),
		TEST(what_was_not_done_can_be_done),
		TEST(a_desk_that_only_reads_decides_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
