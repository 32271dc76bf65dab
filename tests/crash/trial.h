/* One command on a store of its own that is hit at one point, and what has to be true afterwards.
 *
 *	ground_open(&g, &deed);				a marketplace, and a store to copy
 *	ground_record(&g, &list);			the points of an undisturbed run
 *	ground_try(&g, &list, &hit, said);		a run for each point, some side by side
 *	ground_close(&g);
 *
 * After each run a desk starts on what the run left, takes over and settles. Then:
 *
 *	- nothing is open but what asks a person, and each row of the journal ended in a way that an action
 *	  may end in;
 *	- the marketplace did each thing once at most, and once where the journal says done, never where
 *	  it says that nothing came of it;
 *	- what was sent is in the journal;
 *	- both files are whole, and the store takes new orders.
 *
 * What does not hold fails the running test and names the point. */
#ifndef TESTS_CRASH_TRIAL_H
#define TESTS_CRASH_TRIAL_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "store/journal.h"
#include "tests/crash/points.h"
#include "tests/lib/market.h"
#include "tests/worker/bench.h"

#define TRIAL_ORDERS_MAX 20
#define TRIAL_WORDS_MAX 48

/* A command, as the table of a test says. */
struct deed {
	const char *name;
	const char *kind;	/* of the action; NULL: none, orders are only read */
	const char *counter;	/* the marketplace's name for it */
	const char *order;	/* members of the order besides its code */
	size_t orders;		/* how many it goes to */
	const char *words[8];	/* the command; "CODES" and "BUYER" stand for theirs */
	bool empty;		/* there is no store yet */
	bool spoiled;		/* the cache is damaged */
	bool desk;		/* a desk does it, and not a command: desk_run.c; the words are its arguments */
};

struct ground {
	const struct deed *deed;
	struct market *market;
	char *program;
	size_t stored;		/* orders that an undisturbed run leaves, when it only reads */
	unsigned long last_code;
	size_t in_market;	/* orders of earlier runs that the desks come across */
	size_t tried, missed;	/* runs in which the point did not come are no trials */
};

struct trial {
	struct ground *ground;
	const struct point *point;
	const struct hit *hit;
	char *label;		/* of all three, for people */
	char *home, *dir;	/* of the store: HOME/NAME and HOME/NAME/test */
	char *codes[TRIAL_ORDERS_MAX];
	char *buyer;		/* the buyer's code, where it is needed */
	pid_t pid;
	int status;
	bool was_hit;
	char *out, *err;	/* what it printed and said */
	struct bench *bench;
};

void ground_open(struct ground *g, const struct deed *deed);
void ground_close(struct ground *g);
void ground_record(struct ground *g, struct point_list *list);
/* `ended` looks at each run that was hit before the desk starts, `settled` afterwards; NULL is fine. */
void ground_try(struct ground *g, const struct point_list *list, const struct hit *hit,
	void (*ended)(struct trial *t), void (*settled)(struct trial *t));

/* Inside of ground.c and trial.c: the marketplace forgets earlier runs now and then; the store, the orders
 * and the words of a run. */
void ground_tidy(struct ground *g);
void trial_open(struct trial *t, struct ground *g, size_t number);
void trial_words(const struct trial *t, const char *argv[TRIAL_WORDS_MAX]);
void trial_close(struct trial *t);

/* The marketplace's counter for an order: "requests" or "applied". */
long trial_count(const struct trial *t, size_t order, const char *what);
/* What the command printed as the outcome of an order; "" when it did not. The caller frees it. */
char *trial_outcome(const struct trial *t, size_t order);
/* The state of the order's action in the journal; false when there is no row. */
bool trial_state(const struct trial *t, size_t order, enum action_state *state);
/* Fails the test, and says at which point of which command, and what it printed. */
void trial_fail(const struct trial *t, const char *format, ...)
	__attribute__((format(printf, 2, 3), noreturn));

#endif
