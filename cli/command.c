#include "cli/command.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/text.h"
#include "cli/act_form.h"
#include "cli/print.h"
#include "desk/desk.h"

static const struct opt no_opts[] = { { .name = NULL } };

static const struct opt demo_opts[] = {
	{ .name = "orders", .value = N_("N"), .help = N_("how many orders the made-up shop has") },
	{ .name = "speed",
		.value = N_("X"),
		.help = N_("how many times faster than life new orders arrive") },
	{ .name = NULL },
};

static const struct opt sync_opts[] = {
	{ .name = "full", .help = N_("also what changes seldom, such as the archive") },
	{ .name = NULL },
};

static const struct opt orders_opts[] = {
	{ .name = "queue",
		.value = N_("QUEUE"),
		.help = N_("only this queue: new, pack, pickup, ...") },
	{ .name = "state",
		.value = N_("STATE"),
		.help = N_("only this state, by the marketplace's own name") },
	{ .name = "search",
		.value = N_("TEXT"),
		.help = N_("only orders with all these words in number, name, phone, goods or "
			   "address") },
	{ .name = "since",
		.value = N_("DATE"),
		.help = N_("only orders made since, such as 2026-11-23") },
	{ .name = "urgent", .help = N_("only what is overdue, or due soon or today") },
	{ .name = "limit", .value = N_("N"), .help = N_("at most N orders") },
	{ .name = NULL },
};

static const struct opt show_opts[] = {
	{ .name = "fresh", .help = N_("ask the server, whatever is known already") },
	{ .name = NULL },
};

static const struct opt pick_opts[] = {
	{ .name = "queue",
		.value = N_("QUEUE"),
		.help = N_("the orders of this queue, not of the one where goods are packed") },
	{ .name = "text", .help = N_("plain text, with boxes to tick: what is printed by default") },
	{ .name = "csv", .help = N_("a table for spreadsheet programs") },
	{ .name = "print", .help = N_("send the text to the shop's printer") },
	{ .name = NULL },
};

static const struct opt report_opts[] = {
	{ .name = "day", .help = N_("today, by the hour: what is shown by default") },
	{ .name = "week", .help = N_("today and the 6 days before") },
	{ .name = "month", .help = N_("today and the 29 days before") },
	{ .name = "csv", .help = N_("a table for spreadsheet programs") },
	{ .name = NULL },
};

static const struct opt waybill_opts[] = {
	{ .name = "output", .letter = 'o', .value = N_("DIR"), .help = N_("also write DIR/CODE.pdf") },
	{ .name = "print", .help = N_("print them") },
	{ .name = "fresh", .help = N_("fetch them anew, whatever is kept") },
	{ .name = NULL },
};

static const struct opt journal_opts[] = {
	{ .name = "open", .help = N_("only what has not ended yet") },
	{ .name = "since",
		.value = N_("DATE"),
		.help = N_("only what was done since, such as 2026-11-23") },
	{ .name = "expect",
		.value = N_("HASH"),
		.help = N_("verify: also that the entry with this hash is still there") },
	{ .name = NULL },
};

static const struct opt doctor_opts[] = {
	/* TRANSLATORS: S stands for a number of seconds */
	{ .name = "timeout", .value = N_("S"), .help = N_("wait S seconds for the server, not 30") },
	{ .name = NULL },
};

static const struct command commands[] = {
	{
		.name = "demo",
		.help = N_("open the desk on a made-up shop, to look around"),
		.opts = demo_opts,
		.without_shop = true,
		.run = cmd_demo,
	},
	{
		.name = "sync",
		.help = N_("fetch all orders once"),
		.opts = sync_opts,
		.run = cmd_sync,
	},
	{
		.name = "orders",
		.help = N_("list the orders that are known"),
		.opts = orders_opts,
		.run = cmd_orders,
	},
	{
		.name = "show",
		.words = N_("CODE"),
		.help = N_("show one order with its entries"),
		.opts = show_opts,
		.n_words = 1,
		.run = cmd_show,
	},
	{
		.name = "pick",
		.words = N_("[CODE...]"),
		.help = N_("what has to be fetched from the shelves for many orders, summed by article"),
		.opts = pick_opts,
		.more_words = ANY_WORDS,
		.run = cmd_pick,
	},
	{
		.name = "report",
		.help = N_("what the shop sold, lost and handed over late"),
		.opts = report_opts,
		.run = cmd_report,
	},
	{
		.name = "waybill",
		.words = N_("CODE..."),
		.help = N_("fetch the waybills of assembled orders, and print them"),
		.opts = waybill_opts,
		.n_words = 1,
		.more_words = ANY_WORDS,
		.run = cmd_waybill,
	},
	{
		.name = "journal",
		.words = "[verify]",
		.help = N_("what was done, by whom, and how it ended; or that nobody edited it"),
		.opts = journal_opts,
		.more_words = 1,
		.run = cmd_journal,
	},
	{
		.name = "clerk",
		.words = N_("add|list|pin|remove [NAME]"),
		.help = N_("who may unlock the desk, each by a PIN"),
		.opts = no_opts,
		.n_words = 1,
		.more_words = 1,
		.without_shop = true,
		.run = cmd_clerk,
	},
	{
		.name = "scan-test",
		.help = N_("show what a scanner sends, and how the desk reads it"),
		.opts = no_opts,
		.without_shop = true,
		.run = cmd_scan_test,
	},
	{
		.name = "doctor",
		.help = N_("check what the desk needs, and say what to do"),
		.opts = doctor_opts,
		.without_shop = true,
		.run = cmd_doctor,
	},
	{
		.name = "config",
		.words = "check|path|init",
		.help = N_("check, find or make the settings"),
		.opts = no_opts,
		.n_words = 1,
		.without_shop = true,
		.run = cmd_config,
	},
	{ .name = NULL },
};

