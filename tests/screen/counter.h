/* A shop's counter: a simulated marketplace with known orders, and the desk on a screen.
 *
 *	static void test(void **state)
 *	{
 *		struct counter *c = *state;
 *		struct screen *s = counter_desk(c, 24, 80);
 *
 *		screen_keys(s, "<F2> <Enter>");
 *		market_expect(c->market, "400000001", "state", "PICKUP");
 *	}
 *	... cmocka_unit_test_setup_teardown(test, counter_open, counter_close) ...
 *
 * The orders (counter_open() made them; older first, minutes ago):
 *
 *	400000001 new, pickup	Айгерім Сәрсенова	60	400000021 pickup  Нұрлан Әбдіқадыров	48
 *	400000002 new, own	Иван Петров		50	400000022 pickup  Мария Котова		45
 *	400000003 new, kaspi	Dana Kim		40	400000031 own delivery  Ерлан Жұмабаев	35
 *	400000011 to pack	Ольга Ким, 3 lines	30	400000041 assembled  Асель Төлеген	25
 *	400000012 to pack	Серік Мұратұлы		20	400000051 archive  Алия Нұрланқызы	90
 */
#ifndef TESTS_SCREEN_COUNTER_H
#define TESTS_SCREEN_COUNTER_H

#include "tests/lib/market.h"
#include "tests/screen/picture.h"
#include "tests/screen/screen.h"

/* The default theme's, as the palette of a terminal with 256 colours has them. */
#define COLOUR_BAD 160
#define COLOUR_WARN 136

/* Environment of a desk that is to crash: the sanitizer lets it do so by itself. */
#define COUNTER_CRASHES "ASAN_OPTIONS=handle_segv=0:handle_abort=0:handle_sigbus=0:handle_sigfpe=0"

struct counter {
	struct market *market;
	const char *program;	/* that is started, as for built_path(); NULL: duken */
};

/* cmocka's setup and teardown; grace is 0, and no order is urgent. */
int counter_open(void **state);
int counter_close(void **state);

/* Starts the desk and waits until its first sync is on the screen. */
struct screen *counter_desk(struct counter *c, int rows, int cols);
/* The same with more environment (home_env()) and arguments, both may be NULL; does not wait. */
struct screen *counter_start(struct counter *c, int rows, int cols, const char *const *env,
	const char *const *args);
/* Waits for the first sync. */
void counter_synced(struct screen *s);
/* Puts the focus into the order list of a queue, by its label. */
void counter_queue(struct screen *s, const char *label);
/* Opens an order by typing its number. */
void counter_go(struct screen *s, const char *code);
/* A terminal like xterm-256color but for those capabilities, for TERM=NAME. */
void counter_terminal(struct counter *c, const char *name, const char *capabilities);
/* What `duken journal --json` says; the caller frees it. And waits until it has the piece. */
char *counter_journal(struct counter *c);
void counter_journal_wait(struct counter *c, const char *piece);
/* Brings the marketplace back after market_down(), with the orders as they were at first. */
void counter_up(struct counter *c);

#endif
