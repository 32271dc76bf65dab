#include "base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"

char *path_join(const char *dir, const char *name)
{
	size_t len = strlen(dir);

	return xasprintf("%s%s%s", dir, len && dir[len - 1] == '/' ? "" : "/", name);
}

static char *home(void)
{
	const char *dir = getenv("HOME");
	struct passwd pw, *found = NULL;
	char space[4096];

	if (dir && *dir == '/')
		return xstrdup(dir);
	if (getpwuid_r(geteuid(), &pw, space, sizeof(space), &found) == 0 && found)
		return xstrdup(found->pw_dir);
	return xstrdup("/");
}

/* The specification of XDG has relative paths ignored. */
static char *xdg(const char *variable, const char *below_home, const char *name)
{
	const char *dir = getenv(variable);
	char *base, *path;

	if (dir && *dir == '/')
		return path_join(dir, name);
	base = home();
	path = xasprintf("%s/%s/%s", strcmp(base, "/") ? base : "", below_home, name);
	free(base);
	return path;
}

char *path_config(void)
{
	return xdg("XDG_CONFIG_HOME", ".config", "duken/duken.conf");
}

char *path_themes(void)
{
	return xdg("XDG_CONFIG_HOME", ".config", "duken/themes");
}

char *path_state(void)
{
	return xdg("XDG_STATE_HOME", ".local/state", "duken");
}

char *path_beside_program(const char *name)
{
	char own[4096];
	ssize_t len = readlink("/proc/self/exe", own, sizeof(own) - 1);
	char *path;

	if (len <= 0)
		return NULL;
	own[len] = '\0';
	*strrchr(own, '/') = '\0';
	path = path_join(own, name);
	if (access(path, F_OK) == 0)
		return path;
	free(path);
	return NULL;
}

/* Others who may write into a folder could put their files for ours. */
static bool check_dir(const char *path, struct error *err)
{
	struct stat st;

	if (stat(path, &st) < 0)
		return error_set(err, ERR_STORAGE, _("cannot use the folder %s: %s"), path, strerror(errno));
	if (!S_ISDIR(st.st_mode))
		return error_set(err, ERR_STORAGE,
			_("%s is a file where a folder is needed: move it away or choose another folder"),
			path);
	if (st.st_uid != geteuid() && geteuid() != 0)
		return error_set(err, ERR_STORAGE,
			_("the folder %s belongs to another user: choose one of your own"), path);
	if (st.st_mode & S_IWOTH)
		return error_set(err, ERR_STORAGE,
			_("the folder %s can be changed by others: run chmod 700 %s"), path, path);
	return true;
}

bool path_no_room(int no, const char *path, struct error *err)
{
	if (no != ENOSPC && no != EDQUOT)
		return false;
	error_set(err, ERR_STORAGE, _("the disk is full: make room for %s, then try again"), path);
	return true;
}

bool path_make_dir(const char *path, struct error *err)
{
	char *partial = xstrdup(path);
	bool ok = true;

	for (char *p = partial + 1; *partial && ok; p++) {
		char c = *p;

		if (c && c != '/')
			continue;
		*p = '\0';
		ok = mkdir(partial, 0700) == 0 || errno == EEXIST;
		if (!ok && !path_no_room(errno, partial, err))
			error_set(err, ERR_STORAGE, _("cannot make the folder %s: %s"), partial,
				strerror(errno));
		*p = c;
		if (!c)
			break;
	}
	free(partial);
	return ok && check_dir(path, err);
}

static bool read_all(int fd, const char *path, struct buf *out, struct error *err)
{
	char chunk[8192];
	ssize_t n;

	while ((n = read(fd, chunk, sizeof(chunk))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return error_set(err, ERR_STORAGE, _("cannot read %s: %s"), path, strerror(errno));
		if (!buf_add(out, chunk, (size_t)n))
			return error_set(err, ERR_STORAGE,
				_("%s is larger than the %zu bytes that are read"), path, out->max);
	}
	return true;
}

static bool cannot_open(const char *path, struct error *err)
{
	if (errno == ELOOP)
		return error_set(err, ERR_CONFIG, _("%s is a symbolic link: name the file itself"), path);
	return error_set(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_STORAGE, _("cannot open %s: %s"),
		path, strerror(errno));
}

bool file_read(const char *path, struct buf *out, struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool ok;

	if (fd < 0)
		return cannot_open(path, err);
	ok = read_all(fd, path, out, err);
	close(fd);
	return ok;
}

static bool check_private(int fd, const char *path, struct error *err)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return error_set(err, ERR_STORAGE, _("cannot read %s: %s"), path, strerror(errno));
	if (!S_ISREG(st.st_mode))
		return error_set(err, ERR_CONFIG, _("%s is not a regular file: put the secret into one"),
			path);
	if (st.st_uid != geteuid())
		return error_set(err, ERR_CONFIG, _("%s belongs to another user: make a copy of your own"),
			path);
	if (st.st_mode & 077)
		return error_set(err, ERR_CONFIG, _("%s can be read by others: run chmod 600 %s"), path,
			path);
	return true;
}

bool file_read_private(const char *path, struct buf *out, struct error *err)
{
	/* Without O_NONBLOCK a pipe of that name would hold us before it can be refused. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	bool ok;

	if (fd < 0)
		return cannot_open(path, err);
	ok = check_private(fd, path, err) && read_all(fd, path, out, err);
	close(fd);
	return ok;
}

static bool write_all(int fd, const char *data, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, data, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		data += n;
		len -= (size_t)n;
	}
	return true;
}

/* Closes in any case and keeps the first error in errno. */
static bool sync_and_close(int fd, bool ok)
{
	int saved;

	ok = ok && fsync(fd) == 0;
	saved = errno;
	if (close(fd) < 0 && ok)
		return false;
	errno = saved;
	return ok;
}

/* The folder that holds path; the caller's to free. */
static char *parent(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return xstrdup(".");
	return slash == path ? xstrdup("/") : xstrndup(path, (size_t)(slash - path));
}

/* A rename lasts only when the folder is on the disk too. */
static bool sync_parent(const char *path)
{
	char *dir = parent(path);
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	free(dir);
	return fd >= 0 && sync_and_close(fd, true);
}

bool file_write_atomic(const char *path, const void *data, size_t len, struct error *err)
{
	char *temporary = xasprintf("%s.XXXXXX", path);
	int fd = mkostemp(temporary, O_CLOEXEC);
	bool ok = false;

	if (fd >= 0) {
		ok = sync_and_close(fd, write_all(fd, data, len)) && rename(temporary, path) == 0;
		if (!ok) {
			int saved = errno;

			unlink(temporary);
			errno = saved;
		}
	}
	ok = ok && sync_parent(path);
	free(temporary);
	if (!ok)
		error_set(err, ERR_STORAGE, _("cannot write %s: %s"), path, strerror(errno));
	return ok;
}

bool path_sync_folder(const char *path, struct error *err)
{
	return sync_parent(path) ||
		error_set(err, ERR_STORAGE, _("cannot write %s: %s"), path, strerror(errno));
}

bool file_move_synced(const char *from, const char *to, struct error *err)
{
	int fd = open(from, O_RDONLY | O_CLOEXEC);
	bool ok = fd >= 0 && sync_and_close(fd, true) && rename(from, to) == 0 && sync_parent(to);

	return ok || error_set(err, ERR_STORAGE, _("cannot write %s: %s"), to, strerror(errno));
}
