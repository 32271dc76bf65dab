#include "tests/crash/shift.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/reader.h"
#include "tests/crash/seeds.h"

/* A deed and what is known of it afterwards. */
struct seen {
	const struct deed *deed;
	long requests, applied;
	const struct action *row;	/* NULL: the journal has none */
};

long shift_counted(const struct deed *d, struct market *m, const char *what)
{
	char *member = xasprintf("%s.%s", what, d->counter);
	char *text = market_truth(m, d->code, member);
	long n = strtol(text, NULL, 10);

	free(member);
	free(text);
	return n;
}

static bool wrong(const struct seen *x, const char *why)
{
	return seeds_wrong("%s of %s: %s (journal: %s after %d attempts; said: %s; market: %ld requests, "
		"%ld applied)", x->deed->kind, x->deed->code, why,
		x->row ? action_state_name(x->row->state) : "no row", x->row ? x->row->attempts : 0,
		x->deed->said < ACTION_STATES ? action_state_name(x->deed->said) : "nothing",
		x->requests, x->applied);
}

/* What became of a deed that the journal does not know. */
static bool check_unwritten(const struct seen *x)
{
	if (x->deed->action_id)
		return wrong(x, "it was said to be queued, and is lost");
	return !x->requests || wrong(x, "it was sent and never written down");
}

static bool check_state(const struct seen *x)
{
	switch (x->row->state) {
	case ACTION_DONE:
		return x->applied == 1 || wrong(x, "done, and the market knows nothing of it");
	case ACTION_REFUSED:
	case ACTION_CONFLICT:
	case ACTION_UNDONE:
		return !x->applied || wrong(x, "it was done, and the journal denies it");
	case ACTION_ASK:
		return true;
	default:
		return wrong(x, "it never came to an end");
	}
}

static bool check_row(const struct seen *x, bool crashed)
{
	const struct deed *d = x->deed;
	enum action_state is = x->row->state;

	if (d->action_id && d->action_id != x->row->id)
		return wrong(x, "the journal has it under another number");
	if (x->requests > x->row->attempts)
		return wrong(x, "it was sent without being written down as sent");
	if (d->failed && !crashed)
		return wrong(x, "it was said not to be written down");
	if (d->said_done && is != ACTION_DONE && is != ACTION_ASK)
		return wrong(x, "it was shown as done before");
	if (d->said != is && !crashed)
		return wrong(x, "what was said last is not what the journal says");
	return check_state(x);
}

static bool check_deed(const struct deed *d, struct market *m, struct reader *r, bool crashed)
{
	struct journal_query q = { .order_id = d->order_id, .kind = d->kind };
	struct action_list rows = ACTION_LIST_INIT;
	struct error err = ERROR_INIT;
	struct seen x = { .deed = d, .requests = shift_counted(d, m, "requests"),
		.applied = shift_counted(d, m, "applied") };
	bool ok = reader_journal(r, &q, &rows, &err) || seeds_wrong("journal: %s", err.text);

	x.row = rows.n ? &rows.items[0] : NULL;
	if (ok && rows.n > 1)
		ok = wrong(&x, "it is in the journal twice");
	if (ok && x.applied > 1)
		ok = wrong(&x, "it was done twice");
	if (ok && d->posted && d->ends != 1)
		ok = seeds_wrong("%s of %s: the request had %d ends", d->kind, d->code, d->ends);
	if (ok)
		ok = x.row ? check_row(&x, crashed) : check_unwritten(&x);
	action_list_clear(&rows);
	return ok;
}

bool shift_check(struct shift *s, struct market *m, const char *dir)
{
	struct error err = ERROR_INIT;
	struct reader *r = reader_open(dir, &err);
	bool ok = r != NULL || seeds_wrong("the store cannot be read: %s", err.text);

	for (size_t i = 0; r && i < s->n; i++)
		ok = check_deed(&s->deeds[i], m, r, s->crashed) && ok;
	reader_close(r);
	return ok;
}
