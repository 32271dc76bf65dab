#include "cli/command.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/print.h"
#include "cli/table.h"
#include "store/notes.h"
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

static const char *note_label(enum note_kind kind)
{
	static const char *const labels[NOTE_KINDS] = {
		[NOTE_LOCKED] = N_("Desk locked"),
		[NOTE_UNLOCKED] = N_("Desk unlocked"),
		[NOTE_WRONG_PIN] = N_("Wrong PIN"),
		[NOTE_PHONE_SHOWN] = N_("Phone number shown"),
	};

	return _(labels[kind]);
}

static void add_row(struct table *t, int64_t ms, const char *const cells[5])
{
	char when[PRINT_TIME_CAP];

	table_add(t, print_when(ms, when));
	for (int i = 0; i < 5; i++)
		table_add(t, cells[i]);
}

static void add_action(const struct cli *c, struct table *t, const struct action *a)
{
	const struct action_spec *spec = provider_action(c->provider, a->kind);

	add_row(t, a->confirmed_ms, (const char *const[]){ a->code, spec ? _(spec->label) : a->kind, a->clerk,
		state_label(a->state), a->message ? a->message : "" });
}

static void add_note(struct table *t, const struct note *n)
{
	add_row(t, n->at_ms, (const char *const[]){ n->code, note_label(n->kind), n->clerk, "", "" });
}

/* Both are the newest first, and so are they together. */
static void print_table(const struct cli *c, const struct action_list *list, const struct note_list *notes)
{
	struct table t = { .columns = 6, .max = { [3] = 30 } };
	size_t i = 0, j = 0;

	while (i < list->n || j < notes->n) {
		if (j == notes->n || (i < list->n && list->items[i].confirmed_ms >= notes->items[j].at_ms))
			add_action(c, &t, &list->items[i++]);
		else
			add_note(&t, &notes->items[j++]);
	}
	table_print(&t, stdout);
	table_clear(&t);
	if (i + j == 0)
		fprintf(stderr, "%s\n", _("Nothing is written there."));
}

static void print_note(struct json_writer *w, const struct note *n)
{
	json_open(w, NULL, '{');
	json_put_text(w, "note", note_kind_name(n->kind));
	print_text(w, "clerk", n->clerk);
	print_text(w, "code", n->code);
	print_time(w, "at", n->at_ms);
	json_close(w, '}');
}

static void print_json(const struct action_list *list, const struct note_list *notes)
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
	json_open(&w, "notes", '[');
	for (size_t i = 0; i < notes->n; i++) {
		print_note(&w, &notes->items[i]);
		print_flush(&w);
	}
	json_close(&w, ']');
	print_end(&w);
	buf_clear(&out);
}

static bool read_journal(const struct cli *c, const struct args *args, struct action_list *list,
	struct note_list *notes, struct error *err)
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
	ok = reader_journal(reader, &query, list, err) &&
		(query.open_only || notes_read(reader, query.since_ms, notes, err));
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
	struct note_list notes = NOTE_LIST_INIT;
	struct error err = ERROR_INIT;
	int status = 0;

	if (!check_words(args, &err))
		return cli_fail(c, &err);
	if (args->n_rest)
		return cli_verify(c, args_get(args, "expect"));
	if (!read_journal(c, args, &list, &notes, &err))
		status = cli_fail(c, &err);
	else if (c->json)
		print_json(&list, &notes);
	else
		print_table(c, &list, &notes);
	action_list_clear(&list);
	note_list_clear(&notes);
	return status;
}
