#include "desk/token.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/child.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/path.h"

#define COMMAND_TIMEOUT_MS (30 * 1000)
#define TOKEN_MAX 4096

/* Taken out of the environment before threads start; never changed afterwards. */
static char *token_of_environment;

/* ---- what is a token ------------------------------------------------------------------------- */

/* Takes the first line of text without spaces around it. */
static bool accept(const char *text, size_t len, const char *source, struct buf *out,
	struct error *err)
{
	const char *end = memchr(text, '\n', len);

	if (end)
		len = (size_t)(end - text);
	while (len > 0 && strchr(" \t\r", text[len - 1]))
		len--;
	while (len > 0 && strchr(" \t", *text))
		text++, len--;
	if (len == 0)
		return error_set(err, ERR_CONFIG,
			_("%s gives an empty token: put the token of the shop's "
			  "cabinet there"),
			source);
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] <= 0x20 || (unsigned char)text[i] > 0x7e)
			return error_set(err, ERR_CONFIG,
				_("%s gives something that is no token: its first line "
				  "must hold the token and nothing else"),
				source);
	if (len > TOKEN_MAX || !buf_add(out, text, len))
		return error_set(err, ERR_CONFIG, _("%s gives a token of more than %d characters"),
			source, TOKEN_MAX);
	return true;
}

/* ---- a command ------------------------------------------------------------------------------- */

/* Reads it to its end, or ends it at the deadline. */
static bool collect(struct child *c, struct buf *out, int64_t deadline)
{
	while (!child_step(c, out)) {
		if (child_wait(c, deadline))
			continue;
		child_kill(c);
		return false;
	}
	return true;
}

static bool from_command(const struct shop *shop, struct buf *out, struct error *err)
{
	const char *const argv[] = { "/bin/sh", "-c", shop->token_command, NULL };
	int64_t deadline = clock_mono_ms() + COMMAND_TIMEOUT_MS;
	struct buf text = BUF_INIT(BUF_MAX_FILE);
	struct child c;
	bool ok;

	if (!child_start(&c, &(struct child_options){ .argv = argv, .reads = CHILD_OUTPUT }))
		return error_set(err, ERR_CONFIG,
			_("cannot start the token_command of the shop %s: %s"), shop->name,
			strerror(errno));
	if (!collect(&c, &text, deadline))
		ok = error_set(err, ERR_CONFIG,
			_("the token_command of the shop %s did not end within %d s: "
			  "run it in a shell to see what it waits for"),
			shop->name, COMMAND_TIMEOUT_MS / 1000);
	else if (c.status > 0)
		ok = error_set(err, ERR_CONFIG,
			_("the token_command of the shop %s ended with status %d: "
			  "run it in a shell to see why"),
			shop->name, c.status);
	else
		ok = accept(buf_str(&text), text.len, "token_command", out, err);
	buf_wipe(&text);
	return ok;
}

/* ---- files and the environment --------------------------------------------------------------- */

static bool from_file(const char *path, bool (*read)(const char *, struct buf *, struct error *),
	struct buf *out, struct error *err)
{
	struct buf text = BUF_INIT(BUF_MAX_FILE);
	bool ok = read(path, &text, err);

	if (ok)
		ok = accept(buf_str(&text), text.len, path, out, err);
	else if (err)
		err->code = ERR_CONFIG;
	buf_wipe(&text);
	return ok;
}

/* The path of the service manager's credential for this shop, or NULL; the caller's to free. */
static char *credential(const struct shop *shop)
{
	const char *dir = getenv("CREDENTIALS_DIRECTORY");
	char *name, *path;

	if (!dir || *dir != '/')
		return NULL;
	name = xasprintf("%s.token", shop->name);
	path = path_join(dir, name);
	free(name);
	if (access(path, F_OK) == 0)
		return path;
	free(path);
	return NULL;
}

bool token_read(const struct shop *shop, struct buf *out, struct error *err)
{
	const char *word = token_of_environment ? token_of_environment : getenv("DUKEN_TOKEN");
	char *path;
	bool ok;

	if (shop->token)
		/* TRANSLATORS: stands for %s in "%s gives something that is no token: ..." */
		return accept(shop->token, strlen(shop->token), _("what was typed"), out, err);
	if (shop->token_command)
		return from_command(shop, out, err);
	if (shop->token_file)
		return from_file(shop->token_file, file_read_private, out, err);
	path = credential(shop);
	if (path) {
		/* The files are the service manager's, and only we can enter their folder. */
		ok = from_file(path, file_read, out, err);
		free(path);
		return ok;
	}
	if (word)
		return accept(word, strlen(word), "DUKEN_TOKEN", out, err);
	return error_set(err, ERR_CONFIG,
		_("the shop %s has no token: name a file that holds it with token_file in the "
		  "settings"),
		shop->name);
}

bool token_own(const struct shop *shop)
{
	char *path = credential(shop);
	bool own = shop->token_command || shop->token_file || path;

	free(path);
	return own;
}

static void take_from_environment(void)
{
	char *value = getenv("DUKEN_TOKEN");

	if (!value)
		return;
	free(token_of_environment);
	token_of_environment = xstrdup(value);
	explicit_bzero(value, strlen(value));
	unsetenv("DUKEN_TOKEN");
}

void token_protect_process(void)
{
	const struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_CORE, &none);
	prctl(PR_SET_DUMPABLE, 0);
	take_from_environment();
}
