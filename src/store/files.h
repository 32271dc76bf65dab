/* The files of a store: a private folder on a local disk, private files, damaged ones set aside.
 *
 * A database that may be open is never opened here: closing any descriptor of it would drop this
 * process's locks on it. Any thread. */
#ifndef STORE_FILES_H
#define STORE_FILES_H

#include <stdbool.h>

#include "base/error.h"

/* Makes the folder when it is missing and refuses one on which SQLite's locks and shared memory cannot be
 * trusted, or that cannot be written. */
bool files_folder(const char *dir, struct error *err);
/* Whether a file system of that statfs() type and mount type ("fuse.sshfs") lives on another machine. */
bool files_remote(unsigned long type, const char *mount_type);
/* Makes an empty file, 0600 whatever the umask; closes an existing one to others. */
bool files_private(const char *path, struct error *err);
/* Whether the last program that had the database open did not come to closing it: it left a log with
 * something in it. Says so too while another program has it open. */
bool files_unclean(const char *path);

/* The first free path.damaged-N; the caller frees it. NULL when there are too many. */
char *files_damaged_name(const char *path, struct error *err);
/* Renames a database with its log to that name. */
bool files_move_aside(const char *path, const char *to, struct error *err);
/* Both. */
bool files_set_aside(const char *path, struct error *err);

/* A lock on the folder that every open store and reader shares, and that whoever repairs or changes
 * tables needs alone. Each returns the descriptor that holds it, or -1, and waits for a program that has it
 * alone.
 *
 *	files_lock()		shared
 *	files_lock_first()	alone if nobody else has the folder, else shared
 *	files_lock_alone()	tries once more to have it alone; what is held is lost when that fails
 *	files_share()		no longer alone
 */
int files_lock(const char *dir, struct error *err);
int files_lock_first(const char *dir, bool *alone, struct error *err);
bool files_lock_alone(int lock, const char *dir, struct error *err);
bool files_share(int lock, const char *dir, struct error *err);
void files_unlock(int lock);

#endif
