#include "tui/model/rows.h"

#include <string.h>

void rows_clear(struct rows *w)
{
	row_list_clear(&w->held);
	row_list_clear(&w->spare);
	*w = (struct rows)ROWS_INIT;
}

static size_t last(const struct rows *w)
{
	return w->first + w->held.orders.n;
}

const struct order *rows_at(const struct rows *w, size_t row)
{
	if (row < w->first || row >= last(w))
		return NULL;
	return &w->held.orders.items[row - w->first];
}

const struct order *rows_current(const struct rows *w)
{
	return w->list.n > 0 ? rows_at(w, w->list.cursor) : NULL;
}

static const struct row_key *key_at(const struct rows *w, size_t row)
{
	return rows_at(w, row) != NULL ? &w->held.keys[row - w->first] : NULL;
}

bool rows_key(const struct rows *w, struct row_key *out)
{
	const struct row_key *key = w->list.n > 0 ? key_at(w, w->list.cursor) : NULL;
	if (key != NULL)
		*out = *key;
	return key != NULL;
}

/* Replaces what is held by n rows after or before a key; `first` is the number of the first of them. */
static bool take(struct rows *w, struct reader *r, const struct row_key *from,
	enum read_direction direction, size_t n, size_t first)
{
	if (!reader_rows(r, &w->view, from, direction, n, &w->spare, NULL))
		return false;
	struct row_list old = w->held;
	w->held = w->spare;
	w->spare = old;
	w->first = first;
	return true;
}

/* Holds the rows [from, to). They are near the ends of the list or of what is held, because the cursor moves by
 * pages and to the ends only; anything else is walked to from the top. */
static void hold(struct rows *w, struct reader *r, size_t from, size_t to)
{
	size_t n = to - from;
	const struct row_key *before = from > 0 ? key_at(w, from - 1) : NULL;
	const struct row_key *after = key_at(w, to);
	bool whole = w->list.n < (w->view.search != NULL ? ROWS_SEARCH_LIMIT : ROWS_LIMIT);
	struct row_key key;
	if (from == 0) {
		take(w, r, NULL, READ_FORWARD, n, 0);
	} else if (before != NULL) {
		key = *before;
		take(w, r, &key, READ_FORWARD, n, from);
	} else if (after != NULL) {
		key = *after;
		take(w, r, &key, READ_BACKWARD, n, from);
		/* Fewer rows than their numbers said: some have gone since. */
		if (w->held.orders.n < n)
			take(w, r, NULL, READ_FORWARD, to, 0);
	} else if (to == w->list.n && whole) {
		take(w, r, NULL, READ_BACKWARD, n, from);
	} else {
		take(w, r, NULL, READ_FORWARD, to, 0);
	}
}

static bool held(const struct rows *w, size_t from, size_t to)
{
	return from >= w->first && to <= last(w);
}

/* Makes the page and `margin` rows on both sides of it available. */
static void cover(struct rows *w, struct reader *r, size_t margin)
{
	size_t from = w->list.top;
	size_t to = from + w->list.page;
	if (r == NULL || w->list.page == 0)
		return;
	if (to > w->list.n)
		to = w->list.n;
	from = from > margin ? from - margin : 0;
	to = w->list.n - to > margin ? to + margin : w->list.n;
	if (from < to && !held(w, from, to))
		hold(w, r, from, to);
}

static void ensure(struct rows *w, struct reader *r)
{
	size_t to = w->list.top + w->list.page;
	if (!held(w, w->list.top, to < w->list.n ? to : w->list.n))
		cover(w, r, 2 * w->list.page);
}

static void count(struct rows *w, struct reader *r)
{
	size_t n = 0;
	size_t limit = w->view.search != NULL ? ROWS_SEARCH_LIMIT : ROWS_LIMIT;
	if (r == NULL || !reader_count(r, &w->view, limit, &n, NULL))
		n = 0;
	list_resize(&w->list, n, w->list.page);
}

static void forget(struct rows *w)
{
	row_list_reset(&w->held);
	w->first = 0;
}

void rows_open(struct rows *w, struct reader *r, const struct view *view)
{
	w->view = *view;
	forget(w);
	w->list = (struct list){ .page = w->list.page };
	w->old_cursor = 0;
	count(w, r);
	ensure(w, r);
}

void rows_resize(struct rows *w, struct reader *r, size_t page)
{
	list_resize(&w->list, w->list.n, page);
	ensure(w, r);
}

enum list_change rows_move(struct rows *w, struct reader *r, enum list_step step)
{
	w->old_cursor = w->list.cursor;
	enum list_change change = list_move(&w->list, step);
	if (change == LIST_SCROLLED)
		ensure(w, r);
	return change;
}

void rows_put(struct rows *w, struct reader *r, size_t row)
{
	w->old_cursor = w->list.cursor;
	list_go(&w->list, row);
	ensure(w, r);
}

void rows_prefetch(struct rows *w, struct reader *r)
{
	cover(w, r, w->list.page);
}

/* The key may belong to a row that is not in the view any more, so it is reached from the row before it. */
void rows_go(struct rows *w, struct reader *r, const struct row_key *key)
{
	struct row_key to = *key;
	size_t rank;
	if (r == NULL || w->list.n == 0 || !reader_rank(r, &w->view, &to, ROWS_LIMIT, &rank, NULL))
		return;
	size_t offset = w->list.cursor - w->list.top;
	w->list.cursor = rank < w->list.n ? rank : w->list.n - 1;
	w->list.top = w->list.cursor > offset ? w->list.cursor - offset : 0;
	list_resize(&w->list, w->list.n, w->list.page);
	w->old_cursor = w->list.cursor;
	if (take(w, r, &to, READ_BACKWARD, 4 * w->list.page + 1, 0) && w->held.orders.n <= rank)
		w->first = rank - w->held.orders.n;
	else
		forget(w);
	cover(w, r, 2 * w->list.page);
}

void rows_reload(struct rows *w, struct reader *r)
{
	struct row_key key;
	bool found = rows_key(w, &key);
	if (r == NULL)
		return;
	count(w, r);
	if (found && w->list.n > 0) {
		rows_go(w, r, &key);
		return;
	}
	forget(w);
	ensure(w, r);
}
