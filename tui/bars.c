#include "tui/bars.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "tui/command/command.h"
#include "tui/model/link.h"
#include "tui/model/shops.h"
#include "tui/model/state.h"
#include "tui/model/words.h"
#include "tui/widget/page.h"

#define TEXT_MAX 256
#define KEYS 12
#define STATUS_ROWS 4
#define GAP 3		/* columns between two texts of the head */
#define NAME_LEAST 14	/* columns of the left text that do not give way to how much is due soon */
#define READABLE 5	/* columns of a word of which a key can be known */
#define WORD_MAX 20	/* columns of a whole word */

/* ---- head ------------------------------------------------------------------------------------ */

/* What a person has to decide, for the right end; "" for nothing. */
static void ask_text(const struct state *s, char *out, size_t cap)
{
	out[0] = '\0';
	if (s->ask_actions > 0)
		/* TRANSLATORS: actions of which nobody knows what became, and the journal's key. */
		snprintf(out, cap, _("%zu to decide (%s)"), s->ask_actions, command_key(COMMAND_JOURNAL).text);
}

/* Writes to the left of the column; returns where the next text may end. */
static int put_left_of(const struct area *a, int end, enum style style, const char *text)
{
	int wide = draw_width(text);
	if (wide == 0)
		return end;
	draw_text(a, 0, end - wide, wide, style, text);
	draw_text(a, 0, end - wide - GAP, GAP, STYLE_NORMAL, "");
	return end - wide - GAP;
}

/* "New: 3   2 overdue   4 soon   14:32", at the right end. What is soon gives way before the shop's name does:
 * so many columns are taken by what stands left of this. */
static int put_counts(const struct state *s, const struct area *a, int others)
{
	char fresh[TEXT_MAX], overdue[TEXT_MAX], soon[TEXT_MAX], now[16];
	time_format(s->now_ms, "%H:%M ", now, sizeof(now));
	snprintf(fresh, sizeof(fresh), "%s: %zu", _(s->provider->queues[0].label), s->queue_counts[0]);
	urgent_count(s->urgent.all[URGENCY_OVERDUE], URGENCY_OVERDUE, overdue, sizeof(overdue));
	urgent_count(s->urgent.all[URGENCY_SOON], URGENCY_SOON, soon, sizeof(soon));
	int all = draw_width(fresh) + draw_width(overdue) + draw_width(soon) + draw_width(now) + 4 * GAP;
	if (all + others + NAME_LEAST > a->cols)
		soon[0] = '\0';
	int end = put_left_of(a, a->cols, STYLE_HEAD, now);
	end = put_left_of(a, end, STYLE_SOON, soon);
	end = put_left_of(a, end, STYLE_OVERDUE, overdue);
	return put_left_of(a, end, STYLE_HEAD, fresh);
}

/* "Astana: 2": a shop that is not on the screen, with its new orders. */
static enum style other_text(const struct state *other, char *out, size_t cap)
{
	bool trouble = state_unlinked(other) || other->ask_actions > 0 || other->stopped[0] != '\0';
	snprintf(out, cap, "%s: %zu%s", other->shop->label, other->queue_counts[0], trouble ? "!" : "");
	if (trouble)
		return STYLE_BAD;
	return other->queue_counts[0] > 0 ? STYLE_STRONG : STYLE_HEAD;
}

/* The shop whose words stand at place i, the shown one left out; NULL after the last. */
static const struct state *other_shop(const struct state *s, size_t i)
{
	const struct shops *all = s->shops;
	if (all == NULL)
		return NULL;
	i += i >= all->at;
	return i < all->n ? &all->items[i] : NULL;
}

static int others_width(const struct state *s)
{
	const struct state *other;
	char text[TEXT_MAX];
	int wide = 0;
	for (size_t i = 0; (other = other_shop(s, i)) != NULL; i++) {
		other_text(other, text, sizeof(text));
		wide += draw_width(text) + GAP;
	}
	return wide;
}

/* All of them in one number, for where there is no room for names; "" when there are none. */
static enum style others_sum(const struct state *s, char *out, size_t cap)
{
	const struct state *other;
	enum style style = STYLE_HEAD;
	size_t i, n = 0;
	for (i = 0; (other = other_shop(s, i)) != NULL; i++) {
		enum style one = other_text(other, out, cap);
		if (one == STYLE_BAD || style == STYLE_HEAD)
			style = one;
		n += other->queue_counts[0];
	}
	out[0] = '\0';
	if (i > 0)
		/* TRANSLATORS: the new orders of all shops but the one on the screen, in the head: as short as can be. */
		snprintf(out, cap, _("others: %zu%s"), n, style == STYLE_BAD ? "!" : "");
	return style;
}

