#include "tests/crash/powerloss_vfs.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "tests/crash/disk.h"
#include "tests/lib/check.h"

struct vfile {
	sqlite3_file base;
	sqlite3_file *real;
	struct disk_file *file;	/* NULL: not watched */
	bool syncs_folder;	/* with its next xSync, as SQLite does for a new log */
};

static struct {
	pthread_mutex_t lock;
	sqlite3_vfs vfs;
	sqlite3_vfs *real;
	struct powerloss how;
	struct rng rng;
	struct disk disk;
	long operations, refused;
	bool armed, gone;
} power = { .lock = PTHREAD_MUTEX_INITIALIZER };

static struct disk_file *watched(const char *path)
{
	size_t len = power.armed ? strlen(power.how.dir) : 0;

	if (!path || !len || strncmp(path, power.how.dir, len) != 0 || path[len] != '/')
		return NULL;
	return disk_file(&power.disk, path);
}

static void go(void)
{
	disk_crash(&power.disk, &power.rng);
	power.gone = true;
}

/* Counts one more; false when there is no power for it. The caller holds the lock. */
static bool powered(void)
{
	if (power.armed && !power.gone && ++power.operations == power.how.at)
		go();
	power.refused += power.gone;
	return !power.gone;
}

/* ---- files ----------------------------------------------------------------------------------- */

static struct vfile *vfile(sqlite3_file *f)
{
	return (struct vfile *)f;
}

static int v_close(sqlite3_file *f)
{
	int rc = vfile(f)->real->pMethods->xClose(vfile(f)->real);

	f->pMethods = NULL;
	return rc;
}

static int v_read(sqlite3_file *f, void *out, int n, sqlite3_int64 at)
{
	return vfile(f)->real->pMethods->xRead(vfile(f)->real, out, n, at);
}

/* The write that the power goes at is under way and may arrive. */
static bool changing(struct disk_file *file, sqlite3_int64 at, const void *data, size_t len)
{
	bool ok;

	if (!file)
		return true;
	pthread_mutex_lock(&power.lock);
	if (!power.gone)
		disk_wrote(file, (size_t)at, data, len);
	ok = powered();
	pthread_mutex_unlock(&power.lock);
	return ok;
}

static int v_write(sqlite3_file *f, const void *data, int n, sqlite3_int64 at)
{
	struct vfile *v = vfile(f);

	if (!changing(v->file, at, data, (size_t)n))
		return SQLITE_IOERR_WRITE;
	return v->real->pMethods->xWrite(v->real, data, n, at);
}

static int v_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	struct vfile *v = vfile(f);

	if (!changing(v->file, 0, NULL, (size_t)size))
		return SQLITE_IOERR_TRUNCATE;
	return v->real->pMethods->xTruncate(v->real, size);
}

/* The real files need no sync: what they would be after a crash is written down here. */
static int v_sync(sqlite3_file *f, int flags)
{
	struct vfile *v = vfile(f);
	bool ok;

	if (!v->file)
		return v->real->pMethods->xSync(v->real, flags);
	pthread_mutex_lock(&power.lock);
	ok = powered();
	if (ok && !power.how.lying)
		disk_sync(v->file);
	if (ok && v->syncs_folder)
		disk_sync_names(&power.disk);
	v->syncs_folder = v->syncs_folder && !ok;
	pthread_mutex_unlock(&power.lock);
	return ok ? SQLITE_OK : SQLITE_IOERR_FSYNC;
}

static int v_size(sqlite3_file *f, sqlite3_int64 *out)
{
	return vfile(f)->real->pMethods->xFileSize(vfile(f)->real, out);
}

static int v_lock(sqlite3_file *f, int level)
{
	return vfile(f)->real->pMethods->xLock(vfile(f)->real, level);
}

static int v_unlock(sqlite3_file *f, int level)
{
	return vfile(f)->real->pMethods->xUnlock(vfile(f)->real, level);
}

static int v_reserved(sqlite3_file *f, int *out)
{
	return vfile(f)->real->pMethods->xCheckReservedLock(vfile(f)->real, out);
}

static int v_control(sqlite3_file *f, int op, void *arg)
{
	return vfile(f)->real->pMethods->xFileControl(vfile(f)->real, op, arg);
}

static int v_sector(sqlite3_file *f)
{
	return vfile(f)->real->pMethods->xSectorSize(vfile(f)->real);
}

static int v_device(sqlite3_file *f)
{
	return vfile(f)->real->pMethods->xDeviceCharacteristics(vfile(f)->real);
}

static int v_shm_map(sqlite3_file *f, int region, int size, int extend, void volatile **out)
{
	return vfile(f)->real->pMethods->xShmMap(vfile(f)->real, region, size, extend, out);
}

