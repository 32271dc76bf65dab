#include "cli/command.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "cli/check.h"
#include "cli/print.h"
#include "cli/session.h"
#include "desk/token.h"

/* No shop has an order of this number, so asking for it changes nothing and shows everything. */
#define NO_ORDER "100000000"

/* Names of programs that no server is known to leave without an answer. */
#define OWN_NAME "duken/" DUKEN_VERSION
#define OTHER_NAME "Mozilla/5.0"

struct doctor {
	const struct cli *c;
	struct buf buf;
	struct json_writer json;
	int status;		/* the worst so far */
};

/* ---- saying it ------------------------------------------------------------------------------- */

static void say(struct doctor *d, const struct check *check)
{
	static const char *const names[] = {
		[CHECK_OK] = "ok", [CHECK_WARNING] = "warning", [CHECK_FAILED] = "failed",
	};
	static const char *const words[] = {
		[CHECK_OK] = N_("ok"),
		[CHECK_WARNING] = N_("warning"),
		[CHECK_FAILED] = N_("FAILED"),
	};

	if (check->status > d->status)
		d->status = check->status;
	if (!d->c->json) {
		printf("%-14s %s%s%s\n", check->name, _(words[check->result]),
			*check->message ? ": " : "", check->message);
		fflush(stdout);
		return;
	}
	json_open(&d->json, NULL, '{');
	json_put_text(&d->json, "check", check->name);
	json_put_text(&d->json, "result", names[check->result]);
	print_text(&d->json, "message", check->message);
	json_close(&d->json, '}');
}

static void failed(struct doctor *d, const char *name, const struct error *err)
{
	struct check check;

	check_fail(&check, name, err);
	say(d, &check);
}

static void fine(struct doctor *d, const char *name, const char *message)
{
	struct check check = { .name = name, .result = CHECK_OK };

	snprintf(check.message, sizeof(check.message), "%s", message);
	say(d, &check);
}

/* ---- the server ------------------------------------------------------------------------------ */

static void report_reply(struct doctor *d, bool answered, const struct error *err)
{
	if (answered)
		fine(d, "reply", "");
	else
		failed(d, "reply", err);
}

static bool ask(struct session *s, struct error *err)
{
	return session_finish(s, session_post(s, request_new_lookup(NO_ORDER)), NULL, err);
}

/* Whether the server says anything at all to a program of that name. */
static bool answers(struct doctor *d, const char *user_agent)
{
	char name[sizeof(OWN_NAME) + sizeof(OTHER_NAME)];
	struct shop shop = *d->c->shop;
	struct cli as = *d->c;
	struct error err = ERROR_INIT;
	struct session s;
	bool ok;

	snprintf(name, sizeof(name), "%s", user_agent);
	shop.user_agent = name;
	as.shop = &shop;
	if (!session_open(&s, &as, &err))
		return false;
	ok = ask(&s, &err);
	session_close(&s);
	return ok || err.code == ERR_NOT_FOUND || err.code == ERR_UNAUTHORIZED || err.code == ERR_FORBIDDEN;
}

/* Silence may be a dead link, or be meant for programs of this name: another name tells which. */
static void explain_silence(struct doctor *d, const struct error *silence)
{
	const char *own = d->c->shop->user_agent;
	const char *other = strcmp(own, OWN_NAME) == 0 ? OTHER_NAME : OWN_NAME;
	struct error err = ERROR_INIT;

	if (!answers(d, other)) {
		failed(d, "reply", silence);
		return;
	}
	error_set(&err, ERR_TIMEOUT,
		_("the link is fine, but the server leaves programs that call themselves \"%s\" without an "
		  "answer, and answers \"%s\": change user_agent in the settings"), own, other);
	failed(d, "reply", &err);
}

/* How far a question came tells what works: each stage needs the one before it. */
static void judge(struct doctor *d, bool ok, const struct error *err)
{
	enum error_code code = ok ? ERR_NONE : err->code;
	bool plain = strncmp(d->c->shop->base_url, "http:", 5) == 0;

	if (code == ERR_OFFLINE) {
		failed(d, "tls", err);
		return;
	}
	fine(d, "tls", plain ? _("not used on this machine") : "");
	if (code == ERR_UNAUTHORIZED || code == ERR_FORBIDDEN) {
		report_reply(d, true, err);
		failed(d, "authorized", err);
		return;
	}
	if (code == ERR_TIMEOUT) {
		explain_silence(d, err);
		return;
	}
	report_reply(d, code == ERR_NONE || code == ERR_NOT_FOUND, err);
	if (code == ERR_NONE || code == ERR_NOT_FOUND)
		fine(d, "authorized", _("the server takes the token"));
}

static void check_server(struct doctor *d, struct session *s)
{
	struct error err = ERROR_INIT;
	struct check check;
	bool ok;

	check_dns(d->c->shop, &check);
	say(d, &check);
	if (check.result == CHECK_FAILED)
		return;
	check_tcp(d->c->shop, &check);
	say(d, &check);
	if (check.result == CHECK_FAILED)
		return;
	ok = ask(s, &err);
	judge(d, ok, &err);
}

static bool check_token(struct doctor *d)
{
	struct buf token = BUF_INIT(BUF_MAX_LINE);
	struct error err = ERROR_INIT;
	bool ok = token_read(d->c->shop, &token, &err);

	buf_wipe(&token);
	if (ok)
		fine(d, "token", _("it can be read"));
	else
		failed(d, "token", &err);
	return ok;
}

static bool check_store(struct doctor *d, struct session *s)
{
	struct error err = ERROR_INIT;
	struct check check;

	if (!session_open(s, d->c, &err)) {
		failed(d, "store", &err);
		return false;
	}
	fine(d, "store", d->c->state_dir);
	check_disk(d->c->state_dir, &check);
	say(d, &check);
	check_copies(d->c->state_dir, &check);
	say(d, &check);
	return true;
}

/* ---- everything ------------------------------------------------------------------------------ */

static void report_slip(void *arg, const char *sentence)
{
	struct error err = ERROR_INIT;

	error_set(&err, ERR_CONFIG, "%s", sentence);
	failed(arg, "configuration", &err);
}

static bool check_configuration(struct doctor *d, struct cli *c)
{
	struct error err = ERROR_INIT;

	if (cli_load(c, &err)) {
		fine(d, "configuration", c->settings->path);
		return true;
	}
	if (c->settings || settings_check(c->config, report_slip, d) == 0)
		failed(d, "configuration", &err);
	return false;
}

static void check_here(struct doctor *d)
{
	static void (*const checks[])(struct check *) = { check_locale, check_terminal,
		check_clock };
	struct check check;

	for (size_t i = 0; i < sizeof(checks) / sizeof(*checks); i++) {
		checks[i](&check);
		say(d, &check);
	}
}

static void check_shop(struct doctor *d)
{
	bool token = check_token(d);
	struct session s;

	if (!check_store(d, &s))
		return;
	if (token)
		check_server(d, &s);
	session_close(&s);
}

int cmd_doctor(struct cli *c, const struct args *args)
{
	struct doctor d = { .c = c, .buf = BUF_INIT(BUF_MAX_OUTPUT) };

	(void)args;
	d.json.out = &d.buf;
	if (c->json) {
		print_begin(&d.json);
		json_open(&d.json, "items", '[');
	}
	if (check_configuration(&d, c)) {
		check_here(&d);
		check_shop(&d);
	} else {
		check_here(&d);
	}
	if (c->json) {
		json_close(&d.json, ']');
		print_end(&d.json);
	}
	buf_clear(&d.buf);
	return d.status;
}
