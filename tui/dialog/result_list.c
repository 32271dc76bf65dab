#include "tui/dialog/result_list.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/model/words.h"
#include "tui/widget/page.h"

#define LINE_MAX_BYTES (ERROR_TEXT_MAX + 128)

/* ---- what is shown --------------------------------------------------------------------------- */

static bool needs_a_look(const struct batch_item *item)
{
	return item->action_id == 0 || item->state == ACTION_REFUSED || item->state == ACTION_CONFLICT ||
		item->state == ACTION_UNKNOWN || item->state == ACTION_ASK;
}

static size_t current_index(const struct result_list *r)
{
	return r->list.n > 0 ? r->shown[r->list.cursor] : 0;
}

/* The row of the item, or of the first one behind it. */
static void choose(struct result_list *r, size_t keep)
{
	size_t n = 0, row = 0;
	for (size_t i = 0; i < r->items.n; i++) {
		if (r->trouble_only && !needs_a_look(&r->items.items[i]))
			continue;
		if (i <= keep)
			row = n;
		r->shown[n++] = i;
	}
	list_resize(&r->list, n, r->list.page);
	list_go(&r->list, row);
}

void result_list_read(struct result_list *r, struct reader *reader)
{
	size_t keep = current_index(r);
	batch_items_clear(&r->items);
	reader_batch(reader, r->batch.id, &r->batch, NULL);
	reader_batch_items(reader, r->batch.id, &r->items, NULL);
	batch_count(&r->items, &r->counts);
	r->shown = xreallocarray(r->shown, r->items.n + 1, sizeof(r->shown[0]));
	choose(r, keep);
}

void result_list_clear(struct result_list *r)
{
	batch_items_clear(&r->items);
	free(r->shown);
	r->shown = NULL;
}

void result_list_filter(struct result_list *r, bool trouble_only)
{
	r->trouble_only = trouble_only;
	if (r->shown != NULL)
		choose(r, current_index(r));
}

const struct batch_item *result_list_current(const struct result_list *r)
{
	return r->list.n > 0 ? &r->items.items[current_index(r)] : NULL;
}

/* ---- words ----------------------------------------------------------------------------------- */

/* Goes on with a number of orders, unless it is 0. */
static void add(char *out, size_t cap, size_t n, const char *format, ...) __attribute__((format(printf, 4, 5)));

static void add(char *out, size_t cap, size_t n, const char *format, ...)
{
	size_t len = strlen(out);
	va_list args;
	if (n == 0)
		return;
	len += (size_t)snprintf(out + len, cap - len, ", ");
	va_start(args, format);
	vsnprintf(out + len, cap - len, format, args);
	va_end(args);
}

void result_list_summary(const struct result_list *r, int64_t now_ms, char *out, size_t cap)
{
	const struct batch_counts *c = &r->counts;
	char when[40];
	words_time(r->batch.confirmed_ms, now_ms, when, sizeof(when));
	/* TRANSLATORS: when it was confirmed, then numbers of orders; the next ones go on the same way. */
	snprintf(out, cap, _("%s: %zu of %zu done"), when, c->done, c->total);
	add(out, cap, c->refused, _("%zu not done"), c->refused);
	add(out, cap, c->ask, _("%zu to decide"), c->ask);
	add(out, cap, c->unknown, _("%zu unknown"), c->unknown);
	add(out, cap, c->undone, _("%zu taken back"), c->undone);
	add(out, cap, c->sending, _("%zu being sent"), c->sending);
	size_t len = strlen(out);
	snprintf(out + len, cap - len, _(", %zu waiting"), c->waiting);
}

/* "queued", or how long it still waits. */
static const char *waiting_word(const struct batch_item *item, int64_t now_ms, char *out, size_t cap)
{
	int64_t left = item->send_after_ms - now_ms;
	if (left <= 0)
		return words_action(ACTION_QUEUED);
	snprintf(out, cap, _("sent in %d s"), (int)((left + 999) / 1000));
	return out;
}

static const char *word(const struct batch_item *item, const struct action_spec *spec, int64_t now_ms,
	char *out, size_t cap, enum style *style)
{
	if (item->action_id == 0) {
		*style = STYLE_BAD;
		return _("not possible");
	}
	*style = words_action_style(item->state);
	if (item->state == ACTION_DONE && spec != NULL && spec->done != NULL)
		return _(spec->done);
	if (item->state == ACTION_QUEUED)
		return waiting_word(item, now_ms, out, cap);
	return words_action(item->state);
}

static void line_of(const struct batch_item *item, const struct action_spec *spec, int64_t now_ms,
	char out[LINE_MAX_BYTES], enum style *style)
{
	char buffer[48];
	const char *state = word(item, spec, now_ms, buffer, sizeof(buffer), style);
	snprintf(out, LINE_MAX_BYTES, "%s  %s%s%s", item->code, state, *item->message != '\0' ? ": " : "",
		item->message);
}

bool result_list_too_long(const struct result_list *r, const struct action_spec *spec, int64_t now_ms, int cols)
{
	char line[LINE_MAX_BYTES];
	enum style style;
	for (size_t i = 0; i < r->list.n; i++) {
		const struct batch_item *item = &r->items.items[r->shown[i]];
		if (*item->message == '\0')
			continue;
		line_of(item, spec, now_ms, line, &style);
		if (draw_width(line) > cols)
			return true;
	}
	return false;
}

/* ---- drawing --------------------------------------------------------------------------------- */

static void draw_row(const struct result_list *r, const struct action_spec *spec, int64_t now_ms,
	const struct area *a, int row)
{
	char line[LINE_MAX_BYTES];
	enum style style;
	size_t i = r->list.top + (size_t)row;
	if (i >= r->list.n) {
		draw_text(a, row, 0, -1, STYLE_NORMAL, "");
		return;
	}
	line_of(&r->items.items[r->shown[i]], spec, now_ms, line, &style);
	draw_text(a, row, 0, -1, i == r->list.cursor ? STYLE_CURSOR : style, line);
}

void result_list_draw(struct result_list *r, const struct action_spec *spec, int64_t now_ms,
	const struct area *a)
{
	list_resize(&r->list, r->list.n, (size_t)a->rows);
	for (int row = 0; row < a->rows; row++)
		draw_row(r, spec, now_ms, a, row);
	if (r->list.n == 0 && r->trouble_only)
		draw_text(a, 0, 0, -1, STYLE_GOOD, _("None needs a look."));
}

void result_list_draw_current(const struct result_list *r, const struct action_spec *spec, int64_t now_ms,
	const struct area *a)
{
	char line[LINE_MAX_BYTES];
	enum style style;
	struct page text = PAGE_INIT;
	const struct batch_item *item = result_list_current(r);
	page_reset(&text, a->cols);
	if (item != NULL) {
		line_of(item, spec, now_ms, line, &style);
		page_add(&text, style, line);
	}
	page_draw(&text, a, 0);
	page_clear(&text);
}
