/* What people see, at the sizes that they have. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "tests/screen/counter.h"
#include "tests/unit/unit.h"

#define HEAD "~  duken · Test shop · Clerk +● [0-9]+ s ago   New: [0-9]   [0-9]{2}:[0-9]{2}\n"
#define STATUS "~ .*\n"
#define HINTS "~  Enter Open  Space Mark  a Accept .*\n"
#define KEYS_80 "F1Help F2Accept F3Find F4Assemble F6Waybill F7Hand out F8Cancel F9Menu F10Quit\n"
#define KEYS "F1Help F2Accept F3Find F4Assemble F5Refresh F6Waybill F7Hand out F8Cancel order F9Menu F10Quit\n"

static void orders_at_80x24(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);

	screen_expect(s,
		HEAD
		"~ ┌ Queues ─{10}┐┌ New · 3 ─+ [0-9]+ s ago ┐\n"
		"│New              3││ 400000001  Айгерім Сәрсенова              12 990 ₸    1 h│\n"
		"│Pack             2││ 400000002  Иван Петров                     4 000 ₸ 50 min│\n"
		"│Hand over        1││ 400000003  Dana Kim                      250 000 ₸ 40 min│\n"
		"│With courier     0││                                                          │\n"
		"│Pickup           2││                                                          │\n"
		"│Own delivery     1││                                                          │\n"
		"│Pre-orders       0││                                                          │\n"
		"│To sign          0││                                                          │\n"
		"│Returns          0││                                                          │\n"
		"│Other            0││                                                          │\n"
		"│Archive          1││                                                          │\n"
		"│                  ││                                                          │\n"
		"⋮\n"
		"│                  ││                                                          │\n"
		"└──────────────────┘└──────────────────────────────────────────────────────────┘\n"
		STATUS
		KEYS_80);
	assert_int_equal(screen_cursor_row(s), 2);
	assert_true(screen_cell(s, 2, 30).reverse);
	assert_false(screen_cell(s, 3, 30).reverse);
}

static void details_at_80x24(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);

	counter_go(s, "400000031");
	screen_expect(s,
		HEAD
		"┌ Queues ──────────┐┌ 400000031 ───────────────────────────────────────────────┐\n"
		"│New              3││Ерлан Жұмабаев                                            │\n"
		"│Pack             2││+7 7•• ••• 00 07                                   9 900 ₸│\n"
		"│Hand over        1││Own delivery                                              │\n"
		"│With courier     0││Accepted                                                  │\n"
		"~ │Pickup           2││Deliver by [0-9]{2}\\.[0-9]{2} [0-9]{2}:[0-9]{2} \\(in 1 d\\) +│\n"
		"│Own delivery     1││                                                          │\n"
		"~ │Pre-orders       0││Чайник электрический +│\n"
		"~ │To sign          0││[0-9].* ₸ +[0-9  ]+ ₸│\n"
		"~ │Returns          0││[A-Z0-9-]+, PP[0-9] +│\n"
		"│Other            0││                                                          │\n"
		"│Archive          1││Delivery in town                                          │\n"
		"~ │                  ││[^ ].*, .*│\n"
		"~ │                  ││[0-9]{2}\\.[0-9]{4}, [0-9]{2}\\.[0-9]{4} +│\n"
		"~ │                  ││From: PP[0-9], г\\. .*, .*[0-9] +│\n"
		"~ │                  ││(Paid|Credit, [0-9]+ months) +│\n"
		"~ │                  ││Ordered +[0-9]{2}:[0-9]{2}│\n"
		"~ │                  ││Promised to the buyer +[0-9]{2}\\.[0-9]{2} [0-9]{2}:[0-9]{2}│\n"
		"│                  ││                                                          │\n"
		"~ │                  ││[^ ]+.*, [0-9]{9} +│\n"
		"~ └─{18}┘└─+(…──)?┘\n"
		STATUS
		KEYS_80);
	screen_keys(s, "<Esc>");
	screen_wait(s, "┌ Own delivery · 1 ");
	screen_keys(s, "<Esc>");
	assert_int_equal(screen_cursor_row(s), 7);
	assert_int_equal(screen_cursor_col(s), 1);
}

static void stacked_at_100x30(void **state)
{
	struct screen *s = counter_desk(*state, 30, 100);

	screen_expect(s,
		HEAD
		"~ ┌ Queues ─{15}┐┌ New · 3 ─+ [0-9]+ s ago ┐\n"
		"│New                   3││ 400000001  Айгерім Сәрсенова                             12 990 ₸    1 h│\n"
		"│Pack                  2││ 400000002  Иван Петров                                    4 000 ₸ 50 min│\n"
		"│Hand over             1││ 400000003  Dana Kim                                     250 000 ₸ 40 min│\n"
		"⋮\n"
		"│                       │└─────────────────────────────────────────────────────────────────────────┘\n"
		"│                       │┌ 400000001 ──────────────────────────────────────────────────────────────┐\n"
		"│                       ││Айгерім Сәрсенова                                                        │\n"
		"│                       ││+7 7•• ••• 00 00                                                 12 990 ₸│\n"
		"│                       ││New                                                                      │\n"
		"│                       ││Approved by the bank                                                     │\n"
		"│                       ││                                                                         │\n"
		"│                       ││Чайник электрический                                                     │\n"
		"⋮\n"
		"└───────────────────────┘└──────────────────────────────────────────────────────────────────────…──┘\n"
		STATUS
		HINTS
		KEYS);
}

static void three_panes_at_132x43(void **state)
{
	struct screen *s = counter_desk(*state, 43, 132);

	screen_expect(s,
		HEAD
		"~ ┌ Queues ─{16}┐┌ New · 3 ─+ [0-9]+ s ago ┐┌ 400000001 ─{29}┐\n"
		"│New                    3││ 400000001  Айгерім Сәрсенова                  12 990 ₸    1 h││Айгерім Сәрсенова                       │\n"
		"│Pack                   2││ 400000002  Иван Петров                         4 000 ₸ 50 min││+7 7•• ••• 00 00                12 990 ₸│\n"
		"│Hand over              1││ 400000003  Dana Kim                          250 000 ₸ 40 min││New                                     │\n"
		"│With courier           0││                                                              ││Approved by the bank                    │\n"
		"│Pickup                 2││                                                              ││                                        │\n"
		"~ │Own delivery           1││ +││Чайник электрический +│\n"
		"⋮\n"
		"└────────────────────────┘└──────────────────────────────────────────────────────────────┘└────────────────────────────────────────┘\n"
		STATUS
		HINTS
		KEYS);
	screen_keys(s, "<Down>");
	screen_wait(s, "┌ 400000002 ");
	screen_wait_quiet(s, 60);
	assert_int_equal(screen_cursor_row(s), 3);
	screen_keys(s, "<Tab>");
	assert_true(screen_cursor_col(s) > 90);
}

static void marks_and_the_dialog_for_them(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);

	screen_keys(s, "<Down> <Space> <Space> <F2>");
	screen_expect_at(s, 2,
		"│New              3││ 400000001  Айгерім Сәрсенова              12 990 ₸    1 h│\n"
		"│Pack             2││*400000002  Иван Петров                     4 000 ₸ 50 min│\n"
		"│Hand over        1││*400000003  Dana Kim                      250 000 ₸ 40 min│\n"
		"│With courier     0││                                                          │\n"
		"│Pickup           2││                                                          │\n"
		"│Own delivery     1││                                                          │\n"
		"│Pre-or┌ Accept order ──────────────────────────────────────────────────┐      │\n"
		"│To sig│ 2 orders are marked                                            │      │\n"
		"│Return│ The shop takes the order on and has to deliver it in time.     │      │\n"
		"│Other │                                                                │      │\n"
		"│Archiv│ [ Accept ]  [ No, back ]                                       │      │\n"
		"│      └────────────────────────────────────────────────────────────────┘      │\n");
	/* The cursor is on the button that Enter presses. */
	assert_int_equal(screen_cursor_row(s), 12);
	assert_true(screen_cursor_col(s) < 16);
	screen_keys(s, "<Enter>");
	screen_wait(s, "2 of 2 done");
	screen_expect_at(s, 8,
		"~ .*┌ Accept order ─+ Enter opens, u takes one back, f: what needs a look ┐.*\n"
		"~ .*│ ..:..: 2 of 2 done, 0 waiting +│.*\n"
		"~ .*│ +│.*\n"
		"~ .*│400000002  accepted +│.*\n"
		"~ .*│400000003  accepted +│.*\n"
		"~ .*└─+┘.*\n");
}

