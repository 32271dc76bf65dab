#include "tui/widget/page.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/term/hyperlink.h"

void page_reset(struct page *p, int columns)
{
	arena_reset(&p->arena);
	p->n = 0;
	p->indent = 0;
	p->columns = columns > 4 ? columns : 4;
}

void page_clear(struct page *p)
{
	arena_clear(&p->arena);
	free(p->lines);
	*p = (struct page)PAGE_INIT;
}

static void add_line(struct page *p, enum style style, const char *text, const char *right)
{
	if (p->n == p->cap) {
		p->cap = p->cap > 0 ? 2 * p->cap : 32;
		p->lines = xreallocarray(p->lines, p->cap, sizeof(p->lines[0]));
	}
	p->lines[p->n++] = (struct page_line){ .text = text, .right = right, .style = style };
}

/* Bytes of s that go on a line of `columns`: up to a blank if there is one. */
static size_t break_at(const char *s, int columns)
{
	size_t fit = text_fit(s, columns, NULL);
	if (s[fit] == '\0')
		return fit;
	size_t blank = fit;
	while (blank > 0 && s[blank] != ' ')
		blank--;
	return blank > 0 ? blank : fit;
}

static void add_paragraph(struct page *p, enum style style, const char *s, size_t len)
{
	char *rest = arena_strndup(&p->arena, s, len);
	int indent = 0;
	do {
		size_t n = break_at(rest, p->columns - indent);
		if (n == 0 && *rest != '\0')
			break;
		const char *line = indent > 0 ?
			arena_printf(&p->arena, "%*s%.*s", indent, "", (int)n, rest) :
			arena_strndup(&p->arena, rest, n);
		add_line(p, style, line, NULL);
		rest += n;
		while (*rest == ' ')
			rest++;
		indent = p->indent < p->columns / 2 ? p->indent : 0;
	} while (*rest != '\0');
}

void page_add(struct page *p, enum style style, const char *text)
{
	for (;;) {
		size_t len = strcspn(text, "\n");
		add_paragraph(p, style, text, len);
		if (text[len] == '\0')
			return;
		text += len + 1;
	}
}

void page_addf(struct page *p, enum style style, const char *format, ...)
{
	char *text = NULL;
	va_list args;
	va_start(args, format);
	int len = vasprintf(&text, format, args);
	va_end(args);
	if (len >= 0)
		page_add(p, style, text);
	free(text);
}

void page_add_pair(struct page *p, enum style style, const char *left, const char *right)
{
	add_line(p, style, arena_strdup(&p->arena, left), arena_strdup(&p->arena, right));
}

void page_add_link(struct page *p, enum style style, const char *text, const char *url)
{
	add_line(p, style, arena_strdup(&p->arena, text), NULL);
	p->lines[p->n - 1].url = arena_strdup(&p->arena, url);
}

static void draw_line(const struct page_line *line, const struct area *a, int row)
{
	int right = line->right != NULL ? draw_width(line->right) : 0;
	if (right >= a->cols)
		right = 0;
	draw_text(a, row, 0, a->cols - right, line->style, line->text);
	if (line->url != NULL)
		hyperlink_note(a->row + row, a->col, line->text, line->url);
	if (right > 0)
		draw_right(a, row, a->cols - right, right, line->style, line->right);
}

void page_draw(const struct page *p, const struct area *a, size_t top)
{
	static const struct page_line empty = { .text = "", .style = STYLE_NORMAL };
	for (int row = 0; row < a->rows; row++) {
		size_t i = top + (size_t)row;
		draw_line(i < p->n ? &p->lines[i] : &empty, a, row);
	}
}
