/* Several shops on one desk: a worker each, one of them on the screen. And the desk in another language. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "desk/clerks.h"
#include "tests/lib/patience.h"
#include "tests/screen/counter.h"
#include "tests/unit/unit.h"

/* The counter's shop and a second marketplace beside it, whose settings go into the counter's. */
struct street {
	struct counter *counter;
	struct market *other;
};

static void settings_of_both(struct street *st, const char *other_token)
{
	char *lines = xasprintf("clerk = \"Clerk\"\ndefault_shop = \"test\"\nshop other {\n\tlabel = \"Other shop\"\n\tprovider = \"kaspi\"\n"
		"\tbase_url = \"%s\"\n%s%s%s\tpoll_new = 1\n\tgrace = 0\n}\n", st->other->url,
		other_token ? "\ttoken_file = \"" : "", other_token ? other_token : "", other_token ? "\"\n" : "");
	market_configure(st->counter->market, "\tgrace = 0\n\taccept_within = 0\n\tpoll_new = 1\n", lines);
	free(lines);
}

static int open_street(void **state)
{
	struct street *st = xcalloc(1, sizeof(*st));
	void *counter;

	counter_open(&counter);
	st->counter = counter;
	st->other = market_start(&(struct market_options){ .orders = 0 });
	market_configure(st->other, NULL, NULL);
	market_order(st->other, "{\"code\":\"500000001\",\"mode\":\"pickup\",\"state\":\"NEW\",\"name\":\"Лейла Омарова\","
		"\"firstName\":\"Лейла\",\"lastName\":\"Омарова\",\"express\":false}");
	char *token = home_path(st->other->home, "config/duken/token");
	settings_of_both(st, token);
	free(token);
	*state = st;
	return 0;
}

static int close_street(void **state)
{
	struct street *st = *state;
	void *counter = st->counter;

	counter_close(&counter);
	market_stop(st->other);
	free(st);
	return 0;
}

static struct screen *desk(struct street *st, int cols)
{
	struct screen *s = counter_desk(st->counter, 24, cols);

	screen_wait(s, cols > 60 ? "Other shop: 1" : "others: 1");
	return s;
}

static void the_head_counts_the_other_shop(void **state)
{
	struct street *st = *state;
	struct screen *s = desk(st, 132);

	market_order(st->other, "{\"code\":\"500000002\",\"mode\":\"pickup\",\"state\":\"NEW\",\"express\":false}");
	screen_wait(s, "Other shop: 2");
	screen_wait(s, "Other shop (S): 1 new order");
}

static void a_narrow_head_counts_them_in_one_number(void **state)
{
	struct screen *s = desk(*state, 60);

	assert_true(screen_shows(s, "others: 1"));
}

static void the_other_shop_is_shown_and_left_again(void **state)
{
	struct screen *s = desk(*state, 132);

	screen_keys(s, "S");
	screen_wait(s, "Test shop   New: 3");
	screen_keys(s, "<Up> <Enter>");
	screen_wait(s, "500000001");
	screen_wait(s, "Test shop: 3");
	assert_false(screen_shows(s, "400000001"));
	screen_keys(s, "S <Down> <Enter>");
	screen_wait(s, "400000001");
	assert_false(screen_shows(s, "500000001"));
}

static void an_action_goes_to_the_shop_on_the_screen(void **state)
{
	struct street *st = *state;
	struct screen *s = desk(st, 132);

	screen_keys(s, "S <Up> <Enter>");
	screen_wait(s, "500000001");
	screen_keys(s, "<F2>");
	screen_wait(s, "Accept order");
	screen_keys(s, "<Enter>");
	market_expect(st->other, "500000001", "status", "ACCEPTED_BY_MERCHANT");
	market_expect(st->counter->market, "400000001", "status", "APPROVED_BY_BANK");
}

static void the_number_of_another_shops_order_leads_there(void **state)
{
	struct screen *s = desk(*state, 132);

	screen_keys(s, "500000001 <Enter>");
	screen_wait(s, "It is an order of the shop");
	screen_keys(s, "<Enter>");
	screen_wait(s, "Омарова");
	screen_wait(s, " 500000001 ");
	screen_wait(s, "Test shop: 3");
}

