/* Whether a password belongs to an account of this computer, as PAM says.
 *
 *	struct account a = ACCOUNT_INIT;
 *	if (account_ask(&a, name, password, &err))
 *		while ((said = account_answer(&a, &err)) == ACCOUNT_WAITS)	never waits
 *			... poll(account_fd(&a)), until a.until_ms at the latest ...
 *
 * The modules of PAM block, start threads and load what they like, so none of them comes into this process: the program
 * runs once more, as `duken pam-check` (cli/pam_check.c), reads the name and the password from a pipe, and answers by
 * its exit status. It is ended when that takes longer than 30 s. One thread. */
#ifndef DESK_ACCOUNT_H
#define DESK_ACCOUNT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/child.h"
#include "base/error.h"

#define ACCOUNT_COMMAND "pam-check"
#define ACCOUNT_SERVICE "duken"		/* of PAM */
#define ACCOUNT_PASSWORD_MAX 128	/* characters */

/* The exit statuses of the command, too. */
enum account_said {
	ACCOUNT_RIGHT,		/* the password is right, and the account may come in */
	ACCOUNT_WRONG,		/* one of these is not so */
	ACCOUNT_FAILED,		/* PAM could not say */
	ACCOUNT_WAITS		/* no answer yet */
};

struct account {
	struct child child;
	int64_t until_ms;	/* mono: it is ended then; 0: nothing was asked */
};

#define ACCOUNT_INIT { .child = { .end_fd = -1, .out_fd = -1 } }

/* The password is the caller's to wipe; no other copy is left here. False when it could not be asked. */
bool account_ask(struct account *a, const char *name, const char *password, struct error *err);
/* *err says why it FAILED. Anything but WAITS is the end of it. */
enum account_said account_answer(struct account *a, struct error *err);
bool account_asked(const struct account *a);
/* Readable when there may be an answer; -1: nothing was asked. */
int account_fd(const struct account *a);
void account_stop(struct account *a);

#endif
