#include "order/order.h"

#include <string.h>

#include "order/call.h"
#include "order/provider.h"
#include "tests/unit/unit.h"

static void a_new_order_has_empty_strings(void **state)
{
	struct order_list list = ORDER_LIST_INIT;
	struct order *o = order_list_add(&list);

	(void)state;
	assert_string_equal(o->id, "");
	assert_string_equal(o->queue, "");
	assert_string_equal(o->customer_id, "");
	assert_string_equal(o->cancel_reason, "");
	assert_string_equal(o->waybill, "");
	assert_int_equal(o->total, 0);
	assert_false(o->assembled);
	order_list_clear(&list);
}

static void a_new_entry_has_empty_strings(void **state)
{
	struct entry_list list = ENTRY_LIST_INIT;
	struct entry *e = entry_list_add(&list);

	(void)state;
	assert_string_equal(e->id, "");
	assert_string_equal(e->point_name, "");
	assert_string_equal(e->article, "");
	entry_list_reset(&list);
	assert_int_equal(list.n, 0);
	entry_list_clear(&list);
	assert_null(list.items);
}

static void a_list_grows_and_starts_again(void **state)
{
	struct order_list list = ORDER_LIST_INIT;

	(void)state;
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 1000; i++)
			order_list_add(&list)->total = i;
		assert_int_equal(list.n, 1000);
		assert_int_equal(list.items[999].total, 999);
		order_list_reset(&list);
		assert_int_equal(list.n, 0);
	}
	assert_true(list.cap >= 1000);
	order_list_clear(&list);
}

static void a_copy_stands_on_its_own(void **state)
{
	struct order_list from = ORDER_LIST_INIT, to = ORDER_LIST_INIT;
	struct order *o = order_list_add(&from);
	const struct order *copy;

	(void)state;
	o->code = arena_strdup(&from.arena, "412345678");
	o->customer = arena_strdup(&from.arena, "Айгерім");
	o->total = 12990;
	o->arrived = true;
	copy = order_list_copy(&to, o);
	assert_true(order_same(o, copy));
	order_list_clear(&from);
	assert_string_equal(copy->code, "412345678");
	assert_string_equal(copy->customer, "Айгерім");
	assert_int_equal(copy->total, 12990);
	assert_true(copy->arrived);
	order_list_clear(&to);
}

static void an_order_may_be_copied_within_its_list(void **state)
{
	struct order_list list = ORDER_LIST_INIT;

	(void)state;
	order_list_add(&list)->code = "1";
	while (list.n < 300)
		order_list_copy(&list, &list.items[0]);
	assert_string_equal(list.items[299].code, "1");
	order_list_clear(&list);
}

static void what_is_ours_does_not_make_a_difference(void **state)
{
	struct order_list list = ORDER_LIST_INIT;
	struct order *a, *b;

	(void)state;
	order_list_add(&list);
	order_list_add(&list);
	a = &list.items[0];
	b = &list.items[1];
	b->queue = "pack";
	b->arrived = true;
	b->sort_key = 5;
	b->due_ms = 4;
	b->seen_ms = 6;
	b->fetched_ms = 7;
	assert_true(order_same(a, b));
	b->status = "COMPLETED";
	assert_false(order_same(a, b));
	b->status = "";
	b->transmitted_ms = 1;
	assert_false(order_same(a, b));
	b->transmitted_ms = 0;
	b->assembled = true;
	assert_false(order_same(a, b));
	order_list_clear(&list);
}

static void a_path_is_escaped(void **state)
{
	struct call c;

	(void)state;
	call_init(&c, CALL_GET);
	buf_adds(&c.path, "/v2/orders/");
	call_path_escape(&c, "a-Z_0.9~=/+ %ә");
	assert_string_equal(buf_str(&c.path), "/v2/orders/a-Z_0.9~%3D%2F%2B%20%25%D3%99");
	call_clear(&c);
}

static void headers_are_copied_and_may_be_empty(void **state)
{
	char value[] = "1234";
	struct call c;

	(void)state;
	call_init(&c, CALL_POST);
	call_header(&c, "X-Security-Code", "");
	call_header(&c, "X-Code", value);
	value[0] = 'x';
	assert_int_equal(c.n_headers, 2);
	assert_string_equal(c.headers[0].value, "");
	assert_string_equal(c.headers[1].value, "1234");
	assert_string_equal(call_method_name(c.method), "POST");
	call_clear(&c);
	assert_int_equal(c.n_headers, 0);
}

static void look_ups_know_their_rows(void **state)
{
	static const struct queue_spec queues[] = { { .id = "new" }, { .id = "pack" }, { .id = NULL } };
	static const struct action_spec actions[] = { { .id = "accept" }, { .id = NULL } };
	static const struct provider p = { .queues = queues, .actions = actions };

	(void)state;
	assert_ptr_equal(provider_queue(&p, "pack"), &queues[1]);
	assert_null(provider_queue(&p, "Pack"));
	assert_null(provider_queue(&p, NULL));
	assert_ptr_equal(provider_action(&p, "accept"), &actions[0]);
	assert_null(provider_action(&p, ""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_order_has_empty_strings),
		cmocka_unit_test(a_new_entry_has_empty_strings),
		cmocka_unit_test(a_list_grows_and_starts_again),
		cmocka_unit_test(a_copy_stands_on_its_own),
		cmocka_unit_test(an_order_may_be_copied_within_its_list),
		cmocka_unit_test(what_is_ours_does_not_make_a_difference),
		cmocka_unit_test(a_path_is_escaped),
		cmocka_unit_test(headers_are_copied_and_may_be_empty),
		cmocka_unit_test(look_ups_know_their_rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
