/* Opens the shops of the settings, starts their workers and ends them; see tui/model/shops.h.
 *
 * The first one is started before the loop; the others one by one in it, so that the first frame waits for
 * none of them. */
#ifndef TUI_SHOPS_H
#define TUI_SHOPS_H

#include <stdbool.h>

#include "base/error.h"
#include "tui/app.h"
#include "tui/model/lock.h"
#include "tui/model/shops.h"

/* A state for each, none started; the one of the options on the screen. The lock is borrowed. */
void shops_open(struct shops *all, const struct app_options *options, struct lock *lock);
/* Starts the worker of the shop on the screen. */
bool shops_start_shown(struct shops *all, struct error *err);
/* Starts one more, if one is left; true when it did: the head is stale. What stopped it stands in its list. */
bool shops_start_next(struct shops *all);
/* Shows the one that is wanted; returns what is stale. */
unsigned shops_show(struct shops *all);
/* A turn for one that is not on the screen: takes its events when its worker woke us. Returns what is stale there. */
unsigned shops_take(struct shops *all, size_t i, bool woken);
/* Ends all of them: what is on its way is given up, see desk_stop(). */
void shops_close(struct shops *all);

#endif
