/* The clerks of a counter and the hashes of their PINs: who may unlock the desk.
 *
 * One file for all shops of a state folder, STATE/clerks.pin, with a line for each clerk, "name:hash". It is
 * private (0600, this user's own), and one that is not, or that cannot be read whole, is refused: a desk must not
 * open because its locks were tampered with. Written whole or not at all.
 *
 * Beside it STATE/clerks.tries counts the wrong PINs of each clerk, so that starting anew shortens no wait: from
 * TRIES_FREE wrong ones in a row on each costs a wait, 30 s and twice as long after each further one, up to 10
 * minutes. Any thread, one at a time. */
#ifndef DESK_CLERKS_H
#define DESK_CLERKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define CLERKS_MAX 100
#define CLERK_NAME_MAX 60	/* characters */

struct clerk {
	char *name;
	char *hash;
};

struct clerks {
	struct clerk *items;
	size_t n;
};

/* In the state folder (NULL: the usual one); the caller frees it. */
char *clerks_path(const char *state_base);
/* Replaces *out. No file: no clerks. CONFIG, with a sentence that says where and what to do, when the file must not
 * be used; *out is empty then. */
bool clerks_load(const char *path, struct clerks *out, struct error *err);
/* Makes the folder too. */
bool clerks_save(const char *path, const struct clerks *c, struct error *err);
void clerks_clear(struct clerks *c);

/* USAGE unless a clerk can be called that. */
bool clerks_name_check(const char *name, struct error *err);
/* The index of a name; c->n when there is none. */
size_t clerks_find(const struct clerks *c, const char *name);
/* Gives a clerk a new PIN, adding the clerk where there is none of that name. USAGE for a PIN or a name that cannot be,
 * CONFIG when there are too many. */
bool clerks_set(struct clerks *c, const char *name, const char *pin, struct error *err);
void clerks_remove(struct clerks *c, size_t i);

/* ---- wrong PINs ------------------------------------------------------------------------------ */

#define TRIES_FREE 5
#define TRIES_WAIT_MS 30000LL
#define TRIES_WAIT_MAX_MS 600000LL

/* Of one clerk. Times are UTC ms. */
struct tries {
	int wrong;		/* in a row */
	int64_t until_ms;	/* the next one is taken then */
	int64_t noted_ms;	/* the clock when that was decided */
};

/* How long the wait after so many is. */
int64_t tries_wait_ms(int wrong);
/* What is left of the wait. Where the clock jumped back, all of it begins anew by the new clock: *t changes. */
int64_t tries_left_ms(struct tries *t, int64_t now_ms);
/* One more: counted before the PIN is looked at, so that nobody escapes by ending the program. */
void tries_count(struct tries *t, int64_t now_ms);
/* Of the clerk. What cannot be read counts as TRIES_FREE wrong ones now, and what was noted later than now as noted now:
 * false then, and it has to be saved, else the wait would begin anew with each look. */
bool tries_load(const char *clerks_path, const char *name, int64_t now_ms, struct tries *out);
/* All zero: the line goes. */
bool tries_save(const char *clerks_path, const char *name, const struct tries *t, struct error *err);

#endif
