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
/* Renames a database with its log to path.damaged-N. */
bool files_set_aside(const char *path, struct error *err);

/* A lock on the folder that every open store and reader shares (SHARED, waits), and that setting a
 * file aside needs alone (fails with CONFLICT when somebody else has it). Returns the descriptor that holds
 * it, or -1. */
int files_lock(const char *dir, struct error *err);
bool files_lock_alone(int lock, const char *dir, struct error *err);
void files_unlock(int lock);

#endif