static void a_cancel_dialog(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);

	counter_go(s, "400000011");
	screen_keys(s, "<F8>");
	screen_expect_at(s, 4,
		"│Hand o┌ Cancel order ──────────────────────────────────────────────────┐      │\n"
		"~ .*│ 400000011 · Ольга Ким · [0-9  ]+ ₸ +│.*\n"
		"~ .*│ The order is cancelled for good. Cancellations count against   │.*\n"
		"~ .*│ +the shop's rating. +│.*\n"
		"~ .*│                                                                │.*\n"
		"~ .*│ Reason                                                         │.*\n"
		"~ .*│ \\( \\) 1 The buyer refused                                        │.*\n"
		"~ .*│ \\( \\) 2 The buyer cannot be reached                              │.*\n"
		"~ .*│ \\( \\) 3 Out of stock                                             │.*\n"
		"~ .*│                                                                │.*\n"
		"~ .*│ Comment                                                 0/1000 │.*\n"
		"~ .*│                                                                │.*\n"
		"~ .*│                                                                │.*\n"
		"~ .*│ \\[ Cancel order \\]  \\[ No, back \\]                                 │.*\n"
		"~ .*└────────────────────────────────────────────────────────────────┘.*\n");
}

static void an_assemble_dialog(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);

	counter_go(s, "400000011");
	screen_wait(s, "Чайник");
	screen_keys(s, "<F4>");
	screen_expect_at(s, 5,
		"~ .*┌ Assemble order ────────────────────────────────────────────────┐.*\n"
		"~ .*│ 400000011 · Ольга Ким · [0-9  ]+ ₸ +│.*\n"
		"~ .*│ The order is packed; a waybill is made for every parcel.       │.*\n"
		"~ .*│                                                                │.*\n"
		"~ .*│ Parcels                                                        │.*\n"
		"~ .*│ 1                                                              │.*\n"
		"~ .*│  1  one parcel for everything                                  │.*\n"
		"~ .*│  3  one for each different item                                │.*\n"
		"~ .*│  [0-9]  one for each piece                                         │.*\n"
		"~ .*│                                                                │.*\n"
		"~ .*│ \\[ Assemble \\]  \\[ No, back \\]                                     │.*\n"
		"~ .*└────────────────────────────────────────────────────────────────┘.*\n");
	assert_int_equal(screen_cursor_row(s), 10);
}

