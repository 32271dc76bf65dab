#include "store/waybills.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/sha256.h"
#include "store/inner.h"

#define FOLDER "waybills"
#define ENDING ".pdf"
#define TEMPORARY ".part-"
#define HASH_DIGITS 16
#define CODE_MAX 40

static const char sql_forgotten[] = "SELECT count(*) FROM orders WHERE code = ?1 AND finished_ms < 0";

/* ---- names ------------------------------------------------------------------------------------- */

static void hash(const char *a, const char *b, char out[HASH_DIGITS + 1])
{
	unsigned char sum[SHA256_SIZE];
	char hex[SHA256_HEX_CAP];
	struct sha256 h;

	sha256_start(&h);
	sha256_add(&h, a, strlen(a) + 1);
	sha256_add(&h, b, strlen(b));
	sha256_end(&h, sum);
	sha256_hex(sum, hex);
	memcpy(out, hex, HASH_DIGITS);
	out[HASH_DIGITS] = '\0';
}

/* Codes come from outside, and a name could lead out of the folder. */
char *waybill_name(const char *code)
{
	size_t len = strlen(code);
	char digits[HASH_DIGITS + 1];

	if (len > 0 && len <= CODE_MAX && strspn(code, "0123456789") == len)
		return xstrdup(code);
	hash(code, "", digits);
	return xasprintf("x%s", digits);
}

char *waybills_path(const struct store *s, const struct order *o)
{
	char digits[HASH_DIGITS + 1], *name = waybill_name(o->code), *path;

	hash(o->waybill, o->waybill_number, digits);
	path = xasprintf("%s/" FOLDER "/%s-%s" ENDING, s->dir, name, digits);
	free(name);
	return path;
}

bool waybills_have(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0;
}

static bool is_waybill(const char *name)
{
	size_t len = strlen(name);

	return *name != '.' && len > strlen(ENDING) && !strcmp(name + len - strlen(ENDING), ENDING);
}

/* ---- the folder -------------------------------------------------------------------------------- */

/* What is done about each file of the folder: `name` is in `dir`. */
typedef void (*file_cb)(void *arg, int dir, const char *name);

static bool sweep(const char *folder, file_cb cb, void *arg, struct error *err)
{
	DIR *d = opendir(folder);
	struct dirent *entry;

	if (!d && errno == ENOENT)
		return true;
	if (!d)
		return error_set(err, ERR_STORAGE, _("cannot look at the folder %s: %s"), folder,
			strerror(errno));
	while ((entry = readdir(d)))
		cb(arg, dirfd(d), entry->d_name);
	closedir(d);
	return true;
}

/* A temporary file is one whose writer is gone when nobody holds its lock. It goes while we hold it: a writer that
 * waits for it finds its file removed. */
static void remove_if_abandoned(int dir, const char *name)
{
	int fd = !strncmp(name, TEMPORARY, strlen(TEMPORARY)) ?
		openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) : -1;

	if (fd < 0)
		return;
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		unlinkat(dir, name, 0);
	close(fd);
}

static char *folder_of(const char *path)
{
	return xstrndup(path, (size_t)(strrchr(path, '/') - path));
}

/* Another waybill of the order that the one at the path `arg` belongs to. */
static void remove_if_older(void *arg, int dir, const char *name)
{
	const char *own = strrchr(arg, '/') + 1;

	remove_if_abandoned(dir, name);
	if (is_waybill(name) && strcmp(name, own) && !strncmp(name, own, strcspn(own, "-") + 1))
		unlinkat(dir, name, 0);
}

struct purge {
	struct store *s;
	int64_t before_ms;
};

static bool is_forgotten(struct store *s, const char *name)
{
	char *code = xstrndup(name, strcspn(name, "-"));
	sqlite3_stmt *st = db_use(&s->cache, sql_forgotten);
	int64_t n = 0;

	db_bind_text(st, 1, code);
	db_int(&s->cache, st, &n, NULL);
	free(code);
	return n > 0;
}

