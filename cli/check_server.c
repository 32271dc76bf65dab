#include "cli/check.h"

#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "desk/probe.h"
#include "desk/token.h"

#define CONNECT_TIMEOUT_MS 10000
#define SLOW_MS 5000
#define APART_MS CLOCK_MINUTE_MS

/* Names of programs that no server is known to leave without an answer. */
#define OWN_NAME "duken/" DUKEN_VERSION
#define OTHER_NAME "Mozilla/5.0"

/* ---- name and connection --------------------------------------------------------------------- */

struct place {
	char host[256];
	char port[8];
	bool proxy;
};

static void find_place(const struct shop *shop, struct place *out)
{
	const char *url = shop->proxy ? shop->proxy : shop->base_url;
	const char *host = strstr(url, "://"), *at, *end;
	bool secure = strncmp(url, "https:", 6) == 0;

	host = host ? host + 3 : url;
	at = strchr(host, '@');
	if (at)
		host = at + 1;
	end = *host == '[' ? host + strcspn(host, "]") : host + strcspn(host, ":/");
	host += *host == '[';
	snprintf(out->host, sizeof(out->host), "%.*s", (int)(end - host), host);
	end += *end == ']';
	if (*end == ':')
		snprintf(out->port, sizeof(out->port), "%.*s", (int)strcspn(end + 1, "/"), end + 1);
	else
		snprintf(out->port, sizeof(out->port), "%s",
			shop->proxy    ? "1080" :
				secure ? "443" :
					 "80");
	out->proxy = shop->proxy != NULL;
}

static struct addrinfo *look_up(const struct place *place, int *failure)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM }, *found = NULL;

	*failure = getaddrinfo(place->host, place->port, &hints, &found);
	return *failure ? NULL : found;
}

static void check_dns(const struct shop *shop, struct check *out)
{
	struct addrinfo *found;
	struct place place;
	int failure;

	find_place(shop, &place);
	found = look_up(&place, &failure);
	if (found) {
		check_set(out, "dns", CHECK_OK, "%s", place.host);
		freeaddrinfo(found);
		return;
	}
	check_set(out, "dns", CHECK_FAILED,
		place.proxy ? _("the name of the proxy, %s, is not found (%s): check \"proxy\" in "
				"the settings") :
			      _("the name %s is not found (%s): check the internet connection, and "
				"base_url in the settings"),
		place.host, gai_strerror(failure));
	out->status = error_exit_status(ERR_OFFLINE);
}

/* 0, or why not. */
static int try_connect(const struct addrinfo *a, int timeout_ms)
{
	int fd =
		socket(a->ai_family, a->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, a->ai_protocol);
	struct pollfd p = { .fd = fd, .events = POLLOUT };
	int failure = 0, n;
	socklen_t len = sizeof(failure);

	if (fd < 0)
		return errno;
	if (connect(fd, a->ai_addr, a->ai_addrlen) < 0 && errno != EINPROGRESS) {
		failure = errno;
	} else {
		while ((n = poll(&p, 1, timeout_ms)) < 0 && errno == EINTR)
			;
		if (n == 0)
			failure = ETIMEDOUT;
		else if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &failure, &len) < 0)
			failure = errno;
	}
	close(fd);
	return failure;
}

static void check_tcp(const struct shop *shop, int timeout_ms, struct check *out)
{
	struct addrinfo *found;
	struct place place;
	int failure;

	find_place(shop, &place);
	found = look_up(&place, &failure);
	failure = EHOSTUNREACH;
	for (const struct addrinfo *a = found; a && failure; a = a->ai_next)
		failure = try_connect(a, timeout_ms < CONNECT_TIMEOUT_MS ? timeout_ms : CONNECT_TIMEOUT_MS);
	if (found)
		freeaddrinfo(found);
	if (!failure) {
		check_set(out, "tcp", CHECK_OK, _("port %s of %s"), place.port, place.host);
		return;
	}
	check_set(out, "tcp", CHECK_FAILED,
		_("no connection to port %s of %s (%s): check the internet connection, then the "
		  "firewall"),
		place.port, place.host, strerror(failure));
	out->status = error_exit_status(ERR_OFFLINE);
}

/* ---- the question ---------------------------------------------------------------------------- */

static void say(const struct check_report *r, const struct check *check)
{
	r->say(r->arg, check);
}

static void failed(const struct check_report *r, const char *name, const struct error *err)
{
	struct check check;

	check_fail(&check, name, err);
	say(r, &check);
}

static void fine(const struct check_report *r, const char *name, const char *message)
{
	struct check check;

	check_set(&check, name, CHECK_OK, "%s", message);
	say(r, &check);
}

/* Whether the server says anything at all to a program of that name. */
static bool answers(const struct shop *shop, const char *user_agent, int timeout_ms)
{
	char name[sizeof(OWN_NAME) + sizeof(OTHER_NAME)];
	struct shop as = *shop;
	struct probe probe;

	snprintf(name, sizeof(name), "%s", user_agent);
	as.user_agent = name;
	probe_server(&as, timeout_ms, &probe);
	return probe.first_byte_ms > 0 || probe.error.code == ERR_NONE;
}

