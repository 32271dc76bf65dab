/* Facts around entries in the store, and what tells that entries are older than their order. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/reader.h"
#include "store/store.h"
#include "tests/unit/store_fixture.h"
#include "tests/unit/unit.h"

struct house {
	char *dir;
	struct store *store;
	struct order_list page;
	struct entry_list out;
	struct error err;
};

static int open_house(void **state)
{
	struct house *h = xcalloc(1, sizeof(*h));

	h->dir = fixture_dir();
	h->store = store_open(h->dir, NULL, &h->err);
	assert_non_null(h->store);
	fixture_order(&h->page, 0);
	*state = h;
	return 0;
}

static int close_house(void **state)
{
	struct house *h = *state;

	store_close(h->store);
	order_list_clear(&h->page);
	entry_list_clear(&h->out);
	fixture_remove(h->dir);
	free(h);
	return 0;
}

static void put_order(struct house *h, int64_t now_ms)
{
	assert_true(store_put_order(h->store, &h->page.items[0], now_ms, NULL, &h->err));
}

static void put_entry(struct house *h, const char *product_id, const char *point_id)
{
	struct entry_list in = ENTRY_LIST_INIT;
	struct entry *e = entry_list_add(&in);

	put_order(h, 1);
	e->id = "e1";
	e->product_id = product_id;
	e->point_id = point_id;
	assert_true(store_put_entries(h->store, h->page.items[0].id, &in, 1, &h->err));
	entry_list_clear(&in);
}

static const struct entry *stored(struct house *h)
{
	entry_list_reset(&h->out);
	assert_true(store_entries(h->store, h->page.items[0].id, &h->out, &h->err));
	assert_int_equal(h->out.n, 1);
	return &h->out.items[0];
}

static void put_facts(struct house *h, const char *product, const char *point)
{
	const struct fact facts[] = {
		{ FACT_PRODUCT, product, "K1", "Чайник", "Bosch", "Кухня", "", 100 },
		{ FACT_MERCHANT_PRODUCT, product, "ART-7", "Шәйнек", "Bösch", "", "", 200 },
		{ FACT_POINT, point, "", "PP1", "", "", "Абая 1", 300 },
	};

	for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++)
		assert_true(store_put_fact(h->store, &facts[i], &h->err));
}

static void everything_that_facts_know_comes_with_the_entry(void **state)
{
	struct house *h = *state;
	const struct entry *e;

	put_entry(h, "x", "p1");
	e = stored(h);
	assert_string_equal(e->product_code, "");
	assert_string_equal(e->point_address, "");
	assert_true(e->product_ms == 0 && e->merchant_ms == 0 && e->point_ms == 0);
	put_facts(h, "x", "p1");
	e = stored(h);
	assert_string_equal(e->product_code, "K1");
	assert_string_equal(e->product_name, "Чайник");
	assert_string_equal(e->manufacturer, "Bosch");
	assert_string_equal(e->category, "Кухня");
	assert_string_equal(e->merchant_article, "ART-7");
	assert_string_equal(e->merchant_name, "Шәйнек");
	assert_string_equal(e->name, "Шәйнек");
	assert_string_equal(e->point_name, "PP1");
	assert_string_equal(e->point_address, "Абая 1");
	assert_int_equal(e->product_ms, 100);
	assert_int_equal(e->merchant_ms, 200);
	assert_int_equal(e->point_ms, 300);
}

/* An entry that does not name its product or point has them under its own id. */
static void facts_of_an_entry_without_ids_are_found(void **state)
{
	struct house *h = *state;
	struct reader *r = reader_open(h->dir, &h->err);
	struct row_list rows = ROW_LIST_INIT;

	put_entry(h, "", "");
	put_facts(h, "e1", "e1");
	assert_string_equal(stored(h)->product_code, "K1");
	assert_string_equal(stored(h)->name, "Чайник");
	assert_string_equal(stored(h)->point_address, "Абая 1");
	assert_true(reader_rows(r, &(struct view){ .search = "чайник" }, NULL, READ_FORWARD, 9, &rows, &h->err));
	assert_int_equal(rows.orders.n, 1);
	row_list_clear(&rows);
	reader_close(r);
}

