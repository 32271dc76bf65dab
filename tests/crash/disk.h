/* What a disk would still hold if its power went now.
 *
 * A file is the bytes of its last sync and the writes and truncates since. When the power goes, what is
 * there is the synced bytes and a random choice of the sectors that were written since, the last of them
 * perhaps torn; what was truncated, made or deleted since the last sync of the folder may have happened or
 * not. All files are in one folder. One thread at a time: powerloss_vfs.c holds a lock. */
#ifndef TESTS_CRASH_DISK_H
#define TESTS_CRASH_DISK_H

#include <stdbool.h>
#include <stddef.h>

#include "sim/rng.h"

struct disk_file;

struct disk {
	struct disk_file *files;
};

/* The file of that name, known from now on. */
struct disk_file *disk_file(struct disk *d, const char *path);
void disk_made(struct disk_file *f);
void disk_deleted(struct disk_file *f);
/* `data` NULL: a truncate to `len`. */
void disk_wrote(struct disk_file *f, size_t at, const void *data, size_t len);
void disk_sync(struct disk_file *f);
/* Names are the folder's: what was made or deleted before its sync stays so. */
void disk_sync_names(struct disk *d);

void disk_crash(struct disk *d, struct rng *rng);
/* Writes what disk_crash() left into a folder that is there. */
bool disk_write_crashed(const struct disk *d, const char *folder);

#endif
