/* Every pane and dialog in every language and at several sizes, as it looked when somebody last read it: the files
 * tests/golden/LANGUAGE-ROWSxCOLUMNS; "ascii" is English without UTF-8, and "256", "16" and "mono" say in braces how
 * the cells behind look on a terminal of so many colours. Runs of digits, of blanks and of equal lines count as one, so
 * that no clock and no age matters; a letter that is cut off, an untranslated word or a lost sentence does. The desks of
 * one language run beside each other. After a change of the screens
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
	const char *name;		/* of its file */
	const char *language;
	int rows, cols;
	const char *env[3];
	bool styled;			/* how the cells look is written down, too */
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
	{ "an action in full", "<Enter>", false },
	{ "a number", "<Esc> <Esc> 4", false },
	{ "queues", "<Esc> <Esc> <Esc>", false },
	{ "orders to pack", "<Down> <Enter>", false },
	{ "orders to be picked up", "<Esc> <Down> <Down> <Down> <Enter>", false },
	{ "a code was sent", "<End> <F7>", false },
	{ "hand out", "<Esc> <Up> <F7>", true },
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
	{ "results", "B", true },
	{ "one shop", "<Esc> S", false },
	{ "a day without orders", "D <Left>", true },
	{ "languages", "<Esc> <C-t>", true },
	{ "copy", "<Esc> y", true },
	{ "lock", "<Esc> L", true },
	{ "a PIN", "<Left> <Enter>", true },
};

/* ---- what matters of a screen ------------------------------------------------------------------ */

/* The length of one of the signs at the front of the text that are drawn in runs, or 0. */
static size_t run_sign(const char *text)
{
	static const char *const signs[] = { " ", "\u00a0", "─", "░", "-" };

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
			/* Of a longer age more would be hidden behind a dialog. */
			if (out->len >= strlen("┐") && strcmp(out->data + out->len - strlen("┐"), "┐") == 0)
				buf_addc(out, ' ');
			buf_addc(out, '9');
			line += digits;
		} else if (sign > 0) {
			const char *first = line;

			buf_add(out, *line == '\xc2' ? " " : line, *line == '\xc2' ? 1 : sign);
			while (strncmp(line, first, sign) == 0)
				line += sign;
		} else {
			buf_addc(out, *line++);
		}
	}
}

static bool same_style(const struct cell *a, const struct cell *b)
{
	return a->bold == b->bold && a->underline == b->underline && a->reverse == b->reverse && a->fg == b->fg &&
		a->bg == b->bg;
}

/* "{bold fg 31}" */
static void add_style(struct buf *out, const struct cell *c)
{
	size_t from = out->len + 1;

	buf_addc(out, '{');
	buf_addf(out, "%s%s%s", c->bold ? " bold" : "", c->underline ? " underline" : "", c->reverse ? " reverse" : "");
	/* The digits of these stay. */
	if (c->fg >= 0)
		buf_addf(out, " fg %d", c->fg);
	if (c->bg >= 0)
		buf_addf(out, " bg %d", c->bg);
	if (out->len > from) {
		memmove(out->data + from, out->data + from + 1, out->len - from);
		out->len--;
	}
	buf_addc(out, '}');
}

static void add_styled_row(struct buf *out, struct screen *s, int row)
{
	struct cell before = { .fg = -1, .bg = -1 };
	struct buf part = BUF_INIT(BUF_MAX_LINE);

	for (int col = 0; col <= screen_cols(s); col++) {
		struct cell c = { .fg = -2 };

		if (col < screen_cols(s))
			c = screen_cell(s, row, col);
		if (!same_style(&c, &before)) {
			shorten(out, buf_str(&part));
			buf_reset(&part);
			if (col < screen_cols(s))
				add_style(out, &c);
		}
		buf_adds(&part, c.text);
		before = c;
	}
	buf_clear(&part);
}

static void add_row(struct buf *out, struct screen *s, const struct look *look, int row)
{
	if (look->styled)
		add_styled_row(out, s, row);
	else
		shorten(out, screen_line(s, row));
}

static void add_screen(struct buf *out, struct screen *s, const struct look *look, const char *name, bool without_status)
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
		add_row(&line, s, look, row);
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

	return xasprintf("%s/tests/golden/%s-%dx%d", dir ? dir : ".", look->name, look->rows, look->cols);
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

/* One of the desks that run beside each other. */
struct run {
	const struct look *look;
	struct screen *s;
	char *path;
	struct buf golden;
	const char *rest;	/* what was read and not seen yet */
};

