#include "store/store.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/path.h"
#include "store/files.h"
#include "store/inner.h"
#include "store/schema.h"

static bool open_file(struct db *db, const char *path, enum db_mode mode, struct error *err)
{
	return files_private(path, err) && db_open(db, path, mode, err) && schema_update(db, err);
}

static bool is_suspect(const char *path)
{
	char *mark = xasprintf("%s.suspect", path);
	bool found = access(mark, F_OK) == 0;

	free(mark);
	return found;
}

static void forget_suspicion(const char *path)
{
	char *mark = xasprintf("%s.suspect", path);

	unlink(mark);
	free(mark);
}

/* Everything in the cache can be fetched again, so a damaged one costs a sync and nothing else. It is
 * renamed only when nobody else has it open: they would go on writing the old file, and take away the new
 * one's log when they end. */
static bool begin_anew(struct store *s, const char *dir, const char *path, struct error *err)
{
	db_close(&s->cache);
	if (!files_lock_alone(s->lock, dir, err) || !files_set_aside(path, err))
		return false;
	forget_suspicion(path);
	if (!open_file(&s->cache, path, DB_CACHE, err))
		return false;
	files_unlock(s->lock);
	s->lock = files_lock(dir, err);
	return s->lock >= 0;
}

static bool open_cache(struct store *s, const char *dir, const char *path, bool *rebuilt,
	struct error *err)
{
	bool suspect = is_suspect(path);

	if (!suspect && open_file(&s->cache, path, DB_CACHE, err))
		return true;
	if (!suspect && !db_damaged(&s->cache))
		return false;
	*rebuilt = true;
	return begin_anew(s, dir, path, err);
}

static bool open_all(struct store *s, const char *dir, bool *rebuilt, struct error *err)
{
	char *cache = path_join(dir, "cache.db"), *journal = path_join(dir, "journal.db");
	bool ok;

	s->lock = -1;
	ok = files_folder(dir, err) && (s->lock = files_lock(dir, err)) >= 0 &&
		open_file(&s->journal, journal, DB_JOURNAL, err) &&
		open_cache(s, dir, cache, rebuilt, err);
	free(cache);
	free(journal);
	return ok;
}

struct store *store_open(const char *dir, bool *rebuilt, struct error *err)
{
	struct store *s = xcalloc(1, sizeof(*s));
	bool anew = false;

	owner_self(&s->self);
	s->dir = xstrdup(dir);
	s->text = s->goods = (struct buf)BUF_INIT(BUF_MAX_FILE);
	if (!open_all(s, dir, &anew, err)) {
		store_close(s);
		return NULL;
	}
	if (rebuilt)
		*rebuilt = anew;
	return s;
}

void store_close(struct store *s)
{
	if (!s)
		return;
	db_close(&s->cache);
	db_close(&s->journal);
	files_unlock(s->lock);
	free(s->dir);
	order_list_clear(&s->known);
	buf_clear(&s->text);
	buf_clear(&s->goods);
	free(s);
}
