/* What `duken doctor` looks at without the worker: this machine, and the way to the server. */
#ifndef CLI_CHECK_H
#define CLI_CHECK_H

#include "base/error.h"
#include "desk/settings.h"

enum check_result { CHECK_OK, CHECK_WARNING, CHECK_FAILED };

struct check {
	const char *name;
	enum check_result result;
	int status;			/* the exit status when it failed */
	char message[ERROR_TEXT_MAX];	/* what to do, or what was found; may be "" */
};

void check_fail(struct check *out, const char *name, const struct error *err);

void check_locale(struct check *out);
void check_terminal(struct check *out);
void check_clock(struct check *out);
void check_disk(const char *dir, struct check *out);
/* Whether damaged files of the store were set aside there. */
void check_copies(const char *dir, struct check *out);
/* The host of the shop's base_url, or of its proxy. May wait for name servers. */
void check_dns(const struct shop *shop, struct check *out);
/* Connects to it and closes; waits at most 10 s. */
void check_tcp(const struct shop *shop, struct check *out);

#endif