/* The new orders of the other shops, by name where there is room, in so many columns. */
static int put_others(const struct state *s, const struct area *a, int end, int columns)
{
	char text[TEXT_MAX];
	size_t n = 0;
	if (others_width(s) > columns) {
		enum style style = others_sum(s, text, sizeof(text));
		return draw_width(text) + GAP <= end ? put_left_of(a, end, style, text) : end;
	}
	while (other_shop(s, n) != NULL)
		n++;
	while (n > 0) {
		enum style style = other_text(other_shop(s, --n), text, sizeof(text));
		end = put_left_of(a, end, style, text);
	}
	return end;
}

void bar_head(const struct state *s, const struct area *a)
{
	char left[TEXT_MAX], link[TEXT_MAX], ask[TEXT_MAX], sum[TEXT_MAX];
	const char *dot = draw_glyph(GLYPH_DOT);
	snprintf(left, sizeof(left), " duken %s %s %s %s%s", dot, s->shop->label, dot,
		s->lock->holder, s->read_only ? _(" (read only)") : "");
	enum style style = link_words(s, link, sizeof(link));
	ask_text(s, ask, sizeof(ask));
	draw_text(a, 0, 0, -1, STYLE_NORMAL, "");
	int more = draw_width(ask) + draw_width(link) + 2 * GAP;
	others_sum(s, sum, sizeof(sum));
	int end = put_counts(s, a, more + draw_width(sum) + GAP);
	end = put_others(s, a, end, end - more - draw_width(left) - GAP);
	end = put_left_of(a, end, STYLE_BAD, ask);
	end = put_left_of(a, end, style, link);
	draw_text(a, 0, 0, end > 0 ? end + 1 : 0, STYLE_HEAD, left);
}

/* ---- status ---------------------------------------------------------------------------------- */

static int search_line(const struct state *s, const struct area *a)
{
	const char *label = _("Search: ");
	int used = draw_text(a, 0, 1, draw_width(label), STYLE_STRONG, label), cursor;
	int width = a->cols - used - 2;
	size_t from = lineedit_view(&s->search, width, &cursor);
	draw_text(a, 0, 0, 1, STYLE_NORMAL, "");
	draw_text(a, 0, 1 + used, -1, STYLE_FIELD, s->search.text + from);
	return 1 + used + cursor;
}

static void progress_text(const struct state *s, char *out, size_t cap)
{
	bulk_words(s, out, cap);
	size_t len = strlen(out);
	if (len > 0)
		len += (size_t)snprintf(out + len, cap - len, " ");
	if (s->marks.n > 0)
		snprintf(out + len, cap - len, ngettext("%zu marked ", "%zu marked ", s->marks.n), s->marks.n);
	len = strlen(out);
	if (s->syncing && s->sync_total > 0)
		snprintf(out + len, cap - len, _("Syncing %zu/%zu "), s->sync_done, s->sync_total);
	else if (s->syncing || s->refresh != 0)
		snprintf(out + len, cap - len, "%s", _("Syncing "));
}

/* The lines of the message, in what the progress leaves of the columns. */
static void wrap_message(const struct state *s, int cols, struct page *p)
{
	bool unlinked = s->message[0] == '\0' && state_unlinked(s);
	page_reset(p, cols);
	page_add(p, unlinked ? STYLE_BAD : s->message_style, unlinked ? s->link_text : s->message);
}

int bar_status_rows(const struct state *s, int cols)
{
	char right[TEXT_MAX];
	struct page text = PAGE_INIT;
	if (s->focus == FOCUS_SEARCH)
		return 1;
	progress_text(s, right, sizeof(right));
	wrap_message(s, cols - 2 - draw_width(right), &text);
	int rows = text.n < STATUS_ROWS ? (int)text.n : STATUS_ROWS;
	page_clear(&text);
	return rows;
}