/* ---- help ------------------------------------------------------------------------------------ */

static void synopsis(struct buf *out, const char *name, const char *words, const struct opt *opts)
{
	buf_adds(out, name);
	if (words)
		buf_addf(out, " %s", _(words));
	for (; opts->name; opts++) {
		buf_addf(out, " %s", opts->required ? "" : "[");
		if (opts->letter)
			buf_addf(out, "-%c", opts->letter);
		else
			buf_addf(out, "--%s", opts->name);
		buf_addf(out, "%s%s%s", opts->value ? " " : "", opts->value ? _(opts->value) : "",
			opts->required ? "" : "]");
	}
}

#define LEFT_COLUMNS 26

static void print_row(const char *left, const char *right)
{
	int pad = LEFT_COLUMNS - text_width(left);

	if (pad < 0)
		printf("  %s\n  %*s  %s\n", left, LEFT_COLUMNS, "", right);
	else
		printf("  %s%*s  %s\n", left, pad, "", right);
}

static void print_command(const char *name, const char *words, const char *help)
{
	struct buf line = BUF_INIT(BUF_MAX_LINE);

	buf_addf(&line, "%s%s%s", name, words ? " " : "", words ? _(words) : "");
	print_row(buf_str(&line), _(help));
	buf_clear(&line);
}

static void print_opts(const struct opt *opts)
{
	struct buf left = BUF_INIT(BUF_MAX_LINE);

	for (; opts->name; opts++) {
		buf_reset(&left);
		if (opts->letter)
			buf_addf(&left, "-%c, ", opts->letter);
		buf_addf(&left, "--%s%s%s", opts->name, opts->value ? " " : "",
			opts->value ? _(opts->value) : "");
		print_row(buf_str(&left), opts->help ? _(opts->help) : "");
	}
	buf_clear(&left);
}

static bool is_opener(const struct provider *p, const struct action_spec *spec)
{
	for (const struct action_spec *a = p->actions; a->id; a++)
		if (a->opener && strcmp(a->opener, spec->id) == 0)
			return true;
	return false;
}

static const char *words_of(const struct action_spec *spec)
{
	if (act_words(spec))
		return N_("CODE IMEI[,IMEI]...");
	return spec->bulk ? N_("CODE...") : N_("CODE");
}

static void print_actions(const struct provider *p)
{
	char name[40];

	for (const struct action_spec *a = p->actions; a->id; a++)
		if (!is_opener(p, a))
			print_command(act_name(a, name), words_of(a), a->label);
}

void cli_help(void)
{
	static const struct opt global[] = {
		{ .name = "config",
			.value = N_("FILE"),
			.help = N_("read the settings from FILE") },
		{ .name = "shop",
			.value = N_("NAME"),
			.help = N_("work for this shop of the settings") },
		{ .name = "state-dir",
			.value = N_("DIR"),
			.help = N_("keep orders and journal in a folder of DIR") },
		{ .name = "lang",
			.value = "ru|kk|en",
			.help = N_("the language of everything shown") },
		{ .name = "read-only", .help = N_("look, but act on nothing") },
		{ .name = "help", .help = N_("this help; after a command, the command's") },
		{ .name = "version", .help = N_("the version") },
		{ .name = NULL },
	};
	const struct provider *p;

	printf("%s\n\n%s\n", _("Usage: duken [OPTION]... [COMMAND [WORD]...]"),
		_("The order desk of a shop. Without a command it opens on the terminal."));
	printf("\n%s\n", _("Options:"));
	print_opts(global);
	printf("\n%s\n", _("Commands (all that print take --json; COMMAND --help says more):"));
	for (const struct command *cmd = commands; cmd->name; cmd++)
		print_command(cmd->name, cmd->words, cmd->help);
	for (size_t i = 0; (p = desk_provider_at(i)); i++) {
		/* TRANSLATORS: %s is a marketplace, such as Kaspi.kz */
		printf("\n");
		printf(_("Actions on orders of %s:"), p->label);
		printf("\n");
		print_actions(p);
	}
	printf("\n%s\n",
		_("Exit status: 0 done, 1 refused or failed, 2 usage or settings,\n3 offline or "
		  "timed "
		  "out, 4 unauthorized, 5 outcome unknown."));
}

