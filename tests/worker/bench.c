#include "tests/worker/bench.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "tests/lib/check.h"
#include "tests/lib/patience.h"

#define WAIT_MS 20000

static char stored[128];

struct bench *bench_prepare(struct market *market)
{
	struct bench *b = xcalloc(1, sizeof(*b));

	b->market = market;
	b->settings = settings_for_url("test", market->url);
	b->shop = &b->settings->shops[0];
	b->shop->requests_per_second = 1000;
	b->shop->grace_s = 0;
	b->dir = home_path(market->home, "state");
	home_write(market->home, "token", 0600, market->token);
	free(b->shop->token_file);
	b->shop->token_file = home_path(market->home, "token");
	return b;
}

void bench_start(struct bench *b, bool read_only)
{
	struct desk_options o = {
		.shop = b->shop, .clerk = "Айгуль", .state_dir = b->dir, .read_only = read_only,
		.probe_ms = b->probe_ms, .retry_ms = b->retry_ms, .print_ms = b->print_ms,
		.printer = b->settings->printer, .print_options = b->settings->print_options,
	};
	struct error err = ERROR_INIT;

	b->desk = desk_start(&o, NULL, &err);
	if (!b->desk)
		check_fail("desk_start: %s", err.text);
	b->reader = reader_open(b->dir, &err);
	if (!b->reader)
		check_fail("reader_open: %s", err.text);
}

struct bench *bench_open(struct market *market)
{
	struct bench *b = bench_prepare(market);

	bench_start(b, false);
	return b;
}

void bench_stop(struct bench *b)
{
	event_free(b->last);
	b->last = NULL;
	desk_stop(b->desk);
	b->desk = NULL;
	reader_close(b->reader);
	b->reader = NULL;
}

void bench_close(struct bench *b)
{
	bench_stop(b);
	settings_free(b->settings);
	market_stop(b->market);
	free(b->dir);
	free(b);
}

/* ---- waiting --------------------------------------------------------------------------------- */

static bool wait_readable(struct bench *b, int64_t deadline)
{
	struct pollfd p = { .fd = desk_wake_fd(b->desk), .events = POLLIN };

	return poll(&p, 1, deadline_left(deadline)) > 0;
}

struct event *bench_wait(struct bench *b, bool (*fits)(const struct event *e, const void *arg),
	const void *arg, const char *what)
{
	int64_t deadline = deadline_in(WAIT_MS);

	for (;;) {
		struct event *e = desk_take(b->desk);

		if (e && fits(e, arg)) {
			event_free(b->last);
			b->last = e;
			return e;
		}
		if (e) {
			event_free(e);
			continue;
		}
		if (!wait_readable(b, deadline))
			check_fail("the worker never said: %s", what);
		desk_drain(b->desk);
	}
}

static bool is_kind(const struct event *e, const void *arg)
{
	return e->kind == *(const enum event_kind *)arg;
}

struct event *bench_wait_kind(struct bench *b, enum event_kind kind)
{
	return bench_wait(b, is_kind, &kind, "an event of that kind");
}

static bool is_link(const struct event *e, const void *arg)
{
	return e->kind == EVENT_LINK && e->link == *(const enum link_state *)arg;
}

struct event *bench_wait_link(struct bench *b, enum link_state state)
{
	return bench_wait(b, is_link, &state, "that the link is so");
}

static bool is_end(const struct event *e, const void *arg)
{
	return e->reply_to == *(const uint64_t *)arg &&
		(e->kind == EVENT_DONE || e->kind == EVENT_FAILED || e->kind == EVENT_CANCELLED);
}

struct event *bench_end(struct bench *b, uint64_t id)
{
	return bench_wait(b, is_end, &id, "the end of the request");
}

/* ---- requests -------------------------------------------------------------------------------- */

struct event *bench_lookup(struct bench *b, const char *code)
{
	return bench_end(b, desk_post(b->desk, request_new_lookup(code)));
}

struct event *bench_refresh(struct bench *b)
{
	return bench_end(b, desk_post(b->desk, request_new(REQUEST_REFRESH)));
}

uint64_t bench_post_act(struct bench *b, const char *code, const char *action,
	const char *const *values, bool command)
{
	struct order_list list = ORDER_LIST_INIT;
	struct error err = ERROR_INIT;
	struct form form = FORM_INIT;
	struct request *r;

	if (!reader_order_by_code(b->reader, code, &list, NULL, &err))
		check_fail("order %s: %s", code, err.text);
	for (; values && values[0]; values += 2)
		form_set(&form, values[0], values[1]);
	r = request_new_act(list.items[0].id, action, &form);
	r->no_grace = command;
	r->warning = xstrdup_null(b->warning);
	form_clear(&form);
	order_list_clear(&list);
	return desk_post(b->desk, r);
}

struct event *bench_act(struct bench *b, const char *code, const char *action,
	const char *const *values)
{
	struct event *e = bench_lookup(b, code);

	if (e->kind != EVENT_DONE)
		check_fail("look-up of %s: %s", code, e->error.text);
	return bench_end(b, bench_post_act(b, code, action, values, false));
}

/* ---- what came of it ------------------------------------------------------------------------- */

enum action_state bench_journal(struct bench *b, int64_t action_id)
{
	struct action_list list = ACTION_LIST_INIT;
	struct error err = ERROR_INIT;
	enum action_state state;

	if (!reader_action(b->reader, action_id, &list, &err))
		check_fail("journal: %s", err.text);
	state = list.items[0].state;
	action_list_clear(&list);
	return state;
}

const char *bench_stored(struct bench *b, const char *code, const char *member)
{
	struct order_list list = ORDER_LIST_INIT;
	struct error err = ERROR_INIT;
	const struct order *o;
	const char *value;

	if (!reader_order_by_code(b->reader, code, &list, NULL, &err))
		check_fail("order %s: %s", code, err.text);
	o = &list.items[0];
	value = !strcmp(member, "state") ? o->state :
		!strcmp(member, "status") ? o->status :
		!strcmp(member, "queue") ? o->queue :
		!strcmp(member, "id") ? o->id : o->waybill;
	strncpy(stored, value, sizeof(stored) - 1);
	order_list_clear(&list);
	return stored;
}

void bench_truth(struct bench *b, const char *code, const char *member, const char *value)
{
	char *is = market_truth(b->market, code, member);

	if (strcmp(is, value) != 0)
		check_fail("the marketplace has %s = \"%s\", not \"%s\"", member, is, value);
	free(is);
}

void bench_ended(struct bench *b, const struct event *e, enum action_state state)
{
	if (e->kind != EVENT_DONE)
		check_fail("failed: %s", e->error.text);
	if (e->action_state != state)
		check_fail("ended as %s (%s)", action_state_name(e->action_state),
			e->message ? e->message : "");
	assert_int_equal(bench_journal(b, e->action_id), state);
}

struct entry_list bench_lines(struct bench *b, const char *code)
{
	struct entry_list lines = ENTRY_LIST_INIT;
	struct error err = ERROR_INIT;

	if (!reader_entries(b->reader, bench_stored(b, code, "id"), &lines, NULL, &err))
		check_fail("no lines: %s", err.text);
	return lines;
}

char *bench_line_id(struct bench *b, const char *code, size_t i)
{
	struct entry_list lines;
	char *id;

	bench_lookup(b, code);
	assert_int_equal(bench_end(b, desk_post(b->desk, request_new_fetch(bench_stored(b, code, "id"))))->kind,
		EVENT_DONE);
	lines = bench_lines(b, code);
	assert_true(i < lines.n);
	id = xstrdup(lines.items[i].id);
	entry_list_clear(&lines);
	return id;
}
