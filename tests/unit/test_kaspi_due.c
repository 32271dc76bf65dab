/* When an order of Kaspi is due, and where that puts it in its queue. */
#include "base/clock.h"
#include "kaspi/kaspi.h"
#include "order/provider.h"
#include "tests/unit/unit.h"

/* Dates as time_parse() takes them; NULL: none. */
struct due_case {
	const char *state, *status;
	bool assembled, preorder, express;
	const char *created, *approved, *planned, *reserved, *handover, *transmitted;
	enum due_kind kind;
	const char *due;
};

#define ACCEPTED "ACCEPTED_BY_MERCHANT"
#define MORNING .created = "2026-11-25 09:00"

static const struct due_case cases[] = {
	/* new */
	{ "NEW", "APPROVED_BY_BANK", MORNING, .kind = DUE_ACCEPT, .due = "2026-11-25 11:00" },
	{ "NEW", "APPROVED_BY_BANK", MORNING, .approved = "2026-11-25 09:10", .kind = DUE_ACCEPT,
		.due = "2026-11-25 11:10" },
	{ "NEW", "APPROVED_BY_BANK", MORNING, .handover = "2026-11-25 10:00", .kind = DUE_ACCEPT,
		.due = "2026-11-25 10:00" },
	{ "NEW", "APPROVED_BY_BANK", MORNING, .express = true, .kind = DUE_ACCEPT, .due = "2026-11-25 09:30" },
	{ "NEW", "APPROVED_BY_BANK", .kind = DUE_ACCEPT },
	{ "NEW", "APPROVED_BY_BANK", .created = "1970-01-02", .kind = DUE_ACCEPT },
	/* to the courier: not after the cut-off, express by its own time */
	{ "KASPI_DELIVERY", ACCEPTED, MORNING, .handover = "2026-11-25 20:00", .kind = DUE_HAND_OVER,
		.due = "2026-11-25 18:00" },
	{ "KASPI_DELIVERY", ACCEPTED, .assembled = true, MORNING, .handover = "2026-11-26", .kind = DUE_HAND_OVER,
		.due = "2026-11-26 18:00" },
	{ "KASPI_DELIVERY", ACCEPTED, .assembled = true, MORNING, .handover = "2026-11-25 12:30",
		.kind = DUE_HAND_OVER, .due = "2026-11-25 12:30" },
	{ "KASPI_DELIVERY", ACCEPTED, .express = true, MORNING, .handover = "2026-11-25 20:00",
		.kind = DUE_HAND_OVER, .due = "2026-11-25 20:00" },
	{ "KASPI_DELIVERY", ACCEPTED, .express = true, MORNING, .kind = DUE_HAND_OVER, .due = "2026-11-25 09:30" },
	{ "KASPI_DELIVERY", ACCEPTED, MORNING, .planned = "2026-11-27 15:00", .kind = DUE_DELIVER,
		.due = "2026-11-27 15:00" },
	{ "KASPI_DELIVERY", ACCEPTED, MORNING, .handover = "2400-01-01", .planned = "2026-11-27",
		.kind = DUE_DELIVER, .due = "2026-11-27 23:59" },
	{ "KASPI_DELIVERY", ACCEPTED, MORNING, .kind = DUE_DELIVER },
	{ "KASPI_DELIVERY", ACCEPTED, .assembled = true, MORNING, .handover = "2026-11-25 12:30",
		.transmitted = "2026-11-25 12:00", .kind = DUE_NOTHING },
	/* own delivery */
	{ "DELIVERY", ACCEPTED, MORNING, .planned = "2026-11-27", .kind = DUE_DELIVER, .due = "2026-11-27 23:59" },
	{ "DELIVERY", ACCEPTED, MORNING, .planned = "2026-11-27 21:00", .kind = DUE_DELIVER,
		.due = "2026-11-27 21:00" },
	/* pickup: days from when it was there, or as long as it is kept */
	{ "PICKUP", ACCEPTED, MORNING, .kind = DUE_PICKUP, .due = "2026-11-28 23:59" },
	{ "PICKUP", ACCEPTED, MORNING, .approved = "2026-11-26 00:10", .kind = DUE_PICKUP,
		.due = "2026-11-29 23:59" },
	{ "PICKUP", ACCEPTED, MORNING, .planned = "2026-11-30 15:00", .kind = DUE_PICKUP,
		.due = "2026-12-03 23:59" },
	{ "PICKUP", ACCEPTED, MORNING, .reserved = "2026-11-26 10:00", .kind = DUE_PICKUP,
		.due = "2026-11-26 10:00" },
	{ "PICKUP", ACCEPTED, .kind = DUE_PICKUP },
	/* pre-orders: the first of what was promised */
	{ "KASPI_DELIVERY", ACCEPTED, .preorder = true, MORNING, .handover = "2026-12-05 20:00",
		.reserved = "2026-12-07", .planned = "2026-12-08", .kind = DUE_ARRIVE, .due = "2026-12-05 18:00" },
	{ "PICKUP", ACCEPTED, .preorder = true, MORNING, .reserved = "2026-12-07", .kind = DUE_ARRIVE,
		.due = "2026-12-07 23:59" },
	/* what waits for others, and what is over */
	{ "SIGN_REQUIRED", "APPROVED_BY_BANK", MORNING, .kind = DUE_WAIT },
	{ "KASPI_DELIVERY", "CANCELLING", .assembled = true, MORNING, .handover = "2026-11-25 12:30",
		.kind = DUE_WAIT },
	{ "SOMETHING_NEW", ACCEPTED, MORNING, .planned = "2026-11-27", .kind = DUE_WAIT },
	{ "ARCHIVE", "COMPLETED", MORNING, .handover = "2026-11-25 12:30", .planned = "2026-11-27",
		.kind = DUE_NOTHING },
};

