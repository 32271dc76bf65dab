/* The lock of the desk: who may open it, what is typed, how long a wrong PIN has to be waited out. No drawing, no
 * worker: tui/locking.h puts it to use.
 *
 * Where the settings say so, accounts of the computer take the place of PINs: a login name is typed, and a password, which
 * PAM checks in a process of its own (desk/account.h) while the desk goes on.
 *
 * A PIN is looked at together with the clerk that was chosen in the list, so that two clerks may have the same
 * one and neither learns of it. The file of the clerks is read anew for each try: who was taken out cannot come in,
 * and a PIN that was forgotten is replaced by `duken clerk pin` while the desk is locked. */
#ifndef TUI_MODEL_LOCK_H
#define TUI_MODEL_LOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "desk/account.h"
#include "desk/clerks.h"
#include "tui/term/theme.h"
#include "tui/widget/lineedit.h"
#include "tui/widget/list.h"

#define LOCK_TYPED_MS 30000	/* what was typed and left alone is wiped then */

struct lock {
	char *path;		/* of the clerks' file; owned */
	char *holder;		/* who is at the desk: the clerk of what is confirmed; owned */
	bool on;
	bool accounts;		/* login names and passwords, no PINs */
	struct lineedit login;	/* of them: who it is */
	bool at_login;		/* that field is typed in */
	struct account account;	/* is asked about now */
	struct clerks clerks;
	struct list list;	/* the cursor is on the clerk that was chosen */
	struct lineedit secret;	/* the PIN, or the password */
	int64_t typed_ms;	/* mono: its last character; 0: none is there */
	struct tries tries;	/* of that clerk */
	bool unsaved;		/* they could not be written: what is known here counts */
	int64_t told_s;		/* seconds of the wait as last shown */
	int64_t key_ms;		/* mono: when somebody was last at the desk */
	int64_t key_now_ms;	/* and UTC, since the monotonic clock stands still while a computer sleeps */
	enum style note_style;
	char note[ERROR_TEXT_MAX];	/* what became of the last try; "" nothing */
};

enum lock_try {
	LOCK_NO_TRY,		/* nothing that could be a PIN, or the wait is not over */
	LOCK_WRONG,
	LOCK_OPEN,
	LOCK_ASKED		/* lock_answer() will say */
};

/* *path is taken over; the clerk is who is at the desk until somebody unlocks it. */
void lock_init(struct lock *l, char *path, const char *clerk);
/* Asks accounts from now on; login is who is proposed first. */
void lock_by_accounts(struct lock *l, const char *login);
void lock_clear(struct lock *l);	/* wipes */
/* Whether there is somebody who could unlock it. */
bool lock_has_key(const struct lock *l);

/* Reads the clerks anew and keeps the one that was chosen, else chooses `name` if there is such a clerk. */
bool lock_read(struct lock *l, const char *name, int64_t now_ms, struct error *err);
/* The clerk that was chosen, or the login name that was typed; NULL: there is none. */
const char *lock_clerk(const struct lock *l);
void lock_choose(struct lock *l, enum list_step step, int64_t now_ms);
/* An editing key or a letter for the login name; false when it is neither. */
bool lock_type_login(struct lock *l, uint32_t key, int64_t now_ms);
void lock_type(struct lock *l, uint32_t character, int64_t mono_ms);
/* Takes away what was typed, with a sentence why (NULL: none). */
void lock_wipe(struct lock *l, const char *why);
/* What is left of the wait, ms. */
int64_t lock_left_ms(struct lock *l, int64_t now_ms);
/* Looks at what was typed, and wipes it. */
enum lock_try lock_try(struct lock *l, int64_t now_ms);
/* What became of the account that is asked about. */
enum lock_try lock_answer(struct lock *l);

#endif
