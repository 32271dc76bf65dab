#include "kaspi/kaspi.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "tests/unit/unit.h"

static const struct provider *const p = &kaspi_provider;

static const char *const states[] = { "NEW", "SIGN_REQUIRED", "PICKUP", "DELIVERY",
	"KASPI_DELIVERY", "ARCHIVE", "SOMETHING_NEW", "" };
static const char *const statuses[] = { "APPROVED_BY_BANK", "ACCEPTED_BY_MERCHANT", "COMPLETED",
	"CANCELLED", "CANCELLING", "KASPI_DELIVERY_RETURN_REQUESTED",
	"RETURN_ACCEPTED_BY_MERCHANT", "RETURNED", "SUSPENDED", "" };

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static struct order_list list = ORDER_LIST_INIT;

static struct order order_in(const char *state, const char *status)
{
	struct order o;

	order_list_reset(&list);
	o = *order_list_add(&list);
	o.state = state;
	o.status = status;
	return o;
}

static void is_in(const struct order *o, const char *queue)
{
	if (strcmp(p->queue_of(o)->id, queue) != 0)
		fail_msg("%s %s is in %s, not %s", o->state, o->status, p->queue_of(o)->id, queue);
}

/* ---- queues ---------------------------------------------------------------------------------- */

static void the_queues_are_those_of_the_screen(void **state)
{
	static const char *const ids[] = { "new", "pack", "hand_over", "with_courier", "pickup",
		"own_delivery", "preorders", "to_sign", "returns", "other", "archive" };
	size_t n = 0;

	(void)state;
	for (const struct queue_spec *q = p->queues; q->id; q++, n++) {
		assert_true(n < COUNT(ids));
		assert_string_equal(q->id, ids[n]);
		assert_true(*q->label && *q->help);
		assert_int_equal(q->active, strcmp(q->id, "archive") != 0);
	}
	assert_int_equal(n, COUNT(ids));
}

static void every_state_has_its_queue(void **state)
{
	static const char *const expected[] = { "new", "to_sign", "pickup", "own_delivery", "pack",
		"archive", "other", "other" };

	(void)state;
	for (size_t i = 0; i < COUNT(states); i++)
		for (size_t j = 0; j < COUNT(statuses); j++) {
			struct order o = order_in(states[i], statuses[j]);
			bool back = j >= 4 && j <= 6 && i > 1;

			is_in(&o, back ? "returns" : expected[i]);
		}
}

static void kaspi_delivery_goes_through_its_queues(void **state)
{
	struct order o = order_in("KASPI_DELIVERY", "ACCEPTED_BY_MERCHANT");

	(void)state;
	is_in(&o, "pack");
	o.preorder = true;
	is_in(&o, "preorders");
	o.arrived = true;
	is_in(&o, "pack");
	o.arrived = false;
	o.assembled = true;
	is_in(&o, "hand_over");
	o.transmitted_ms = 1;
	is_in(&o, "with_courier");
	o.assembled = false;
	is_in(&o, "with_courier");
	o.status = "CANCELLING";
	is_in(&o, "returns");
	o.state = "NEW";
	is_in(&o, "new");
}

static void preorders_wait_until_they_are_finished(void **state)
{
	struct order o = order_in("PICKUP", "ACCEPTED_BY_MERCHANT");

	(void)state;
	o.preorder = true;
	is_in(&o, "preorders");
	o.arrived = true;
	is_in(&o, "pickup");
	o = order_in("ARCHIVE", "COMPLETED");
	o.preorder = true;
	is_in(&o, "archive");
	o = order_in("NEW", "APPROVED_BY_BANK");
	o.preorder = true;
	is_in(&o, "new");
}

static void words_are_known_or_stay_as_they_are(void **state)
{
	(void)state;
	for (size_t i = 0; i < 6; i++)
		assert_string_not_equal(p->value_label(states[i]), states[i]);
	for (size_t i = 0; i < 8; i++)
		assert_string_not_equal(p->value_label(statuses[i]), statuses[i]);
	assert_string_equal(p->value_label("SOMETHING_NEW"), "SOMETHING_NEW");
	assert_string_equal(p->value_label(""), "");
}

/* ---- actions --------------------------------------------------------------------------------- */

static bool may(const char *action, const struct order *o)
{
	struct error why = ERROR_INIT;
	bool yes = provider_action(p, action)->applies(o, &why);

	assert_int_equal(why.code, yes ? ERR_NONE : ERR_REFUSED);
	if (!yes && strlen(why.text) < 40)
		fail_msg("%s", why.text);
	return yes;
}

