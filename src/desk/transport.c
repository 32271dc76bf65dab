#include "desk/transport.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/mem.h"
#include "desk/clocks.h"
#include "desk/token.h"
#include "net/limiter.h"

#define PARALLEL 4
#define TRIES_MAX 4		/* of a GET that is told to wait */
#define WAIT_MAX_MS 10000	/* a longer wait is reported instead */

struct job {
	struct job *next;
	uint64_t id;
	struct call call;
	struct http_sink sink;	/* write NULL: none */
	bool elsewhere;		/* to another server than the shop's */
	enum call_rank rank;
	answer_cb cb;
	void *owner;
	void *arg;
	int tries;
	bool running;
	int64_t not_before_ms;	/* monotonic */
	int64_t asked_ms;	/* UTC: the last try */
};

struct transport {
	const struct shop *shop;
	const struct provider *provider;
	struct transport_watch watch;
	_Atomic(struct http *) http;	/* atomic for transport_wake() alone */
	struct buf token;
	struct limiter limiter;
	struct job *jobs;		/* by rank, then in order of arrival */
	size_t running;
	uint64_t last_id;
	uint64_t count;
	int64_t ahead_ms;		/* of the server's clock; 0: about the same */
	enum link_state link;
};

struct transport *transport_new(const struct shop *shop, const struct provider *provider,
	const struct transport_watch *watch)
{
	struct transport *t = xcalloc(1, sizeof(*t));

	t->shop = shop;
	t->provider = provider;
	t->watch = *watch;
	t->token = (struct buf)BUF_INIT(BUF_MAX_LINE);
	limiter_init(&t->limiter, shop->requests_per_second, clock_mono_ms(),
		(uint64_t)clock_now_ms());
	return t;
}

static void job_free(struct job *j)
{
	call_clear(&j->call);
	free(j);
}

void transport_free(struct transport *t)
{
	struct job *j, *next;

	if (!t)
		return;
	http_close(t->http);
	for (j = t->jobs; j; j = next) {
		next = j->next;
		job_free(j);
	}
	buf_wipe(&t->token);
	free(t);
}

static void job_insert(struct transport *t, struct job *j)
{
	struct job **p = &t->jobs;

	while (*p && (*p)->rank <= j->rank)
		p = &(*p)->next;
	j->next = *p;
	*p = j;
}

static void job_remove(struct transport *t, struct job *j)
{
	struct job **p = &t->jobs;

	while (*p != j)
		p = &(*p)->next;
	*p = j->next;
}

void transport_fetch(struct transport *t, struct call *call, enum call_rank rank, const struct http_sink *sink,
	answer_cb cb, void *owner, void *arg)
{
	struct job *j = xcalloc(1, sizeof(*j));

	j->id = ++t->last_id;
	j->call = *call;
	if (sink)
		j->sink = *sink;
	call_init(call, CALL_GET);
	j->rank = rank;
	j->cb = cb;
	j->owner = owner;
	j->arg = arg;
	job_insert(t, j);
}

void transport_send(struct transport *t, struct call *call, enum call_rank rank, answer_cb cb,
	void *owner, void *arg)
{
	transport_fetch(t, call, rank, NULL, cb, owner, arg);
}

/* Ends a job: out of the list first, so that its callback may send and cancel. */
static void job_end(struct transport *t, struct job *j, const struct answer *answer)
{
	job_remove(t, j);
	if (j->running)
		t->running--;
	j->cb(j->owner, j->arg, answer);
	job_free(j);
}

static void job_fail(struct transport *t, struct job *j, const struct error *err)
{
	struct answer a = { .error = *err, .progress = HTTP_NOT_SENT };

	job_end(t, j, &a);
}

static struct job *job_of_owner(struct transport *t, void *owner)
{
	struct job *j = t->jobs;

	while (owner && j && j->owner != owner)
		j = j->next;
	return j;
}

void transport_cancel_owner(struct transport *t, void *owner)
{
	struct job *j;

	while ((j = job_of_owner(t, owner))) {
		struct answer a = { .progress = j->running ? HTTP_MAYBE_SENT : HTTP_NOT_SENT };

		error_set(&a.error, ERR_CANCELLED, _("stopped on request"));
		if (j->running)
			http_cancel(t->http, j->id);
		job_end(t, j, &a);
	}
}

bool transport_open(const struct transport *t)
{
	return t->http != NULL;
}

uint64_t transport_count(const struct transport *t)
{
	return t->count;
}

int64_t transport_ahead_ms(const struct transport *t)
{
	return t->ahead_ms > 0 ? t->ahead_ms : 0;
}

void transport_wake(struct transport *t)
{
	struct http *h = atomic_load(&t->http);

	if (h)
		http_wake(h);
}

/* ---- starting ------------------------------------------------------------------------------- */

