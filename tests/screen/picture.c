#include "tests/screen/picture.h"

#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tests/lib/patience.h"

#define ANY_CELL "░"
#define ANY_LINES "⋮"
#define NO_BREAK_SPACE "\u00a0"
#define LINES_MAX 256

struct picture {
	char *text;
	char *lines[LINES_MAX];
	int n;
};

static void picture_init(struct picture *p, const char *text)
{
	char *rest;

	*p = (struct picture){ .text = xstrdup(text) };
	rest = p->text;
	while (rest && *rest && p->n < LINES_MAX)
		p->lines[p->n++] = strsep(&rest, "\n");
}

/* A no-break space looks like a blank. */
static char *with_blanks(const char *line)
{
	char *copy = xstrdup(line), *out = copy;

	for (; *line; line++) {
		bool special = strncmp(line, NO_BREAK_SPACE, strlen(NO_BREAK_SPACE)) == 0;

		*out++ = special ? ' ' : *line;
		line += special;
	}
	*out = '\0';
	return copy;
}

static bool matches_regex(const char *line, const char *pattern)
{
	char *whole = xasprintf("^(%s)$", pattern), *plain = with_blanks(line);
	regex_t re;
	bool yes;

	if (regcomp(&re, whole, REG_EXTENDED | REG_NOSUB) != 0)
		check_fail("not a regular expression: %s", pattern);
	yes = regexec(&re, plain, 0, NULL, 0) == 0;
	regfree(&re);
	free(plain);
	free(whole);
	return yes;
}

bool picture_line_matches(struct screen *s, int row, const char *line)
{
	if (line[0] == '~' && line[1] == ' ')
		return matches_regex(screen_line(s, row), line + 2);
	for (int col = 0; col < screen_cols(s); col++) {
		struct cell c = screen_cell(s, row, col);
		size_t len = strlen(c.text);

		if (!len)
			continue;
		if (strcmp(c.text, NO_BREAK_SPACE) == 0) {
			memcpy(c.text, " ", 2);
			len = 1;
		}
		if (!*line && strcmp(c.text, " ") == 0)
			continue;
		if (strncmp(line, ANY_CELL, strlen(ANY_CELL)) == 0)
			len = strlen(ANY_CELL);
		else if (strncmp(line, c.text, len) != 0)
			return false;
		line += len;
	}
	return line[strspn(line, " ")] == '\0';
}

/* Matches lines[i..] with the rows from `row`; `open` says that rows below do not matter. The furthest
 * row that did not match is kept in *wrong. */
static bool matches(struct screen *s, const struct picture *p, int i, int row, bool open, int *wrong)
{
	int rows = screen_rows(s);

	for (; i < p->n; i++, row++) {
		if (strcmp(p->lines[i], ANY_LINES) == 0) {
			for (int next = row; next <= rows; next++)
				if (matches(s, p, i + 1, next, open, wrong))
					return true;
			return false;
		}
		if (row >= rows || !picture_line_matches(s, row, p->lines[i])) {
			if (row > *wrong)
				*wrong = row;
			return false;
		}
	}
	for (; !open && row < rows; row++)
		if (*screen_line(s, row)) {
			*wrong = row;
			return false;
		}
	return true;
}

static void paste_ready(struct screen *s)
{
	check_note("as it is, to be pasted if it is right:");
	for (int row = 0; row < screen_rows(s); row++) {
		const char *line = screen_line(s, row);
		char *out = xmalloc(strlen(line) * 2 + 1), *o = out;

		for (; *line; line++) {
			if (strchr("\"\\", *line))
				*o++ = '\\';
			*o++ = *line;
		}
		*o = '\0';
		check_note("\t\t\"%s\\n\"", out);
		free(out);
	}
}

static void expect(struct screen *s, int row, const char *text, bool open)
{
	int64_t deadline = deadline_in(SCREEN_WAIT_MS);
	struct picture p;
	bool ok;
	int wrong;

	picture_init(&p, text);
	for (;;) {
		wrong = row - 1;
		ok = matches(s, &p, 0, row, open, &wrong);
		if (ok || !deadline_left(deadline) || (!screen_running(s) && !screen_pump(s, 0)))
			break;
		screen_pump(s, deadline_left(deadline) < 50 ? deadline_left(deadline) : 50);
	}
	free(p.text);
	if (ok)
		return;
	check_note("the expected picture:");
	check_note("%s", text);
	paste_ready(s);
	screen_fail(s, "the screen looks otherwise, first in row %d", wrong);
}

void screen_do_expect(struct screen *s, int row, const char *picture)
{
	expect(s, row, picture, false);
}

void screen_do_expect_at(struct screen *s, int row, const char *picture)
{
	expect(s, row, picture, true);
}
