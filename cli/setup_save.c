#include "cli/setup.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/path.h"
#include "desk/settings_write.h"

/* The settings want whole paths, wherever the program runs from. */
char *setup_token_file(const char *path, const char *shop)
{
	const char *slash = strrchr(path, '/');
	char *dir = xstrndup(path, slash ? (size_t)(slash - path) : 0);
	char *here = *path == '/' ? xstrdup("") : realpath(".", NULL);
	char *file = xasprintf("%s%s%s/%s.token", here ? here : "", *dir && *path != '/' ? "/" : "", dir, shop);

	free(here);
	free(dir);
	return file;
}

static bool make_folder(const char *path, struct error *err)
{
	const char *slash = strrchr(path, '/');
	char *dir = xstrndup(path, slash ? (size_t)(slash - path) : 0);
	bool ok = !*dir || access(dir, F_OK) == 0 || path_make_dir(dir, err);

	free(dir);
	return ok;
}

/* What was typed has to pass the same checks before it takes the place of anything. */
static bool write_draft(const struct setup *u, const char *draft, struct error *err)
{
	struct buf text = BUF_INIT(BUF_MAX_FILE);
	struct settings *read = NULL;
	bool ok;

	settings_put_first(&text, u->settings);
	ok = file_write_atomic(draft, buf_str(&text), text.len, err);
	if (ok)
		read = settings_load(draft, err);
	settings_free(read);
	buf_clear(&text);
	return ok && read;
}

static bool keep_old(const char *path, struct error *err)
{
	struct buf text = BUF_INIT(BUF_MAX_FILE);
	char *copy = xasprintf("%s.bak", path);
	bool ok = access(path, F_OK) < 0 ||
		(file_read(path, &text, err) && file_write_atomic(copy, buf_str(&text), text.len, err));

	free(copy);
	buf_clear(&text);
	return ok;
}

static bool write_token(const struct setup *u, struct error *err)
{
	return !u->token.len || file_write_atomic(u->shop->token_file, buf_str(&u->token), u->token.len, err);
}

/* The settings come last: until they are there nothing else counts. */
static bool write_all(const struct setup *u, const char *path, struct error *err)
{
	char *draft = xasprintf("%s.new", path);
	bool ok = make_folder(path, err) && write_draft(u, draft, err) && keep_old(path, err) &&
		write_token(u, err) && file_move_synced(draft, path, err);

	if (!ok)
		unlink(draft);
	free(draft);
	return ok;
}

bool setup_save(const struct setup *u, const char *path, struct error *err)
{
	sigset_t all, usual;
	bool ok;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &usual);
	ok = write_all(u, path, err);
	sigprocmask(SIG_SETMASK, &usual, NULL);
	return ok;
}
