#include "desk/missing.h"

#include <string.h>

#include "tests/unit/unit.h"

#define FROM 1000

static struct order_list make(size_t young, size_t old)
{
	struct order_list list = ORDER_LIST_INIT;

	for (size_t i = 0; i < young + old; i++) {
		struct order *o = order_list_add(&list);

		o->created_ms = i < young ? FROM + 1 : FROM - 1;
		o->code = arena_printf(&list.arena, "%zu", i);
	}
	return list;
}

/* How often each of the orders is picked in so many passes. */
static void count(const struct order_list *list, const struct missing_rule *rule, int passes, int *times)
{
	const struct order *out[MISSING_MAX];
	size_t turn = 0;

	memset(times, 0, list->n * sizeof(*times));
	for (int p = 0; p < passes; p++) {
		size_t n = missing_pick(list, rule, &turn, out);

		assert_true(n <= MISSING_MAX);
		for (size_t i = 0; i < n; i++)
			times[out[i] - list->items]++;
	}
}

static void what_left_is_looked_up_at_once(void **state)
{
	struct order_list list = make(50, 100);
	struct missing_rule rule = { .from_ms = FROM };
	int times[150], old = 0;

	(void)state;
	count(&list, &rule, 1, times);
	for (size_t i = 0; i < 50; i++)
		assert_int_equal(times[i], 1);
	for (size_t i = 50; i < 150; i++)
		old += times[i];
	assert_int_equal(old, MISSING_OLD_MAX);
	order_list_clear(&list);
}

/* No order waits for ever, however many there are and whether the server knows them or not. */
static void old_ones_take_turns(void **state)
{
	struct order_list list = make(3, 100);
	struct missing_rule rule = { .from_ms = FROM };
	int times[103];

	(void)state;
	count(&list, &rule, 5, times);
	for (size_t i = 0; i < 103; i++)
		assert_int_equal(times[i], i < 3 ? 5 : 1);
	order_list_clear(&list);
}

static void more_than_fit_take_turns_too(void **state)
{
	struct order_list list = make(500, 0);
	struct missing_rule rule = { .from_ms = FROM };
	int times[500];

	(void)state;
	count(&list, &rule, 5, times);
	for (size_t i = 0; i < 500; i++)
		assert_int_equal(times[i], 2);
	order_list_clear(&list);
}

static void a_person_does_not_wait_for_turns(void **state)
{
	struct order_list list = make(10, 150);
	struct missing_rule rule = { .from_ms = FROM, .hurry = true };
	int times[160];

	(void)state;
	count(&list, &rule, 1, times);
	for (size_t i = 0; i < 160; i++)
		assert_int_equal(times[i], 1);
	order_list_clear(&list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_left_is_looked_up_at_once),
		cmocka_unit_test(old_ones_take_turns),
		cmocka_unit_test(more_than_fit_take_turns_too),
		cmocka_unit_test(a_person_does_not_wait_for_turns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
