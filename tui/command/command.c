#include "tui/command/command.h"

#include <string.h>

#include "base/i18n.h"
#include "tui/term/key.h"

static const struct command_row rows[COMMANDS] = {
#define COMMAND(id, ctx, names, word, text)                                                     \
	[COMMAND_##id] = { .context = CONTEXT_##ctx, .bar = word, .help = text },
#define ACTION(id, name, names) [COMMAND_##id] = { .action = name, .context = CONTEXT_DESK },
#include "desk/command.def"
#undef COMMAND
#undef ACTION
};

static const struct keymap *used;

void command_use(const struct keymap *keys)
{
	used = keys;
}

const struct command_row *command_row(enum command command)
{
	return command > COMMAND_NONE && command < COMMANDS ? &rows[command] : NULL;
}

enum command command_of_key(uint32_t key)
{
	return keymap_find(used, key);
}

enum command command_of_function_key(int n)
{
	return keymap_find(used, KEY_F0_ + (uint32_t)n);
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

bool command_has_key(enum command command)
{
	return *keymap_keys(used, command) != '\0';
}

void command_keys(enum command command, char *out, size_t cap)
{
	keyname_show(keymap_keys(used, command), out, cap);
}

/* One of that kind if there is one, else the first; 0 when it has none. */
static uint32_t best_key(enum command command, bool text)
{
	const char *keys = keymap_keys(used, command), *name;
	uint32_t first = 0;
	size_t len;
	while ((len = keyname_next(&keys, &name)) > 0) {
		uint32_t key = keyname_parse(name, len);
		if (key_is_text(key) == text)
			return key;
		first = first == 0 ? key : first;
	}
	return first;
}

static struct key_text key_to_name(enum command command, bool text)
{
	const enum command ways[] = { command, COMMAND_MENU, COMMAND_HELP };
	struct key_text out = { "" };
	uint32_t key = 0;
	for (size_t i = 0; key == 0 && i < sizeof(ways) / sizeof(ways[0]); i++)
		key = best_key(ways[i], text);
	keyname_of(key, out.text, sizeof(out.text));
	return out;
}

struct key_text command_key(enum command command)
{
	return key_to_name(command, true);
}

struct key_text command_plain_key(enum command command)
{
	return key_to_name(command, false);
}
