/* What is due, in the store: counted by level, put in order again for other limits, and brought over from a
 * store that did not know of it. */
#include <inttypes.h>
#include <stdio.h>

#include "store/reader.h"
#include "store/store.h"
#include "tests/unit/store_fixture.h"
#include "tests/unit/unit.h"

#define ORDERS 900	/* 500 of them are not finished */
#define OPEN 500

struct house {
	char *dir;
	struct store *store;
	struct reader *reader;
};

static int open_house(void **state)
{
	static struct house h;
	struct order_list page = ORDER_LIST_INIT;
	struct pass pass;

	h = (struct house){ .dir = fixture_dir() };
	h.store = store_open(h.dir, NULL, NULL);
	for (int64_t n = 0; n < ORDERS; n++)
		fixture_order(&page, n);
	if (!h.store || !store_pass_begin(h.store, "ANY", 0, 1, &pass, NULL) ||
		!store_put_listed(h.store, &pass, &page, 1, NULL, NULL))
		return -1;
	order_list_clear(&page);
	h.reader = reader_open(h.dir, NULL);
	*state = &h;
	return h.reader ? 0 : -1;
}

static int close_house(void **state)
{
	struct house *h = *state;

	reader_close(h->reader);
	store_close(h->store);
	fixture_remove(h->dir);
	return 0;
}

/* Due so many milliseconds after it was made, the later made the nearer the top. */
static void place(void *arg, struct order *o)
{
	o->due_ms = o->created_ms + *(int64_t *)arg;
	o->sort_key = -o->due_ms;
}

static void arrange(struct house *h, int64_t mark, int64_t after_ms)
{
	assert_true(store_arrange(h->store, mark, place, &after_ms, NULL));
}

static int64_t number(struct house *h, const char *sql)
{
	return fixture_number(h->dir, "cache.db", sql);
}

static void other_limits_arrange_what_is_open(void **state)
{
	struct house *h = *state;
	int64_t archive = number(h, "SELECT sum(sort_key) FROM orders WHERE queue = 'archive'");

	arrange(h, 7, 1000);
	assert_int_equal(number(h, "SELECT count(*) FROM orders WHERE due_ms = created_ms + 1000"), OPEN);
	assert_int_equal(number(h, "SELECT count(*) FROM orders WHERE sort_key = -due_ms AND due_ms > 0"), OPEN);
	assert_int_equal(number(h, "SELECT sum(sort_key) FROM orders WHERE queue = 'archive'"), archive);
	/* The same limits: nothing is done. */
	arrange(h, 7, 5000);
	assert_int_equal(number(h, "SELECT count(*) FROM orders WHERE due_ms = created_ms + 1000"), OPEN);
	arrange(h, 8, 5000);
	assert_int_equal(number(h, "SELECT count(*) FROM orders WHERE due_ms = created_ms + 5000"), OPEN);
}

static void windows_follow_the_new_order(void **state)
{
	struct house *h = *state;
	struct row_list rows = ROW_LIST_INIT;
	struct view view = { .queue = "pack" };
	struct row_key last = { 0 };
	int64_t before = INT64_MIN;
	size_t n = 0;

	arrange(h, 9, 2000);
	while (reader_rows(h->reader, &view, n ? &last : NULL, READ_FORWARD, 10, &rows, NULL) && rows.orders.n) {
		for (size_t i = 0; i < rows.orders.n; i++, n++) {
			assert_true(rows.orders.items[i].sort_key >= before);
			assert_int_equal(rows.orders.items[i].sort_key, -rows.orders.items[i].created_ms - 2000);
			before = rows.orders.items[i].sort_key;
		}
		last = rows.keys[rows.orders.n - 1];
	}
	assert_int_equal(n, reader_queue_count(h->reader, "pack"));
	assert_true(n > 50);
	row_list_clear(&rows);
}

static void count_by_sql(struct house *h, const char *queue, int64_t from, int64_t to, size_t counted)
{
	char sql[300];

	snprintf(sql, sizeof(sql), "SELECT count(*) FROM orders WHERE queue = '%s' AND finished_ms = 0"
		" AND due_ms >= %" PRId64 " AND due_ms < %" PRId64, queue, from, to);
	assert_int_equal(number(h, sql), counted);
}

static void levels_are_counted(void **state)
{
	struct house *h = *state;
	const struct urgency_ends ends = { FIXTURE_START_MS - 9000000, FIXTURE_START_MS - 5000000,
		FIXTURE_START_MS - 1000000 };
	static const char *const queues[] = { "new", "pickup", "pack", "with_courier" };
	size_t n[URGENCY_LEVELS], all = 0;

	arrange(h, 10, 3000);
	for (size_t i = 0; i < 4; i++) {
		reader_due_counts(h->reader, queues[i], &ends, n);
		count_by_sql(h, queues[i], 1, ends.overdue_ms, n[URGENCY_OVERDUE]);
		count_by_sql(h, queues[i], ends.overdue_ms, ends.soon_ms, n[URGENCY_SOON]);
		count_by_sql(h, queues[i], ends.soon_ms, ends.today_ms, n[URGENCY_TODAY]);
		assert_int_equal(n[URGENCY_NONE] + n[URGENCY_LATER], 0);
		assert_true(n[URGENCY_OVERDUE] > 0 && n[URGENCY_SOON] > 0 && n[URGENCY_TODAY] > 0);
		all += n[URGENCY_OVERDUE] + n[URGENCY_SOON] + n[URGENCY_TODAY];
	}
	assert_true(all > 300 && all < OPEN);
	reader_due_counts(h->reader, "archive", &ends, n);
	assert_int_equal(n[URGENCY_OVERDUE], 0);
}

/* A store as the version before left it: the same tables without what this one added. */
static void an_older_store_is_brought_over(void **state)
{
	struct house *h = *state;

	reader_close(h->reader);
	store_close(h->store);
	h->reader = NULL;
	h->store = NULL;
	fixture_sql(h->dir, "cache.db", "DROP INDEX orders_due; ALTER TABLE orders DROP COLUMN due_ms;"
		"DELETE FROM meta WHERE name = 'arranged'; PRAGMA user_version = 2;");
	h->store = store_open(h->dir, NULL, NULL);
	assert_non_null(h->store);
	assert_int_equal(number(h, "PRAGMA user_version"), 3);
	assert_int_equal(number(h, "SELECT count(*) FROM orders"), ORDERS);
	assert_int_equal(number(h, "SELECT count(*) FROM orders WHERE due_ms = 0"), ORDERS);
	arrange(h, 7, 1000);
	assert_int_equal(number(h, "SELECT count(*) FROM orders WHERE due_ms = created_ms + 1000"), OPEN);
	h->reader = reader_open(h->dir, NULL);
	assert_non_null(h->reader);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_house, close_house)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(other_limits_arrange_what_is_open),
		TEST(windows_follow_the_new_order),
		TEST(levels_are_counted),
		TEST(an_older_store_is_brought_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
