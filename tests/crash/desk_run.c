/* A desk to be hit from outside: desk_run URL FOLDER ACTION CODE... acts on one order after the other. It
 * says at once what a clerk would see: "queued: CODE", "told: SENTENCE", and the outcome as the commands
 * print it, or "open". A desk waits for ever for a disk that is full; this one goes on a little after it
 * said so. */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "desk/desk.h"
#include "tests/lib/patience.h"

#define END_MS 20000
#define TOLD_MS 400	/* several times retry_ms */

static int64_t deadline;

static void say(const char *what, const char *text)
{
	printf("%s: %s\n", what, text ? text : "");
	fflush(stdout);
}

static void see(const struct event *e, const char *code)
{
	if (e->kind == EVENT_QUEUED)
		say("queued", code);
	if (e->kind != EVENT_ACTION || !e->message || !*e->message)
		return;
	say("told", e->message);
	deadline = deadline_in(TOLD_MS);
}

/* The event that ends the request, the caller's; NULL: it did not. */
static struct event *end_of(struct desk *d, uint64_t id, const char *code)
{
	struct pollfd p = { .fd = desk_wake_fd(d), .events = POLLIN };
	struct event *e;

	deadline = deadline_in(END_MS);
	for (;;) {
		while ((e = desk_take(d))) {
			see(e, code);
			if (e->reply_to == id && (e->kind == EVENT_DONE || e->kind == EVENT_FAILED))
				return e;
			event_free(e);
		}
		if (poll(&p, 1, deadline_left(deadline)) <= 0)
			return NULL;
		desk_drain(d);
	}
}

static int outcome(const char *code, const struct event *e)
{
	const char *state = "open", *message = NULL;

	if (e && e->kind == EVENT_DONE) {
		state = action_state_name(e->action_state);
		message = e->message;
	} else if (e) {
		state = "refused";
		message = e->error.text;
	}
	printf("{\"code\":\"%s\",\"outcome\":\"%s\"}\n", code, state);
	say("message", message);
	return strcmp(state, "done") != 0;
}

static struct event *act(struct desk *d, const char *code, const char *action)
{
	struct event *found = end_of(d, desk_post(d, request_new_lookup(code)), code);
	struct form form = FORM_INIT;
	struct event *e;

	if (!found || found->kind != EVENT_DONE)
		return found;
	e = end_of(d, desk_post(d, request_new_act(found->order_id, action, &form)), code);
	event_free(found);
	return e;
}

int main(int argc, char **argv)
{
	struct settings *settings = settings_for_url("test", argc > 4 ? argv[1] : "");
	struct shop *shop = &settings->shops[0];
	struct desk_options o = { .shop = shop, .clerk = "Айгуль", .state_dir = argv[2], .probe_ms = 20,
		.retry_ms = 100 };
	struct error err = ERROR_INIT;
	struct desk *d;
	int status = 0;

	free(shop->token_file);
	shop->token_file = xasprintf("%s/duken/token", getenv("XDG_CONFIG_HOME"));
	shop->requests_per_second = 1000;
	shop->grace_s = 0;
	d = desk_start(&o, NULL, &err);
	if (!d)
		say("message", err.text);
	for (int i = 4; d && i < argc; i++) {
		struct event *e = act(d, argv[i], argv[3]);

		status |= outcome(argv[i], e);
		event_free(e);
	}
	desk_stop(d);
	settings_free(settings);
	return d ? status : 1;
}
