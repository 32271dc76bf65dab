/* The tour: ten steps through a first day, on the demo's made-up shop alone, since they press keys that cannot be
 * taken back.
 *
 * Each step says what to do and goes on when the clerk did that. It watches and changes nothing: whoever presses other
 * keys goes on working, and finds the step where it was. */
#ifndef TUI_MODEL_TOUR_H
#define TUI_MODEL_TOUR_H

#include <stdbool.h>
#include <stddef.h>

#include "store/journal.h"
#include "tui/command/command.h"

struct action_spec;
struct state;

struct tour {
	size_t step;		/* from 1; 0: there is none */
	size_t part;		/* so many of the things that the step asks for were done */
	size_t queue;		/* where the clerk was when the step began */
	size_t row;
	enum command command;	/* the last of this step */
	const struct action_spec *action;	/* the last of this step, NULL none; and how far it is */
	enum action_state action_state;
};

size_t tour_steps(void);
/* Words of the step that is shown, translated. */
const char *tour_title(const struct tour *t);
const char *tour_text(const struct tour *t);

/* Begins, or goes on to the next step whatever was done; after the last there is no tour. */
void tour_next(struct state *s);
/* The clerk gave a command; an action that was confirmed here became something else. */
void tour_command(struct tour *t, enum command command);
void tour_action(struct tour *t, const struct action_spec *spec, enum action_state state);
/* Looks whether the step is done; true when another one is shown now, or none. */
bool tour_watch(struct state *s);

#endif
