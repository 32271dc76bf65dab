/* What `duken doctor` and `duken config init` look at: this machine (check.c), the terminal (check_terminal.c) and
 * the way to the server (check_server.c). Nothing is changed anywhere. One thread. */
#ifndef CLI_CHECK_H
#define CLI_CHECK_H

#include <stdbool.h>

#include "base/error.h"
#include "desk/settings.h"

enum check_result { CHECK_OK, CHECK_WARNING, CHECK_FAILED };

struct check {
	const char *name;
	enum check_result result;
	int status;			/* the exit status when it failed */
	char message[ERROR_TEXT_MAX];	/* what to do, or what was found; may be "" */
};

/* Gets one check after the other, as they come. */
struct check_report {
	void (*say)(void *arg, const struct check *check);
	void *arg;
};

void check_set(struct check *out, const char *name, enum check_result result, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
void check_fail(struct check *out, const char *name, const struct error *err);

/* ---- this machine ---- */

void check_clock(struct check *out);
/* Whether others can read the settings, which may hold a proxy's password. */
void check_permissions(const char *path, struct check *out);
void check_disk(const char *dir, struct check *out);
/* Whether damaged files of the store were set aside there. */
void check_copies(const char *dir, struct check *out);
/* Has SQLite look through the store of that folder. */
void check_integrity(const char *dir, struct check *out);

/* ---- the terminal ---- */

void check_locale(struct check *out);
void check_translations(struct check *out);
void check_terminal(struct check *out);
void check_colours(struct check *out);
void check_font(struct check *out);
void check_keyboard(struct check *out);

/* ---- the server ---- */

/* Token, name, connection, encryption, answer, rights, clocks, as far as each that comes before lets it; the name
 * may wait for name servers, the rest waits timeout_ms for each step. Where a server says nothing at all, it is
 * asked once more under another program's name. True when it takes the token and gives orders. */
bool check_server(const struct shop *shop, int timeout_ms, const struct check_report *report);

#endif
