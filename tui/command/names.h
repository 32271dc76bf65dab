/* The names of all commands in every language that the program speaks, whichever the screen has: what the menu
 * finds a command by.
 *
 * For the screen's thread. */
#ifndef TUI_COMMAND_NAMES_H
#define TUI_COMMAND_NAMES_H

#include <stdbool.h>

#include "tui/command/command.h"

/* Collects the names, those of every marketplace's actions among them. Changes the environment for a moment: call it
 * while there is no other thread. */
void names_collect(void);
/* Whether every word of the query begins a word of the command's name in one of the languages, or of its keys; a
 * query that has no words is a key's name. Compared as search does; "" finds all. */
bool names_match(enum command command, const char *query);

#endif
