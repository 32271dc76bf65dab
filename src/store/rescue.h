/* A damaged journal: set aside, never rebuilt in silence.
 *
 * Whoever meets the damage leaves a mark beside the file, path.suspect; the next program that has the
 * store alone looks closer. If it is so, the file is renamed with its log, a new journal begins with a
 * row that names the old file, and every action that was open and can still be read comes over as one
 * that a person must decide.
 *
 * From before the first renaming until the whole store is open the mark holds the name that the
 * old file gets: were this process killed in between, the next one goes on from there and tells the
 * clerk. Before any thread starts; only while nobody else has the store open. */
#ifndef STORE_RESCUE_H
#define STORE_RESCUE_H

#include <stdbool.h>

#include "base/error.h"
#include "store/db.h"
#include "store/owner.h"
#include "store/store.h"

/* Whether there is a mark, of whatever file of the store. */
bool rescue_suspected(const char *path);
/* Whether a process began to set the file aside and did not come to the end. */
bool rescue_under_way(const char *path);
/* Takes the mark away. */
void rescue_forget(const char *path);

/* Sets the journal aside and opens a new one; says so in the report. `self` looks after what comes over. */
bool rescue_journal(struct db *db, const char *path, const struct owner *self, struct store_report *report,
	struct error *err);

#endif
