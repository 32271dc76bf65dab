/* Locks the desk and opens it again: when a key or the time says so, for whoever knows a clerk's PIN or, where the
 * settings say so, the password of an account.
 *
 * While it is locked nothing of an order is on the screen (tui/lock_screen.h draws all of it) and no key gets
 * anywhere but here; the worker, the store and the alerts go on, and what was open comes back as it was, but for
 * codes that were typed. Scans are nothing. Who unlocks is the clerk of what is confirmed from then on. One lock is for
 * all shops. The desk starts locked wherever somebody could unlock it, so that starting it anew opens nothing. */
#ifndef TUI_LOCKING_H
#define TUI_LOCKING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "desk/settings.h"
#include "tui/model/lock.h"

struct state;

/* Reads who has a PIN; state_base as for clerks_path(). CONFIG when the list of the clerks cannot be used; lock_clear()
 * ends it in any case. */
bool locking_start(struct lock *l, const struct settings *settings, const char *state_base, struct error *err);
/* Says what the settings want of it and cannot have. */
void locking_greet(struct state *s);

/* The key for it. Where nobody has a PIN it offers to set one. */
unsigned locking_lock(struct state *s);
/* A key while it is locked. */
unsigned locking_key(struct state *s, uint32_t key);
/* Keys came as a scanner sends them: they are no PIN. */
unsigned locking_scan(struct state *s);
/* Somebody touched a key. */
void locking_seen(struct lock *l);
/* Once a turn: locks when nobody did for so long, counts a wait down. */
unsigned locking_tick(struct state *s);
/* When it wants to be called at the latest: mono, 0 for never. */
int64_t locking_due(const struct state *s);

#endif