/* Silence may be a dead link, or be meant for programs of this name: another name tells which. */
static void explain_silence(const struct shop *shop, int timeout_ms, const struct error *silence,
	const struct check_report *r)
{
	const char *own = shop->user_agent;
	const char *other = strcmp(own, OWN_NAME) == 0 ? OTHER_NAME : OWN_NAME;
	struct error err = ERROR_INIT;

	if (!answers(shop, other, timeout_ms)) {
		failed(r, "reply", silence);
		return;
	}
	error_set(&err, ERR_TIMEOUT,
		_("the link is fine, but the server leaves programs that call themselves \"%s\" without an "
		  "answer, and answers \"%s\": change user_agent in the settings"), own, other);
	failed(r, "reply", &err);
}

static void say_reply(int64_t first_byte_ms, const struct check_report *r)
{
	struct check check;

	if (first_byte_ms > SLOW_MS)
		check_set(&check, "reply", CHECK_WARNING,
			_("the answer took %lld s to come: the link or the server is slow"),
			(long long)(first_byte_ms / 1000));
	else
		/* TRANSLATORS: follows "ok: ": so long the server's answer took */
		check_set(&check, "reply", CHECK_OK, _("after %lld ms"), (long long)first_byte_ms);
	say(r, &check);
}

/* A token that nobody knows has to be replaced, one without a right has to be given it. */
static bool say_rights(const struct error *err, const struct check_report *r)
{
	if (err->code == ERR_UNAUTHORIZED) {
		failed(r, "authorized", err);
		return false;
	}
	fine(r, "authorized", _("the server takes the token"));
	if (err->code == ERR_FORBIDDEN)
		failed(r, "rights", err);
	else
		fine(r, "rights", _("the token may read orders"));
	return err->code == ERR_NONE;
}

static void say_clocks(const struct probe *probe, const struct check_report *r)
{
	int64_t apart = probe->ahead_ms < 0 ? -probe->ahead_ms : probe->ahead_ms;
	struct check check;
	char by[32];

	if (!probe->dated)
		return;
	age_format(apart, by, sizeof(by));
	if (apart <= APART_MS)
		/* TRANSLATORS: follows "ok: ": the server's clock shows what this computer's does */
		check_set(&check, "server_clock", CHECK_OK, _("as this computer's"));
	else if (probe->ahead_ms > 0)
		check_set(&check, "server_clock", CHECK_WARNING,
			_("this computer's clock is %s behind the server's: set it right, dates and ages are shown "
			  "wrong until then"), by);
	else
		check_set(&check, "server_clock", CHECK_WARNING,
			_("this computer's clock is %s ahead of the server's: set it right, dates and ages are shown "
			  "wrong until then"), by);
	say(r, &check);
}

/* How far a question came tells what works: each stage needs the one before it. */
static bool judge(const struct shop *shop, int timeout_ms, const struct probe *probe,
	const struct check_report *r)
{
	enum error_code code = probe->error.code;
	bool plain = strncmp(shop->base_url, "http:", 5) == 0, ok = false;

	if (!probe->sent && !plain) {
		failed(r, "tls", &probe->error);
		return false;
	}
	fine(r, "tls", plain ? _("not used on this machine") : "");
	if (code == ERR_TIMEOUT && !probe->first_byte_ms)
		explain_silence(shop, timeout_ms, &probe->error, r);
	else if (code != ERR_NONE && code != ERR_UNAUTHORIZED && code != ERR_FORBIDDEN)
		failed(r, "reply", &probe->error);
	else
		say_reply(probe->first_byte_ms, r);
	if (code == ERR_NONE || code == ERR_UNAUTHORIZED || code == ERR_FORBIDDEN)
		ok = say_rights(&probe->error, r);
	say_clocks(probe, r);
	return ok;
}

static bool ask(const struct shop *shop, int timeout_ms, const struct check_report *r)
{
	struct probe probe;
	struct check check;

	check_dns(shop, &check);
	say(r, &check);
	if (check.result == CHECK_FAILED)
		return false;
	check_tcp(shop, timeout_ms, &check);
	say(r, &check);
	if (check.result == CHECK_FAILED)
		return false;
	probe_server(shop, timeout_ms, &probe);
	return judge(shop, timeout_ms, &probe, r);
}

/* The token is read once: a command that gives it may ask a person for something. */
bool check_server(const struct shop *shop, int timeout_ms, const struct check_report *report)
{
	struct buf token = BUF_INIT(BUF_MAX_LINE);
	struct error err = ERROR_INIT;
	struct shop with_token = *shop;
	bool ok = token_read(shop, &token, &err);

	if (ok) {
		fine(report, "token", _("it can be read"));
		with_token.token = buf_str(&token);
		ok = ask(&with_token, timeout_ms, report);
	} else {
		failed(report, "token", &err);
	}
	buf_wipe(&token);
	return ok;
}
