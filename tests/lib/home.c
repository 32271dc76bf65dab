#include "tests/lib/home.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "tests/lib/check.h"

#define ENV_MAX 64

static const char *const kept[] = { "PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS",
	"ASAN_SYMBOLIZER_PATH", "LD_LIBRARY_PATH", "DUKEN_LOCALEDIR" };

struct home *home_new(void)
{
	const char *tmp = getenv("TMPDIR");
	struct home *h = xcalloc(1, sizeof(*h));

	h->dir = xasprintf("%s/duken-test-XXXXXX", tmp ? tmp : "/tmp");
	if (!mkdtemp(h->dir))
		check_fail("cannot make %s: %s", h->dir, strerror(errno));
	return h;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	(void)st;
	(void)kind;
	(void)ftw;
	remove(path);
	return 0;
}

void home_free(struct home *h)
{
	if (!h)
		return;
	if (!getenv("DUKEN_TEST_KEEP_HOME"))
		nftw(h->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	free(h->dir);
	free(h);
}

char *home_path(const struct home *h, const char *name)
{
	return xasprintf("%s/%s", h->dir, name);
}

char *home_program(const struct home *h, const char *name, const char *script)
{
	char *file = xasprintf("bin/%s", name), *path = xasprintf("PATH=%s/bin:%s", h->dir, getenv("PATH"));

	home_write(h, file, 0700, script);
	free(file);
	return path;
}

void home_remove(const struct home *h, const char *name)
{
	char *path = home_path(h, name);

	nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	free(path);
}

static void make_parents(char *path)
{
	for (char *p = path + 1; (p = strchr(p, '/')); p++) {
		*p = '\0';
		if (mkdir(path, 0700) != 0 && errno != EEXIST)
			check_fail("cannot make %s: %s", path, strerror(errno));
		*p = '/';
	}
}

void home_write(const struct home *h, const char *name, mode_t mode, const char *text)
{
	char *path = home_path(h, name);
	size_t len = strlen(text);
	int fd;

	make_parents(path);
	unlink(path);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	if (fd < 0 || fchmod(fd, mode) != 0 || write(fd, text, len) != (ssize_t)len)
		check_fail("cannot write %s: %s", path, strerror(errno));
	close(fd);
	free(path);
}

char *home_read(const struct home *h, const char *name, size_t *len)
{
	char *path = home_path(h, name);
	FILE *f = fopen(path, "re");
	size_t cap = 65536, n = 0, got;
	char *bytes;

	free(path);
	if (!f)
		return NULL;
	bytes = xmalloc(cap);
	while ((got = fread(bytes + n, 1, cap - n - 1, f)) > 0) {
		n += got;
		if (cap - n < 2)
			bytes = xrealloc(bytes, cap *= 2);
	}
	fclose(f);
	bytes[n] = '\0';
	if (len)
		*len = n;
	return bytes;
}

/* Replaces, adds, or removes when there is no "=". */
static void env_put(char **env, const char *entry)
{
	size_t name = strcspn(entry, "=");
	size_t i;

	for (i = 0; env[i]; i++)
		if (strncmp(env[i], entry, name) == 0 && env[i][name] == '=')
			break;
	if (i + 1 >= ENV_MAX)
		check_fail("more than %d variables", ENV_MAX);
	free(env[i]);
	if (entry[name]) {
		env[i] = xstrdup(entry);
		return;
	}
	for (; env[i]; i++)
		env[i] = env[i + 1];
}

static void env_putf(char **env, const char *name, const char *dir, const char *sub)
{
	char *entry = xasprintf("%s=%s%s%s", name, dir, *sub ? "/" : "", sub);

	env_put(env, entry);
	free(entry);
}

static void env_keep(char **env, const char *names)
{
	size_t len;

	for (; names && *names; names += len + (names[len] == ' ')) {
		char *name;

		len = strcspn(names, " ");
		name = xstrndup(names, len);
		if (getenv(name))
			env_putf(env, name, getenv(name), "");
		free(name);
	}
}

char **home_env(const struct home *h, const char *const *more)
{
	static const char *const frozen[] = { "LC_ALL=C.UTF-8", "LANGUAGE=en", "TZ=Asia/Almaty",
		"TERM=xterm-256color", "USER=clerk", "LOGNAME=clerk", "SHELL=/bin/sh" };
	char **env = xcalloc(ENV_MAX, sizeof(*env));

	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
		if (getenv(kept[i]))
			env_putf(env, kept[i], getenv(kept[i]), "");
	env_keep(env, getenv("DUKEN_TEST_KEEP"));
	for (size_t i = 0; i < sizeof(frozen) / sizeof(frozen[0]); i++)
		env_put(env, frozen[i]);
	env_putf(env, "HOME", h->dir, "");
	env_putf(env, "XDG_CONFIG_HOME", h->dir, "config");
	env_putf(env, "XDG_STATE_HOME", h->dir, "state");
	env_putf(env, "XDG_CACHE_HOME", h->dir, "cache");
	env_putf(env, "XDG_DATA_HOME", h->dir, "data");
	env_putf(env, "XDG_RUNTIME_DIR", h->dir, "run");
	for (; more && *more; more++)
		env_put(env, *more);
	return env;
}

void home_env_free(char **env)
{
	for (size_t i = 0; env && env[i]; i++)
		free(env[i]);
	free(env);
}

char *built_path(const char *name)
{
	const char *dir = getenv("DUKEN_BUILDDIR");
	char *path = xasprintf("%s/%s", dir ? dir : ".", name);
	char *full = realpath(path, NULL);

	if (!full)
		check_fail("%s is not there: %s", path, strerror(errno));
	free(path);
	return full;
}
