/* Every pane and dialog in every language and at several sizes, as it looked when somebody last read it: the files
 * tests/golden/LANGUAGE-ROWSxCOLUMNS. Runs of digits, of blanks and of equal lines count as one, so that no clock and no
 * age matters; a letter that is cut off, an untranslated word or a lost sentence does. After a change of the screens
 *
 *	DUKEN_GOLDEN_WRITE=1 tests/screen/test_golden
 *
 * writes them anew; the difference is then to be read like any other. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/mem.h"
#include "tests/lib/patience.h"
#include "tests/screen/counter.h"
#include "tests/unit/unit.h"


struct look {
	const char *language;
	int rows, cols;
};

/* From one to the next: what is typed, and what is seen then. Each leaves the screen as the next one needs it. Behind
 * a dialog that was left the status line says so for a while: it is not looked at there. */
static const struct {
	const char *name, *keys;
	bool after_dialog;
} steps[] = {
	{ "new orders", "<Home>", false },
	{ "an open order", "<Enter>", false },
	{ "help", "<Esc> <F1>", false },
	{ "more help", "<PgDn>", false },
	{ "the end of help", "<End>", false },
	{ "menu", "<Esc> <F9>", false },
	{ "more of the menu", "<PgDn> <PgDn>", false },
	{ "not possible now", "<PgUp> <PgUp> <PgUp> <Down> <Down> <Down> <Down> <Down> <Down>", false },
	{ "search", "<Esc> <F3>", false },
	{ "found", "и <Enter>", false },
	{ "marked", "<Esc> <Esc> <Right> *", false },
	{ "pick list", "- p", false },
	{ "journal", "<Esc> J", false },
	{ "a number", "<Esc> 4", false },
	{ "queues", "<Esc> <Esc> <Esc>", false },
	{ "orders to pack", "<Down> <Enter>", false },
	{ "orders to be picked up", "<Esc> <Down> <Down> <Down> <Enter>", false },
	{ "hand out", "<F7>", false },
	{ "assemble", "<Esc> <Esc> <Up> <Up> <Up> <Enter> <F4>", true },
	{ "weight", "<Esc> m", true },
	{ "take out", "<Esc> e", true },
	{ "IMEI", "<Esc> i", true },
	{ "accept", "<Esc> <Esc> <Up> <Enter> <F2>", true },
	{ "cancel", "<Esc> <F8>", true },
	{ "cancel without a reason", "<Tab> <Tab> <Enter>", true },
	{ "accept all", "<Esc> * <F2>", true },
	{ "no hand-out", "<Esc> - <F7>", false },
	{ "no assembling", "<F4>", false },
	{ "not returned", "b", false },
	{ "not arrived", "v", false },
	{ "no batches", "B", false },
};

/* ---- what matters of a screen ------------------------------------------------------------------ */

/* The length of one of the signs at the front of the text that are drawn in runs, or 0. */
static size_t run_sign(const char *text)
{
	static const char *const signs[] = { " ", "\u00a0", "─", "░" };

	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (strncmp(text, signs[i], strlen(signs[i])) == 0)
			return strlen(signs[i]);
	return 0;
}

static void shorten(struct buf *out, const char *line)
{
	while (*line) {
		size_t digits = strspn(line, "0123456789"), sign = run_sign(line);

		if (*line == 'F') {	/* and the number of a key */
			buf_addc(out, *line++);
			while (*line >= '0' && *line <= '9')
				buf_addc(out, *line++);
		} else if (digits > 0) {
			buf_addc(out, '9');
			line += digits;
		} else if (sign > 0) {
			buf_add(out, *line == '\xc2' ? " " : line, *line == '\xc2' ? 1 : sign);
			while (run_sign(line) == sign)
				line += sign;
		} else {
			buf_addc(out, *line++);
		}
	}
}

static void add_screen(struct buf *out, struct screen *s, const char *name, bool without_status)
{
	int rows = screen_rows(s), last = 0;
	char *before = xstrdup("");

	buf_addf(out, "== %s\n", name);
	for (int row = 0; row < rows; row++)
		if (*screen_line(s, row))
			last = row;
	for (int row = 0; row <= last; row++) {
		struct buf line = BUF_INIT(BUF_MAX_LINE);

		if (without_status && row == rows - (rows < 30 ? 2 : 3))
			continue;
		shorten(&line, screen_line(s, row));
		if (strcmp(buf_str(&line), before) != 0)
			buf_addf(out, "%s\n", buf_str(&line));
		free(before);
		before = buf_take(&line);
	}
	free(before);
	buf_addc(out, '\n');
}

/* ---- the files --------------------------------------------------------------------------------- */

static char *golden_path(const struct look *look)
{
	const char *dir = getenv("DUKEN_SRCDIR");

	return xasprintf("%s/tests/golden/%s-%dx%d", dir ? dir : ".", look->language, look->rows, look->cols);
}

static void read_golden(const char *path, struct buf *out)
{
	FILE *f = fopen(path, "r");
	char part[4096];
	size_t n;

	if (!f)
		check_fail("%s: %s", path, strerror(errno));
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		buf_add(out, part, n);
	fclose(f);
}

static void write_golden(const char *path, const struct buf *text)
{
	FILE *f = fopen(path, "w");

	if (!f || fwrite(buf_str(text), 1, text->len, f) != text->len || fclose(f) != 0)
		check_fail("%s: %s", path, strerror(errno));
}

/* The whole of what is said in a list of commands has to be there. */
static void expect_uncut(struct screen *s, const char *name)
{
	int row = 0;

	if (strstr(name, "menu") && screen_cols(s) == 80 && screen_find(s, "…", &row, NULL))
		screen_fail(s, "%s: a line is cut", name);
}