static bool is_coming_back(const struct order *o)
{
	return !strcmp(o->status, "CANCELLING") || !strcmp(o->status, "KASPI_DELIVERY_RETURN_REQUESTED");
}

static void actions_are_possible_where_the_service_allows_them(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(states); i++)
		for (size_t j = 0; j < COUNT(statuses); j++) {
			struct order o = order_in(states[i], statuses[j]);
			bool hand_out = (i == 2 || i == 3) && j == 1;

			assert_int_equal(may("accept", &o), i == 0 && j == 0);
			assert_int_equal(may("cancel", &o), j <= 1);
			assert_int_equal(may("send_code", &o), hand_out);
			assert_int_equal(may("complete", &o), hand_out);
			assert_int_equal(may("assemble", &o), i == 4 && j == 1);
			assert_false(may("arrived", &o));
			assert_int_equal(may("returned", &o), is_coming_back(&o));
			assert_int_equal(may("remove_item", &o), i != 5 && j <= 1);
			assert_int_equal(may("reweigh", &o), i != 5 && j <= 1);
			assert_int_equal(may("imei", &o), i != 5 && j <= 1);
		}
}

static void a_reason_names_the_states(void **state)
{
	struct order o = order_in("PICKUP", "ACCEPTED_BY_MERCHANT");
	struct error why = ERROR_INIT;

	(void)state;
	assert_false(provider_action(p, "accept")->applies(&o, &why));
	assert_string_equal(why.text, "Only a new order that the bank approved can be accepted; this "
		"one is: Pickup, Accepted.");
	o.state = "SOMETHING_NEW";
	assert_false(provider_action(p, "complete")->applies(&o, &why));
	assert_string_equal(why.text, "Only an accepted order for pickup or own delivery can be handed "
		"out; this one is: SOMETHING_NEW, Accepted.");
	assert_false(provider_action(p, "assemble")->applies(&o, NULL));
}

static void an_assembled_order_is_not_assembled_again(void **state)
{
	struct order o = order_in("KASPI_DELIVERY", "ACCEPTED_BY_MERCHANT");

	(void)state;
	assert_true(may("assemble", &o));
	o.assembled = true;
	assert_false(may("assemble", &o));
	o.assembled = false;
	o.transmitted_ms = 1;
	assert_false(may("assemble", &o));
}

static void rows_are_whole(void **state)
{
	static const char *const ids[] = { "accept", "cancel", "send_code", "complete", "assemble", "arrived",
		"returned", "remove_item", "reweigh", "imei" };
	size_t n = 0;

	(void)state;
	for (const struct action_spec *a = p->actions; a->id; a++, n++) {
		assert_true(n < COUNT(ids));
		assert_string_equal(a->id, ids[n]);
		assert_true(*a->label && *a->verb && *a->question && *a->done);
		assert_true(a->applies && a->encode && a->verdict);
		assert_true(!a->opener || provider_action(p, a->opener));
	}
	assert_int_equal(n, COUNT(ids));
	assert_string_equal(provider_action(p, "complete")->opener, "send_code");
	assert_int_equal(provider_action(p, "cancel")->danger, DANGER_COSTLY);
}

static const struct form no_form = FORM_INIT;

static enum verdict says(const char *action, const struct order *before, const char *state,
	const char *status)
{
	struct order now = *before;

	now.state = state;
	now.status = status;
	return provider_action(p, action)->verdict(before, &(struct subject){ .order = &now }, &no_form);
}

static void verdicts_on_accept_and_cancel(void **state)
{
	struct order o = order_in("NEW", "APPROVED_BY_BANK");

	(void)state;
	assert_int_equal(says("accept", &o, "PICKUP", "ACCEPTED_BY_MERCHANT"), VERDICT_DONE);
	assert_int_equal(says("accept", &o, "NEW", "APPROVED_BY_BANK"), VERDICT_NOT_DONE);
	assert_int_equal(says("accept", &o, "ARCHIVE", "CANCELLED"), VERDICT_UNCLEAR);
	assert_int_equal(says("accept", &o, "SIGN_REQUIRED", "APPROVED_BY_BANK"), VERDICT_UNCLEAR);
	assert_int_equal(says("cancel", &o, "ARCHIVE", "CANCELLED"), VERDICT_DONE);
	assert_int_equal(says("cancel", &o, "KASPI_DELIVERY", "CANCELLING"), VERDICT_DONE);
	assert_int_equal(says("cancel", &o, "NEW", "APPROVED_BY_BANK"), VERDICT_NOT_DONE);
	assert_int_equal(says("cancel", &o, "PICKUP", "ACCEPTED_BY_MERCHANT"), VERDICT_UNCLEAR);
}

