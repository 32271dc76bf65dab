/* Commands: what a key of the desk means, and in which words.
 *
 * The rows are desk/command.def, the keys those of the settings. A marketplace's actions are commands too; their
 * words are those of its own table, handed in with every question. For the screen's thread. */
#ifndef TUI_COMMAND_COMMAND_H
#define TUI_COMMAND_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "desk/keymap.h"
#include "desk/keyname.h"
#include "order/provider.h"

struct command_row {
	const char *action;	/* action_spec.id, or NULL */
	enum command_context context;
	const char *bar;	/* N_(), or NULL */
	const char *help;	/* N_(); NULL for an action */
};

/* Which keys count from now on; borrowed, NULL: those of the table. */
void command_use(const struct keymap *keys);

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

bool command_has_key(enum command command);
/* All its keys as people know them; "" for none. */
void command_keys(enum command command, char *out, size_t cap);
/* The key as sentences name it: a letter or sign if there is one, or a plain key, which works where letters are
 * text. For a command without any it is that of the menu, where every command is, or of the help. */
struct key_text {
	char text[KEYNAME_MAX];
};
struct key_text command_key(enum command command);
struct key_text command_plain_key(enum command command);

#endif