/* The first line in which they part. */
static void show_difference(const char *path, const char *step, char *want, char *got)
{
	char *w, *g;

	do {
		w = strsep(&want, "\n");
		g = strsep(&got, "\n");
	} while (w && g && strcmp(w, g) == 0);
	check_fail("%s, %s\n  read: %s\n  seen: %s", path, step, w ? w : "(its end)", g ? g : "(its end)");
}

/* Waits until the screen is as it was read: the front of *golden, which goes on behind it. */
static void expect_screen(struct screen *s, const char *path, size_t step, const char **golden)
{
	int64_t deadline = deadline_in(SCREEN_WAIT_MS);
	struct buf seen = BUF_INIT(BUF_MAX_FILE);

	for (;;) {
		buf_reset(&seen);
		add_screen(&seen, s, steps[step].name, steps[step].after_dialog);
		if (strncmp(*golden, buf_str(&seen), seen.len) == 0)
			break;
		if (!screen_pump(s, deadline_left(deadline))) {
			const char *end = strstr(*golden + 2, "\n== ");
			size_t len = end ? (size_t)(end + 1 - *golden) : strlen(*golden);

			show_difference(path, steps[step].name, xstrndup(*golden, len), xstrdup(buf_str(&seen)));
		}
	}
	*golden += seen.len;
	buf_clear(&seen);
}

/* ---- the desk ---------------------------------------------------------------------------------- */

/* A zone in which it is about noon: whatever is a few hours away is of the same day. */
static void configure(struct market *m)
{
	time_t now = time(NULL);
	struct tm utc;
	char *lines;
	int ahead;

	gmtime_r(&now, &utc);
	ahead = 12 - utc.tm_hour;
	lines = xasprintf("clerk = \"Clerk\"\ntimezone = \"Etc/GMT%s%d\"\n", ahead > 0 ? "-" : "+", abs(ahead));
	market_configure(m, "\tgrace = 0\n\trequests_per_second = 100\n\taccept_within = 0\n"
		"\tpoll_new = 3600\n\tpoll_other = 3600\n", lines);
	free(lines);
}

/* Each order was read, and nothing is going on any more. */
static void wait_synced(struct screen *s)
{
	screen_wait(s, "400000001");
	screen_wait(s, "●");
	screen_wait_quiet(s, 400);
}

/* What is in each order that will be seen is known before: on a wide screen it shows when it was fetched. */
static int open_shop(void **state)
{
	static const char *const codes[] = { "400000001", "400000002", "400000003", "400000011", "400000012",
		"400000021", "400000022" };
	struct screen *s;

	counter_open(state);
	s = counter_desk(*state, 24, 80);
	for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++) {
		counter_go(s, codes[i]);
		screen_wait(s, "Чайник");
		screen_wait(s, "₸");
	}
	screen_stop(s);
	return 0;
}

static int close_desk(void **state)
{
	(void)state;
	screen_stop_all();
	return 0;
}

static void check_look(void **state, const struct look *look)
{
	struct counter *c = *state;
	bool writing = getenv("DUKEN_GOLDEN_WRITE") != NULL;
	struct buf golden = BUF_INIT(BUF_MAX_FILE);
	char *path = golden_path(look);
	const char *rest;
	struct screen *s;

	if (!writing)
		read_golden(path, &golden);
	rest = buf_str(&golden);
	configure(c->market);
	s = counter_start(c, look->rows, look->cols, NULL, (const char *[]){ "--lang", look->language, NULL });
	wait_synced(s);
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
		screen_keys(s, steps[i].keys);
		if (writing) {
			screen_wait_quiet(s, 300);
			add_screen(&golden, s, steps[i].name, steps[i].after_dialog);
		} else {
			expect_screen(s, path, i, &rest);
		}
		expect_uncut(s, steps[i].name);
	}
	if (writing)
		write_golden(path, &golden);
	else
		assert_string_equal(rest, "");
	buf_clear(&golden);
	free(path);
	screen_stop(s);
}

#define LOOK(name, language, rows, cols) \
	static void name(void **state) \
	{ \
		check_look(state, &(struct look){ language, rows, cols }); \
	}

LOOK(russian_at_80x24, "ru", 24, 80)
LOOK(russian_at_100x30, "ru", 30, 100)
LOOK(russian_at_132x43, "ru", 43, 132)
LOOK(russian_at_200x60, "ru", 60, 200)
LOOK(kazakh_at_80x24, "kk", 24, 80)
LOOK(kazakh_at_100x30, "kk", 30, 100)
LOOK(kazakh_at_132x43, "kk", 43, 132)
LOOK(kazakh_at_200x60, "kk", 60, 200)
LOOK(english_at_80x24, "en", 24, 80)
LOOK(english_at_100x30, "en", 30, 100)
LOOK(english_at_132x43, "en", 43, 132)
LOOK(english_at_200x60, "en", 60, 200)

#define TEST(f) cmocka_unit_test_teardown(f, close_desk)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		TEST(russian_at_80x24),
		TEST(russian_at_100x30),
		TEST(russian_at_132x43),
		TEST(russian_at_200x60),
		TEST(kazakh_at_80x24),
		TEST(kazakh_at_100x30),
		TEST(kazakh_at_132x43),
		TEST(kazakh_at_200x60),
		TEST(english_at_80x24),
		TEST(english_at_100x30),
		TEST(english_at_132x43),
		TEST(english_at_200x60),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, open_shop, counter_close);
}
