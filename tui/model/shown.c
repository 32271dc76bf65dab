#include "tui/model/shown.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/model/describe.h"
#include "tui/model/react.h"
#include "tui/model/state.h"

void shown_clear(struct shown *v)
{
	free(v->order_id);
	order_list_clear(&v->orders);
	entry_list_clear(&v->entries);
	action_list_clear(&v->actions);
	page_clear(&v->page);
	*v = (struct shown)SHOWN_INIT;
}

const struct order *shown_order(const struct shown *v)
{
	return v->orders.n > 0 ? &v->orders.items[0] : NULL;
}

static void read_order(struct state *s, struct shown *v)
{
	struct journal_query last = { .order_id = v->order_id, .limit = 5 };
	order_list_reset(&v->orders);
	entry_list_reset(&v->entries);
	action_list_clear(&v->actions);
	v->entries_ms = 0;
	if (v->order_id == NULL || s->reader == NULL)
		return;
	if (!reader_order_by_id(s->reader, v->order_id, &v->orders, NULL, NULL))
		return;
	reader_entries(s->reader, v->order_id, &v->entries, &v->entries_ms, NULL);
	reader_journal(s->reader, &last, &v->actions, NULL);
}

static void make_lines(struct state *s, struct shown *v)
{
	describe_order(s, &v->page, v->columns);
	list_resize(&v->list, v->page.n, v->list.page);
}

void shown_reload(struct state *s)
{
	read_order(s, &s->shown);
	make_lines(s, &s->shown);
}

void shown_retell(struct state *s)
{
	make_lines(s, &s->shown);
}

static void show(struct state *s, const char *order_id)
{
	struct shown *v = &s->shown;
	if (order_id == NULL || v->order_id == NULL || strcmp(order_id, v->order_id) != 0) {
		free(v->order_id);
		v->order_id = xstrdup_null(order_id);
		v->list = (struct list){ .page = v->list.page };
		v->tried_ms = 0;
		v->fetching = 0;
		v->error[0] = '\0';
		v->revealing = 0;
		v->phone_until = 0;
	}
	v->follow_at = 0;
	shown_reload(s);
	v->fetch_at = order_id != NULL ? s->mono_ms + SHOWN_FETCH_MS : 0;
}

void shown_follow(struct state *s)
{
	s->shown.follow_at = s->mono_ms + SHOWN_FOLLOW_MS;
	s->shown.fetch_at = 0;
}

void shown_now(struct state *s)
{
	const struct order *o = rows_current(&s->rows);
	show(s, o != NULL ? o->id : NULL);
}

void shown_resize(struct state *s, int rows, int columns)
{
	struct shown *v = &s->shown;
	list_resize(&v->list, v->list.n, rows > 0 ? (size_t)rows : 0);
	if (v->columns == columns)
		return;
	v->columns = columns;
	make_lines(s, v);
}

void shown_fetch(struct state *s)
{
	struct shown *v = &s->shown;
	v->fetch_at = 0;
	if (s->desk == NULL || v->order_id == NULL || v->fetching != 0)
		return;
	if (v->entries_ms > 0 && s->now_ms - v->entries_ms < SHOWN_STALE_MS &&
		provider_knows_around(s->provider, &v->entries))
		return;
	if (v->tried_ms > 0 && s->mono_ms - v->tried_ms < SHOWN_AGAIN_MS)
		return;
	v->tried_ms = s->mono_ms;
	v->fetching = desk_post(s->desk, request_new_fetch(v->order_id));
	make_lines(s, v);
}

/* ---- the phone number ------------------------------------------------------------------------ */

unsigned shown_reveal(struct state *s)
{
	struct shown *v = &s->shown;
	const struct order *o = shown_order(v);
	if (v->phone_until != 0)
		return shown_mask(s);
	if (o == NULL)
		return state_say_why_not(s, _("Choose an order first."));
	if (!s->settings->mask_phones)
		return state_say_why_not(s, _("Phone numbers are shown whole here: mask_phones is off."));
	if (*o->phone == '\0')
		return state_say_why_not(s, _("The marketplace tells no phone number of this order."));
	if (s->desk == NULL)
		return state_say_why_not(s, _("The desk is still starting."));
	if (v->revealing == 0)
		v->revealing = desk_post(s->desk, request_new_note(NOTE_PHONE_SHOWN, s->lock->holder, o->code));
	return REACT_HANDLED;
}

unsigned shown_event(struct state *s, const struct event *e)
{
	struct shown *v = &s->shown;
	if (v->revealing == 0 || e->reply_to != v->revealing)
		return REACT_NONE;
	v->revealing = 0;
	if (e->kind != EVENT_DONE) {
		state_say(s, STYLE_BAD, _("The phone number stays hidden: who looks at it could not be written down. %s"),
			e->error.text);
		return REACT_STATUS;
	}
	v->phone_until = s->mono_ms + SHOWN_PHONE_MS;
	make_lines(s, v);
	return REACT_DETAILS;
}

bool shown_revealed(const struct state *s, const char *order_id)
{
	const struct shown *v = &s->shown;
	return v->phone_until != 0 && v->order_id != NULL && strcmp(v->order_id, order_id) == 0;
}

unsigned shown_mask(struct state *s)
{
	s->shown.revealing = 0;
	s->shown.phone_until = 0;
	make_lines(s, &s->shown);
	return REACT_DETAILS;
}