static void remove_if_due(void *arg, int dir, const char *name)
{
	const struct purge *p = arg;
	struct stat st;

	remove_if_abandoned(dir, name);
	if (!is_waybill(name) || fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return;
	if ((int64_t)st.st_mtim.tv_sec * 1000 < p->before_ms || is_forgotten(p->s, name))
		unlinkat(dir, name, 0);
}

bool waybills_purge(struct store *s, int64_t before_ms, struct error *err)
{
	char *folder = path_join(s->dir, FOLDER);
	struct purge p = { .s = s, .before_ms = before_ms };
	bool ok = sweep(folder, remove_if_due, &p, err);

	free(folder);
	return ok;
}

/* ---- one file ---------------------------------------------------------------------------------- */

void waybill_begin(struct waybill_file *f, const char *path)
{
	*f = (struct waybill_file){ .path = xstrdup(path), .fd = -1, .pdf = PDF_CHECK_INIT };
}

static bool cannot_write(const struct waybill_file *f, struct error *err)
{
	int why = errno;

	return path_no_room(why, f->path, err) ? false :
		error_set(err, ERR_STORAGE, _("cannot write %s: %s"), f->path, strerror(why));
}

/* One that nobody else takes for abandoned. Where files cannot be locked nobody removes any. */
static int make_temporary(char *template)
{
	size_t len = strlen(template) - 6;
	struct stat st;
	int fd;

	do {
		memcpy(template + len, "XXXXXX", 6);
		fd = mkostemp(template, O_CLOEXEC);
		if (fd < 0 || flock(fd, LOCK_EX) < 0 || fstat(fd, &st) < 0 || st.st_nlink > 0)
			return fd;
		close(fd);
	} while (true);
}

static bool open_temporary(struct waybill_file *f)
{
	char *folder = folder_of(f->path), *name = xasprintf("%s/" TEMPORARY "XXXXXX", folder);
	bool ok = path_make_dir(folder, &f->error);

	if (ok) {
		f->fd = make_temporary(name);
		ok = f->fd >= 0 || cannot_write(f, &f->error);
	}
	if (ok)
		f->temporary = name;
	else
		free(name);
	free(folder);
	return ok;
}

static bool no_pdf(enum pdf_verdict verdict, struct error *err)
{
	switch (verdict) {
	case PDF_GOOD:
		return true;
	case PDF_EMPTY:
		return error_set(err, ERR_BAD_REPLY, _("The server sent an empty file instead of a PDF. Try again."));
	case PDF_WEB_PAGE:
		return error_set(err, ERR_BAD_REPLY, _("The server sent a web page instead of a PDF. Try again later."));
	case PDF_OTHER:
		return error_set(err, ERR_BAD_REPLY, _("The server sent something else instead of a PDF. Try again "
			"later."));
	case PDF_CUT:
		break;
	}
	return error_set(err, ERR_BAD_REPLY, _("The PDF that the server sent lacks its end. Try again."));
}

bool waybill_write(struct waybill_file *f, const char *data, size_t len)
{
	if (!no_pdf(pdf_add(&f->pdf, data, len), &f->error))
		return false;
	if (!f->temporary && !open_temporary(f))
		return false;
	while (len > 0) {
		ssize_t n = write(f->fd, data, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return cannot_write(f, &f->error);
		data += n;
		len -= (size_t)n;
	}
	return true;
}

bool waybill_keep(struct waybill_file *f, struct error *err)
{
	char *folder;

	if (!no_pdf(pdf_end(&f->pdf), err))
		return false;
	if (fsync(f->fd) < 0 || rename(f->temporary, f->path) < 0)
		return cannot_write(f, err);
	free(f->temporary);
	f->temporary = NULL;
	if (!path_sync_folder(f->path, err))
		return false;
	folder = folder_of(f->path);
	sweep(folder, remove_if_older, f->path, NULL);
	free(folder);
	return true;
}

void waybill_clear(struct waybill_file *f)
{
	if (f->temporary)
		unlink(f->temporary);
	if (f->fd >= 0)
		close(f->fd);
	free(f->temporary);
	free(f->path);
	*f = (struct waybill_file){ .fd = -1 };
}