static int64_t at(const char *when)
{
	int64_t ms = 0;

	assert_true(!when || time_parse(when, &ms));
	return ms;
}

static struct order order_of(const struct due_case *c)
{
	return (struct order){ .state = c->state, .status = c->status, .assembled = c->assembled,
		.preorder = c->preorder, .express = c->express, .created_ms = at(c->created),
		.approved_ms = at(c->approved), .planned_ms = at(c->planned), .reserved_until_ms = at(c->reserved),
		.transmission_planned_ms = at(c->handover), .transmitted_ms = at(c->transmitted) };
}

static struct limits shop_limits(void)
{
	struct limits limits = LIMITS_DEFAULT;

	limits.cut_off_min = 18 * 60;
	return limits;
}

static void every_kind_has_its_date(void **state)
{
	struct limits limits = shop_limits();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct order o = order_of(&cases[i]);
		int64_t due = -1;
		enum due_kind kind = kaspi_provider.due(&o, &limits, &due);

		if (kind != cases[i].kind || due != at(cases[i].due))
			print_error("# case %zu: %s %s\n", i, cases[i].state, due_kind_name(kind));
		assert_int_equal(kind, cases[i].kind);
		assert_int_equal(due, at(cases[i].due));
	}
}

static void limits_can_be_left_out(void **state)
{
	struct limits limits = { .cut_off_min = -1 };
	struct order o = order_of(&(struct due_case){ "NEW", "APPROVED_BY_BANK", MORNING });
	int64_t due;

	(void)state;
	kaspi_provider.due(&o, &limits, &due);
	assert_int_equal(due, 0);
	o.state = "PICKUP";
	kaspi_provider.due(&o, &limits, &due);
	assert_int_equal(due, 0);
}

static int64_t place(struct due_case c)
{
	struct limits limits = shop_limits();
	struct order o = order_of(&c);

	order_place(&kaspi_provider, &limits, &o);
	return o.sort_key;
}

#define TO_PACK(...) place((struct due_case){ "KASPI_DELIVERY", ACCEPTED, MORNING, __VA_ARGS__ })

static void express_comes_first_then_what_is_due(void **state)
{
	int64_t keys[] = {
		TO_PACK(.express = true, .handover = "2026-11-25 10:00"),
		TO_PACK(.express = true, .handover = "2026-12-25 10:00"),
		TO_PACK(.handover = "2026-11-20"),
		TO_PACK(.handover = "2026-11-25 10:00"),
		TO_PACK(.planned = "2026-11-26"),
		TO_PACK(.handover = "2026-11-27 23:00"),
		TO_PACK(.handover = "2400-01-01"),
	};

	(void)state;
	for (size_t i = 1; i < sizeof(keys) / sizeof(keys[0]); i++)
		assert_true(keys[i - 1] < keys[i]);
}

static void the_newest_is_first_where_nothing_is_to_be_done(void **state)
{
	(void)state;
	assert_true(place((struct due_case){ "ARCHIVE", "COMPLETED", .created = "2026-11-25" }) <
		place((struct due_case){ "ARCHIVE", "COMPLETED", .express = true, .created = "2026-11-24" }));
	/* Returns have no date: who waits longest comes first. */
	assert_true(place((struct due_case){ "KASPI_DELIVERY", "CANCELLING", .created = "2026-11-24" }) <
		place((struct due_case){ "KASPI_DELIVERY", "CANCELLING", .created = "2026-11-25" }));
}

static int almaty(void **state)
{
	(void)state;
	return zone_set("Asia/Almaty", NULL) ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_has_its_date),
		cmocka_unit_test(limits_can_be_left_out),
		cmocka_unit_test(express_comes_first_then_what_is_due),
		cmocka_unit_test(the_newest_is_first_where_nothing_is_to_be_done),
	};

	return cmocka_run_group_tests(tests, almaty, NULL);
}