static void a_shop_without_a_token_of_its_own_does_not_run(void **state)
{
	struct street *st = *state;
	const char *const env[] = { "DUKEN_TOKEN=sim-token", NULL };
	struct screen *s;

	settings_of_both(st, NULL);
	s = counter_start(st->counter, 24, 132, env, NULL);
	counter_synced(s);
	screen_wait(s, "Other shop: 0!");
	screen_keys(s, "S <Up> <Enter>");
	screen_wait(s, "has no token of its own");
	assert_int_equal(market_requests(st->other, "/v2/orders"), 0);
}

static void a_dead_server_of_the_other_shop_marks_it(void **state)
{
	struct street *st = *state;
	struct screen *s = desk(st, 132);

	market_down(st->other);
	screen_wait(s, "Other shop: 1!");
	screen_keys(s, "S");
	screen_wait(s, "OFFLINE since");
	/* The shop on the screen goes on. */
	screen_keys(s, "<Esc> <F2>");
	screen_wait(s, "Accept order");
}

static void the_desk_begins_anew_in_another_language(void **state)
{
	struct screen *s = desk(*state, 132);

	screen_keys(s, "<C-t>");
	screen_wait(s, "English");
	screen_keys(s, "<Up> <Enter>");
	screen_wait(s, "Упаковка");
	screen_wait(s, "400000001");
	screen_keys(s, "<C-t>");
	screen_wait(s, "English");
	screen_keys(s, "<Up> <Enter>");
	screen_wait(s, "Қаптау");
	screen_keys(s, "<F10>");
	assert_int_equal(screen_exit_status(s), 0);
}

static void the_language_waits_for_what_is_under_way(void **state)
{
	struct street *st = *state;
	struct screen *s = desk(st, 132);

	market_fault(st->counter->market, "match=\"POST /v2/orders$\" do=silence:60000");
	screen_keys(s, "<F2>");
	screen_wait(s, "Accept order");
	screen_keys(s, "<Enter>");
	screen_wait(s, "Esc goes on");
	screen_keys(s, "<Esc> <C-t>");
	screen_wait(s, "English");
	screen_keys(s, "<Up> <Enter>");
	screen_wait(s, "under way still");
	assert_true(screen_shows(s, "English"));
}

static void one_lock_is_for_all_shops_and_languages(void **state)
{
	struct street *st = *state;
	struct screen *s = desk(st, 132);
	char *path = home_path(st->counter->market->home, "state/duken/clerks.pin");
	struct clerks clerks = { .n = 0 };

	assert_true(clerks_set(&clerks, "Aigul", "1234", NULL));
	assert_true(clerks_save(path, &clerks, NULL));
	clerks_clear(&clerks);
	free(path);
	screen_keys(s, "L");
	screen_wait(s, "The desk is locked");
	screen_wait(s, "New: 3");
	screen_wait(s, "New: 1");
	market_order(st->other, "{\"code\":\"500000002\",\"mode\":\"pickup\",\"state\":\"NEW\",\"express\":false}");
	screen_wait(s, "1 new order");
	assert_false(screen_shows(s, "00000"));
	screen_keys(s, "S 1 2 3 4 <Enter>");
	screen_wait(s, "Test shop · Aigul");
	screen_keys(s, "S <Up> <Enter>");
	screen_wait(s, "Other shop · Aigul");
	/* Begun anew in another language it knows who unlocked it. */
	screen_keys(s, "<C-t>");
	screen_wait(s, "English");
	screen_keys(s, "<Up> <Enter>");
	screen_wait(s, "Упаковка");
	screen_wait(s, "Other shop · Aigul");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_street, close_street)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_head_counts_the_other_shop),
		TEST(a_narrow_head_counts_them_in_one_number),
		TEST(the_other_shop_is_shown_and_left_again),
		TEST(an_action_goes_to_the_shop_on_the_screen),
		TEST(the_number_of_another_shops_order_leads_there),
		TEST(a_shop_without_a_token_of_its_own_does_not_run),
		TEST(a_dead_server_of_the_other_shop_marks_it),
		TEST(the_desk_begins_anew_in_another_language),
		TEST(the_language_waits_for_what_is_under_way),
		TEST(one_lock_is_for_all_shops_and_languages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
