#include "desk/reporting.h"

#define ORDERS_A_STEP 100

void reporting_begin(struct reporting *g, const struct provider *p, enum report_period period, int64_t on_ms)
{
	reporting_clear(g);
	g->provider = p;
	report_begin(&g->report, period, on_ms);
	/* The newest first, and none that was made when the period had ended. */
	g->last = (struct row_key){ .sort_key = -g->report.to_ms, .row = INT64_MAX };
}

static void add_work(void *arg, const char *clerk, const char *kind, int64_t n)
{
	report_add_work(arg, clerk, kind, n);
}

static bool read_work(struct reporting *g, struct reader *r, struct error *err)
{
	const struct report_slot *slots = g->report.slots;
	size_t i = g->slots_read++;
	int64_t to_ms = i + 1 < g->report.n_slots ? slots[i + 1].from_ms : g->report.to_ms;

	return reader_work(r, slots[i].from_ms, to_ms, add_work, &g->report, err);
}

/* The first time that something was done. */
static void note_first(int64_t *at, int64_t ms)
{
	if (!*at || ms < *at)
		*at = ms;
}

static bool read_milestones(struct reporting *g, struct reader *r, const struct order *o,
	struct report_around *around, struct error *err)
{
	const struct journal_query q = { .order_id = o->id };
	struct action_list actions = ACTION_LIST_INIT;
	bool ok = reader_journal(r, &q, &actions, err);

	for (size_t i = 0; i < actions.n; i++) {
		const struct action *a = &actions.items[i];
		const struct action_spec *spec = provider_action(g->provider, a->kind);

		if (a->state != ACTION_DONE || !spec)
			continue;
		if (spec->milestone == MILESTONE_ACCEPTED)
			note_first(&around->accepted_ms, a->ended_ms);
		else if (spec->milestone == MILESTONE_HANDED_OUT)
			note_first(&around->handed_out_ms, a->ended_ms);
	}
	action_list_clear(&actions);
	return ok;
}

/* An order may leave the store between two reads. */
static bool read_goods(struct reporting *g, struct reader *r, const struct order *o, struct report_around *around,
	struct error *err)
{
	entry_list_reset(&g->entries);
	if (o->entries_ms <= 0)
		return true;
	if (!reader_entries(r, o->id, &g->entries, NULL, err))
		return err->code == ERR_NOT_FOUND;
	around->entries = &g->entries;
	return true;
}

static bool add_order(struct reporting *g, struct reader *r, const struct order *o, struct error *err)
{
	struct report_around around = { .entries = NULL };

	if (!read_milestones(g, r, o, &around, err) || !read_goods(g, r, o, &around, err))
		return false;
	report_add(&g->report, g->provider, o, &around);
	return true;
}

static bool read_orders(struct reporting *g, struct reader *r, struct error *err)
{
	const struct view view = { .since_ms = g->report.from_ms };
	struct row_list *rows = &g->rows;

	if (!reader_rows(r, &view, &g->last, READ_FORWARD, ORDERS_A_STEP, rows, err))
		return false;
	for (size_t i = 0; i < rows->orders.n; i++)
		if (!add_order(g, r, &rows->orders.items[i], err))
			return false;
	if (rows->orders.n)
		g->last = rows->keys[rows->orders.n - 1];
	g->done = rows->orders.n < ORDERS_A_STEP;
	if (g->done)
		report_end(&g->report);
	return true;
}

bool reporting_step(struct reporting *g, struct reader *r, struct error *err)
{
	return g->slots_read < g->report.n_slots ? read_work(g, r, err) : read_orders(g, r, err);
}

void reporting_clear(struct reporting *g)
{
	report_clear(&g->report);
	row_list_clear(&g->rows);
	entry_list_clear(&g->entries);
	*g = (struct reporting)REPORTING_INIT;
}
