#include "tui/command/command.h"

#include <string.h>

#include "base/i18n.h"
#include "tui/command/keyname.h"
#include "base/layout.h"
#include "tui/term/key.h"

static const struct command_row rows[COMMANDS] = {
#define COMMAND(id, ctx, names, word, text)                                                     \
	[COMMAND_##id] = {                                                                      \
		.context = CONTEXT_##ctx, .keys = names, .bar = word, .help = text              \
	},
#define ACTION(id, name, names)                                                                 \
	[COMMAND_##id] = { .action = name, .context = CONTEXT_DESK, .keys = names },
#include "tui/command/command.def"
#undef COMMAND
#undef ACTION
};

const struct command_row *command_row(enum command command)
{
	return command > COMMAND_NONE && command < COMMANDS ? &rows[command] : NULL;
}

static bool has_key(const struct command_row *row, uint32_t key)
{
	const char *s = row->keys;
	while (*s != '\0') {
		size_t len = strcspn(s, " ");
		if (keyname_parse(s, len) == key)
			return true;
		s += len;
		s += strspn(s, " ");
	}
	return false;
}

static enum command exactly(uint32_t key)
{
	for (int i = COMMAND_NONE + 1; i < COMMANDS; i++) {
		if (has_key(&rows[i], key))
			return (enum command)i;
	}
	return COMMAND_NONE;
}

enum command command_of_key(uint32_t key)
{
	enum command found = exactly(key);
	uint32_t latin = layout_latin(key);
	if (found == COMMAND_NONE && latin != key)
		found = exactly(latin);
	return found;
}

enum command command_of_function_key(int n)
{
	return exactly(KEY_F0_ + (uint32_t)n);
}

const struct action_spec *command_action(enum command command, const struct provider *p)
{
	const struct command_row *row = command_row(command);
	if (row == NULL || row->action == NULL)
		return NULL;
	return provider_action(p, row->action);
}

bool command_exists(enum command command, const struct provider *p)
{
	const struct command_row *row = command_row(command);
	return row != NULL && (row->action == NULL || provider_action(p, row->action) != NULL);
}

const char *command_bar_word(enum command command, const struct provider *p)
{
	const struct command_row *row = command_row(command);
	const struct action_spec *spec = command_action(command, p);
	if (spec != NULL)
		return _(spec->verb);
	return row != NULL && row->bar != NULL ? _(row->bar) : "";
}

const char *command_help(enum command command, const struct provider *p)
{
	const struct command_row *row = command_row(command);
	const struct action_spec *spec = command_action(command, p);
	if (spec != NULL)
		return _(spec->label);
	return row != NULL && row->help != NULL ? _(row->help) : "";
}
