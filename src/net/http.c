#include "net/http.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "net/http_transfer.h"

#define CONNECT_TIMEOUT_MS 10000
#define PARALLEL 4
#define SPARE_HANDLES 8

struct queue {
	struct transfer *first;
	struct transfer **tail;
};

struct http {
	CURLM *multi;
	struct http_settings settings;
	struct queue waiting;		/* for a free connection; libcurl would count it as delay */
	struct queue running;
	struct queue done;
	size_t n_running;		/* in all three */
	CURL *spare[SPARE_HANDLES];	/* easy handles are costly to make, cheap to reset */
	size_t n_spare;
	int watched;			/* see http_watch() */
};

static void queue_init(struct queue *q)
{
	q->first = NULL;
	q->tail = &q->first;
}

static void queue_add(struct queue *q, struct transfer *t)
{
	t->next = NULL;
	*q->tail = t;
	q->tail = &t->next;
}

static void queue_remove(struct queue *q, struct transfer *t)
{
	struct transfer **p = &q->first;

	while (*p != t)
		p = &(*p)->next;
	*p = t->next;
	if (q->tail == &t->next)
		q->tail = p;
	t->next = NULL;
}

static struct transfer *queue_find(const struct queue *q, uint64_t id)
{
	struct transfer *t = q->first;

	while (t && t->reply.id != id)
		t = t->next;
	return t;
}

bool http_global_start(struct error *err)
{
	if (!curl_lazy_load(err))
		return false;
	/* libcurl would write the session keys to the file that it names. */
	unsetenv("SSLKEYLOGFILE");
	if (curl_global_init(CURL_GLOBAL_DEFAULT))
		return error_set(err, ERR_CONFIG,
			_("the network library cannot start; install libcurl4 anew"));
	return true;
}

void http_global_stop(void)
{
	curl_global_cleanup();
}

static bool options_allowed(const struct http_options *o, struct error *err)
{
	CURLU *u;
	bool ok;

	if (!o->user_agent || !*o->user_agent || strpbrk(o->user_agent, "\r\n"))
		return error_set(err, ERR_CONFIG,
			_("\"user_agent\" in the settings must be one line of text"));
	if (o->ca_file && access(o->ca_file, R_OK))
		return error_set(err, ERR_CONFIG, _("cannot read the certificates in %s: %s"),
			o->ca_file, strerror(errno));
	if (!o->proxy)
		return true;
	u = curl_url();
	if (!u)
		abort();
	ok = !curl_url_set(u, CURLUPART_URL, o->proxy,
		CURLU_GUESS_SCHEME | CURLU_NON_SUPPORT_SCHEME);
	curl_url_cleanup(u);
	/* Not quoted: it may hold a password. */
	return ok || error_set(err, ERR_CONFIG,
		_("\"proxy\" in the settings must look like http://host:port"));
}

static int or_default(int n, int otherwise)
{
	return n > 0 ? n : otherwise;
}

struct http *http_open(const struct http_options *o, struct error *err)
{
	struct http *h;
	long parallel;
	int bad = 0;

	if (!options_allowed(o, err))
		return NULL;
	h = xcalloc(1, sizeof(*h));
	queue_init(&h->waiting);
	queue_init(&h->running);
	queue_init(&h->done);
	h->settings = (struct http_settings){
		.user_agent = xstrdup(o->user_agent),
		.proxy = xstrdup_null(o->proxy && *o->proxy ? o->proxy : NULL),
		.ca_file = xstrdup_null(o->ca_file),
		.connect_timeout_ms = or_default(o->connect_timeout_ms, CONNECT_TIMEOUT_MS),
		.parallel = or_default(o->parallel, PARALLEL),
	};
	parallel = h->settings.parallel;
	h->watched = -1;
	h->multi = curl_multi_init();
	if (!h->multi)
		abort();
	bad |= curl_multi_setopt(h->multi, CURLMOPT_PIPELINING, (long)CURLPIPE_NOTHING);
	bad |= curl_multi_setopt(h->multi, CURLMOPT_MAX_HOST_CONNECTIONS, parallel);
	bad |= curl_multi_setopt(h->multi, CURLMOPT_MAXCONNECTS, 2 * parallel);
	if (bad) {
		http_close(h);
		error_set(err, ERR_CONFIG,
			_("the network library is too old; install libcurl 7.88 or newer"));
		return NULL;
	}
	return h;
}

/* ---- easy handles --------------------------------------------------------------------------- */

static CURL *take_handle(struct http *h)
{
	CURL *easy = h->n_spare ? h->spare[--h->n_spare] : curl_easy_init();

	if (!easy)
		abort();
	return easy;
}

