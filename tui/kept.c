#include "tui/kept.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tui/dialog/dialog.h"
#include "tui/dialog/fields.h"
#include "tui/model/react.h"
#include "tui/model/state.h"

struct kept {
	bool full;
	enum focus focus;
	bool details_open;
	struct list queues, rows;
	struct row_key key;	/* of the order under the cursor */
	bool has_key;
	size_t details_top;
	struct lineedit search;	/* only while it is typed */
	struct dialog *dialog;	/* the top one */
	struct list list;	/* the rest is its own */
	struct lineedit edit;
	struct fields fields;
};

static void take_dialog(struct kept *k, const struct state *s)
{
	struct dialog_parts parts = dialogs_parts(s);
	k->dialog = s->dialogs;
	if (parts.list != NULL)
		k->list = *parts.list;
	if (parts.edit != NULL)
		k->edit = *parts.edit;
	if (parts.fields != NULL)
		fields_keep(parts.fields, &k->fields);
}

void kept_take(struct state *s)
{
	if (s->kept == NULL)
		s->kept = xcalloc(1, sizeof(*s->kept));
	struct kept *k = s->kept;
	if (k->full)
		return;
	k->full = true;
	k->focus = s->focus;
	k->details_open = s->details_open;
	k->queues = s->queues;
	k->rows = s->rows.list;
	k->has_key = rows_key(&s->rows, &k->key);
	k->details_top = s->shown.list.top;
	if (k->focus == FOCUS_SEARCH)
		k->search = s->search;
	take_dialog(k, s);
}

static bool is_open(const struct state *s, const struct dialog *wanted)
{
	const struct dialog *d = s->dialogs;
	while (d != NULL && d != wanted)
		d = d->below;
	return d == wanted;
}

static void put_dialog_back(struct state *s, struct kept *k)
{
	if (!is_open(s, k->dialog))
		return;
	while (s->dialogs != k->dialog)
		dialog_close(s, s->dialogs);
	struct dialog_parts parts = dialogs_parts(s);
	if (parts.edit != NULL && strcmp(parts.edit->text, k->edit.text) != 0) {
		*parts.edit = k->edit;
		if (parts.changed != NULL)
			parts.changed(s->dialogs, s);
	}
	if (parts.list != NULL && parts.list->n == k->list.n)
		*parts.list = k->list;
	if (parts.fields != NULL)
		fields_put_back(parts.fields, &k->fields);
}

static void put_rows_back(struct state *s, const struct kept *k)
{
	bool other_queue = s->queues.cursor != k->queues.cursor;
	if (other_queue) {
		list_go(&s->queues, k->queues.cursor);
		state_open_list(s);
	}
	if (!other_queue && s->rows.list.cursor == k->rows.cursor)
		return;
	s->rows.list.cursor = k->rows.cursor;
	s->rows.list.top = k->rows.top;
	list_resize(&s->rows.list, s->rows.list.n, s->rows.list.page);
	if (k->has_key)
		rows_go(&s->rows, s->reader, &k->key);
	shown_follow(s);
}

unsigned kept_put_back(struct state *s)
{
	struct kept *k = s->kept;
	if (k == NULL || !k->full)
		return REACT_NONE;
	put_dialog_back(s, k);
	put_rows_back(s, k);
	s->focus = k->focus;
	s->details_open = k->details_open;
	if (k->details_top <= s->shown.list.n)
		s->shown.list.top = k->details_top;
	if (k->focus == FOCUS_SEARCH && strcmp(s->search.text, k->search.text) != 0) {
		s->search = k->search;
		s->search_stale = true;
	}
	kept_drop(s);
	return REACT_ALL;
}

void kept_drop(struct state *s)
{
	struct kept *k = s->kept;
	if (k == NULL || !k->full)
		return;
	fields_clear(&k->fields);
	/* A long way to write nothing, at every key. */
	if (k->search.len > 0)
		lineedit_clear(&k->search);
	if (k->edit.len > 0)
		lineedit_clear(&k->edit);
	k->full = false;
	k->dialog = NULL;
}

void kept_free(struct state *s)
{
	kept_drop(s);
	free(s->kept);
	s->kept = NULL;
}