int bar_status(const struct state *s, const struct area *a)
{
	char right[TEXT_MAX];
	struct page text = PAGE_INIT;
	if (s->focus == FOCUS_SEARCH)
		return search_line(s, a);
	progress_text(s, right, sizeof(right));
	int wide = draw_width(right);
	struct area in = { a->row, a->col + 1, a->rows, a->cols - 1 - wide };
	draw_clear(a);
	wrap_message(s, a->cols - 2 - wide, &text);
	page_draw(&text, &in, 0);
	draw_right(a, a->rows - 1, a->cols - wide, wide, STYLE_STRONG, right);
	page_clear(&text);
	return -1;
}

/* ---- function keys --------------------------------------------------------------------------- */

/* What to leave out first where not all words can stand whole: the desk asks the server by itself, and the help
 * knows the way to the menu. */
static const enum command spared[] = { COMMAND_REFRESH, COMMAND_MENU };

#define SPARED (int)(sizeof(spared) / sizeof(spared[0]))

/* How the words are made to fit. */
struct fit {
	int most;	/* columns of a word */
	int left_out;	/* so many of spared[] */
};

/* A word that is too long is cut after its first part. */
static const char *key_word(const struct state *s, int n, int most, char *out, size_t cap)
{
	const char *word = command_bar_word(command_of_function_key(n), s->provider);
	bool fits = draw_width(word) <= most;
	snprintf(out, cap, "%.*s", (int)(fits ? strlen(word) : strcspn(word, " ")), word);
	return out;
}

/* Where there is no room for words, only what is done to orders, help and the way out are named. */
static bool named(const struct state *s, int n, const struct fit *fit)
{
	enum command command = command_of_function_key(n);
	for (int i = 0; i < fit->left_out; i++) {
		if (command == spared[i])
			return false;
	}
	return fit->most >= READABLE || command_action(command, s->provider) != NULL ||
		(command != COMMAND_NONE && command_row(command)->context == CONTEXT_ANY);
}

static int key_width(const struct state *s, int n, const struct fit *fit)
{
	char text[TEXT_MAX];
	if (!named(s, n, fit))
		return 0;
	int most = fit->most < READABLE ? fit->most + READABLE : fit->most;
	const char *word = key_word(s, n, most, text, sizeof(text));
	int wide = draw_width(word);
	if (*word == '\0')
		return 0;
	return (n < 10 ? 2 : 3) + (wide < most ? wide : most) + 1;
}

static bool fits(const struct state *s, int cols, const struct fit *fit)
{
	int sum = 0;
	for (int n = 1; n <= KEYS; n++)
		sum += key_width(s, n, fit);
	return sum <= cols + 1;
}

/* Whether a word would be cut in the middle. */
static bool cuts(const struct state *s, const struct fit *fit)
{
	char text[TEXT_MAX];
	for (int n = 1; n <= KEYS; n++) {
		if (named(s, n, fit) && draw_width(key_word(s, n, fit->most, text, sizeof(text))) > fit->most)
			return true;
	}
	return false;
}

/* Whole words, of fewer keys if need be; else the longest that still let all that is left stand on the line; below
 * READABLE with fewer of them again, and longer by that. */
static struct fit best_fit(const struct state *s, int cols)
{
	struct fit fit;
	for (fit.left_out = 0; fit.left_out <= SPARED; fit.left_out++) {
		for (fit.most = WORD_MAX; fit.most > 0 && !cuts(s, &fit); fit.most--) {
			if (fits(s, cols, &fit))
				return fit;
		}
	}
	fit = (struct fit){ .most = WORD_MAX, .left_out = SPARED };
	while (!fits(s, cols, &fit) && fit.most > 1)
		fit.most--;
	return fit;
}

void bar_keys(const struct state *s, const struct area *a)
{
	char name[8], word[TEXT_MAX];
	struct fit fit = best_fit(s, a->cols);
	int col = 0;
	draw_text(a, 0, 0, -1, STYLE_BAR_KEY, "");
	for (int n = 1; n <= KEYS; n++) {
		int wide = key_width(s, n, &fit);
		if (wide == 0)
			continue;
		int label = snprintf(name, sizeof(name), "F%d", n);
		draw_text(a, 0, col, label, STYLE_BAR_KEY, name);
		draw_text(a, 0, col + label, wide - label - 1, STYLE_BAR_WORD,
			key_word(s, n, wide - label - 1, word, sizeof(word)));
		col += wide;
	}
}