static int command_help(const char *name, const char *words, const char *help,
	const struct opt *opts)
{
	struct buf line = BUF_INIT(BUF_MAX_LINE);

	synopsis(&line, name, words, opts);
	/* TRANSLATORS: %s is a command with its options */
	printf(_("Usage: duken %s [--json]"), buf_str(&line));
	printf("\n\n%s\n", _(help));
	if (opts->name) {
		printf("\n");
		print_opts(opts);
	}
	buf_clear(&line);
	return 0;
}

/* ---- dispatch -------------------------------------------------------------------------------- */

static bool check_words(const char *name, int n, int min, int max, struct error *err)
{
	if (n < min)
		return error_set(err, ERR_USAGE, _("%s: something is missing"), name);
	if (max != ANY_WORDS && n > max)
		return error_set(err, ERR_USAGE, _("%s: too many words"), name);
	return true;
}

static int most_words(const struct command *cmd)
{
	return cmd->more_words == ANY_WORDS ? ANY_WORDS : cmd->n_words + cmd->more_words;
}

static int run_command(struct cli *c, const struct command *cmd, int argc, char **argv)
{
	struct error err = ERROR_INIT;
	struct args args;

	if (!args_parse(&args, cmd->opts, argc, argv, &err))
		return cli_fail(c, &err);
	if (args.help)
		return command_help(cmd->name, cmd->words, cmd->help, cmd->opts);
	c->json = args.json;
	if (!check_words(cmd->name, args.n_rest, cmd->n_words, most_words(cmd), &err))
		return cli_fail(c, &err);
	if (!cmd->without_shop && !cli_load(c, &err))
		return cli_fail(c, &err);
	return cmd->run(c, &args);
}

/* An action of any marketplace, as long as the shop's has not been read. */
static const struct action_spec *any_action(const char *name)
{
	const struct action_spec *spec = NULL;
	const struct provider *p;

	for (size_t i = 0; !spec && (p = desk_provider_at(i)); i++)
		spec = act_find(p, name);
	return spec;
}

static int run_parsed(struct cli *c, const struct action_spec *spec, const char *name,
	const struct args *args)
{
	struct error err = ERROR_INIT;

	c->json = args->json;
	if (!check_words(name, args->n_rest, act_words(spec) ? 2 : 1,
		spec->bulk || act_words(spec) ? ANY_WORDS : 1, &err))
		return cli_fail(c, &err);
	if (!cli_load(c, &err))
		return cli_fail(c, &err);
	spec = act_find(c->provider, name);
	if (spec)
		return act_run(c, spec, args);
	error_set(&err, ERR_USAGE, _("%s has no action \"%s\""), c->provider->label, name);
	return cli_fail(c, &err);
}

static int run_action(struct cli *c, const struct action_spec *spec, int argc, char **argv)
{
	const char *words = words_of(spec);
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct opt opts[OPTS_MAX];
	struct args args;
	int status;

	act_opts(spec, &arena, opts);
	if (!args_parse(&args, opts, argc, argv, &err))
		status = cli_fail(c, &err);
	else if (args.help)
		status = command_help(argv[0], words, spec->label, opts);
	else
		status = run_parsed(c, spec, argv[0], &args);
	arena_clear(&arena);
	return status;
}

static bool wants_json(int argc, char **argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], "--json") == 0)
			return true;
	return false;
}

int cli_run(struct cli *c, int argc, char **argv)
{
	const struct action_spec *spec = any_action(argv[0]);
	struct error err = ERROR_INIT;

	/* Words that cannot be read are answered in JSON too. */
	c->json = wants_json(argc, argv);
	for (const struct command *cmd = commands; cmd->name; cmd++)
		if (strcmp(cmd->name, argv[0]) == 0)
			return run_command(c, cmd, argc, argv);
	if (spec)
		return run_action(c, spec, argc, argv);
	error_set(&err, ERR_USAGE, _("there is no command \"%.80s\""), argv[0]);
	return cli_fail(c, &err);
}
