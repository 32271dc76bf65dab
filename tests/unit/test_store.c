#include "store/store.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/reader.h"
#include "tests/unit/store_fixture.h"
#include "tests/unit/unit.h"

/* A store with a reader beside it. */
struct house {
	char *dir;
	struct store *store;
	struct reader *reader;
	struct error err;
};

static int open_house(void **state)
{
	struct house *h = xcalloc(1, sizeof(*h));

	h->dir = fixture_dir();
	h->store = store_open(h->dir, NULL, &h->err);
	assert_non_null(h->store);
	h->reader = reader_open(h->dir, &h->err);
	assert_non_null(h->reader);
	*state = h;
	return 0;
}

static int close_house(void **state)
{
	struct house *h = *state;

	reader_close(h->reader);
	store_close(h->store);
	fixture_remove(h->dir);
	free(h);
	return 0;
}

static struct store_changes put_page(struct house *h, const struct pass *pass,
	const struct order_list *page, int64_t now_ms)
{
	struct store_changes c = { 0 };

	assert_true(store_put_listed(h->store, pass, page, now_ms, &c, &h->err));
	return c;
}

static struct pass begin(struct house *h, const char *group)
{
	struct pass pass;

	assert_true(store_pass_begin(h->store, group, 0, 1, &pass, &h->err));
	return pass;
}

static struct order_list fill(struct house *h, int64_t from, int64_t n)
{
	struct order_list page = ORDER_LIST_INIT;
	struct pass pass = begin(h, "ANY");

	for (int64_t i = from; i < from + n; i++)
		fixture_order(&page, i);
	put_page(h, &pass, &page, 1000);
	return page;
}

static const struct order *get(struct house *h, const char *id, struct order_list *out)
{
	order_list_reset(out);
	assert_true(store_order_by_id(h->store, id, out, &h->err));
	assert_int_equal(out->n, 1);
	return &out->items[0];
}

/* The kept counts say what is there. */
static void check_counts(struct house *h)
{
	static const char *const queues[] = { "new", "pickup", "pack", "with_courier", "archive" };
	struct row_list rows = ROW_LIST_INIT;
	size_t all = 0, n;

	for (size_t i = 0; i < sizeof(queues) / sizeof(queues[0]); i++) {
		const struct view v = { .queue = queues[i] };

		assert_true(reader_rows(h->reader, &v, NULL, READ_FORWARD, 100000, &rows, &h->err));
		assert_int_equal(reader_queue_count(h->reader, queues[i]), rows.orders.n);
		all += rows.orders.n;
	}
	assert_true(reader_count(h->reader, &(struct view){ .queue = NULL }, SIZE_MAX, &n, &h->err));
	assert_int_equal(n, all);
	row_list_clear(&rows);
}

static void every_field_comes_back(void **state)
{
	struct house *h = *state;
	struct order_list page = ORDER_LIST_INIT, out = ORDER_LIST_INIT;
	struct order *o = fixture_order(&page, 7);
	const struct order *back;

	o->express = o->preorder = o->assembled = o->signature_required = true;
	o->returned_to_warehouse = o->arrived = true;
	o->transmitted_ms = 77;
	o->due_ms = 88;
	o->credit_term = 12;
	o->delivery_cost = 1;
	o->delivery_cost_seller = 2;
	o->cancel_reason = "BUYER_CANCELLATION_BY_MERCHANT";
	assert_true(store_put_order(h->store, o, 5000, NULL, &h->err));
	back = get(h, o->id, &out);
	assert_true(order_same(o, back));
	assert_string_equal(back->queue, o->queue);
	assert_int_equal(back->sort_key, o->sort_key);
	assert_int_equal(back->due_ms, 88);
	assert_true(back->arrived);
	assert_int_equal(back->seen_ms, 5000);
	assert_int_equal(back->fetched_ms, 5000);
	order_list_reset(&out);
	assert_true(store_order_by_code(h->store, o->code, &out, &h->err));
	assert_string_equal(out.items[0].id, o->id);
	assert_false(store_order_by_code(h->store, "404", &out, &h->err));
	assert_int_equal(h->err.code, ERR_NOT_FOUND);
	order_list_clear(&page);
	order_list_clear(&out);
}

static void changes_are_counted(void **state)
{
	struct house *h = *state;
	struct order_list page = fill(h, 0, 100);
	struct pass pass = begin(h, "ANY");
	struct store_changes c = put_page(h, &pass, &page, 2000);

	assert_int_equal(c.added, 0);
	assert_int_equal(c.changed, 0);
	assert_int_equal(c.unchanged, 100);
	page.items[3].status = "OTHER";
	page.items[4].total++;
	page.items[5].arrived = true;
	page.items[6].sort_key++;
	page.items[7].latitude += 0.001;
	fixture_order(&page, 100);
	c = put_page(h, &pass, &page, 3000);
	assert_int_equal(c.added, 1);
	assert_int_equal(c.changed, 5);
	assert_int_equal(c.unchanged, 95);
	check_counts(h);
	order_list_clear(&page);
}

