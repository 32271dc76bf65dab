#include "desk/probe.h"

#include <signal.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "desk/desk.h"
#include "desk/transport.h"

/* No shop has an order of this number, so asking for it changes nothing and shows everything. */
#define NO_ORDER "100000000"
#define SPARE_MS 500	/* past the call's own time-out, which knows better what was waited for */

struct probing {
	const struct provider *provider;
	struct transport *transport;
	struct probe *out;
	struct error wait;	/* why the server asks for patience; code NONE: it does not */
	bool done;
};

static void link_changed(void *arg, enum link_state state, const struct error *why, int64_t until_ms)
{
	struct probing *p = arg;

	(void)until_ms;
	if (state == LINK_BACKING_OFF)
		p->wait = *why;
}

static void clock_changed(void *arg, int64_t ahead_ms)
{
	(void)arg;
	(void)ahead_ms;
}

static int64_t wait_left(void *arg)
{
	(void)arg;
	return 0;
}

static void told_to_wait(void *arg, int64_t wait_ms)
{
	(void)arg;
	(void)wait_ms;
}

/* A page that answers in the place of the marketplace has to be able to speak for it. */
static void read_answer(const struct probing *p, const struct answer *a, struct error *err)
{
	struct order_list list = ORDER_LIST_INIT;
	struct page_info info;

	if (!a->ok)
		*err = a->error;
	else
		p->provider->read_listing(a->body, a->len, &list, &info, err);
	order_list_clear(&list);
}

static void answered(void *owner, void *arg, const struct answer *a)
{
	struct probing *p = arg;
	struct probe *out = p->out;

	(void)owner;
	read_answer(p, a, &out->error);
	out->sent = a->progress != HTTP_NOT_SENT;
	out->first_byte_ms = a->first_byte_ms;
	out->dated = a->server_ms != 0;
	if (out->dated)
		out->ahead_ms = a->server_ms - clock_now_ms();
	p->done = true;
}

static void give_up(struct probing *p)
{
	transport_cancel_owner(p->transport, p);
	if (p->wait.code)
		p->out->error = p->wait;
	else
		error_set(&p->out->error, ERR_TIMEOUT, _("The server does not answer in time."));
}

static void wait_for_it(struct probing *p, int64_t deadline)
{
	while (!p->done) {
		int64_t left = deadline - clock_mono_ms(), next = transport_next_ms(p->transport);

		if (left <= 0)
			give_up(p);
		else
			transport_step(p->transport, (int)(next > 0 && next < left ? next : left));
	}
}

static void ask(const struct shop *shop, int timeout_ms, struct probing *p)
{
	struct transport_watch watch = { .link = link_changed, .clock = clock_changed,
		.wait_left = wait_left, .wait = told_to_wait, .arg = p, .fd = -1 };
	struct call call;

	p->transport = transport_new(shop, p->provider, &watch);
	p->provider->call_lookup(NO_ORDER, &call);
	call.timeout_ms = timeout_ms;
	transport_send(p->transport, &call, RANK_PERSON, answered, p, p);
	wait_for_it(p, clock_mono_ms() + timeout_ms + SPARE_MS);
	transport_free(p->transport);
}

/* Who writes to a connection that the server closed gets a signal, which in the worker's thread is blocked. */
void probe_server(const struct shop *shop, int timeout_ms, struct probe *out)
{
	struct probing p = { .provider = desk_provider(shop->provider), .out = out };
	const struct timespec at_once = { 0, 0 };
	sigset_t broken, usual;

	*out = (struct probe){ .error = ERROR_INIT };
	sigemptyset(&broken);
	sigaddset(&broken, SIGPIPE);
	pthread_sigmask(SIG_BLOCK, &broken, &usual);
	ask(shop, timeout_ms, &p);
	sigtimedwait(&broken, NULL, &at_once);
	pthread_sigmask(SIG_SETMASK, &usual, NULL);
}
