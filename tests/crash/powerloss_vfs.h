/* A disk that loses its power: SQLite's own VFS, and a record of what a real disk would still hold.
 *
 *	powerloss_install();				once, before SQLite opens anything
 *	powerloss_arm(&(struct powerloss){ .dir = dir, .seed = 7, .at = 120 });
 *	... work until powerloss_gone() ...
 *	powerloss_cut();				now, if it has not gone by itself
 *	powerloss_images(folder);			what the machine finds when it starts again
 *
 * Everything passes through to real files, so that WAL, shared memory and locks work as ever; disk.h keeps
 * the books. At the write or sync with the given number the power goes, and from then on every write,
 * truncate, sync, delete and new file of this process fails with SQLITE_IOERR.
 *
 * Until powerloss_arm() it only passes things on. Any thread; one folder in the life of a process. */
#ifndef TESTS_CRASH_POWERLOSS_VFS_H
#define TESTS_CRASH_POWERLOSS_VFS_H

#include <stdbool.h>
#include <stdint.h>

struct powerloss {
	const char *dir;	/* empty still; files elsewhere are left alone */
	uint64_t seed;
	long at;		/* the power goes at this write or sync; 0: when it is cut */
	bool lying;		/* the disk says that it has synced and has not: as with synchronous=OFF */
};

void powerloss_install(void);
void powerloss_arm(const struct powerloss *p);
bool powerloss_gone(void);
/* Writes, truncates and syncs so far; and those that failed since the power went. */
long powerloss_operations(void);
long powerloss_refused(void);
void powerloss_cut(void);
/* Writes the files as the crash left them into a folder that is there. After the power went. */
void powerloss_images(const char *folder);

#endif
