/* Which key is which command of the desk: the table of all commands (command.def), and what the settings change of it.
 *
 * A keymap holds what the settings changed; NULL stands for a desk without changes. Character keys are known by
 * their place on the keyboard. The settings fill a keymap and check it, the desk asks it; nobody changes it after
 * that, so any thread may. The words of the commands are the desk's own (tui/command/command.h). */
#ifndef DESK_KEYMAP_H
#define DESK_KEYMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum command {
	COMMAND_NONE,
#define COMMAND(id, context, keys, bar, help) COMMAND_##id,
#define ACTION(id, action, keys) COMMAND_##id,
#include "desk/command.def"
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

struct keymap;

/* As the table has it. */
struct keymap *keymap_new(void);
void keymap_free(struct keymap *m);	/* NULL is fine */

/* The command's name in the settings, such as "mark_all"; NULL for COMMAND_NONE. */
const char *keymap_name(enum command command);
enum command_context keymap_context(enum command command);
/* Names of keys with one blank between them, the one to show first; "" for none. */
const char *keymap_keys(const struct keymap *m, enum command command);
/* The command of a key, looked up by its place on the keyboard; COMMAND_NONE for the keys of the number row. */
enum command keymap_find(const struct keymap *m, uint32_t key);

/* Gives the command other keys. CONFIG with a sentence that says what is allowed; then nothing has changed. */
bool keymap_set(struct keymap *m, enum command command, const char *keys, struct error *err);
/* Whether no key that was given to the command is another one's, too; the error names the key and the other one. */
bool keymap_alone(const struct keymap *m, enum command command, struct error *err);
/* The names of all commands, for a sentence, as many as fit into it. */
void keymap_list(char *out, size_t cap);

#endif
