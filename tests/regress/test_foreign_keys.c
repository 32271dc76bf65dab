/* Home of PuTTY and screen under TERM=xterm arrived as an Esc and a digit and opened the order number. */
#include <string.h>

#include "tests/screen/counter.h"
#include "tests/unit/unit.h"

static void send(struct screen *s, const char *sequence)
{
	screen_send(s, sequence, strlen(sequence));
	screen_wait_quiet(s, 100);
}

static void home_and_end_of_another_terminal(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);
	int top = screen_cursor_row(s);

	send(s, "\033[4~");
	assert_true(screen_cursor_row(s) > top);
	send(s, "\033[1~");
	assert_int_equal(screen_cursor_row(s), top);
	assert_false(screen_shows(s, "Order number"));
}

static void an_unknown_sequence_is_no_key(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);

	send(s, "\033[97;5u");
	send(s, "\033[1;3Q");
	send(s, "\033[200~");
	assert_false(screen_shows(s, "Order number"));
	assert_false(screen_shows(s, "Accept order"));
	screen_keys(s, "4");
	screen_wait(s, "Order number");
}

static void an_unknown_function_key_of_the_console(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);

	send(s, "\033[[B");
	screen_wait(s, "Accept order");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, counter_open, counter_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(home_and_end_of_another_terminal),
		TEST(an_unknown_sequence_is_no_key),
		TEST(an_unknown_function_key_of_the_console),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
