#include "tui/dialog/dialog.h"

#include "tui/dialog/fields.h"
#include "tui/model/state.h"

void dialog_open(struct state *s, struct dialog *d)
{
	d->below = s->dialogs;
	s->dialogs = d;
}

void dialog_close(struct state *s, struct dialog *d)
{
	struct dialog **link = &s->dialogs;
	while (*link != NULL && *link != d)
		link = &(*link)->below;
	if (*link == NULL)
		return;
	*link = d->below;
	d->ops->free(d);
}

void dialogs_clear(struct state *s)
{
	while (s->dialogs != NULL)
		dialog_close(s, s->dialogs);
}

static unsigned finish(struct state *s, struct dialog *d, unsigned react)
{
	if (!(react & REACT_CLOSE))
		return react;
	dialog_close(s, d);
	return (react & ~(unsigned)REACT_CLOSE) | REACT_ALL;
}

unsigned dialogs_key(struct state *s, uint32_t key)
{
	struct dialog *d = s->dialogs;
	return finish(s, d, d->ops->key(d, s, key));
}

unsigned dialogs_scan(struct state *s, const char *text)
{
	struct dialog *d = s->dialogs;
	return d != NULL && d->ops->scan != NULL ? finish(s, d, d->ops->scan(d, s, text)) : REACT_NONE;
}

struct dialog_parts dialogs_parts(const struct state *s)
{
	struct dialog_parts parts = { .typing = false };
	if (s->dialogs != NULL && s->dialogs->ops->parts != NULL)
		s->dialogs->ops->parts(s->dialogs, &parts);
	return parts;
}

void dialogs_forget_codes(struct state *s)
{
	for (struct dialog *d = s->dialogs; d != NULL; d = d->below) {
		struct dialog_parts parts = { .typing = false };
		if (d->ops->parts != NULL)
			d->ops->parts(d, &parts);
		if (parts.fields != NULL)
			fields_forget_codes(parts.fields);
	}
}

unsigned dialogs_event(struct state *s, const struct event *e)
{
	unsigned react = REACT_NONE;
	struct dialog *below;
	for (struct dialog *d = s->dialogs; d != NULL; d = below) {
		below = d->below;
		if (d->ops->event != NULL)
			react |= finish(s, d, d->ops->event(d, s, e));
	}
	return react;
}

bool dialogs_busy(const struct state *s)
{
	for (const struct dialog *d = s->dialogs; d != NULL; d = d->below)
		if (d->busy)
			return true;
	return false;
}

unsigned dialogs_work(struct state *s)
{
	unsigned react = REACT_NONE;
	for (struct dialog *d = s->dialogs; d != NULL; d = d->below)
		if (d->busy)
			react |= d->ops->work(d, s);
	return react;
}

static void draw_from(struct dialog *d, const struct state *s, const struct area *a)
{
	if (d == NULL)
		return;
	draw_from(d->below, s, a);
	d->ops->draw(d, s, a);
}

void dialogs_draw(const struct state *s, const struct area *a)
{
	draw_from(s->dialogs, s, a);
}
