#include "cli/command.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/print.h"
#include "cli/table.h"
#include "store/reader.h"

#define ROWS_MAX 1000000

static const char *state_label(enum action_state state)
{
	static const char *const labels[ACTION_STATES] = {
		[ACTION_QUEUED] = N_("queued"),
		[ACTION_SENDING] = N_("on its way"),
		[ACTION_DONE] = N_("done"),
		[ACTION_REFUSED] = N_("refused"),
		[ACTION_CONFLICT] = N_("not done, the order changed"),
		[ACTION_UNDONE] = N_("taken back"),
		[ACTION_UNKNOWN] = N_("outcome unknown"),
		[ACTION_ASK] = N_("a person must decide"),
	};

	return labels[state] ? _(labels[state]) : action_state_name(state);
}

static void print_table(const struct cli *c, const struct action_list *list)
{
	struct table t = { .columns = 6, .max = { [3] = 30 } };
	char when[PRINT_TIME_CAP];

	for (size_t i = 0; i < list->n; i++) {
		const struct action *a = &list->items[i];
		const struct action_spec *spec = provider_action(c->provider, a->kind);

		table_add(&t, print_when(a->confirmed_ms, when));
		table_add(&t, a->code);
		table_add(&t, spec ? _(spec->label) : a->kind);
		table_add(&t, a->clerk);
		table_add(&t, state_label(a->state));
		table_add(&t, a->message ? a->message : "");
	}
	table_print(&t, stdout);
	table_clear(&t);
	if (list->n == 0)
		fprintf(stderr, "%s\n", _("Nothing is written there."));
}

static void print_json(const struct action_list *list)
{
	struct buf out = BUF_INIT(BUF_MAX_OUTPUT);
	struct json_writer w = JSON_WRITER(&out);

	print_begin(&w);
	json_open(&w, "items", '[');
	for (size_t i = 0; i < list->n; i++) {
		print_action(&w, &list->items[i]);
		print_flush(&w);
	}
	json_close(&w, ']');
	print_end(&w);
	buf_clear(&out);
}

static bool read_journal(const struct cli *c, const struct args *args, struct action_list *list,
	struct error *err)
{
	struct journal_query query = { .open_only = args_get(args, "open"), .limit = ROWS_MAX };
	struct reader *reader;
	bool ok;

	if (!args_time(args, "since", &query.since_ms, err))
		return false;
	reader = reader_open(c->state_dir, err);
	/* A shop without a store has an empty journal. */
	if (!reader)
		return err->code == ERR_NOT_FOUND;
	ok = reader_journal(reader, &query, list, err);
	reader_close(reader);
	return ok;
}

/* "verify" is another thing to do, and each has its options. */
static bool check_words(const struct args *args, struct error *err)
{
	if (args->n_rest && strcmp(args->rest[0], "verify") != 0)
		return error_set(err, ERR_USAGE, _("journal knows verify, not \"%.80s\""), args->rest[0]);
	if (args->n_rest && (args_get(args, "open") || args_get(args, "since")))
		return error_set(err, ERR_USAGE,
			_("journal verify looks at everything: leave out --open and --since"));
	if (!args->n_rest && args_get(args, "expect"))
		return error_set(err, ERR_USAGE, _("--expect belongs to journal verify"));
	return true;
}

int cmd_journal(struct cli *c, const struct args *args)
{
	struct action_list list = ACTION_LIST_INIT;
	struct error err = ERROR_INIT;
	int status = 0;

	if (!check_words(args, &err))
		return cli_fail(c, &err);
	if (args->n_rest)
		return cli_verify(c, args_get(args, "expect"));
	if (!read_journal(c, args, &list, &err))
		status = cli_fail(c, &err);
	else if (c->json)
		print_json(&list);
	else
		print_table(c, &list);
	action_list_clear(&list);
	return status;
}
