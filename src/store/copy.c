#include "store/copy.h"

#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/path.h"
#include "store/files.h"

static bool copy_into(struct db *db, const char *path, struct error *err)
{
	sqlite3_stmt *st = db_use(db, "VACUUM INTO ?1");

	db_bind_text(st, 1, path);
	return db_run(db, st, err);
}

bool copy_before(struct db *db, int64_t version, struct error *err)
{
	char *part = xasprintf("%s.copying", db->path);
	char *path = xasprintf("%s.before-%" PRId64, db->path, version);
	bool ok;

	unlink(part);	/* of a process that was killed while it copied */
	ok = files_private(part, err) && copy_into(db, part, err) && file_move_synced(part, path, err);
	if (!ok)
		unlink(part);
	free(part);
	free(path);
	return ok;
}