static void verdicts_on_handing_out(void **state)
{
	struct order o = order_in("PICKUP", "ACCEPTED_BY_MERCHANT");

	(void)state;
	assert_int_equal(says("send_code", &o, "PICKUP", "ACCEPTED_BY_MERCHANT"), VERDICT_UNCLEAR);
	assert_int_equal(says("send_code", &o, "ARCHIVE", "COMPLETED"), VERDICT_UNCLEAR);
	assert_int_equal(says("complete", &o, "ARCHIVE", "COMPLETED"), VERDICT_DONE);
	assert_int_equal(says("complete", &o, "PICKUP", "ACCEPTED_BY_MERCHANT"), VERDICT_NOT_DONE);
	assert_int_equal(says("complete", &o, "ARCHIVE", "CANCELLED"), VERDICT_UNCLEAR);
	/* The reply's echo of the status alone proves nothing. */
	assert_int_equal(says("complete", &o, "PICKUP", "COMPLETED"), VERDICT_UNCLEAR);
}

static void verdicts_on_assembling(void **state)
{
	struct order before = order_in("KASPI_DELIVERY", "ACCEPTED_BY_MERCHANT"), now = before;
	const struct action_spec *a = provider_action(p, "assemble");

	(void)state;
	assert_int_equal(a->verdict(&before, &(struct subject){ .order = &now }, &no_form), VERDICT_NOT_DONE);
	now.assembled = true;
	assert_int_equal(a->verdict(&before, &(struct subject){ .order = &now }, &no_form), VERDICT_DONE);
	before.assembled = true;
	assert_int_equal(a->verdict(&before, &(struct subject){ .order = &now }, &no_form), VERDICT_UNCLEAR);
	assert_int_equal(says("assemble", &before, "ARCHIVE", "CANCELLED"), VERDICT_UNCLEAR);
}

static void parcels_are_suggested_in_three_ways(void **state)
{
	const struct field_spec *spaces = &provider_action(p, "assemble")->fields[0];
	struct entry_list entries = ENTRY_LIST_INIT;
	struct order o = order_in("KASPI_DELIVERY", "ACCEPTED_BY_MERCHANT");
	struct suggestion s[SUGGESTIONS_MAX];

	(void)state;
	assert_int_equal(spaces->suggest(&o, NULL, s), 1);
	entry_list_add(&entries)->quantity = 1;
	assert_int_equal(spaces->suggest(&o, &entries, s), 1);
	entry_list_add(&entries)->quantity = 3;
	assert_int_equal(spaces->suggest(&o, &entries, s), 3);
	assert_string_equal(s[0].value, "1");
	assert_string_equal(s[1].value, "2");
	assert_string_equal(s[2].value, "4");
	entries.items[1].quantity = 3500;
	entries.items[1].unit = "MEASURABLE";
	assert_int_equal(spaces->suggest(&o, &entries, s), 2);
	entries.items[1].unit = "PIECES";
	assert_int_equal(spaces->suggest(&o, &entries, s), 2);
	entries.items[1].quantity = 99;	/* with the other piece one more than fits */
	assert_int_equal(spaces->suggest(&o, &entries, s), 2);
	entries.items[1].quantity = 98;
	assert_int_equal(spaces->suggest(&o, &entries, s), 3);
	assert_string_equal(s[2].value, "99");
	entry_list_clear(&entries);
}

/* ---- the plan -------------------------------------------------------------------------------- */

#define NOW 1763870400000

/* Windows of one state lie end to end from now back to the end of the history. */
static void check_group(const struct listing *plan, size_t n, const char *group,
	enum queue_pace pace, int64_t oldest)
{
	const struct listing *newer = NULL;

	for (size_t i = 0; i < n; i++) {
		const struct listing *l = &plan[i];

		if (strcmp(l->group, group) != 0)
			continue;
		assert_int_equal(l->pace, pace);
		assert_true(l->from_ms <= l->to_ms);
		assert_true(l->to_ms - l->from_ms <= 13 * CLOCK_DAY_MS);
		if (newer)
			assert_int_equal(l->to_ms, newer->from_ms - 1);
		else
			assert_true(l->to_ms >= NOW);
		newer = l;
	}
	assert_non_null(newer);
	assert_int_equal(newer->from_ms, oldest);
}