static void the_same_order_twice_on_a_page_is_one(void **state)
{
	struct house *h = *state;
	struct order_list page = ORDER_LIST_INIT;
	struct pass pass = begin(h, "ANY");
	struct store_changes c;

	fixture_order(&page, 1);
	fixture_order(&page, 1)->queue = "moved";
	c = put_page(h, &pass, &page, 1);
	assert_int_equal(c.added, 1);
	assert_int_equal(c.changed, 1);
	assert_int_equal(reader_queue_count(h->reader, "moved"), 1);
	assert_int_equal(reader_queue_count(h->reader, page.items[0].queue), 0);
	order_list_clear(&page);
}

static void a_masked_phone_does_not_replace_the_known_one(void **state)
{
	struct house *h = *state;
	struct order_list page = ORDER_LIST_INIT, out = ORDER_LIST_INIT;
	struct order *o = fixture_order(&page, 1);
	struct store_changes c = { 0 };

	o->phone = "7011234567";
	assert_true(store_put_order(h->store, o, 1, &c, &h->err));
	o->phone = "";
	assert_true(store_put_order(h->store, o, 2, &c, &h->err));
	assert_int_equal(c.unchanged, 1);
	o->state = "ARCHIVE";
	assert_true(store_put_order(h->store, o, 3, &c, &h->err));
	assert_int_equal(c.changed, 1);
	assert_string_equal(get(h, o->id, &out)->phone, "7011234567");
	assert_true(store_put_order(h->store, o, 4, &c, &h->err));
	assert_int_equal(c.unchanged, 2);
	o->phone = "7771234567";
	assert_true(store_put_order(h->store, o, 5, &c, &h->err));
	assert_int_equal(c.changed, 2);
	assert_string_equal(get(h, o->id, &out)->phone, "7771234567");
	order_list_clear(&page);
	order_list_clear(&out);
}

static void first_seen_is_kept_and_fetched_moves(void **state)
{
	struct house *h = *state;
	struct order_list page = ORDER_LIST_INIT, out = ORDER_LIST_INIT;
	struct order *o = fixture_order(&page, 1);

	assert_true(store_put_order(h->store, o, 10, NULL, &h->err));
	assert_true(store_put_order(h->store, o, 20, NULL, &h->err));
	assert_int_equal(get(h, o->id, &out)->seen_ms, 10);
	assert_int_equal(get(h, o->id, &out)->fetched_ms, 20);
	o->status = "OTHER";
	assert_true(store_put_order(h->store, o, 30, NULL, &h->err));
	assert_int_equal(get(h, o->id, &out)->seen_ms, 10);
	assert_int_equal(get(h, o->id, &out)->fetched_ms, 30);
	order_list_clear(&page);
	order_list_clear(&out);
}

static struct order *order_in(struct order_list *page, int64_t n, const char *group)
{
	struct order *o = fixture_order(page, n);

	o->state = group;
	return o;
}

static void a_pass_names_what_it_did_not_show(void **state)
{
	struct house *h = *state;
	struct order_list page = ORDER_LIST_INIT, missing = ORDER_LIST_INIT;
	struct pass pass = begin(h, "NEW");

	for (int64_t i = 0; i < 4; i++)
		order_in(&page, i, i == 3 ? "PICKUP" : "NEW");
	put_page(h, &pass, &page, 1);
	assert_true(store_pass_end(h->store, &pass, 50, &missing, &h->err));
	assert_int_equal(missing.n, 0);
	assert_int_equal(reader_group_fresh_ms(h->reader, "NEW"), 50);
	assert_int_equal(reader_group_fresh_ms(h->reader, "PICKUP"), 0);

	page.n = 1;	/* the next pass shows the first order alone */
	pass = begin(h, "NEW");
	put_page(h, &pass, &page, 2);
	assert_true(store_put_order(h->store, &page.items[1], 2, NULL, &h->err));
	assert_true(store_pass_end(h->store, &pass, 60, &missing, &h->err));
	/* A look-up may have been asked for before the pass began: it shows nothing. */
	assert_int_equal(missing.n, 2);
	assert_string_equal(missing.items[0].id, page.items[1].id);
	assert_string_equal(missing.items[1].id, page.items[2].id);
	assert_int_equal(reader_group_fresh_ms(h->reader, "NEW"), 60);
	order_list_clear(&page);
	order_list_clear(&missing);
}

