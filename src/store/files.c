#include "store/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/path.h"

#define FUSE_TYPE 0x65735546UL
#define DAMAGED_MAX 1000

bool files_remote(unsigned long type, const char *mount_type)
{
	static const unsigned long types[] = {
		0x6969,		/* NFS */
		0x517b, 0xff534d42, 0xfe534d42,	/* SMB, CIFS, SMB 2 */
		0x5346414f, 0x6b414653,	/* AFS */
		0x564c, 0x73757245,	/* NCP, Coda */
		0x00c36400, 0x0bd00bd0,	/* Ceph, Lustre */
		0x01021997,	/* 9P */
	};
	static const char *const mounts[] = { "fuse.sshfs", "fuse.rclone", "fuse.s3fs", "fuse.glusterfs",
		"fuse.davfs", "fuse.curlftpfs", "fuse.gvfsd-fuse", "fuse.smbnetfs" };

	/* statfs() keeps 32 bits of the type on some machines and extends the sign on others. */
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if ((type & 0xffffffffUL) == types[i])
			return true;
	for (size_t i = 0; i < sizeof(mounts) / sizeof(mounts[0]); i++)
		if (!strcmp(mount_type, mounts[i]))
			return true;
	return false;
}

/* The type of the mount that a device belongs to, as /proc/self/mountinfo says: statfs() has one number
 * for everything that is made with FUSE, encrypted local folders as well as sshfs. */
static void mount_type_of(dev_t dev, char *out, size_t cap)
{
	FILE *f = fopen("/proc/self/mountinfo", "re");
	char line[4096], type[64];
	unsigned int major_id, minor_id;
	const char *dash;

	snprintf(out, cap, "%s", "");
	if (!f)
		return;
	while (fgets(line, sizeof(line), f)) {
		dash = strstr(line, " - ");
		if (dash && sscanf(line, "%*d %*d %u:%u", &major_id, &minor_id) == 2 &&
			major_id == major(dev) && minor_id == minor(dev) &&
			sscanf(dash, " - %63s", type) == 1)
			snprintf(out, cap, "%s", type);
	}
	fclose(f);
}

static bool is_local(const char *dir, struct error *err)
{
	struct statfs fs;
	struct stat st;
	char mount_type[64] = "";

	if (statfs(dir, &fs) < 0 || stat(dir, &st) < 0)
		return error_set(err, ERR_STORAGE, _("cannot look at the folder %s: %s"), dir,
			strerror(errno));
	if (((unsigned long)fs.f_type & 0xffffffffUL) == FUSE_TYPE)
		mount_type_of(st.st_dev, mount_type, sizeof(mount_type));
	if (!files_remote((unsigned long)fs.f_type, mount_type))
		return true;
	return error_set(err, ERR_STORAGE,
		_("%s is on a network file system, where the store could be damaged: "
		"choose a folder on this computer's own disk with --state-dir"), dir);
}

bool files_folder(const char *dir, struct error *err)
{
	if (access(dir, F_OK) < 0 && !path_make_dir(dir, err)) {
		if (err)
			err->code = ERR_STORAGE;
		return false;
	}
	if (!is_local(dir, err))
		return false;
	if (access(dir, W_OK | X_OK) < 0)
		return error_set(err, ERR_STORAGE, errno == EROFS ?
			_("the folder %s is on a read-only file system: make it writable or "
			"choose another with --state-dir") :
			_("the folder %s cannot be written by this user: change its owner or rights, or "
			"choose another with --state-dir"), dir);
	return true;
}

static bool make(const char *path, struct error *err)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

	if (fd < 0 && errno == EEXIST)
		return true;	/* another process was faster */
	if (fd < 0 && path_no_room(errno, path, err))
		return false;
	if (fd < 0)
		return error_set(err, ERR_STORAGE, _("cannot make %s: %s"), path, strerror(errno));
	close(fd);
	return true;
}

bool files_private(const char *path, struct error *err)
{
	struct stat st;

	if (lstat(path, &st) < 0)
		return make(path, err);
	if (!S_ISREG(st.st_mode))
		return error_set(err, ERR_STORAGE, _("%s is not a regular file"), path);
	if ((st.st_mode & 077) && chmod(path, 0600) < 0)
		return error_set(err, ERR_STORAGE, _("%s is open to other users and cannot be closed: %s"),
			path, strerror(errno));
	return true;
}

static bool rename_if_there(const char *from, const char *to, struct error *err)
{
	if (rename(from, to) == 0 || errno == ENOENT)
		return true;
	if (path_no_room(errno, to, err))
		return false;
	return error_set(err, ERR_STORAGE, _("cannot set the damaged %s aside: %s"), from,
		strerror(errno));
}

/* The log goes first: were this process killed in between, a log without its database is what the
 * next one must not find. */
bool files_move_aside(const char *path, const char *to, struct error *err)
{
	char *log = xasprintf("%s-wal", path), *to_log = xasprintf("%s-wal", to);
	char *shared = xasprintf("%s-shm", path);
	bool ok = rename_if_there(log, to_log, err) && rename_if_there(path, to, err);

	if (ok)
		unlink(shared);
	ok = ok && path_sync_folder(path, err);
	free(log);
	free(to_log);
	free(shared);
	return ok;
}

bool files_unclean(const char *path)
{
	char *log = xasprintf("%s-wal", path);
	struct stat st;
	bool found = stat(log, &st) == 0 && st.st_size > 0;

	free(log);
	return found;
}

char *files_damaged_name(const char *path, struct error *err)
{
	for (int i = 1; i < DAMAGED_MAX; i++) {
		char *to = xasprintf("%s.damaged-%d", path, i), *log = xasprintf("%s-wal", to);
		bool free_name = access(to, F_OK) < 0 && access(log, F_OK) < 0;

		free(log);
		if (free_name)
			return to;
		free(to);
	}
	error_set(err, ERR_STORAGE, _("cannot set the damaged %s aside: remove older copies of it"), path);
	return NULL;
}

bool files_set_aside(const char *path, struct error *err)
{
	char *to = files_damaged_name(path, err);
	bool ok = to && files_move_aside(path, to, err);

	free(to);
	return ok;
}

static int lock_folder(const char *dir, int how, struct error *err)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0 && flock(fd, how) == 0)
		return fd;
	error_set(err, ERR_STORAGE, _("cannot lock the folder %s: %s"), dir, strerror(errno));
	files_unlock(fd);
	return -1;
}

int files_lock(const char *dir, struct error *err)
{
	return lock_folder(dir, LOCK_SH, err);
}

int files_lock_first(const char *dir, bool *alone, struct error *err)
{
	int fd = lock_folder(dir, LOCK_EX | LOCK_NB, NULL);

	*alone = fd >= 0;
	return *alone ? fd : files_lock(dir, err);
}

/* Linux changes the kind of a lock without letting go of it when the new kind is granted. */
bool files_share(int lock, const char *dir, struct error *err)
{
	if (flock(lock, LOCK_SH) == 0)
		return true;
	return error_set(err, ERR_STORAGE, _("cannot lock the folder %s: %s"), dir, strerror(errno));
}

bool files_lock_alone(int lock, const char *dir, struct error *err)
{
	if (flock(lock, LOCK_EX | LOCK_NB) == 0)
		return true;
	return error_set(err, ERR_STORAGE,
		_("a file in %s is damaged and another duken has it open: end it, then start again"), dir);
}

void files_unlock(int lock)
{
	if (lock >= 0)
		close(lock);
}