static void check_plan(int64_t days, size_t windows)
{
	struct plan_input in = { .now_ms = NOW, .history_ms = days * CLOCK_DAY_MS };
	struct listing plan[LISTINGS_MAX];
	size_t n = p->plan(&in, plan);

	assert_int_equal(n, 6 * windows);
	check_group(plan, n, "NEW", PACE_NEW, NOW - in.history_ms);
	check_group(plan, n, "SIGN_REQUIRED", PACE_OTHER, NOW - in.history_ms);
	check_group(plan, n, "PICKUP", PACE_OTHER, NOW - in.history_ms);
	check_group(plan, n, "DELIVERY", PACE_OTHER, NOW - in.history_ms);
	check_group(plan, n, "KASPI_DELIVERY", PACE_OTHER, NOW - in.history_ms);
	check_group(plan, n, "ARCHIVE", PACE_SLOW, NOW - in.history_ms);
	for (size_t i = 6; i < n; i++)
		assert_true(plan[i].to_ms < plan[i - 6].to_ms);
}

static void windows_lie_end_to_end(void **state)
{
	(void)state;
	check_plan(0, 1);
	check_plan(1, 1);
	check_plan(12, 1);
	check_plan(13, 2);
	check_plan(30, 3);
	check_plan(365, 29);
}

static void a_plan_never_overflows(void **state)
{
	struct plan_input in = { .now_ms = NOW, .history_ms = 5000 * CLOCK_DAY_MS };
	struct listing plan[LISTINGS_MAX];

	(void)state;
	assert_int_equal(p->plan(&in, plan), LISTINGS_MAX / 6 * 6);
}

static void what_a_reason_counts_as(void **state)
{
	/* All reasons that a shop may give itself are its own. */
	const struct field_spec *f = provider_action(p, "cancel")->fields;

	(void)state;
	for (size_t i = 0; f->choices[i].value; i++)
		assert_int_equal(p->fault(f->choices[i].value), FAULT_SHOP);
	assert_int_equal(p->fault("TIMEOUT_KASPI_DELIVERY"), FAULT_SHOP);
	assert_int_equal(p->fault("TIMEOUT_BUYER_PICKUP"), FAULT_OTHERS);
	assert_int_equal(p->fault(""), FAULT_UNKNOWN);
	assert_int_equal(p->fault("SOMETHING_NEW"), FAULT_UNKNOWN);
}

static void what_counts_as_accepted(void **state)
{
	struct order o = order_in("NEW", "APPROVED_BY_BANK");

	(void)state;
	assert_false(p->accepted(&o));
	o = order_in("SIGN_REQUIRED", "APPROVED_BY_BANK");
	assert_false(p->accepted(&o));
	o = order_in("PICKUP", "ACCEPTED_BY_MERCHANT");
	assert_true(p->accepted(&o));
	o = order_in("ARCHIVE", "COMPLETED");
	assert_true(p->accepted(&o));
	o = order_in("ARCHIVE", "");
	assert_false(p->accepted(&o));
}

static void the_provider_is_whole(void **state)
{
	(void)state;
	assert_string_equal(p->id, "kaspi");
	assert_string_equal(p->default_base_url, "https://kaspi.kz");
	assert_string_equal(p->auth_header, "X-Auth-Token");
	assert_string_equal(p->merchant_header, "X-Merchant-Uid");
	assert_int_equal(p->page_size, 100);
	assert_true(p->queue_of && p->due && p->sold && p->accepted && p->fault && p->value_label && p->plan && p->call_listing);
	assert_true(p->read_listing && p->call_lookup && p->call_entries && p->read_entries);
	assert_true(p->facts_of && p->call_fact && p->read_fact && p->read_refusal);
	assert_non_null(p->read_acceptance);
	assert_string_equal(provider_packing(p)->id, "pack");
}

static int clear(void **state)
{
	(void)state;
	order_list_clear(&list);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_queues_are_those_of_the_screen),
		cmocka_unit_test(every_state_has_its_queue),
		cmocka_unit_test(kaspi_delivery_goes_through_its_queues),
		cmocka_unit_test(preorders_wait_until_they_are_finished),
		cmocka_unit_test(words_are_known_or_stay_as_they_are),
		cmocka_unit_test(actions_are_possible_where_the_service_allows_them),
		cmocka_unit_test(a_reason_names_the_states),
		cmocka_unit_test(an_assembled_order_is_not_assembled_again),
		cmocka_unit_test(rows_are_whole),
		cmocka_unit_test(verdicts_on_accept_and_cancel),
		cmocka_unit_test(verdicts_on_handing_out),
		cmocka_unit_test(verdicts_on_assembling),
		cmocka_unit_test(parcels_are_suggested_in_three_ways),
		cmocka_unit_test(windows_lie_end_to_end),
		cmocka_unit_test(a_plan_never_overflows),
		cmocka_unit_test(what_a_reason_counts_as),
		cmocka_unit_test(what_counts_as_accepted),
		cmocka_unit_test(the_provider_is_whole),
	};

	return cmocka_run_group_tests(tests, NULL, clear);
}