static void an_abandoned_pass_leaves_nothing(void **state)
{
	struct house *h = *state;
	struct order_list page = ORDER_LIST_INIT, missing = ORDER_LIST_INIT;
	struct pass abandoned, pass = begin(h, "NEW");

	order_in(&page, 1, "NEW");
	order_in(&page, 2, "NEW");
	put_page(h, &pass, &page, 1);
	assert_true(store_pass_end(h->store, &pass, 50, &missing, &h->err));
	abandoned = begin(h, "NEW");
	assert_true(abandoned.number > pass.number);
	assert_int_equal(reader_group_fresh_ms(h->reader, "NEW"), 50);
	pass = begin(h, "NEW");
	put_page(h, &pass, &page, 3);
	/* An older pass that ends late knows nothing better. */
	assert_true(store_pass_end(h->store, &abandoned, 55, &missing, &h->err));
	assert_int_equal(missing.n, 0);
	order_list_clear(&page);
	order_list_clear(&missing);
}

static void counts_follow_every_move(void **state)
{
	static const char *const queues[] = { "new", "pickup", "pack", "with_courier", "archive" };
	struct house *h = *state;
	struct order_list page = fill(h, 0, 600);
	struct pass pass = begin(h, "ANY");

	check_counts(h);
	for (size_t round = 0; round < 5; round++) {
		for (size_t i = round; i < page.n; i += round + 2)
			page.items[i].queue = queues[(i + round) % 5];
		put_page(h, &pass, &page, (int64_t)round);
		check_counts(h);
	}
	order_list_clear(&page);
}

static void more_queues_than_one_transaction_holds_are_counted(void **state)
{
	struct house *h = *state;
	struct order_list page = ORDER_LIST_INIT;
	struct pass pass = begin(h, "ANY");

	for (int64_t i = 0; i < 200; i++)
		fixture_order(&page, i)->queue = arena_printf(&page.arena, "q%d", (int)(i % 100));
	put_page(h, &pass, &page, 1);
	for (int i = 0; i < 100; i++)
		assert_int_equal(reader_queue_count(h->reader, page.items[i].queue), 2);
	order_list_clear(&page);
}

/* A page that was asked for before somebody else stored the order says what was so then. */
static void an_older_answer_changes_nothing(void **state)
{
	struct house *h = *state;
	struct order_list page = ORDER_LIST_INIT, out = ORDER_LIST_INIT;
	struct store_changes c = { 0 };
	struct order *o = fixture_order(&page, 3);
	struct pass pass;

	o->status = "ACCEPTED_BY_MERCHANT";
	o->fetched_ms = 5000;
	assert_true(store_put_order(h->store, o, 5100, NULL, &h->err));
	pass = begin(h, "ANY");
	o->status = "APPROVED_BY_BANK";
	o->fetched_ms = 4900;
	assert_true(store_put_listed(h->store, &pass, &page, 5200, &c, &h->err));
	assert_int_equal(c.changed, 0);
	assert_int_equal(c.distinct, 1);
	assert_string_equal(get(h, o->id, &out)->status, "ACCEPTED_BY_MERCHANT");
	assert_int_equal(out.items[0].fetched_ms, 5000);
	o->fetched_ms = 5300;
	c = (struct store_changes){ 0 };
	assert_true(store_put_listed(h->store, &pass, &page, 5400, &c, &h->err));
	assert_int_equal(c.changed, 1);
	assert_int_equal(c.distinct, 0);
	assert_string_equal(get(h, o->id, &out)->status, "APPROVED_BY_BANK");
	order_list_clear(&page);
	order_list_clear(&out);
}

/* What was stored before the clock was set back is from the future: it must not stand for ever. */
static void a_clock_that_was_set_back_freezes_nothing(void **state)
{
	struct house *h = *state;
	struct order_list page = ORDER_LIST_INIT, out = ORDER_LIST_INIT;
	struct order *o = fixture_order(&page, 3);

	o->status = "APPROVED_BY_BANK";
	o->fetched_ms = 9000000;
	assert_true(store_put_order(h->store, o, 9000000, NULL, &h->err));
	o->status = "ACCEPTED_BY_MERCHANT";
	o->fetched_ms = 5000;
	assert_true(store_put_order(h->store, o, 5100, NULL, &h->err));
	assert_string_equal(get(h, o->id, &out)->status, "ACCEPTED_BY_MERCHANT");
	order_list_clear(&page);
	order_list_clear(&out);
}

static struct entry *add_entry(struct entry_list *list, const char *id, const char *product)
{
	struct entry *e = entry_list_add(list);

