#include "tests/crash/disk.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

#define SECTOR 512

struct image {
	bool there;
	unsigned char *data;
	size_t len, cap;
};

/* A write, or a truncate where data is NULL. */
struct op {
	size_t at, len;
	unsigned char *data;
};

struct disk_file {
	struct disk_file *next;
	char *path;
	struct image synced;
	struct op *ops;		/* since then */
	size_t n, cap;
	bool there;		/* the running system finds it */
	bool named;		/* and so would one after a crash */
	struct image old;	/* the file that was deleted, for as long as its name may come back */
	struct image crashed;
};

/* ---- images ---------------------------------------------------------------------------------- */

static void image_size(struct image *im, size_t len)
{
	if (len > im->cap)
		im->data = xrealloc(im->data, im->cap = len * 2);
	if (len > im->len)
		memset(im->data + im->len, 0, len - im->len);
	im->len = len;
}

static void image_write(struct image *im, size_t at, const unsigned char *data, size_t len)
{
	if (at + len > im->len)
		image_size(im, at + len);
	if (len)
		memcpy(im->data + at, data, len);
}

static void image_copy(struct image *to, const struct image *from)
{
	to->there = from->there;
	to->len = 0;
	image_write(to, 0, from->data, from->len);
}

static void image_clear(struct image *im)
{
	free(im->data);
	*im = (struct image){ .there = false };
}

static void apply(struct image *im, const struct op *op)
{
	if (op->data)
		image_write(im, op->at, op->data, op->len);
	else
		image_size(im, op->len);
}

/* ---- what a file goes through ---------------------------------------------------------------- */

struct disk_file *disk_file(struct disk *d, const char *path)
{
	struct disk_file *f = d->files;

	while (f && strcmp(f->path, path) != 0)
		f = f->next;
	if (f)
		return f;
	f = xcalloc(1, sizeof(*f));
	f->path = xstrdup(path);
	f->next = d->files;
	d->files = f;
	return f;
}

static void forget_ops(struct disk_file *f)
{
	while (f->n)
		free(f->ops[--f->n].data);
}

void disk_made(struct disk_file *f)
{
	f->there = true;
}

void disk_deleted(struct disk_file *f)
{
	if (f->named) {
		image_clear(&f->old);
		f->old = f->synced;
		f->old.there = true;
		f->synced = (struct image){ .there = false };
	}
	f->named = f->there = false;
	f->synced.len = 0;
	forget_ops(f);
}

void disk_wrote(struct disk_file *f, size_t at, const void *data, size_t len)
{
	struct op *op;

	if (f->n == f->cap)
		f->ops = xreallocarray(f->ops, f->cap = f->cap ? f->cap * 2 : 16, sizeof(*f->ops));
	op = &f->ops[f->n++];
	*op = (struct op){ .at = at, .len = len };
	if (data)
		memcpy(op->data = xmalloc(len ? len : 1), data, len);
}

void disk_sync(struct disk_file *f)
{
	for (size_t i = 0; i < f->n; i++)
		apply(&f->synced, &f->ops[i]);
	forget_ops(f);
}

void disk_sync_names(struct disk *d)
{
	for (struct disk_file *f = d->files; f; f = f->next) {
		f->named = f->there;
		image_clear(&f->old);
	}
}

/* ---- the moment ------------------------------------------------------------------------------ */

/* The piece that was written last, and what was there before. */
struct piece {
	size_t at, len;
	unsigned char before[SECTOR];
};

static void write_piece(struct image *im, const struct op *op, size_t from, size_t len, struct piece *last)
{
	last->at = op->at + from;
	last->len = len;
	if (im->len < last->at + len)
		image_size(im, last->at + len);
	memcpy(last->before, im->data + last->at, len);
	memcpy(im->data + last->at, op->data + from, len);
}

static void write_some(struct image *im, const struct op *op, double kept, struct rng *rng,
	struct piece *last)
{
	size_t from = 0, len;

	for (; from < op->len; from += len) {
		len = SECTOR - (op->at + from) % SECTOR;
		if (len > op->len - from)
			len = op->len - from;
		if (rng_chance(rng, kept))
			write_piece(im, op, from, len, last);
	}
}

static void tear(struct image *im, const struct piece *last, struct rng *rng)
{
	size_t whole = rng_below(rng, (uint32_t)last->len);

	memcpy(im->data + last->at + whole, last->before + whole, last->len - whole);
}

static void keep_some(struct disk_file *f, double kept, struct rng *rng)
{
	struct piece last = { .len = 0 };

	for (size_t i = 0; i < f->n; i++) {
		if (f->ops[i].data) {
			write_some(&f->crashed, &f->ops[i], kept, rng, &last);
		} else if (rng_chance(rng, kept)) {
			apply(&f->crashed, &f->ops[i]);
			last.len = 0;
		}
	}
	if (last.len && rng_chance(rng, 0.5))
		tear(&f->crashed, &last, rng);
}

static void crash(struct disk_file *f, struct rng *rng)
{
	static const double kept[] = { 0, 0.1, 0.5, 0.9, 1 };

	if (!f->named && rng_chance(rng, 0.5)) {
		image_copy(&f->crashed, &f->old);
	} else if (f->there) {
		image_copy(&f->crashed, &f->synced);
		f->crashed.there = true;
		keep_some(f, kept[rng_below(rng, 5)], rng);
	}
}

void disk_crash(struct disk *d, struct rng *rng)
{
	for (struct disk_file *f = d->files; f; f = f->next)
		crash(f, rng);
}

static bool write_image(const struct image *im, const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool ok = fd >= 0 && write(fd, im->data, im->len) == (ssize_t)im->len;

	if (fd >= 0)
		close(fd);
	return ok;
}

bool disk_write_crashed(const struct disk *d, const char *folder)
{
	bool ok = true;

	for (const struct disk_file *f = d->files; f; f = f->next) {
		char *path = xasprintf("%s%s", folder, strrchr(f->path, '/'));

		ok = (!f->crashed.there || write_image(&f->crashed, path)) && ok;
		free(path);
	}
	return ok;
}
