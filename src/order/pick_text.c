/* A pick list on paper: lines of a fixed width, aligned by what a screen or a printer shows. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "order/phrase.h"
#include "order/pick_write.h"

#define COLUMNS_MIN 40
#define AMOUNT_CAP 96
#define AMOUNT_MAX 14	/* columns */
#define ARTICLE_MAX 20	/* columns; a longer one takes the line for itself */
#define BOX "[ ] "
#define BOX_COLUMNS 4

struct sheet {
	struct buf *out;
	int columns;
	int amount;	/* columns of the amounts */
	int article;
};

static void pad(struct buf *out, int n)
{
	for (; n > 0; n--)
		buf_addc(out, ' ');
}

/* Bytes of s that go on a line: up to a blank if there is one, at least one character. */
static size_t break_at(const char *s, int columns)
{
	size_t fit = text_fit(s, columns, NULL), blank, one;

	if (!s[fit])
		return fit;
	for (blank = fit; blank > 0 && s[blank] != ' '; blank--)
		;
	text_decode(s, &one);
	return blank ? blank : fit ? fit : one;
}

/* Goes on at column `at`; lines that follow begin there too. Ends the line. */
static void add_wrapped(struct sheet *t, int at, const char *s)
{
	for (;;) {
		size_t n = break_at(s, t->columns - at);

		buf_add(t->out, s, n);
		buf_addc(t->out, '\n');
		s += n;
		while (*s == ' ')
			s++;
		if (!*s)
			return;
		pad(t->out, at);
	}
}

static void add_paragraph(struct sheet *t, const char *s)
{
	add_wrapped(t, 0, s);
}

/* ---- what is picked -------------------------------------------------------------------------- */

static const char *amount_of(const struct pick_amount *a, char out[AMOUNT_CAP])
{
	return phrase_amount(a->quantity, a->weight_g, out, AMOUNT_CAP);
}

static const char *name_of(const struct pick_line *line)
{
	return *line->name ? line->name : _("Name not known yet");
}

static int more(int a, int b, int most)
{
	return b > most ? most : b > a ? b : a;
}

static void measure(struct sheet *t, const struct pick *p)
{
	char amount[AMOUNT_CAP];

	for (size_t i = 0; i < p->n_items; i++)
		t->amount = more(t->amount, text_width(amount_of(&p->items[i].amount, amount)), AMOUNT_MAX);
	for (size_t i = 0; i < p->n_lines; i++) {
		int width = text_width(p->lines[i].article);

		if (width <= ARTICLE_MAX)
			t->article = more(t->article, width, ARTICLE_MAX);
	}
	if (t->article > t->columns / 3)
		t->article = t->columns / 3;
}

/* "[ ]  2  CHN-17  Чайник" */
static void add_line(struct sheet *t, int at, const struct pick_line *line, const struct pick_amount *amount)
{
	char text[AMOUNT_CAP];
	int article = at + BOX_COLUMNS + t->amount + 2, name = article + (t->article ? t->article + 2 : 0);
	int room = t->amount - text_width(amount_of(amount, text)), width = text_width(line->article);

	pad(t->out, at);
	buf_adds(t->out, BOX);
	pad(t->out, room);
	buf_adds(t->out, text);
	buf_addc(t->out, room < 0 ? '\n' : ' ');
	pad(t->out, room < 0 ? article : 1);
	if (width <= t->article) {
		buf_adds(t->out, line->article);
		pad(t->out, name - article - width);
	} else {
		add_wrapped(t, article, line->article);
		pad(t->out, name);
	}
	add_wrapped(t, name, name_of(line));
}

