/* A throw-away home folder and the frozen environment that goes with it.
 *
 *	struct home *h = home_new();
 *	home_write(h, "config/duken/duken.conf", 0600, "...");
 *	char **env = home_env(h, (const char *[]){ "NO_COLOR=1", NULL });
 *	...
 *	home_env_free(env);
 *	home_free(h);				removes the folder
 *
 * A program under test sees no variable of the person who runs the tests, except PATH, those of
 * the sanitizers and those of DUKEN_TEST_KEEP ("NAME NAME"). No LINES, no COLUMNS. A helper that cannot
 * do its work fails the running cmocka test. */
#ifndef TESTS_LIB_HOME_H
#define TESTS_LIB_HOME_H

#include <stddef.h>
#include <sys/types.h>

struct home {
	char *dir;
};

struct home *home_new(void);
void home_free(struct home *h);		/* NULL is fine */

/* DIR/NAME; the caller frees it. */
char *home_path(const struct home *h, const char *name);
/* Makes the folders in between (0700), replaces the file. */
void home_write(const struct home *h, const char *name, mode_t mode, const char *text);
/* Writes bin/NAME, a script that stands in for a program: the PATH that finds it first, "PATH=...", for home_env().
 * The caller frees it. */
char *home_program(const struct home *h, const char *name, const char *script);
/* Removes a file or a folder with what is in it. */
void home_remove(const struct home *h, const char *name);
/* The whole file and a NUL, its length in *len (may be NULL); NULL when there is none. The caller frees. */
char *home_read(const struct home *h, const char *name, size_t *len);

/* HOME and the XDG folders in the home (config, state, cache, data, run), LC_ALL=C.UTF-8, LANGUAGE=en,
 * TZ=Asia/Almaty, TERM=xterm-256color, USER=clerk; `more` ("NAME=VALUE", ends with NULL, may be NULL)
 * replaces or adds; "NAME" without "=" removes. */
char **home_env(const struct home *h, const char *const *more);
void home_env_free(char **env);

/* Where `name` was built: $DUKEN_BUILDDIR or the current folder. The caller frees it. */
char *built_path(const char *name);

#endif
