#include "tests/crash/trial.h"

#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "tests/crash/store_check.h"
#include "tests/lib/check.h"
#include "tests/lib/patience.h"
#include "tests/lib/proc.h"

#define SIDE_BY_SIDE 3
#define RUN_MS 60000
#define SETTLE_MS 20000

/* ---- a run ----------------------------------------------------------------------------------- */

static char *output_name(const struct trial *t, const char *what)
{
	return xasprintf("%s.%s", strrchr(t->home, '/') + 1, what);
}

static int output_file(const struct trial *t, const char *what)
{
	char *name = output_name(t, what), *path = home_path(t->ground->market->home, name);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	free(name);
	free(path);
	return fd;
}

static char *take_output(const struct trial *t, const char *what)
{
	char *name = output_name(t, what);
	char *text = home_read(t->ground->market->home, name, NULL);

	home_remove(t->ground->market->home, name);
	free(name);
	return text ? text : xstrdup("");
}

static char *label_of(const struct trial *t)
{
	char *point = points_label(t->point);
	char *label = xasprintf("%s, %s%s%s at: %s", t->ground->deed->name, t->hit->what,
		t->hit->onwards ? " from then on" : "", t->hit->killed_at_end ? ", killed at the end" : "",
		point);

	free(point);
	return label;
}

static void trial_run(struct trial *t)
{
	const char *argv[TRIAL_WORDS_MAX];
	int out = output_file(t, "out"), err = output_file(t, "err");

	t->label = label_of(t);
	trial_words(t, argv);
	t->pid = points_start(t->ground->market->env, t->point, t->hit, t->dir, argv, out, err);
	close(out);
	close(err);
}

static void trial_wait(struct trial *t)
{
	t->status = proc_wait(t->pid, deadline_in(RUN_MS));
	t->out = take_output(t, "out");
	t->err = take_output(t, "err");
	if (t->status < 0) {
		points_end(t->pid);
		trial_fail(t, "the command never ended");
	}
	t->was_hit = points_was_hit(t->dir);
	if (t->was_hit)
		t->ground->tried++;
	else
		t->ground->missed++;
}

/* ---- the desk that comes after --------------------------------------------------------------- */

static void start_desk(struct trial *t)
{
	struct request *poll = request_new(REQUEST_POLL);

	t->bench = bench_prepare(t->ground->market);
	free(t->bench->dir);
	t->bench->dir = xstrdup(t->dir);
	t->bench->probe_ms = 20;
	t->bench->retry_ms = 100;
	bench_start(t->bench, false);
	poll->on = true;
	desk_post(t->bench->desk, poll);
}

static void stop_desk(struct trial *t)
{
	/* The marketplace is needed by the others. */
	t->bench->market = NULL;
	bench_close(t->bench);
	t->bench = NULL;
}

/* How many actions the journal still has on their way. */
static size_t under_way(struct trial *t)
{
	struct journal_query query = { .open_only = true };
	struct action_list list = ACTION_LIST_INIT;
	struct error err = ERROR_INIT;
	size_t n = 0;

	if (!reader_journal(t->bench->reader, &query, &list, &err))
		trial_fail(t, "%s", err.text);
	for (size_t i = 0; i < list.n; i++)
		n += list.items[i].state != ACTION_ASK;
	action_list_clear(&list);
	return n;
}

/* Waits until the desk has said something more. */
static bool hear(struct desk *d, int64_t deadline)
{
	struct pollfd p = { .fd = desk_wake_fd(d), .events = POLLIN };
	struct event *e;

	if (poll(&p, 1, deadline_left(deadline)) <= 0)
		return false;
	desk_drain(d);
	while ((e = desk_take(d)))
		event_free(e);
	return true;
}

static void settle(struct trial *t)
{
	int64_t deadline = deadline_in(SETTLE_MS);

	while (under_way(t) > 0)
		if (!hear(t->bench->desk, deadline))
			trial_fail(t, "the desk that came after does not settle it");
	for (size_t i = 0; i < t->ground->deed->orders; i++) {
		struct event *e = bench_lookup(t->bench, t->codes[i]);

		if (e->kind != EVENT_DONE)
			trial_fail(t, "look-up of %s afterwards: %s", t->codes[i], e->error.text);
	}
	if (!t->ground->deed->kind && bench_refresh(t->bench)->kind != EVENT_DONE)
		trial_fail(t, "the orders cannot be read afterwards");
}

/* ---- what has to be true --------------------------------------------------------------------- */

