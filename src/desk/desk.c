#include "desk/desk.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/path.h"
#include "desk/mailbox.h"
#include "desk/worker.h"
#include "store/lease.h"

#define WORKER_NICE 5	/* of its thread alone, as Linux has it */

struct desk {
	struct worker worker;
	struct mailbox requests;	/* front-end -> worker */
	struct mailbox events;		/* worker -> front-end */
	int request_fd;			/* wakes a worker that has no network yet */
	int event_fd;			/* wakes the front-end */
	pthread_t thread;
	uint64_t last_id;
};

static void poke(int fd)
{
	uint64_t one = 1;
	ssize_t n;

	do
		n = write(fd, &one, sizeof(one));
	while (n < 0 && errno == EINTR);
}

static void drain(int fd)
{
	uint64_t sum;
	ssize_t n;

	do
		n = read(fd, &sum, sizeof(sum));
	while (n < 0 && errno == EINTR);
}

static void wake_worker(void *arg)
{
	struct desk *d = arg;

	poke(d->request_fd);
	transport_wake(d->worker.transport);
}

static void wake_front_end(void *arg)
{
	poke(((struct desk *)arg)->event_fd);
}

static void post_event(void *arg, struct event *e)
{
	mailbox_post(&((struct desk *)arg)->events, e);
}

static void link_changed(void *arg, enum link_state state, const struct error *why, int64_t until_ms)
{
	follow_link(((struct desk *)arg)->worker.follow, state, why, until_ms);
}

static void clock_changed(void *arg, int64_t ahead_ms)
{
	worker_clock(&((struct desk *)arg)->worker, ahead_ms);
}

static int64_t wait_left(void *arg)
{
	return lease_wait_left(((struct desk *)arg)->worker.store, clock_now_ms());
}

static void told_to_wait(void *arg, int64_t wait_ms)
{
	lease_wait(((struct desk *)arg)->worker.store, clock_now_ms(), wait_ms, NULL);
}

/* ---- the thread ----------------------------------------------------------------------------- */

static void take_mail(struct desk *d)
{
	struct request *r;

	while ((r = mailbox_take(&d->requests)))
		worker_handle(&d->worker, r);
}

/* The one place where the worker waits. */
static void wait_for_work(struct desk *d, int64_t next_ms)
{
	int timeout = next_ms < 0 ? -1 : next_ms > 60000 ? 60000 : (int)next_ms;
	struct pollfd p[] = {
		{ .fd = d->request_fd, .events = POLLIN },
		{ .fd = d->worker.watch_fd, .events = POLLIN },
	};

	if (transport_open(d->worker.transport)) {
		transport_step(d->worker.transport, timeout);
		drain(d->request_fd);
	} else if (timeout != 0) {
		poll(p, 2, timeout);
		drain(d->request_fd);
	} else {
		transport_step(d->worker.transport, 0);
	}
}

static void *work(void *arg)
{
	struct desk *d = arg;

	/* A sync is work for a whole processor; where there are few, the screen's thread comes first. */
	setpriority(PRIO_PROCESS, 0, WORKER_NICE);
	for (;;) {
		int64_t next;

		take_mail(d);
		if (d->worker.quit)
			break;
		next = worker_tick(&d->worker);
		wait_for_work(d, next);
	}
	transport_cancel_owner(d->worker.transport, NULL);
	documents_quit(d->worker.documents);
	printer_quit(d->worker.printer);
	runner_quit(d->worker.runner);
	follow_quit(d->worker.follow);
	sync_quit(d->worker.sync);
	post_event(d, event_new(EVENT_STOPPED, 0));
	return NULL;
}

static bool start_thread(struct desk *d, struct error *err)
{
	sigset_t all, old;
	int rc;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	rc = pthread_create(&d->thread, NULL, work, d);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	if (rc)
		return error_set(err, ERR_STORAGE, _("cannot start a thread: %s"), strerror(rc));
	return true;
}

/* ---- the front-end's side ------------------------------------------------------------------- */

static void desk_free(struct desk *d)
{
	struct request *r;
	struct event *e;

	printer_free(d->worker.printer);
	documents_free(d->worker.documents);
	looks_free(d->worker.looks);
	runner_free(d->worker.runner);
	fetches_free(d->worker.fetches);
	facts_free(d->worker.facts);
	sync_free(d->worker.sync);
	follow_free(d->worker.follow);
	transport_free(d->worker.transport);
	store_close(d->worker.store);
	while ((r = mailbox_take(&d->requests)))
		request_free(r);
	while ((e = mailbox_take(&d->events)))
		event_free(e);
	mailbox_clear(&d->requests);
	mailbox_clear(&d->events);
	close(d->worker.watch_fd);
	close(d->request_fd);
	close(d->event_fd);
	free(d->worker.clerk);
	free(d->worker.printer_name);
	free(d->worker.print_options);
	free(d);
}

