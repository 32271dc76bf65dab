#include "tests/crash/shift.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/mem.h"
#include "store/reader.h"
#include "tests/crash/seeds.h"
#include "tests/lib/check.h"
#include "tests/lib/patience.h"

#define SLICE_MS 10	/* how long nothing may be said before `enough` is asked again */
#define STOP_MS 20000

#define NEW_PICKUP "\"mode\":\"pickup\",\"state\":\"NEW\""
#define NEW_KASPI "\"mode\":\"kaspi\",\"state\":\"NEW\",\"entries\":2"
#define PICKUP "\"mode\":\"pickup\",\"state\":\"PICKUP\",\"status\":\"ACCEPTED_BY_MERCHANT\""
#define KASPI "\"mode\":\"kaspi\",\"state\":\"KASPI_DELIVERY\",\"status\":\"ACCEPTED_BY_MERCHANT\"," \
	"\"entries\":2"

static const struct recipe {
	const char *order, *first, *second;
} recipes[] = {
	{ NEW_PICKUP, "accept", NULL },
	{ NEW_PICKUP, "cancel", NULL },
	{ NEW_PICKUP, "accept", "cancel" },
	{ NEW_KASPI, "accept", "assemble" },
	{ KASPI, "assemble", NULL },
	{ KASPI, "cancel", NULL },
	{ PICKUP, "send_code", "complete" },
	{ PICKUP, "send_code", "complete" },
};

#define RECIPES (sizeof(recipes) / sizeof(recipes[0]))

/* What duken-sim calls them. */
static const char *const counters[][2] = {
	{ "accept", "ACCEPTED_BY_MERCHANT" },
	{ "cancel", "CANCELLED" },
	{ "assemble", "ASSEMBLE" },
	{ "send_code", "SEND_CODE" },
	{ "complete", "COMPLETED" },
};

static const char *counter_of(const char *kind)
{
	size_t i = 0;

	while (strcmp(counters[i][0], kind) != 0)
		i++;
	return counters[i][1];
}

struct shift *shift_new(uint64_t seed)
{
	struct shift *s = mmap(NULL, sizeof(*s), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (s == MAP_FAILED)
		check_fail("no memory to share");
	s->seed = seed;
	s->rng = rng_for(seed, 0x7368696674);
	return s;
}

static struct deed *add_deed(struct shift *s, const char *kind, const char *before)
{
	struct deed *d = &s->deeds[s->n++];