static void help_scrolls_and_closes(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);

	screen_keys(s, "<F1>");
	screen_wait(s, "┌ Help ");
	screen_wait(s, "F2 a             Accept order");
	screen_wait(s, " PgDn shows more ┐");
	screen_keys(s, "<PgDn>");
	screen_wait(s, "Up k             Move up");
	screen_keys(s, "<End>");
	screen_wait(s, "Archive: Finished orders: handed out, cancelled or returned.");
	screen_wait(s, "Keys work by their place on the keyboard");
	screen_wait_gone(s, "PgDn shows more");
	screen_keys(s, "<Esc>");
	screen_wait_gone(s, "┌ Help ");
	screen_wait(s, "400000001");
}

static void the_journal_tells_what_was_done(void **state)
{
	struct counter *c = *state;
	struct screen *s = counter_desk(c, 24, 80);

	screen_keys(s, "<F2> <Enter>");
	market_expect(c->market, "400000001", "state", "PICKUP");
	screen_wait(s, "accepted");
	screen_keys(s, "J");
	screen_expect_at(s, 1,
		"┌ Journal: 0 open, 0 to decide ───────────────────────── Enter shows all of it ┐\n"
		"│░░:░░       400000001  Accept order: done                                Clerk│\n"
		"│                                                                              │\n");
	screen_keys(s, "<Esc>");
	screen_wait_gone(s, "┌ Journal");
}