static bool open_network(struct transport *t, struct error *err)
{
	struct http_options o = {
		.user_agent = t->shop->user_agent,
		.proxy = t->shop->proxy,
		.ca_file = t->shop->ca_file,
		.parallel = PARALLEL,
	};
	struct http *h;

	if (!t->token.len && !token_read(t->shop, &t->token, err))
		return false;
	if (t->http)
		return true;
	if (!http_global_start(err))
		return false;
	h = http_open(&o, err);
	if (!h)
		return false;
	http_watch(h, t->watch.fd);
	atomic_store(&t->http, h);
	return true;
}

/* Who the shop is nobody but its own server is told. */
static size_t fill_headers(const struct transport *t, const struct job *j, struct http_header *out)
{
	const struct call *call = &j->call;
	size_t n = 0;

	for (int i = 0; i < call->n_headers; i++)
		out[n++] = (struct http_header){ call->headers[i].name, call->headers[i].value };
	if (j->elsewhere)
		return n;
	out[n++] = (struct http_header){ t->provider->auth_header, buf_str(&t->token) };
	if (t->provider->merchant_header && t->shop->merchant_uid)
		out[n++] = (struct http_header){ t->provider->merchant_header, t->shop->merchant_uid };
	return n;
}

static bool start(struct transport *t, struct job *j, struct error *err)
{
	static const enum http_method methods[] = {
		[CALL_GET] = HTTP_GET, [CALL_POST] = HTTP_POST, [CALL_PUT] = HTTP_PUT,
	};
	struct http_header headers[CALL_HEADERS_MAX + 2];
	struct buf url = BUF_INIT(BUF_MAX_LINE);
	struct http_request r = {
		.id = j->id,
		.method = methods[j->call.method],
		.headers = headers,
		.body = j->call.body.len ? buf_str(&j->call.body) : NULL,
		.body_len = j->call.body.len,
		.mutating = j->call.mutating,
		.timeout_ms = j->call.timeout_ms,
		.sink = j->sink.write ? &j->sink : NULL,
	};
	bool ok;

	buf_addf(&url, "%s%s", j->call.absolute ? "" : t->shop->base_url, buf_str(&j->call.path));
	r.url = buf_str(&url);
	j->elsewhere = j->call.absolute && !http_same_origin(r.url, t->shop->base_url);
	r.n_headers = fill_headers(t, j, headers);
	ok = http_send(t->http, &r, err);
	buf_clear(&url);
	return ok;
}

/* The first job that may start now, by rank. */
static struct job *next_ready(const struct transport *t, int64_t now)
{
	for (struct job *j = t->jobs; j; j = j->next)
		if (!j->running && j->not_before_ms <= now)
			return j;
	return NULL;
}

static struct job *first_idle(const struct transport *t)
{
	struct job *j = t->jobs;

	while (j && j->running)
		j = j->next;
	return j;
}

/* Where the server asked for a long wait nothing stands in line for it: people are told, and an action
 * is looked at afresh when its turn comes. */
static void report_long_wait(struct transport *t)
{
	int64_t wait = limiter_blocked_ms(&t->limiter, clock_mono_ms());
	struct error err = ERROR_INIT;
	struct job *j;

	if (wait <= WAIT_MAX_MS)
		return;
	error_set(&err, ERR_RATE_LIMITED, _("The server asks to wait: too many requests."));
	err.retry_after_ms = wait;
	while ((j = first_idle(t)))
		job_fail(t, j, &err);
}

static void start_some(struct transport *t)
{
	int64_t now = clock_mono_ms();
	struct job *j;

	if (first_idle(t))
		limiter_block(&t->limiter, now, t->watch.wait_left(t->watch.arg));
	report_long_wait(t);
	while (t->running < PARALLEL && (j = next_ready(t, now))) {
		struct error err = ERROR_INIT;

		if (limiter_take(&t->limiter, now) > 0)
			return;
		j->tries++;
		if (!open_network(t, &err) || !start(t, j, &err)) {
			job_fail(t, j, &err);
			continue;
		}
		j->running = true;
		j->asked_ms = clock_now_ms();
		t->running++;
		t->count++;
	}
}

int64_t transport_next_ms(const struct transport *t)
{
	struct limiter peek = t->limiter;
	int64_t now = clock_mono_ms(), best = -1;

	if (t->running >= PARALLEL)
		return -1;
	for (const struct job *j = t->jobs; j; j = j->next) {
		int64_t wait = j->not_before_ms > now ? j->not_before_ms - now : 0;

		if (!j->running && (best < 0 || wait < best))
			best = wait;
	}
	if (best >= 0 && limiter_blocked_ms(&t->limiter, now) > WAIT_MAX_MS)
		return 0;	/* to be told so */
	if (best >= 0) {
		int64_t pace = limiter_take(&peek, now);

		if (pace > best)
			best = pace;
	}
	return best;
}

/* ---- answers -------------------------------------------------------------------------------- */

static void set_link(struct transport *t, enum link_state state, const struct error *why,
	int64_t until_ms)
{
	if (state == t->link && state != LINK_BACKING_OFF)
		return;
	t->link = state;
	t->watch.link(t->watch.arg, state, why, until_ms);
}

