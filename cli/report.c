#include "cli/report.h"

#include <langinfo.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "cli/command.h"
#include "desk/reporting.h"

#define COLUMNS 80	/* where there is no terminal */

static int columns(void)
{
	struct winsize size;

	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0 || !size.ws_col ? COLUMNS : size.ws_col;
}

static void print_line(void *arg, enum report_mark mark, const char *text)
{
	(void)mark;
	fprintf(arg, "%s\n", text);
}

/* That there is nothing is no result. */
static void print_text_lines(const struct report *r, const struct report_head *head)
{
	report_write_text(r, head, &(struct report_page){
		.columns = columns(),
		.ascii = strcmp(nl_langinfo(CODESET), "UTF-8") != 0,
		.line = print_line,
		.arg = report_is_empty(r) ? stderr : stdout,
	});
}

static void print_csv(const struct report *r, const struct report_head *head)
{
	struct buf out = BUF_INIT(BUF_MAX_OUTPUT);

	report_write_csv(r, head, &out);
	fwrite(buf_str(&out), 1, out.len, stdout);
	buf_clear(&out);
}

static bool read_store(const struct cli *c, struct reporting *g, enum report_period period, struct error *err)
{
	struct reader *reader = reader_open(c->state_dir, err);
	bool ok = true;

	if (!reader && err->code == ERR_NOT_FOUND)
		error_set(err, ERR_NOT_FOUND, _("no orders of the shop %s are known yet: run duken sync"),
			c->shop->name);
	if (!reader)
		return false;
	reporting_begin(g, c->provider, period, clock_now_ms());
	while (ok && !g->done)
		ok = reporting_step(g, reader, err);
	reader_close(reader);
	return ok;
}

static bool check_options(const struct cli *c, const struct args *args, enum report_period *period,
	struct error *err)
{
	bool week = args_get(args, "week") != NULL, month = args_get(args, "month") != NULL;

	if ((args_get(args, "day") != NULL) + week + month > 1)
		return error_set(err, ERR_USAGE, _("--day, --week and --month: one of them"));
	if (args_get(args, "csv") && c->json)
		return error_set(err, ERR_USAGE, _("--csv and --json: one of them"));
	*period = month ? REPORT_MONTH : week ? REPORT_WEEK : REPORT_DAY;
	return true;
}

int cmd_report(struct cli *c, const struct args *args)
{
	struct reporting g = REPORTING_INIT;
	struct error err = ERROR_INIT;
	enum report_period period = REPORT_DAY;
	int status = 0;

	if (!check_options(c, args, &period, &err))
		return cli_fail(c, &err);
	const struct report_head head = { c->shop->label, c->provider, c->shop->cancel_limit,
		c->shop->late_limit };
	if (!read_store(c, &g, period, &err))
		status = cli_fail(c, &err);
	else if (c->json)
		report_print_json(&g.report, &head);
	else if (args_get(args, "csv"))
		print_csv(&g.report, &head);
	else
		print_text_lines(&g.report, &head);
	reporting_clear(&g);
	return status;
}