	e->id = id;
	e->number = (int64_t)list->n - 1;
	e->quantity = 2;
	e->unit = "PIECES";
	e->price = 500;
	e->total = 1000;
	e->product_id = product;
	e->point_id = "p1";
	e->imei_required = true;
	return e;
}

static void facts_fill_the_gaps_of_entries(void **state)
{
	struct house *h = *state;
	struct order_list page = fill(h, 0, 1);
	struct entry_list in = ENTRY_LIST_INIT, out = ENTRY_LIST_INIT;
	const struct fact product = { FACT_PRODUCT, "x", "K1", "Чайник", "Bosch", "Кухня", "", 100 };
	const struct fact merchant = { FACT_MERCHANT_PRODUCT, "x", "ART-7", "Шәйнек", "", "", "", 100 };
	const struct fact point = { FACT_POINT, "p1", "", "Склад 1", "", "", "Абая 1", 100 };
	const char *id = page.items[0].id;
	int64_t fetched_ms = -1;

	assert_true(reader_entries(h->reader, id, &out, &fetched_ms, &h->err));
	assert_int_equal(fetched_ms, 0);
	add_entry(&in, "e1", "x");
	add_entry(&in, "e2", "y")->name = "Своё имя";
	assert_true(store_put_entries(h->store, id, &in, 900, &h->err));
	assert_true(store_put_fact(h->store, &product, &h->err));
	assert_true(reader_entries(h->reader, id, &out, &fetched_ms, &h->err));
	assert_int_equal(out.n, 2);
	assert_int_equal(fetched_ms, 900);
	assert_string_equal(out.items[0].order_id, id);
	assert_string_equal(out.items[0].name, "Чайник");
	assert_string_equal(out.items[0].category, "Кухня");
	assert_string_equal(out.items[0].article, "");
	assert_string_equal(out.items[1].name, "Своё имя");
	assert_true(out.items[0].imei_required);
	assert_true(store_put_fact(h->store, &merchant, &h->err));
	assert_true(store_put_fact(h->store, &point, &h->err));
	entry_list_reset(&out);
	assert_true(store_entries(h->store, id, &out, &h->err));
	assert_string_equal(out.items[0].name, "Шәйнек");
	assert_string_equal(out.items[0].article, "ART-7");
	assert_string_equal(out.items[0].point_name, "Склад 1");
	in.n = 1;
	assert_true(store_put_entries(h->store, id, &in, 901, &h->err));
	entry_list_reset(&out);
	assert_true(store_entries(h->store, id, &out, &h->err));
	assert_int_equal(out.n, 1);
	assert_false(store_put_entries(h->store, "nobody", &in, 1, &h->err));
	assert_int_equal(h->err.code, ERR_NOT_FOUND);
	entry_list_clear(&in);
	entry_list_clear(&out);
	order_list_clear(&page);
}

static void facts_have_an_age(void **state)
{
	struct house *h = *state;
	const struct fact fact = { FACT_PRODUCT, "x", "", "Чайник", "", "", "", 100 };
	const struct fact_ref ref = { FACT_PRODUCT, "x", "" }, other = { FACT_POINT, "x", "" };

	assert_false(store_has_fact(h->store, &ref, 0));
	assert_true(store_put_fact(h->store, &fact, &h->err));
	assert_true(store_has_fact(h->store, &ref, 100));
	assert_false(store_has_fact(h->store, &ref, 101));
	assert_false(store_has_fact(h->store, &other, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_field_comes_back, open_house, close_house),
		cmocka_unit_test_setup_teardown(changes_are_counted, open_house, close_house),
		cmocka_unit_test_setup_teardown(the_same_order_twice_on_a_page_is_one, open_house,
			close_house),
		cmocka_unit_test_setup_teardown(a_masked_phone_does_not_replace_the_known_one, open_house,
			close_house),
		cmocka_unit_test_setup_teardown(first_seen_is_kept_and_fetched_moves, open_house,
			close_house),
		cmocka_unit_test_setup_teardown(a_pass_names_what_it_did_not_show, open_house, close_house),
		cmocka_unit_test_setup_teardown(an_abandoned_pass_leaves_nothing, open_house, close_house),
		cmocka_unit_test_setup_teardown(counts_follow_every_move, open_house, close_house),
		cmocka_unit_test_setup_teardown(more_queues_than_one_transaction_holds_are_counted,
			open_house, close_house),
		cmocka_unit_test_setup_teardown(an_older_answer_changes_nothing, open_house, close_house),
		cmocka_unit_test_setup_teardown(a_clock_that_was_set_back_freezes_nothing, open_house,
			close_house),
		cmocka_unit_test_setup_teardown(facts_fill_the_gaps_of_entries, open_house, close_house),
		cmocka_unit_test_setup_teardown(facts_have_an_age, open_house, close_house),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