	d->kind = kind;
	d->counter = counter_of(kind);
	d->before = before;
	d->said = ACTION_STATES;
	d->wrong_code = !strcmp(kind, "complete") && rng_chance(&s->rng, 0.15);
	return d;
}

void shift_orders(struct shift *s, struct market *m, unsigned orders)
{
	for (unsigned i = 0; i < orders; i++) {
		const struct recipe *r = &recipes[rng_below(&s->rng, RECIPES)];
		size_t from = s->n;
		char *json, *id, code[16];

		snprintf(code, sizeof(code), "4%08lu",
			(unsigned long)(s->seed * SHIFT_DEEDS + s->orders++));
		json = xasprintf("{\"code\":\"%s\",%s}", code, r->order);
		market_order(m, json);
		id = market_truth(m, code, "id");
		add_deed(s, r->first, NULL);
		if (r->second)
			add_deed(s, r->second, r->first);
		for (; from < s->n; from++) {
			memcpy(s->deeds[from].code, code, sizeof(code));
			snprintf(s->deeds[from].order_id, sizeof(s->deeds[from].order_id), "%s", id);
		}
		free(json);
		free(id);
	}
}

void shift_deed_on(struct shift *s, const char *kind, const struct order *o)
{
	struct deed *d = add_deed(s, kind, NULL);

	snprintf(d->code, sizeof(d->code), "%s", o->code);
	snprintf(d->order_id, sizeof(d->order_id), "%s", o->id);
	d->known = true;
}

/* ---- what is said ---------------------------------------------------------------------------- */

static bool ends_request(const struct event *e)
{
	return e->kind == EVENT_DONE || e->kind == EVENT_FAILED || e->kind == EVENT_CANCELLED;
}

static void note_deed(struct deed *d, const struct event *e)
{
	bool mine = e->reply_to && e->reply_to == d->request;

	if (mine && e->kind == EVENT_QUEUED)
		d->action_id = e->action_id;
	if (mine && ends_request(e)) {
		d->ends++;
		d->failed = e->kind != EVENT_DONE;
	}
	if (d->action_id && d->action_id == e->action_id) {
		d->said = e->action_state;
		d->said_done = d->said_done || d->said == ACTION_DONE;
	}
}

static void note_event(struct shift *s, struct event *e)
{
	for (size_t i = 0; i < s->n; i++) {
		struct deed *d = &s->deeds[i];

		if (d->posted)
			note_deed(d, e);
		else if (e->reply_to && e->reply_to == d->request && ends_request(e)) {
			d->known = e->kind == EVENT_DONE;
			d->request = 0;
		}
	}
	event_free(e);
}

/* Takes all that waits; waits a little when nothing does. */
static void take(struct shift *s, struct desk *d)
{
	struct pollfd p = { .fd = desk_wake_fd(d), .events = POLLIN };
	struct event *e = desk_take(d);

	if (!e) {
		poll(&p, 1, SLICE_MS);
		desk_drain(d);
	}
	for (; e; e = desk_take(d))
		note_event(s, e);
}

/* ---- what is done ---------------------------------------------------------------------------- */

static bool looking_up(const struct shift *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (!s->deeds[i].posted && s->deeds[i].request)
			return true;
	return false;
}

void shift_look_up(struct shift *s, struct desk *d)
{
	int64_t deadline = deadline_in(STOP_MS);

	for (size_t i = 0; i < s->n; i++)
		if (!s->deeds[i].posted)
			s->deeds[i].request = desk_post(d, request_new_lookup(s->deeds[i].code));
	while (looking_up(s) && deadline_left(deadline))
		take(s, d);
	if (looking_up(s))
		seeds_wrong("a look-up did not end");
}

static const struct deed *deed_before(const struct shift *s, const struct deed *d)
{
	const struct deed *x = s->deeds;

	while (d->before && (strcmp(x->code, d->code) != 0 || strcmp(x->kind, d->before) != 0))
		x++;
	return d->before ? x : NULL;
}

static bool may_post(const struct shift *s, const struct deed *d)
{
	const struct deed *before = deed_before(s, d);

	return d->known && !d->posted && (!before || (before->ends && before->said == ACTION_DONE));
}

static void fill_form(const struct deed *d, struct market *m, struct form *f)
{
	char *code;

	if (!strcmp(d->kind, "cancel"))
		form_set(f, "reason", "MERCHANT_OUT_OF_STOCK");
	else if (!strcmp(d->kind, "assemble"))
		form_set(f, "spaces", "2");
	else if (!strcmp(d->kind, "complete")) {
		code = d->wrong_code ? xstrdup("000000") : market_code(m, d->code);
		form_set(f, "code", code);
		free(code);
	}
}

static void post(struct deed *d, struct desk *desk, struct market *m)
{
	struct form form = FORM_INIT;

	fill_form(d, m, &form);
	d->posted = true;
	d->request = desk_post(desk, request_new_act(d->order_id, d->kind, &form));
	form_clear(&form);
}

static void post_ready(struct shift *s, struct desk *d, struct market *m)
{
	for (size_t i = 0; i < s->n; i++)
		if (may_post(s, &s->deeds[i]))
			post(&s->deeds[i], d, m);
}

bool shift_over(const struct shift *s)
{
	for (size_t i = 0; i < s->n; i++)
		if ((s->deeds[i].posted && !s->deeds[i].ends) || may_post(s, &s->deeds[i]))
			return false;
	return true;
}

void shift_work(struct shift *s, struct desk *d, struct market *m, int64_t ms, bool (*enough)(void))
{
	int64_t deadline = deadline_in(ms);

	while (!shift_over(s) && !(enough && enough()) && deadline_left(deadline)) {
		post_ready(s, d, m);
		take(s, d);
	}
}

/* A later desk counts its requests anew. */
void shift_stop(struct shift *s, struct desk *d)
{
	int64_t deadline = deadline_in(STOP_MS);
	bool stopped = false;

	desk_post(d, request_new(REQUEST_QUIT));
	while (!stopped && deadline_left(deadline)) {
		struct pollfd p = { .fd = desk_wake_fd(d), .events = POLLIN };
		struct event *e = desk_take(d);

		if (!e) {
			poll(&p, 1, deadline_left(deadline));
			desk_drain(d);
			continue;
		}
		stopped = e->kind == EVENT_STOPPED;
		note_event(s, e);
	}
	if (!stopped)
		seeds_wrong("the desk does not stop");
	desk_stop(d);
	for (size_t i = 0; i < s->n; i++)
		s->deeds[i].request = 0;
}

/* After a crash nobody repeats what the journal came to say at the last moment. */
static bool all_told(const struct shift *s)
{
	for (size_t i = 0; i < s->n && !s->crashed; i++) {
		const struct deed *d = &s->deeds[i];

		if (d->action_id && d->said != ACTION_ASK && action_state_open(d->said))
			return false;
	}
	return true;
}

static bool all_settled(const struct shift *s, struct reader *r)
{
	size_t open, ask;

	reader_open_actions(r, &open, &ask);
	return open == ask && shift_over(s) && all_told(s);
}

void shift_poll(struct desk *d)
{
	struct request *poll_on = request_new(REQUEST_POLL);

	poll_on->on = true;
	desk_post(d, poll_on);
}

static bool unsettled(const struct shift *s, struct reader *r, int64_t ms)
{
	struct action_list open = ACTION_LIST_INIT;

	for (size_t i = 0; i < s->n; i++)
		if (s->deeds[i].posted && !s->deeds[i].ends)
			seeds_wrong("%s of %s has no end", s->deeds[i].kind, s->deeds[i].code);
	reader_journal(r, &(struct journal_query){ .open_only = true }, &open, NULL);
	for (size_t i = 0; i < open.n; i++)
		seeds_wrong("%s of %s is still %s (%s)%s%s", open.items[i].kind, open.items[i].code,
			action_state_name(open.items[i].state), open.items[i].message,
			open.items[i].mine ? ", mine" : "", open.items[i].orphan ? ", an orphan" : "");
	action_list_clear(&open);
	return seeds_wrong("not settled within %lld ms", (long long)ms);
}

bool shift_settle(struct shift *s, struct desk *d, struct market *m, const char *dir, int64_t ms)
{
	int64_t began = mono_ms(), deadline = deadline_in(ms);
	struct error err = ERROR_INIT;
	struct reader *r = reader_open(dir, &err);
	bool settled;

	if (!r)
		return seeds_wrong("the store cannot be read: %s", err.text);
	shift_poll(d);
	while (!(settled = all_settled(s, r)) && deadline_left(deadline)) {
		post_ready(s, d, m);
		take(s, d);
	}
	seeds_waited(mono_ms() - began);
	if (!settled)
		unsettled(s, r, ms);
	reader_close(r);
	return settled;
}