/* Waits until the screen is as it was read: the front of what is left, which goes on behind it. */
static void expect_screen(struct run *r, size_t step)
{
	int64_t deadline = deadline_in(SCREEN_WAIT_MS);
	struct buf seen = BUF_INIT(BUF_MAX_FILE);

	for (;;) {
		buf_reset(&seen);
		add_screen(&seen, r->s, r->look, steps[step].name, steps[step].after_dialog);
		if (strncmp(r->rest, buf_str(&seen), seen.len) == 0)
			break;
		if (!screen_pump(r->s, deadline_left(deadline))) {
			const char *end = strstr(r->rest + 2, "\n== ");
			size_t len = end ? (size_t)(end + 1 - r->rest) : strlen(r->rest);

			show_difference(r->path, steps[step].name, xstrndup(r->rest, len), xstrdup(buf_str(&seen)));
		}
	}
	r->rest += seen.len;
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
static void wait_synced(struct run *r)
{
	screen_wait(r->s, "400000001");
	screen_wait(r->s, strcmp(r->look->language, "en") == 0 ? " ago" : "●");
	screen_wait_quiet(r->s, 400);
}

/* What the journal and the results show: a code that was sent, and two orders accepted together. */
static void act(struct counter *c, struct screen *s)
{
	int64_t now = clock_now_ms();

	counter_go(s, "400000021");
	screen_keys(s, "<F7>");
	screen_wait(s, "The buyer gets a code");
	screen_keys(s, "<Enter>");
	screen_wait(s, "Code sent");
	screen_keys(s, "<Esc> <Esc> <Esc>");
	for (int i = 1; i <= 2; i++) {
		char *json = xasprintf("{\"code\":\"40000006%d\",\"mode\":\"pickup\",\"state\":\"NEW\",\"express\":false,"
			"\"name\":\"Ержан Оспанов\",\"firstName\":\"Ержан\",\"lastName\":\"Оспанов\",\"total\":5000,"
			"\"created_ms\":%lld}", i, (long long)(now - i * CLOCK_MINUTE_MS));

		market_order(c->market, json);
		free(json);
	}
	screen_keys(s, "<F5>");
	screen_wait(s, "Synced");
	counter_queue(s, "New");
	screen_wait(s, "400000061");
	screen_keys(s, "<End> <Space> <Up> <Space> <F2>");
	screen_wait(s, "2 orders are marked");
	screen_keys(s, "<Enter>");
	screen_wait(s, "2 of 2 done");
	screen_keys(s, "<Esc>");
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
	act(*state, s);
	screen_stop(s);
	return 0;
}

static int close_desk(void **state)
{
	(void)state;
	screen_stop_all();
	return 0;
}

static void begin(struct counter *c, struct run *r, const struct look *look)
{
	*r = (struct run){ .look = look, .path = golden_path(look), .golden = BUF_INIT(BUF_MAX_FILE) };
	if (!getenv("DUKEN_GOLDEN_WRITE"))
		read_golden(r->path, &r->golden);
	r->rest = buf_str(&r->golden);
	r->s = counter_start(c, look->rows, look->cols, look->env,
		(const char *[]){ "--lang", look->language, NULL });
}

static void take_step(struct run *r, size_t step)
{
	if (getenv("DUKEN_GOLDEN_WRITE")) {
		screen_wait_quiet(r->s, 20);
		add_screen(&r->golden, r->s, r->look, steps[step].name, steps[step].after_dialog);
	} else {
		expect_screen(r, step);
	}
	expect_uncut(r->s, steps[step].name);
}

static void end(struct run *r)
{
	if (getenv("DUKEN_GOLDEN_WRITE"))
		write_golden(r->path, &r->golden);
	else
		assert_string_equal(r->rest, "");
	screen_stop(r->s);
	buf_clear(&r->golden);
	free(r->path);
}

#define LOOKS_MAX 8

static void check_looks(struct counter *c, const struct look *looks, size_t n)
{
	struct run runs[LOOKS_MAX];
	struct screen *screens[LOOKS_MAX];

	configure(c->market);
	for (size_t i = 0; i < n; i++) {
		begin(c, &runs[i], &looks[i]);
		screens[i] = runs[i].s;
		/* The first one asks the server, the others follow it. */
		if (i == 0)
			wait_synced(&runs[i]);
	}
	for (size_t i = 1; i < n; i++)
		wait_synced(&runs[i]);
	for (size_t step = 0; step < sizeof(steps) / sizeof(*steps); step++) {
		screen_keys_all(screens, n, steps[step].keys);
		/* What is slow is so on all of them. */
		if (getenv("DUKEN_GOLDEN_WRITE"))
			screen_wait_quiet(screens[0], 300);
		for (size_t i = 0; i < n; i++)
			take_step(&runs[i], step);
	}
	for (size_t i = 0; i < n; i++)
		end(&runs[i]);
}

#define SIZES(language) \
	{ language, language, 24, 80, { NULL }, false }, { language, language, 30, 100, { NULL }, false }, \
	{ language, language, 43, 132, { NULL }, false }, { language, language, 60, 200, { NULL }, false }

static void russian(void **state)
{
	static const struct look looks[] = { SIZES("ru") };

	check_looks(*state, looks, sizeof(looks) / sizeof(*looks));
}

static void kazakh(void **state)
{
	static const struct look looks[] = { SIZES("kk") };

	check_looks(*state, looks, sizeof(looks) / sizeof(*looks));
}

static void english(void **state)
{
	static const struct look looks[] = { SIZES("en") };

	check_looks(*state, looks, sizeof(looks) / sizeof(*looks));
}

static void poor_terminals(void **state)
{
	static const struct look looks[] = {
		/* libvterm takes the last column for full after "repeat", which xterm's description has. */
		{ "ascii", "en", 24, 80, { "LC_ALL=C", "TERM=linux", NULL }, false },
		{ "256", "en", 24, 80, { NULL }, true },
		{ "16", "en", 24, 80, { "TERM=duken-16", NULL }, true },
		{ "mono", "en", 24, 80, { "NO_COLOR=1", NULL }, true },
	};

	counter_terminal(*state, "duken-16", "colors#16, pairs#256");
	check_looks(*state, looks, sizeof(looks) / sizeof(*looks));
}

#define TEST(f) cmocka_unit_test_teardown(f, close_desk)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		TEST(russian),
		TEST(kazakh),
		TEST(english),
		TEST(poor_terminals),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, open_shop, counter_close);
}
