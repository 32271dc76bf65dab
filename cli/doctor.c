#include "cli/command.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "cli/check.h"
#include "cli/print.h"
#include "cli/session.h"

#define TIMEOUT_S 30	/* as long as the desk waits for an answer */
#define TIMEOUT_MAX_S 300

struct doctor {
	const struct cli *c;
	struct buf buf;
	struct json_writer json;
	int status;		/* the worst so far */
};

/* ---- saying it ------------------------------------------------------------------------------- */

static void say(void *arg, const struct check *check)
{
	struct doctor *d = arg;
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

static void check_one(struct doctor *d, void (*look)(struct check *check))
{
	struct check check;

	look(&check);
	say(d, &check);
}

static void check_at(struct doctor *d, void (*look)(const char *path, struct check *check), const char *path)
{
	struct check check;

	look(path, &check);
	say(d, &check);
}

/* ---- the store ------------------------------------------------------------------------------- */

/* Opened as a desk opens it, so that what a desk would mend is mended, and told. */
static void check_store(struct doctor *d)
{
	const char *dir = d->c->state_dir;
	struct error err = ERROR_INIT;
	struct session s;

	if (!session_open(&s, d->c, &err)) {
		failed(d, "store", &err);
		return;
	}
	fine(d, "store", dir);
	check_at(d, check_integrity, dir);
	check_at(d, check_disk, dir);
	check_at(d, check_copies, dir);
	session_close(&s);
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
	static void (*const checks[])(struct check *) = { check_locale, check_translations, check_terminal,
		check_colours, check_font, check_keyboard, check_clock };

	for (size_t i = 0; i < sizeof(checks) / sizeof(*checks); i++)
		check_one(d, checks[i]);
}

static void check_all(struct doctor *d, struct cli *c, int timeout_ms)
{
	struct check_report report = { .say = say, .arg = d };

	if (!check_configuration(d, c)) {
		check_here(d);
		return;
	}
	check_at(d, check_permissions, c->settings->path);
	check_here(d);
	check_store(d);
	check_server(c->shop, timeout_ms, &report);
}

int cmd_doctor(struct cli *c, const struct args *args)
{
	struct doctor d = { .c = c, .buf = BUF_INIT(BUF_MAX_OUTPUT) };
	struct error err = ERROR_INIT;
	long timeout_s;

	if (!args_number(args, "timeout", 1, TIMEOUT_MAX_S, TIMEOUT_S, &timeout_s, &err))
		return cli_fail(c, &err);
	d.json.out = &d.buf;
	if (c->json) {
		print_begin(&d.json);
		json_open(&d.json, "items", '[');
	}
	check_all(&d, c, (int)timeout_s * 1000);
	if (c->json) {
		json_close(&d.json, ']');
		print_end(&d.json);
	}
	buf_clear(&d.buf);
	return d.status;
}
