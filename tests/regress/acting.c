#include "tests/regress/acting.h"

struct bench *b;

void acting_prepare(const char *order, int grace_s)
{
	b = bench_prepare(market_start(&(struct market_options){ .seed = 3 }));
	market_order(b->market, order);
	b->shop->grace_s = grace_s;
}

int acting_teardown(void **state)
{
	(void)state;
	if (b)
		bench_close(b);
	b = NULL;
	return 0;
}

void acting_truth(const char *member, const char *value)
{
	char *is = market_truth(b->market, CODE, member);

	if (strcmp(is, value) != 0)
		check_fail("the marketplace has %s = \"%s\", not \"%s\"", member, is, value);
	free(is);
}

void acting_ended(const struct event *e, enum action_state state)
{
	if (e->kind != EVENT_DONE)
		check_fail("failed: %s", e->error.text);
	if (e->action_state != state)
		check_fail("ended as %s (%s)", action_state_name(e->action_state),
			e->message ? e->message : "");
}

struct wanted {
	enum action_state state;
	const char *words;
};

static bool fits(const struct event *e, const void *arg)
{
	const struct wanted *w = arg;

	return e->kind == EVENT_ACTION && e->action_state == w->state &&
		(!*w->words || (e->message && strstr(e->message, w->words)));
}

struct event *acting_wait(enum action_state state, const char *words)
{
	struct wanted w = { state, words };

	return bench_wait(b, fits, &w, action_state_name(state));
}

void acting_poll(void)
{
	struct request *poll = request_new(REQUEST_POLL);

	poll->on = true;
	desk_post(b->desk, poll);
}
