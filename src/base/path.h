/* Where things are: XDG folders, and files that are private or written whole.
 * Any thread. Returned paths are the caller's to free. */
#ifndef BASE_PATH_H
#define BASE_PATH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"

char *path_join(const char *dir, const char *name);
char *path_config(void);	/* $XDG_CONFIG_HOME/duken/duken.conf, else ~/.config/... */
char *path_themes(void);	/* $XDG_CONFIG_HOME/duken/themes, else ~/.config/... */
char *path_state(void);		/* $XDG_STATE_HOME/duken, else ~/.local/state/duken */

/* NAME in the folder of the running program; NULL if there is none. So a build finds its own parts
 * before they are installed. */
char *path_beside_program(const char *name);

/* True when the errno says that there was no room for `path`, and *err then too. */
bool path_no_room(int no, const char *path, struct error *err);

/* Makes the folder and its parents, 0700. A folder that is there already must be ours and must not be
 * open to everybody's writing. */
bool path_make_dir(const char *path, struct error *err);
/* Reads a file of at most out->max bytes. NOT_FOUND if there is none. */
bool file_read(const char *path, struct buf *out, struct error *err);
/* The same for a secret: must be a regular file, no link, ours, and closed to group and others; CONFIG
 * if it is not. */
bool file_read_private(const char *path, struct buf *out, struct error *err);
/* Writes a temporary file beside it (0600), syncs, renames. All or nothing. */
bool file_write_atomic(const char *path, const void *data, size_t len, struct error *err);
/* Renames a file within its folder and puts it on the disk under its new name: first what is in it, then
 * the name. */
bool file_move_synced(const char *from, const char *to, struct error *err);
/* Puts the names in the folder of `path` on the disk, as they are now. */
bool path_sync_folder(const char *path, struct error *err);

#endif