static void what_the_server_lacks_is_kept_as_known(void **state)
{
	const struct fact_ref product = { FACT_PRODUCT, "x", "" }, other = { FACT_PRODUCT, "y", "" };
	struct house *h = *state;

	put_entry(h, "x", "p1");
	put_facts(h, "x", "p1");
	assert_true(store_put_no_fact(h->store, &product, 900, &h->err));
	assert_true(store_put_no_fact(h->store, &other, 900, &h->err));
	assert_true(store_has_fact(h->store, &product, 900));
	assert_true(store_has_fact(h->store, &other, 900));
	assert_false(store_has_fact(h->store, &other, 901));
	assert_string_equal(stored(h)->product_code, "K1");
}

static int64_t changed_ms(struct house *h)
{
	struct order_list out = ORDER_LIST_INIT;
	int64_t ms;

	assert_true(store_order_by_id(h->store, h->page.items[0].id, &out, &h->err));
	ms = out.items[0].changed_ms;
	order_list_clear(&out);
	return ms;
}

static void an_order_knows_when_it_changed(void **state)
{
	struct house *h = *state;

	put_order(h, 100);
	assert_int_equal(changed_ms(h), 100);
	put_order(h, 200);
	assert_int_equal(changed_ms(h), 100);
	h->page.items[0].total++;
	h->page.items[0].fetched_ms = 250;
	put_order(h, 300);
	assert_int_equal(changed_ms(h), 250);
	h->page.items[0].fetched_ms = 350;
	put_order(h, 400);
	assert_int_equal(changed_ms(h), 250);
}

static void the_origin_comes_back(void **state)
{
	struct house *h = *state;
	struct order_list out = ORDER_LIST_INIT;

	h->page.items[0].origin_address = "г. Алматы, Абая 1";
	put_order(h, 100);
	assert_true(store_order_by_id(h->store, h->page.items[0].id, &out, &h->err));
	assert_string_equal(out.items[0].origin_address, "г. Алматы, Абая 1");
	order_list_clear(&out);
}

/* A cache of the version before, with an order in it. */
static void an_older_cache_is_brought_up_to_date(void **state)
{
	struct house *h = *state;
	struct order_list out = ORDER_LIST_INIT;

	char back[400];

	put_order(h, 100);
	store_close(h->store);
	snprintf(back, sizeof(back), "ALTER TABLE orders DROP COLUMN origin_address;"
		"ALTER TABLE orders DROP COLUMN changed_ms; ALTER TABLE entries DROP COLUMN imei;"
		"DROP INDEX orders_waybill; DROP INDEX orders_due; ALTER TABLE orders DROP COLUMN due_ms;"
		"DELETE FROM meta WHERE name = 'arranged'; PRAGMA user_version = %d",
		(int)fixture_number(h->dir, "cache.db", "PRAGMA user_version") - 1);
	fixture_sql(h->dir, "cache.db", back);
	h->store = store_open(h->dir, NULL, &h->err);
	assert_non_null(h->store);
	assert_true(store_order_by_id(h->store, h->page.items[0].id, &out, &h->err));
	assert_string_equal(out.items[0].origin_address, "");
	assert_int_equal(out.items[0].changed_ms, 0);
	order_list_clear(&out);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_house, close_house)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(everything_that_facts_know_comes_with_the_entry),
		TEST(facts_of_an_entry_without_ids_are_found),
		TEST(what_the_server_lacks_is_kept_as_known),
		TEST(an_order_knows_when_it_changed),
		TEST(the_origin_comes_back),
		TEST(an_older_cache_is_brought_up_to_date),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