static void the_menu_runs_a_command_by_name(void **state)
{
	struct screen *s = counter_desk(*state, 24, 80);

	screen_keys(s, ":");
	screen_wait(s, "┌ Menu ");
	screen_type(s, "cancel");
	screen_wait_gone(s, "A page up");
	screen_keys(s, "<Enter>");
	screen_wait(s, "[ Cancel order ]");
	screen_wait(s, "400000001 · ");
}

static void russian(void **state)
{
	struct screen *s = counter_start(*state, 24, 80, (const char *[]){ "LANGUAGE=ru", NULL }, NULL);

	screen_expect(s,
		"~  duken · Test shop · Clerk +● [0-9]+ с назад   Новые: 3   [0-9]{2}:[0-9]{2}\n"
		"~ ┌ Очереди ─{9}┐┌ Новые · 3 ─+ [0-9]+ с назад ┐\n"
		"│Новые            3││ 400000001  Айгерім Сәрсенова              12 990 ₸    1 ч│\n"
		"│Упаковка         2││ 400000002  Иван Петров                     4 000 ₸ 50 мин│\n"
		"│Передача         1││ 400000003  Dana Kim                      250 000 ₸ 40 мин│\n"
		"│Переданы         0││                                                          │\n"
		"│Самовывоз        2││                                                          │\n"
		"⋮\n"
		"│Архив            1││                                                          │\n"
		"⋮\n"
		"└──────────────────┘└──────────────────────────────────────────────────────────┘\n"
		STATUS
		"F1Помощь F2Принять F3Найти F4Собрать F6Накладная F7Выдать F8Отменить F10Выход\n");
	screen_keys(s, "ч");
	screen_wait(s, "┌ Отменить заказ ");
	screen_wait(s, "( ) 3 Товара нет в наличии");
	screen_wait(s, "[ Отменить заказ ]  [ Нет, назад ]");
}

/* The server is asked for what the cursor rests on, not for what it passes. */
static void a_cursor_on_its_way_asks_for_nothing(void **state)
{
	struct counter *c = *state;
	struct screen *s;
	size_t before;

	for (int i = 0; i < 60; i++) {
		char json[300];

		snprintf(json, sizeof(json), "{\"code\":\"4200000%02d\",\"state\":\"NEW\",\"mode\":\"own\","
			"\"product\":\"Чайник электрический\",\"created_ms\":%lld}", i,
			(long long)(clock_now_ms() - i * CLOCK_MINUTE_MS));
		market_order(c->market, json);
	}
	s = counter_desk(c, 43, 132);
	screen_wait_gone(s, "Asking the server");
	screen_wait_quiet(s, 500);
	before = market_requests(c->market, "/entries");
	for (int i = 0; i < 50; i++)
		screen_send(s, "j", 1);
	screen_wait(s, "┌ 42000001");
	screen_wait_quiet(s, 500);
	screen_wait(s, "Чайник электрический");
	assert_true(market_requests(c->market, "/entries") <= before + 2);
	assert_true(market_requests(c->market, "/product") <= 3);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, counter_open, counter_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(orders_at_80x24),
		TEST(details_at_80x24),
		TEST(stacked_at_100x30),
		TEST(three_panes_at_132x43),
		TEST(marks_and_the_dialog_for_them),
		TEST(a_cancel_dialog),
		TEST(an_assemble_dialog),
		TEST(help_scrolls_and_closes),
		TEST(the_journal_tells_what_was_done),
		TEST(the_menu_runs_a_command_by_name),
		TEST(a_cursor_on_its_way_asks_for_nothing),
		TEST(russian),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