static void note_link(struct transport *t, const struct answer *a)
{
	int64_t blocked = limiter_blocked_ms(&t->limiter, clock_mono_ms());

	switch (a->error.code) {
	case ERR_OFFLINE:
	case ERR_TIMEOUT:
		set_link(t, LINK_OFFLINE, &a->error, 0);
		break;
	case ERR_UNAUTHORIZED:
	case ERR_FORBIDDEN:
		set_link(t, LINK_UNAUTHORIZED, &a->error, 0);
		buf_wipe(&t->token);	/* read again with the next call: it may have been renewed */
		break;
	case ERR_RATE_LIMITED:
		set_link(t, LINK_BACKING_OFF, &a->error, clock_now_ms() + blocked);
		break;
	case ERR_CANCELLED:
		break;
	default:
		if (a->progress == HTTP_ANSWERED)
			set_link(t, LINK_ONLINE, NULL, 0);
	}
}

static void compare_clocks(struct transport *t, const struct http_reply *r)
{
	int64_t ahead = clocks_ahead_ms(r->server_date_ms, clock_now_ms(), t->ahead_ms);

	if (ahead == t->ahead_ms)
		return;
	t->ahead_ms = ahead;
	t->watch.clock(t->watch.arg, ahead);
}

static void read_reply(const struct transport *t, const struct job *j, struct http_reply *r,
	struct answer *a)
{
	const char *body = buf_str(&r->body);

	a->progress = r->progress;
	a->status = r->status;
	a->asked_ms = j->asked_ms;
	a->server_ms = r->server_date_ms;
	a->first_byte_ms = r->first_byte_ms;
	if (r->progress != HTTP_ANSWERED) {
		a->error = r->error;
	} else if (j->elsewhere && r->status / 100 != 2) {
		error_set(&a->error, ERR_REFUSED, _("Another server than the shop's has it and answers with "
			"status %ld."), r->status);
	} else if (r->status < 200 || r->status > 299) {
		t->provider->read_refusal(r->status, body, r->body.len, &a->error);
		if (r->retry_after_ms >= 0)
			a->error.retry_after_ms = r->retry_after_ms;
	} else if (!j->call.mutating || t->provider->read_acceptance(body, r->body.len, &a->error)) {
		a->ok = true;
		a->error.code = ERR_NONE;
		a->body = body;
		a->len = r->body.len;
	}
}

/* Whether the limiter was told to slow down by this. */
static bool told_to_wait(struct transport *t, const struct http_reply *r)
{
	int64_t now = clock_mono_ms();

	if (r->progress == HTTP_ANSWERED && (r->status == 429 || r->status == 503)) {
		limiter_failed(&t->limiter, now, r->retry_after_ms);
		t->watch.wait(t->watch.arg, limiter_blocked_ms(&t->limiter, now));
		return true;
	}
	if (r->progress == HTTP_ANSWERED && r->status < 500)
		limiter_succeeded(&t->limiter);
	return false;
}

static struct job *job_by_id(struct transport *t, uint64_t id)
{
	struct job *j = t->jobs;

	while (j && j->id != id)
		j = j->next;
	return j;
}

/* A GET that was told to wait a little goes back into the queue. */
static bool try_again(struct transport *t, struct job *j)
{
	int64_t now = clock_mono_ms(), wait = limiter_blocked_ms(&t->limiter, now);

	if (j->call.mutating || j->tries >= TRIES_MAX || wait > WAIT_MAX_MS)
		return false;
	j->running = false;
	t->running--;
	j->not_before_ms = now + wait;
	return true;
}

/* A document may be large, and kept elsewhere than the orders are: that it does not come in time or is not
 * given says nothing of the link. */
static bool tells_of_the_link(const struct job *j, const struct answer *a)
{
	return !j->sink.write || (a->error.code != ERR_TIMEOUT && a->error.code != ERR_FORBIDDEN &&
		a->error.code != ERR_UNAUTHORIZED);
}

static void take_reply(struct transport *t, struct http_reply *r)
{
	struct job *j = job_by_id(t, r->id);
	struct answer a = { .ok = false };

	if (!j)
		return;		/* cancelled meanwhile */
	read_reply(t, j, r, &a);
	log_write(a.ok ? LOG_DEBUG : LOG_WARNING, "http", "%s%s status %ld progress %d error %s try %d",
		call_method_name(j->call.method), j->elsewhere ? " elsewhere" : "", r->status,
		(int)r->progress, error_code_name(a.error.code), j->tries);
	if (j->elsewhere) {
		job_end(t, j, &a);
		return;
	}
	compare_clocks(t, r);
	if (told_to_wait(t, r) && try_again(t, j)) {
		note_link(t, &a);
		return;
	}
	if (tells_of_the_link(j, &a))
		note_link(t, &a);
	job_end(t, j, &a);
}

void transport_step(struct transport *t, int timeout_ms)
{
	struct http_reply r;

	start_some(t);
	if (!t->http)
		return;
	http_step(t->http, timeout_ms);
	while (http_take(t->http, &r)) {
		take_reply(t, &r);
		buf_clear(&r.body);
	}
}