static struct desk *desk_new(const struct desk_options *o, const struct provider *p)
{
	struct desk *d = xcalloc(1, sizeof(*d));
	struct transport_watch watch = { .link = link_changed, .clock = clock_changed, .wait_left = wait_left,
		.wait = told_to_wait, .arg = d, .fd = epoll_create1(EPOLL_CLOEXEC) };

	mailbox_init(&d->requests, wake_worker, d);
	mailbox_init(&d->events, wake_front_end, d);
	d->request_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	d->event_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	d->worker = (struct worker){
		.shop = o->shop,
		.provider = p,
		.clerk = xstrdup(o->clerk),
		.read_only = o->read_only,
		.printer_name = xstrdup_null(o->printer),
		.print_options = xstrdup_null(o->print_options),
		.probe_ms = o->probe_ms ? o->probe_ms : DESK_PROBE_MS,
		.retry_ms = o->retry_ms ? o->retry_ms : DESK_RETRY_MS,
		.print_ms = o->print_ms ? o->print_ms : DESK_PRINT_MS,
		.watch_fd = watch.fd,
		.post = post_event,
		.post_arg = d,
	};
	d->worker.transport = transport_new(o->shop, p, &watch);
	d->worker.follow = follow_new(&d->worker);
	d->worker.sync = sync_new(&d->worker);
	d->worker.fetches = fetches_new(&d->worker);
	d->worker.facts = facts_new(&d->worker);
	d->worker.runner = runner_new(&d->worker);
	d->worker.looks = looks_new(&d->worker);
	d->worker.documents = documents_new(&d->worker);
	d->worker.printer = printer_new(&d->worker);
	return d;
}

struct desk *desk_start(const struct desk_options *o, struct store_report *report, struct error *err)
{
	const struct provider *p = desk_provider(o->shop->provider);
	struct desk *d;

	if (!p) {
		error_set(err, ERR_CONFIG, _("shop %s: there is no provider \"%s\""), o->shop->name,
			o->shop->provider);
		return NULL;
	}
	d = desk_new(o, p);
	d->worker.store = store_open(o->state_dir, report, err);
	if (d->worker.store) {
		store_set_retention(d->worker.store, o->shop->retention_days * CLOCK_DAY_MS);
		worker_arrange(&d->worker);
	}
	if (!d->worker.store || !start_thread(d, err)) {
		desk_free(d);
		return NULL;
	}
	return d;
}

const char *desk_journal_sentence(const struct store_report *report, char *out, size_t cap)
{
	size_t n = report->carried_over;
	int len = snprintf(out, cap, _("The journal of actions was damaged. It is kept as %s, and a new one "
		"was begun."), report->journal_copy);

	if (len > 0 && (size_t)len < cap && n == 0)
		snprintf(out + len, cap - (size_t)len, " %s", _("Nothing that was open could be read from it: "
			"look at the orders that were acted on last."));
	else if (len > 0 && (size_t)len < cap)
		snprintf(out + len, cap - (size_t)len, ngettext(" %zu action that was open waits for a "
			"person's decision.", " %zu actions that were open wait for a person's decision.", n), n);
	return out;
}

uint64_t desk_post(struct desk *d, struct request *r)
{
	uint64_t id = ++d->last_id;

	r->id = id;
	mailbox_post(&d->requests, r);
	return id;
}

int desk_wake_fd(const struct desk *d)
{
	return d->event_fd;
}

void desk_drain(struct desk *d)
{
	drain(d->event_fd);
}

struct event *desk_take(struct desk *d)
{
	return mailbox_take(&d->events);
}

void desk_quit(struct desk *d)
{
	if (d)
		desk_post(d, request_new(REQUEST_QUIT));
}

void desk_stop(struct desk *d)
{
	if (!d)
		return;
	desk_quit(d);
	pthread_join(d->thread, NULL);
	desk_free(d);
}

char *desk_state_dir(const char *base, const struct shop *shop)
{
	char *root = base ? xstrdup(base) : path_state();
	char *dir = path_join(root, shop->name);

	free(root);
	return dir;
}
