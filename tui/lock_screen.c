#include "tui/lock_screen.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/pin.h"
#include "base/text.h"
#include "tui/model/link.h"
#include "tui/model/shops.h"
#include "tui/model/state.h"
#include "tui/term/term.h"
#include "tui/widget/page.h"

#define COLUMNS 60
#define CLERKS_SHOWN 8
#define FIELD_COLUMNS 32	/* of a login name, a password */
#define BETWEEN 3	/* rows: the PIN or password, and an empty one on each side of it */
#define TEXT_MAX 256

static void add_alerts(const struct state *s, struct page *p)
{
	char text[TEXT_MAX];
	for (unsigned k = 0; k < ALERT_KINDS; k++) {
		alert_words(&s->alerts, (enum alert_kind)k, text, sizeof(text));
		if (s->alerts.unseen[k] > 0)
			page_add(p, k == ALERT_LOST || k == ALERT_DECIDE ? STYLE_BAD : STYLE_STRONG, text);
	}
}

static void add_shop(const struct state *s, struct page *p)
{
	char link[TEXT_MAX], fresh[TEXT_MAX];
	enum style style = link_words(s, link, sizeof(link));
	snprintf(fresh, sizeof(fresh), "%s: %zu", _(s->provider->queues[0].label), s->queue_counts[0]);
	page_add_pair(p, STYLE_STRONG, s->shop->label, fresh);
	if (s->stopped[0] != '\0')
		page_add(p, STYLE_BAD, s->stopped);
	else
		page_add(p, style, link);
	add_alerts(s, p);
}

static void write_above(const struct state *s, struct page *p)
{
	char now[16];
	time_format(s->now_ms, "%H:%M", now, sizeof(now));
	page_add_pair(p, STYLE_NORMAL, "duken", now);
	for (size_t i = 0; i < s->shops->n; i++)
		add_shop(&s->shops->items[i], p);
	page_add(p, STYLE_NORMAL, "");
}

static void write_below(struct state *s, struct page *p)
{
	int left_s = (int)((lock_left_ms(s->lock, s->now_ms) + 999) / 1000);
	if (s->lock->note[0] != '\0')
		page_add(p, s->lock->note_style, s->lock->note);
	if (account_asked(&s->lock->account))
		page_add(p, STYLE_STRONG, _("Checking the password..."));
	else if (left_s > 0)
		/* TRANSLATORS: minutes and seconds */
		page_addf(p, STYLE_WARN, s->lock->accounts ?
			_("Too many wrong passwords: the next one is taken in %d:%02d.") :
			_("Too many wrong PINs: the next one is taken in %d:%02d."), left_s / 60, left_s % 60);
	if (p->n == 0 && s->lock->accounts)
		page_add(p, STYLE_DIM, _("Type your password, then Enter; Tab goes to the login name."));
	else if (p->n == 0)
		page_add(p, STYLE_DIM, s->lock->clerks.n > 1 ? _("Choose who you are with the arrows, type your PIN, Enter.") :
			_("Type your PIN, then Enter."));
}

static void draw_clerks(struct state *s, const struct area *a)
{
	struct list *l = &s->lock->list;
	list_resize(l, l->n, a->rows > 0 ? (size_t)a->rows : 0);
	for (size_t i = 0; i < l->page && l->top + i < l->n; i++) {
		size_t at = l->top + i;
		draw_text(a, (int)i, 0, -1, at == l->cursor ? STYLE_CURSOR : STYLE_NORMAL, s->lock->clerks.items[at].name);
	}
}

/* TRANSLATORS: before the field where the secret digits are typed */
#define LABEL_PIN _("PIN: ")
/* TRANSLATORS: before the field of the name of a computer's account */
#define LABEL_LOGIN _("Login name: ")
/* TRANSLATORS: before the field where the password of an account is typed */
#define LABEL_PASSWORD _("Password: ")

static int label_columns(const struct lock *l)
{
	int login = draw_width(LABEL_LOGIN), password = draw_width(LABEL_PASSWORD);
	if (!l->accounts)
		return draw_width(LABEL_PIN);
	return login > password ? login : password;
}

static int field_columns(const struct lock *l)
{
	return l->accounts ? FIELD_COLUMNS : PIN_MAX + 1;
}

/* The hardware cursor is where something is typed. */
static void draw_field(const struct lock *l, const struct area *a, const char *label, const char *text, int cursor,
	bool typed)
{
	int wide = label_columns(l);
	draw_text(a, 0, 0, wide, STYLE_STRONG, label);
	draw_text(a, 0, wide, field_columns(l), typed ? STYLE_FIELD_FOCUS : STYLE_FIELD, text);
	if (typed)
		term_cursor(a->row, a->col + wide + cursor);
}

static void draw_login(const struct lock *l, const struct area *a)
{
	int cursor;
	size_t from = lineedit_view(&l->login, FIELD_COLUMNS, &cursor);
	draw_field(l, a, LABEL_LOGIN, l->login.text + from, cursor, l->at_login);
}

static void draw_secret(const struct lock *l, const struct area *a)
{
	const struct lineedit *e = &l->secret;
	struct buf hidden = BUF_INIT(BUF_MAX_LINE);
	int columns = field_columns(l), n = (int)text_chars(e->text), at = n - (int)text_chars(e->text + e->cursor);
	int from = at >= columns ? at - columns + 1 : 0;
	for (int i = from; i < n && i < from + columns; i++)
		buf_adds(&hidden, draw_glyph(GLYPH_BULLET));
	draw_field(l, a, l->accounts ? LABEL_PASSWORD : LABEL_PIN, buf_str(&hidden), at - from, !l->at_login);
	buf_clear(&hidden);
}

/* As many as leave room for what is below them. */
static int clerks_shown(const struct state *s, int room)
{
	if (s->lock->accounts)
		return 1;
	int n = s->lock->clerks.n < CLERKS_SHOWN ? (int)s->lock->clerks.n : CLERKS_SHOWN;
	if (n > room)
		n = room > 1 ? room : 1;
	return n;
}

void lock_screen_draw(struct state *s)
{
	struct area all = { 0, 0, term_rows(), term_cols() };
	struct page above = PAGE_INIT, below = PAGE_INIT;
	int columns = all.cols < COLUMNS ? all.cols : COLUMNS;
	page_reset(&above, columns - 4);
	page_reset(&below, columns - 4);
	write_above(s, &above);
	write_below(s, &below);
	int rows = (int)above.n + (int)below.n + BETWEEN, clerks = clerks_shown(s, all.rows - 2 - rows);
	rows += clerks;
	struct area box = area_centre(&all, rows + 2, columns), in = area_inside(&box);
	/* Of many shops not all are seen; the PIN is. */
	int shops = in.rows - (rows - (int)above.n);
	struct area text = { in.row, in.col + 1, shops < 0 ? 0 : shops, in.cols - 2 };
	struct area names = { in.row + text.rows, text.col, clerks, text.cols };
	struct area end = { names.row + clerks + 1, text.col, 1, text.cols };
	struct area note = { end.row + 2, text.col, (int)below.n, text.cols };
	draw_clear(&all);
	draw_box(&box, true, _("The desk is locked"));
	page_draw(&above, &text, 0);
	if (s->lock->accounts)
		draw_login(s->lock, &names);
	else
		draw_clerks(s, &names);
	draw_secret(s->lock, &end);
	page_draw(&below, &note, 0);
	page_clear(&above);
	page_clear(&below);
}