/* "400000011: 2, 400000012: 1", broken between orders. */
static void add_parts(struct sheet *t, const struct pick_item *item)
{
	const int from = BOX_COLUMNS + t->amount + 2;
	struct buf part = BUF_INIT(BUF_MAX_LINE);
	char amount[AMOUNT_CAP];
	int at = 0;

	for (size_t i = 0; i < item->n; i++) {
		buf_reset(&part);
		buf_addf(&part, "%s: %s%s", item->parts[i].code, amount_of(&item->parts[i].amount, amount),
			i + 1 < item->n ? "," : "");
		if (i && at + 1 + text_width(buf_str(&part)) <= t->columns) {
			buf_addc(t->out, ' ');
			at++;
		} else {
			buf_adds(t->out, i ? "\n" : "");
			pad(t->out, from);
			at = from;
		}
		buf_adds(t->out, buf_str(&part));
		at += text_width(buf_str(&part));
	}
	buf_addc(t->out, '\n');
	buf_clear(&part);
}

static void add_items(struct sheet *t, const struct pick *p)
{
	const char *place = NULL;

	for (size_t i = 0; i < p->n_items; i++) {
		const struct pick_item *item = &p->items[i];

		if (p->several_warehouses && (!place || strcmp(place, item->line->place) != 0)) {
			place = item->line->place;
			buf_addc(t->out, '\n');
			add_paragraph(t, *item->line->warehouse ? item->line->warehouse :
				_("Warehouse not known yet"));
		}
		add_line(t, 0, item->line, &item->amount);
		add_parts(t, item);
	}
}

static void add_orders(struct sheet *t, const struct pick *p)
{
	if (!p->n_orders)
		return;
	buf_addc(t->out, '\n');
	add_paragraph(t, _("Orders of several lines, packed together:"));
	for (size_t i = 0; i < p->n_orders; i++) {
		buf_addf(t->out, "\n%s\n", p->orders[i].code);
		for (size_t j = 0; j < p->orders[i].n; j++)
			add_line(t, 2, &p->orders[i].lines[j], &p->orders[i].lines[j].amount);
	}
}

static void add_left_out(struct sheet *t, const struct pick *p)
{
	if (!p->n_left_out)
		return;
	buf_addc(t->out, '\n');
	add_paragraph(t, _("Not on this list:"));
	for (size_t i = 0; i < p->n_left_out; i++) {
		buf_addf(t->out, "%s: ", p->left_out[i].code);
		add_wrapped(t, text_width(p->left_out[i].code) + 2, p->left_out[i].why);
	}
}

static void add_head(struct sheet *t, const struct pick *p, const struct pick_head *head)
{
	char left[1024], when[40], line[200];
	int len;

	/* TRANSLATORS: %s is the name of the shop. */
	snprintf(left, sizeof(left), _("Pick list, %s"), head->shop);
	time_format(head->now_ms, "%d.%m.%Y %H:%M", when, sizeof(when));
	if (text_width(left) + 2 + text_width(when) <= t->columns) {
		buf_adds(t->out, left);
		pad(t->out, t->columns - text_width(left) - text_width(when));
		buf_addf(t->out, "%s\n", when);
	} else {
		add_paragraph(t, left);
		add_paragraph(t, when);
	}
	len = snprintf(line, sizeof(line), ngettext("%zu order", "%zu orders", p->n_codes), p->n_codes);
	if (p->n_left_out && len > 0 && (size_t)len < sizeof(line))
		snprintf(line + len, sizeof(line) - (size_t)len, ngettext(
			"; %zu more is not on this list, see its end", "; %zu more are not on this list, see its end",
			p->n_left_out), p->n_left_out);
	add_paragraph(t, line);
}

void pick_write_text(const struct pick *p, const struct pick_head *head, int columns, struct buf *out)
{
	struct sheet t = { .out = out, .columns = columns > COLUMNS_MIN ? columns : COLUMNS_MIN };

	measure(&t, p);
	add_head(&t, p, head);
	if (p->n_items && !p->several_warehouses)
		buf_addc(out, '\n');
	add_items(&t, p);
	add_orders(&t, p);
	add_left_out(&t, p);
}
