/* Commands: what a key of the desk means, and in which words.
 *
 * The rows are tui/command/command.def. A marketplace's actions are commands too; their words are those of its
 * own table, handed in with every question. */
#ifndef TUI_COMMAND_COMMAND_H
#define TUI_COMMAND_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "order/provider.h"

enum command {
	COMMAND_NONE,
#define COMMAND(id, context, keys, bar, help) COMMAND_##id,
#define ACTION(id, action, keys) COMMAND_##id,
#include "tui/command/command.def"
#undef COMMAND
#undef ACTION
	COMMANDS
};

enum command_context {
	CONTEXT_MOVE,	/* like DESK, but nothing that one would look for in a menu */
	CONTEXT_DESK,	/* a pane has the focus */
	CONTEXT_FORM,	/* the dialog of an action */
	CONTEXT_ANY	/* everywhere but in a text field */
};

struct command_row {
	const char *action;	/* action_spec.id, or NULL */
	enum command_context context;
	const char *keys;	/* names, one blank between them */
	const char *bar;	/* N_(), or NULL */
	const char *help;	/* N_(); NULL for an action */
};

/* NULL for COMMAND_NONE. */
const struct command_row *command_row(enum command command);
/* The command of a key, looked up by its place on the keyboard. */
enum command command_of_key(uint32_t key);
/* The command that has the n-th function key, or COMMAND_NONE. */
enum command command_of_function_key(int n);
/* The action that the command is, or NULL: no action, or none of this marketplace. */
const struct action_spec *command_action(enum command command, const struct provider *p);
/* Whether this marketplace has the command. */
bool command_exists(enum command command, const struct provider *p);
/* Translated words; "" when it has none. */
const char *command_bar_word(enum command command, const struct provider *p);
const char *command_help(enum command command, const struct provider *p);

#endif