void trial_fail(const struct trial *t, const char *format, ...)
{
	char *text = NULL;
	va_list args;

	check_context(t->label);
	check_note("status %d\nstdout: %s\nstderr: %s", t->status, t->out ? t->out : "",
		t->err ? t->err : "");
	va_start(args, format);
	if (vasprintf(&text, format, args) < 0)
		abort();
	va_end(args);
	check_fail("%s", text);
}

long trial_count(const struct trial *t, size_t order, const char *what)
{
	char *member = xasprintf("%s.%s", what, t->ground->deed->counter);
	char *text = market_truth(t->ground->market, t->codes[order], member);
	long n = strtol(text, NULL, 10);

	free(member);
	free(text);
	return n;
}

char *trial_outcome(const struct trial *t, size_t order)
{
	char *mark = xasprintf("\"code\":\"%s\"", t->codes[order]);
	const char *at = strstr(t->out, mark);

	free(mark);
	at = at ? strstr(at, "\"outcome\":\"") : NULL;
	if (!at)
		return xstrdup("");
	at += strlen("\"outcome\":\"");
	return xstrndup(at, strcspn(at, "\""));
}

bool trial_state(const struct trial *t, size_t order, enum action_state *state)
{
	return store_action(t->dir, t->codes[order], t->ground->deed->kind, state);
}

/* Shown as queued before the run ended, see desk_run.c. */
static bool was_queued(const struct trial *t, const char *code)
{
	char *shown = xasprintf("queued: %s\n", code);
	bool found = strstr(t->out, shown) != NULL;

	free(shown);
	return found;
}

static void check_order(const struct trial *t, size_t order)
{
	long requests = trial_count(t, order, "requests"), applied = trial_count(t, order, "applied");
	const char *code = t->codes[order];
	enum action_state state;

	if (applied > 1)
		trial_fail(t, "order %s: applied %ld times", code, applied);
	if (!trial_state(t, order, &state)) {
		if (requests || was_queued(t, code))
			trial_fail(t, "order %s: %s, and the journal knows nothing of it", code,
				requests ? "sent" : "shown as queued");
		return;
	}
	if (state == ACTION_DONE && applied != 1)
		trial_fail(t, "order %s: the journal says done, and it was not applied", code);
	if (action_state_open(state) && state != ACTION_ASK)
		trial_fail(t, "order %s: it is %s still", code, action_state_name(state));
	if (state != ACTION_DONE && state != ACTION_ASK && applied)
		trial_fail(t, "order %s: applied, and the journal says %s", code,
			action_state_name(state));
}

static void check_all(const struct trial *t)
{
	char *why = store_damage(t->dir);

	if (why)
		trial_fail(t, "%s", why);
	for (size_t i = 0; t->ground->deed->kind && i < t->ground->deed->orders; i++)
		check_order(t, i);
	if (!t->ground->deed->kind && store_orders(t->dir) != t->ground->stored)
		trial_fail(t, "%zu orders are stored, not %zu", store_orders(t->dir), t->ground->stored);
}

/* ---- many ------------------------------------------------------------------------------------ */

static void try_some(struct trial *t, size_t n, void (*ended)(struct trial *t),
	void (*settled)(struct trial *t))
{
	for (size_t i = 0; i < n; i++)
		trial_run(&t[i]);
	for (size_t i = 0; i < n; i++)
		trial_wait(&t[i]);
	for (size_t i = 0; i < n; i++) {
		check_context(t[i].label);
		if (ended && t[i].was_hit)
			ended(&t[i]);
		start_desk(&t[i]);
	}
	for (size_t i = 0; i < n; i++) {
		check_context(t[i].label);
		settle(&t[i]);
		stop_desk(&t[i]);
		check_all(&t[i]);
		if (settled && t[i].was_hit)
			settled(&t[i]);
		check_context(NULL);
		trial_close(&t[i]);
	}
}

void ground_try(struct ground *g, const struct point_list *list, const struct hit *hit,
	void (*ended)(struct trial *t), void (*settled)(struct trial *t))
{
	for (size_t i = 0; i < list->n; i += SIDE_BY_SIDE) {
		struct trial trials[SIDE_BY_SIDE];
		size_t n = list->n - i < SIDE_BY_SIDE ? list->n - i : SIDE_BY_SIDE;

		ground_tidy(g);
		for (size_t k = 0; k < n; k++) {
			trial_open(&trials[k], g, i + k + 1);
			trials[k].point = &list->items[i + k];
			trials[k].hit = hit;
		}
		try_some(trials, n, ended, settled);
	}
}
