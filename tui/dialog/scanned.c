/* What becomes of a scan; over another dialog the question whether to leave it for the scanned order. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "store/scanned.h"
#include "tui/dialog/dialog.h"
#include "tui/dialog/fields.h"
#include "tui/model/state.h"
#include "tui/term/key.h"
#include "tui/widget/page.h"

#define QUESTION_COLUMNS 60
#define SAID_MAX 40	/* characters of a code that are shown */

struct question {
	struct dialog base;
	struct fields buttons;
	struct page page;
	char code[BARCODE_MAX + 1];
};

static unsigned key(struct dialog *base, struct state *s, uint32_t key)
{
	struct question *d = (struct question *)base;
	char code[BARCODE_MAX + 1];
	switch (fields_key(&d->buttons, key)) {
	case FIELDS_SUBMIT:
		memcpy(code, d->code, sizeof(code));
		dialogs_clear(s);
		return REACT_ALL | dialog_number_open(s, code);
	case FIELDS_CANCEL:
		return REACT_CLOSE;
	case FIELDS_CHANGED:
		return REACT_DIALOG;
	default:
		return key_is_text(key) ? REACT_HANDLED : REACT_NONE;
	}
}

static void draw(struct dialog *base, const struct state *s, const struct area *a)
{
	struct question *d = (struct question *)base;
	int columns = a->cols < QUESTION_COLUMNS ? a->cols : QUESTION_COLUMNS;
	(void)s;
	page_reset(&d->page, columns - 4);
	page_addf(&d->page, STYLE_NORMAL,
		_("Order %s was scanned. Leave this dialog and open the order? What is typed here is lost then."),
		d->code);
	struct area box = area_centre(a, (int)d->page.n + 4, columns), in = area_inside(&box);
	struct area body = { in.row, in.col + 1, in.rows - 2, in.cols - 2 };
	draw_clear(&box);
	draw_box(&box, true, _("Scan"));
	page_draw(&d->page, &body, 0);
	fields_draw(&d->buttons, &in, in.rows - 1);
}

static void release(struct dialog *base)
{
	struct question *d = (struct question *)base;
	page_clear(&d->page);
	fields_clear(&d->buttons);
	free(d);
}

static void parts(struct dialog *base, struct dialog_parts *out)
{
	out->fields = &((struct question *)base)->buttons;
}

static const struct dialog_ops ops = {
	.title = N_("Scan"), .keys = FIELDS_KEYS,
	.key = key, .draw = draw, .free = release, .parts = parts, .gives_way = true
};

static unsigned ask(struct state *s, const char *code)
{
	struct question *d = xcalloc(1, sizeof(*d));
	d->base.ops = &ops;
	d->buttons = (struct fields){ .costly = true, .focus = 1, .yes = _("Leave and open") };
	snprintf(d->code, sizeof(d->code), "%s", code);
	dialog_open(s, &d->base);
	return REACT_DIALOG;
}

/* Its order's number when the store knows it, else the number itself; "" when it is none. */
static void resolve(struct state *s, const struct readings *code, char out[BARCODE_MAX + 1])
{
	struct order_list found = ORDER_LIST_INIT;
	out[0] = '\0';
	switch (scanned_find(s->reader, code, &found)) {
	case SCANNED_ORDER:
	case SCANNED_WAYBILL:
		snprintf(out, BARCODE_MAX + 1, "%s", found.items[0].code);
		break;
	case SCANNED_ASK:
		memcpy(out, code->items[0].text, BARCODE_MAX + 1);
		break;
	case SCANNED_NOTHING:
		break;
	}
	order_list_clear(&found);
}

bool dialog_scan_known(struct state *s, const struct readings *code)
{
	struct order_list found = ORDER_LIST_INIT;
	enum scanned what = scanned_find(s->reader, code, &found);
	order_list_clear(&found);
	return what == SCANNED_ORDER || what == SCANNED_WAYBILL;
}

unsigned dialog_scanned(struct state *s, const struct readings *code)
{
	char number[BARCODE_MAX + 1];
	unsigned react = dialogs_scan(s, code->items[0].text);
	if (react != REACT_NONE)
		return react;
	resolve(s, code, number);
	if (number[0] == '\0') {
		state_say(s, STYLE_BAD, _("\"%.*s\" was scanned: no order has that number."), SAID_MAX,
			code->items[0].text);
		return REACT_STATUS;
	}
	while (s->dialogs != NULL && s->dialogs->ops->gives_way)
		dialog_close(s, s->dialogs);
	if (s->dialogs != NULL)
		return REACT_ALL | ask(s, number);
	return REACT_ALL | dialog_number_open(s, number);
}
