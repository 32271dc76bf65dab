#include "cli/session.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"

static void catch_signals(struct session *s)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	pthread_sigmask(SIG_BLOCK, &set, &s->old);
	s->signal_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

static void say_report(const struct store_report *report)
{
	char sentence[ERROR_TEXT_MAX];

	if (report->cache_rebuilt)
		cli_say(_("the store of orders was damaged and was begun anew; the journal is not "
			  "touched by that"));
	if (report->journal_set_aside)
		cli_say("%s", desk_journal_sentence(report, sentence, sizeof(sentence)));
}

bool session_open(struct session *s, const struct cli *c, struct error *err)
{
	struct desk_options options = {
		.shop = c->shop,
		.clerk = c->settings->clerk,
		.state_dir = c->state_dir,
		.read_only = c->read_only,
		.printer = c->settings->printer,
		.print_options = c->settings->print_options,
	};

	struct store_report report;

	*s = (struct session){ .signal_fd = -1 };
	s->desk = desk_start(&options, &report, err);
	if (!s->desk)
		return false;
	say_report(&report);
	catch_signals(s);
	return true;
}

void session_close(struct session *s)
{
	if (!s->desk)
		return;
	desk_stop(s->desk);
	s->desk = NULL;
	if (s->signal_fd >= 0)
		close(s->signal_fd);
	/* A second Ctrl-C that came meanwhile must not end the report of the first. */
	if (!s->signalled)
		pthread_sigmask(SIG_SETMASK, &s->old, NULL);
}

uint64_t session_post(struct session *s, struct request *r)
{
	return desk_post(s->desk, r);
}

static void remember_link(struct session *s, const struct event *e)
{
	if (e->kind != EVENT_LINK)
		return;
	s->link = e->error;
	if (e->link == LINK_ONLINE || e->link == LINK_UNKNOWN)
		s->link.code = ERR_NONE;
}

static void tell_clock(const struct event *e)
{
	if (e->kind == EVENT_CLOCK && e->message)
		cli_say("%s", e->message);
}

struct event *session_wait(struct session *s)
{
	struct pollfd p[] = {
		{ .fd = desk_wake_fd(s->desk), .events = POLLIN },
		{ .fd = s->signal_fd, .events = POLLIN },
	};
	struct event *e;

	while (!s->interrupted) {
		e = desk_take(s->desk);
		if (e) {
			remember_link(s, e);
			tell_clock(e);
			return e;
		}
		if (poll(p, 2, -1) < 0 && errno != EINTR)
			break;
		if (p[1].revents)
			s->interrupted = s->signalled = true;
		desk_drain(s->desk);
	}
	return NULL;
}

void session_go_on(struct session *s)
{
	struct signalfd_siginfo seen;

	while (read(s->signal_fd, &seen, sizeof(seen)) == sizeof(seen))
		continue;
	s->interrupted = false;
}

static bool take_end(struct event *e, char **order_id, struct error *err)
{
	if (e->kind != EVENT_DONE) {
		*err = e->error;
		if (e->kind == EVENT_CANCELLED)
			err->code = ERR_CANCELLED;
		return false;
	}
	if (order_id) {
		*order_id = e->order_id;
		e->order_id = NULL;
	}
	return true;
}

bool session_finish(struct session *s, uint64_t id, char **order_id, struct error *err)
{
	struct event *e;

	while ((e = session_wait(s))) {
		bool ends = e->reply_to == id &&
			(e->kind == EVENT_DONE || e->kind == EVENT_FAILED ||
				e->kind == EVENT_CANCELLED);
		bool ok = ends && take_end(e, order_id, err);

		event_free(e);
		if (ends)
			return ok;
	}
	return error_set(err, ERR_CANCELLED, _("stopped before the server answered"));
}
