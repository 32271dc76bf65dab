/* All commands by name, in whichever language and under whichever layout: typing narrows the list, Enter runs the one
 * under the cursor. Below the list stands why an action is not possible just now. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/layout.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/command/names.h"
#include "tui/dialog/dialog.h"
#include "tui/model/state.h"
#include "tui/term/key.h"
#include "tui/term/term.h"
#include "tui/widget/lineedit.h"
#include "tui/widget/page.h"
#include "tui/widget/spot.h"

#define MENU_COLUMNS 76
#define MENU_KEYS 14
#define REASON_ROWS 2

struct menu {
	struct dialog base;
	struct lineedit filter;
	enum command commands[COMMANDS];	/* those that match */
	struct list list;
	char *reasons[COMMANDS];	/* why it is not possible, as it was when the menu opened; NULL it is */
	struct page reason;
};

static bool offered(enum command c, const struct state *s)
{
	enum command_context context = command_row(c)->context;
	return command_exists(c, s->provider) && context != CONTEXT_FORM && context != CONTEXT_MOVE &&
		c != COMMAND_MENU;
}

static size_t find(struct menu *d, const struct state *s, const char *query)
{
	size_t n = 0;
	for (int i = COMMAND_NONE + 1; i < COMMANDS; i++) {
		enum command c = (enum command)i;
		if (offered(c, s) && names_match(c, query))
			d->commands[n++] = c;
	}
	return n;
}

/* The same keys under another layout: a clerk begins to type before looking which one is on. */
static size_t find_retyped(struct menu *d, const struct state *s, enum layout from, enum layout to)
{
	struct buf query = BUF_INIT(BUF_MAX_LINE);
	size_t len;
	for (const char *at = d->filter.text; *at != '\0'; at += len)
		text_encode(&query, layout_retyped(from, to, (uint32_t)text_decode(at, &len)));
	size_t n = find(d, s, buf_str(&query));
	buf_clear(&query);
	return n;
}

static void narrow(struct menu *d, const struct state *s)
{
	static const enum layout usual[] = { LAYOUT_US, LAYOUT_RU, LAYOUT_KZ };
	size_t n = find(d, s, d->filter.text), pairs = sizeof(usual) / sizeof(usual[0]);
	for (size_t i = 0; i < pairs * pairs && n == 0; i++)
		n = find_retyped(d, s, usual[i / pairs], usual[i % pairs]);
	d->list.cursor = 0;
	list_resize(&d->list, n, d->list.page);
}

static void find_reasons(struct menu *d, const struct state *s)
{
	for (int i = COMMAND_NONE + 1; i < COMMANDS; i++) {
		const struct action_spec *spec = command_action((enum command)i, s->provider);
		struct error why = ERROR_INIT;
		if (spec != NULL && !dialog_can_start(s, spec, &why))
			d->reasons[i] = xstrdup(why.text);
	}
}

static bool step_of(uint32_t key, enum list_step *step)
{
	switch (key) {
	case KEY_UP_:
		*step = LIST_UP;
		return true;
	case KEY_DOWN_:
		*step = LIST_DOWN;
		return true;
	case KEY_PAGE_UP_:
		*step = LIST_PAGE_UP;
		return true;
	case KEY_PAGE_DOWN_:
		*step = LIST_PAGE_DOWN;
		return true;
	default:
		return false;
	}
}

static unsigned key(struct dialog *base, struct state *s, uint32_t key)
{
	struct menu *d = (struct menu *)base;
	enum list_step step;
	bool changed;
	if (key == KEY_ESC_)
		return REACT_CLOSE;
	if (key == KEY_ENTER_) {
		if (d->list.n > 0)
			s->next_command = d->commands[d->list.cursor];
		return REACT_CLOSE;
	}
	if (step_of(key, &step)) {
		list_move(&d->list, step);
		return REACT_DIALOG;
	}
	if (!lineedit_key(&d->filter, key, &changed))
		return REACT_NONE;
	if (changed)
		narrow(d, s);
	return REACT_DIALOG;
}

static void draw_row(const struct menu *d, const struct state *s, const struct area *a, int row)
{
	size_t i = d->list.top + (size_t)row;
	if (i >= d->list.n) {
		draw_text(a, row, 0, -1, STYLE_NORMAL, "");
		return;
	}
	char keys[40];
	enum style style = i == d->list.cursor ? STYLE_CURSOR : STYLE_NORMAL;
	command_keys(d->commands[i], keys, sizeof(keys));
	draw_text(a, row, 0, a->cols - MENU_KEYS, style, command_help(d->commands[i], s->provider));
	draw_right(a, row, a->cols - MENU_KEYS, MENU_KEYS, style, keys);
}

static void draw_reason(struct menu *d, const struct area *a)
{
	const char *why = d->list.n > 0 ? d->reasons[d->commands[d->list.cursor]] : NULL;
	page_reset(&d->reason, a->cols);
	if (why != NULL)
		page_add(&d->reason, STYLE_WARN, why);
	page_draw(&d->reason, a, 0);
}

static void draw(struct dialog *base, const struct state *s, const struct area *a)
{
	struct menu *d = (struct menu *)base;
	int columns = a->cols < MENU_COLUMNS ? a->cols : MENU_COLUMNS, cursor;
	struct area box = area_centre(a, COMMANDS + 4 + REASON_ROWS, columns), in = area_inside(&box);
	struct area body = { in.row + 2, in.col, in.rows - 2 - REASON_ROWS, in.cols };
	struct area why = { in.row + in.rows - REASON_ROWS, in.col + 1, REASON_ROWS, in.cols - 2 };
	list_resize(&d->list, d->list.n, body.rows > 0 ? (size_t)body.rows : 0);
	draw_clear(&box);
	draw_box(&box, true, _("Menu"));
	size_t from = lineedit_view(&d->filter, in.cols - 2, &cursor);
	draw_text(&in, 0, 1, in.cols - 2, STYLE_FIELD, d->filter.text + from);
	spot_add((struct spot){ .kind = SPOT_LIST, .area = body });
	for (int row = 0; row < body.rows; row++)
		draw_row(d, s, &body, row);
	draw_reason(d, &why);
	term_cursor(in.row, in.col + 1 + cursor);
}

static void release(struct dialog *base)
{
	struct menu *d = (struct menu *)base;
	for (int i = 0; i < COMMANDS; i++)
		free(d->reasons[i]);
	page_clear(&d->reason);
	free(d);
}

static void changed(struct dialog *base, const struct state *s)
{
	narrow((struct menu *)base, s);
}

static void parts(struct dialog *base, struct dialog_parts *out)
{
	struct menu *d = (struct menu *)base;
	out->list = &d->list;
	out->edit = &d->filter;
	out->typing = true;
	out->changed = changed;
}

static const struct dialog_key keys[] = {
	{ .keys = "Up Down", .help = N_("Choose a command") },
	{ .keys = "Enter", .help = N_("Do it") },
	{ .keys = "Esc", .help = N_("Close") },
	{ .help = NULL }
};

static const struct dialog_ops ops = {
	.title = N_("Menu"), .keys = keys,
	.key = key, .draw = draw, .free = release, .parts = parts
};

unsigned dialog_menu(struct state *s)
{
	struct menu *d = xcalloc(1, sizeof(*d));
	d->base.ops = &ops;
	d->reason = (struct page)PAGE_INIT;
	lineedit_init(&d->filter, 60);
	find_reasons(d, s);
	narrow(d, s);
	dialog_open(s, &d->base);
	return REACT_DIALOG;
}
