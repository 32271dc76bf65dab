#include "tui/dialog/help.h"

#include <string.h>

#include "base/i18n.h"
#include "tui/dialog/dialog.h"
#include "tui/model/state.h"
#include "tui/pane/pane.h"
#include "tui/widget/page.h"

#define KEY_COLUMNS 16
#define KEYS_SHOWN 64

/* Which commands were told already. */
struct told {
	bool command[COMMANDS];
};

static void add_row(struct page *p, const char *keys, const char *help)
{
	/* By columns: a sign of the keys may be wider than its byte. */
	int pad = KEY_COLUMNS - draw_width(keys);
	p->indent = KEY_COLUMNS + 1;
	page_addf(p, STYLE_NORMAL, "%s%*s %s", keys, pad > 0 ? pad : 0, "", help);
	p->indent = 0;
}

static void add_heading(struct page *p, const char *heading)
{
	if (p->n > 0)
		page_add(p, STYLE_NORMAL, "");
	page_add(p, STYLE_STRONG, heading);
}

static void add_command(const struct state *s, struct page *p, struct told *told, enum command c)
{
	char keys[KEYS_SHOWN];
	command_keys(c, keys, sizeof(keys));
	add_row(p, keys, command_help(c, s->provider));
	told->command[c] = true;
}

static void add_dialog(const struct dialog *d, struct page *p)
{
	char keys[KEYS_SHOWN];
	add_heading(p, _(d->ops->title));
	for (const struct dialog_key *k = d->ops->keys; k->help != NULL; k++) {
		if (k->command != COMMAND_NONE)
			command_keys(k->command, keys, sizeof(keys));
		add_row(p, k->command != COMMAND_NONE ? keys : k->keys, _(k->help));
	}
}

static void add_pane(const struct state *s, struct page *p, struct told *told)
{
	const struct pane *pane = pane_focused(s);
	enum command commands[COMMANDS];
	size_t n = pane_commands(pane, s->provider, commands);
	add_heading(p, _(pane->title));
	for (size_t i = 0; i < n; i++)
		add_command(s, p, told, commands[i]);
}

/* The commands of one kind that were not told yet. */
static void add_group(const struct state *s, struct page *p, struct told *told, enum command_context context,
	bool actions, const char *heading)
{
	bool headed = false;
	for (int i = COMMAND_NONE + 1; i < COMMANDS; i++) {
		enum command c = (enum command)i;
		const struct command_row *row = command_row(c);
		if (told->command[c] || row->context != context || (row->action != NULL) != actions ||
			!command_exists(c, s->provider))
			continue;
		if (!headed)
			add_heading(p, heading);
		headed = true;
		add_command(s, p, told, c);
	}
}

static void add_queues(const struct state *s, struct page *p)
{
	add_heading(p, _("Queues"));
	p->indent = 2;
	for (size_t i = 0; i < s->queues.n; i++) {
		const struct queue_spec *q = &s->provider->queues[i];
		page_addf(p, STYLE_NORMAL, "%s: %s", _(q->label), q->help != NULL ? _(q->help) : "");
	}
	p->indent = 0;
}

void help_write(const struct state *s, const struct dialog *front, struct page *p)
{
	struct told told = { .command = { false } };
	if (front != NULL && front->ops->keys != NULL)
		add_dialog(front, p);
	else
		add_pane(s, p, &told);
	/* TRANSLATORS: a heading over keys that move the cursor. */
	add_group(s, p, &told, CONTEXT_MOVE, false, _("Moving"));
	/* TRANSLATORS: a heading over keys. */
	add_group(s, p, &told, CONTEXT_DESK, true, _("What is done to orders"));
	/* TRANSLATORS: a heading over keys: search, papers, journal. */
	add_group(s, p, &told, CONTEXT_DESK, false, _("At the desk"));
	/* TRANSLATORS: a heading over keys that work in dialogs, too. */
	add_group(s, p, &told, CONTEXT_ANY, false, _("Everywhere"));
	add_group(s, p, &told, CONTEXT_FORM, false, _("In the dialog of an action"));
	page_add(p, STYLE_NORMAL, "");
	page_add(p, STYLE_NORMAL, _("Keys work by their place on the keyboard, whatever its layout."));
	page_add(p, STYLE_NORMAL,
		_("A digit begins the number of an order; what is scanned opens its order by itself."));
	add_queues(s, p);
}