/* The reset also makes libcurl forget the addresses of a request that is wiped. */
static void give_handle(struct http *h, struct transfer *t)
{
	curl_easy_reset(t->easy);
	if (h->n_spare < SPARE_HANDLES)
		h->spare[h->n_spare++] = t->easy;
	else
		curl_easy_cleanup(t->easy);
	t->easy = NULL;
}

/* ---- the life of a request ------------------------------------------------------------------ */

bool http_send(struct http *h, const struct http_request *request, struct error *err)
{
	struct transfer *t = transfer_new(request, err);

	if (!t)
		return false;
	if (!transfer_prepare(t, take_handle(h), &h->settings)) {
		give_handle(h, t);
		transfer_free(t);
		return error_set(err, ERR_CONFIG,
			_("the network library is too old; install libcurl 7.88 or newer"));
	}
	queue_add(&h->waiting, t);
	h->n_running++;
	return true;
}

static void finish(struct http *h, struct transfer *t, CURLcode code)
{
	transfer_finish(t, code);
	give_handle(h, t);
	queue_add(&h->done, t);
}

static bool has_room(const struct http *h, const char *origin)
{
	int n = 0;

	for (const struct transfer *t = h->running.first; t; t = t->next)
		n += !strcmp(t->origin, origin);
	return n < h->settings.parallel;
}

/* In the order they came, but one that waits for a busy server does not hold up another's. */
static void start_waiting(struct http *h)
{
	struct transfer *t, *next;

	for (t = h->waiting.first; t; t = next) {
		next = t->next;
		if (!has_room(h, t->origin))
			continue;
		queue_remove(&h->waiting, t);
		if (curl_multi_add_handle(h->multi, t->easy)) {
			finish(h, t, CURLE_FAILED_INIT);
			continue;
		}
		queue_add(&h->running, t);
	}
}

static void collect(struct http *h)
{
	struct transfer *t;
	CURLMsg *m;
	int left;

	while ((m = curl_multi_info_read(h->multi, &left))) {
		const CURLcode code = m->data.result;

		curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, (char **)&t);
		curl_multi_remove_handle(h->multi, t->easy);
		queue_remove(&h->running, t);
		finish(h, t, code);
	}
}

void http_cancel(struct http *h, uint64_t id)
{
	struct transfer *t = queue_find(&h->waiting, id);

	if (t) {
		queue_remove(&h->waiting, t);
	} else {
		t = queue_find(&h->running, id);
		if (!t)
			return;
		curl_multi_remove_handle(h->multi, t->easy);
		queue_remove(&h->running, t);
	}
	transfer_abandon(t);
	give_handle(h, t);
	queue_add(&h->done, t);
}

size_t http_running(const struct http *h)
{
	return h->n_running;
}

void http_watch(struct http *h, int fd)
{
	h->watched = fd;
}

void http_step(struct http *h, int timeout_ms)
{
	struct curl_waitfd watched = { .fd = h->watched, .events = CURL_WAIT_POLLIN };
	int n;

	start_waiting(h);
	if (h->done.first)
		timeout_ms = 0;
	else if (timeout_ms < 0)
		timeout_ms = INT_MAX;
	curl_multi_poll(h->multi, &watched, h->watched >= 0, timeout_ms, NULL);
	curl_multi_perform(h->multi, &n);
	collect(h);
	start_waiting(h);
}

bool http_take(struct http *h, struct http_reply *out)
{
	struct transfer *t = h->done.first;

	if (!t)
		return false;
	queue_remove(&h->done, t);
	h->n_running--;
	*out = t->reply;
	t->reply.body = (struct buf)BUF_INIT(0);
	transfer_free(t);
	return true;
}

void http_wake(struct http *h)
{
	curl_multi_wakeup(h->multi);
}

/* ---- the end -------------------------------------------------------------------------------- */

static void drop_all(struct http *h, struct queue *q, bool in_multi)
{
	struct transfer *t;

	while ((t = q->first)) {
		queue_remove(q, t);
		if (in_multi)
			curl_multi_remove_handle(h->multi, t->easy);
		if (t->easy)
			give_handle(h, t);
		transfer_free(t);
	}
}

static void wipe_string(char *s)
{
	if (s)
		explicit_bzero(s, strlen(s));
	free(s);
}

void http_close(struct http *h)
{
	if (!h)
		return;
	drop_all(h, &h->running, true);
	drop_all(h, &h->waiting, false);
	drop_all(h, &h->done, false);
	while (h->n_spare)
		curl_easy_cleanup(h->spare[--h->n_spare]);
	curl_multi_cleanup(h->multi);
	free(h->settings.user_agent);
	wipe_string(h->settings.proxy);
	free(h->settings.ca_file);
	free(h);
}
