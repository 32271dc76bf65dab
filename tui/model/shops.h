/* The shops of the settings, side by side: a state with a worker each, one of them on the screen.
 *
 * All of them go on, whichever is looked at: their orders are counted in the head, and ring. Another one is shown
 * between two keys, by the loop. The screen's thread. */
#ifndef TUI_MODEL_SHOPS_H
#define TUI_MODEL_SHOPS_H

#include <stdbool.h>
#include <stddef.h>

struct state;

struct shops {
	struct state *items;	/* in the order of the settings */
	char **dirs;		/* the folder of each */
	size_t n;
	size_t at;		/* the one on the screen */
	size_t wanted;		/* the one to be shown from the next key on */
	const char *language;	/* the clerk wants the desk in this one: it begins anew; NULL none */
};

struct state *shops_shown(const struct shops *all);
/* New orders of all shops that nobody is known to have seen. */
size_t shops_unseen(const struct shops *all);
/* Whether one of the shops has something besides orders that is worth a look. */
bool shops_trouble(const struct shops *all);
/* Actions of all shops that have not ended, whoever began them; as last read. */
size_t shops_open_actions(const struct shops *all);
/* Whether something is being printed for one of them. */
bool shops_printing(const struct shops *all);
/* Whether an action of this program waits or is on its way in one of them. */
bool shops_acting(const struct shops *all);

#endif