static int v_shm_lock(sqlite3_file *f, int offset, int n, int flags)
{
	return vfile(f)->real->pMethods->xShmLock(vfile(f)->real, offset, n, flags);
}

static void v_shm_barrier(sqlite3_file *f)
{
	vfile(f)->real->pMethods->xShmBarrier(vfile(f)->real);
}

static int v_shm_unmap(sqlite3_file *f, int remove)
{
	return vfile(f)->real->pMethods->xShmUnmap(vfile(f)->real, remove);
}

/* Version 2: shared memory for WAL, and no mapped files, whose writes nobody could see. */
static const sqlite3_io_methods methods = {
	.iVersion = 2,
	.xClose = v_close,
	.xRead = v_read,
	.xWrite = v_write,
	.xTruncate = v_truncate,
	.xSync = v_sync,
	.xFileSize = v_size,
	.xLock = v_lock,
	.xUnlock = v_unlock,
	.xCheckReservedLock = v_reserved,
	.xFileControl = v_control,
	.xSectorSize = v_sector,
	.xDeviceCharacteristics = v_device,
	.xShmMap = v_shm_map,
	.xShmLock = v_shm_lock,
	.xShmBarrier = v_shm_barrier,
	.xShmUnmap = v_shm_unmap,
};

/* ---- the file system ------------------------------------------------------------------------- */

/* False when the file would have to be made and cannot be any more. */
static bool watch(struct vfile *v, const char *path, int flags)
{
	bool found = path && access(path, F_OK) == 0, ok = true;

	pthread_mutex_lock(&power.lock);
	v->file = watched(path);
	if (v->file && !found && power.gone)
		ok = false;
	else if (v->file && (found || (flags & SQLITE_OPEN_CREATE)))
		disk_made(v->file);
	v->syncs_folder = (flags & SQLITE_OPEN_CREATE) &&
		(flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL));
	pthread_mutex_unlock(&power.lock);
	return ok;
}

static int v_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *f, int flags, int *out_flags)
{
	struct vfile *v = vfile(f);
	int rc;

	(void)vfs;
	*v = (struct vfile){ .real = (sqlite3_file *)(v + 1) };
	if (!watch(v, path, flags))
		return SQLITE_CANTOPEN;
	rc = power.real->xOpen(power.real, path, v->real, flags, out_flags);
	if (v->real->pMethods)
		f->pMethods = &methods;
	return rc;
}

static int v_delete(sqlite3_vfs *vfs, const char *path, int sync_folder)
{
	struct disk_file *file;
	bool ok = true;

	(void)vfs;
	pthread_mutex_lock(&power.lock);
	file = watched(path);
	if (file && (ok = !power.gone)) {
		disk_deleted(file);
		if (sync_folder)
			disk_sync_names(&power.disk);
	}
	pthread_mutex_unlock(&power.lock);
	return ok ? power.real->xDelete(power.real, path, sync_folder) : SQLITE_IOERR_DELETE;
}

void powerloss_install(void)
{
	power.real = sqlite3_vfs_find(NULL);
	power.vfs = *power.real;
	power.vfs.zName = "powerloss";
	power.vfs.szOsFile = (int)sizeof(struct vfile) + power.real->szOsFile;
	power.vfs.xOpen = v_open;
	power.vfs.xDelete = v_delete;
	if (sqlite3_vfs_register(&power.vfs, 1) != SQLITE_OK)
		check_fail("SQLite does not take the VFS");
}

void powerloss_arm(const struct powerloss *p)
{
	pthread_mutex_lock(&power.lock);
	power.how = *p;
	power.rng = rng_for(p->seed, 0x706f776572);
	power.armed = true;
	pthread_mutex_unlock(&power.lock);
}

bool powerloss_gone(void)
{
	bool gone;

	pthread_mutex_lock(&power.lock);
	gone = power.gone;
	pthread_mutex_unlock(&power.lock);
	return gone;
}

static long read_count(const long *count)
{
	long n;

	pthread_mutex_lock(&power.lock);
	n = *count;
	pthread_mutex_unlock(&power.lock);
	return n;
}

long powerloss_operations(void)
{
	return read_count(&power.operations);
}

long powerloss_refused(void)
{
	return read_count(&power.refused);
}

void powerloss_cut(void)
{
	pthread_mutex_lock(&power.lock);
	if (power.armed && !power.gone)
		go();
	pthread_mutex_unlock(&power.lock);
}

void powerloss_images(const char *folder)
{
	pthread_mutex_lock(&power.lock);
	if (!disk_write_crashed(&power.disk, folder))
		check_fail("cannot write what the crash left into %s", folder);
	pthread_mutex_unlock(&power.lock);
}
