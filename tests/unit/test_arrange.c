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

/* As the second version made it, with 40 orders of which 30 are not finished. */
static const char second_version[] =
	"PRAGMA journal_mode = WAL; BEGIN;"
	"CREATE TABLE orders("
	"row INTEGER PRIMARY KEY, queue TEXT NOT NULL, sort_key INTEGER NOT NULL, newest INTEGER NOT NULL,"
	"state TEXT NOT NULL, text TEXT NOT NULL, goods TEXT NOT NULL DEFAULT '',"
	"entries_ms INTEGER NOT NULL DEFAULT 0,"
	"id TEXT NOT NULL, code TEXT NOT NULL, status TEXT, customer_id TEXT, customer TEXT, phone TEXT,"
	"total INTEGER, delivery_cost INTEGER, delivery_cost_seller INTEGER, payment_mode TEXT,"
	"credit_term INTEGER, delivery_mode TEXT, kaspi_delivery INTEGER, express INTEGER,"
	"preorder INTEGER, assembled INTEGER, signature_required INTEGER,"
	"returned_to_warehouse INTEGER, arrived INTEGER, created_ms INTEGER, approved_ms INTEGER,"
	"planned_ms INTEGER, reserved_until_ms INTEGER, transmission_planned_ms INTEGER,"
	"transmitted_ms INTEGER, address TEXT, town TEXT, latitude REAL, longitude REAL,"
	"pickup_point TEXT, origin TEXT, waybill TEXT, waybill_number TEXT, cancel_reason TEXT,"
	"seen_ms INTEGER);"
	"CREATE UNIQUE INDEX orders_id ON orders(id);"
	"CREATE INDEX orders_code ON orders(code);"
	"CREATE INDEX orders_queue ON orders(queue, sort_key);"
	"CREATE INDEX orders_state ON orders(state, newest);"
	"CREATE INDEX orders_newest ON orders(newest);"
	"CREATE TABLE seen(row INTEGER PRIMARY KEY, pass INTEGER NOT NULL, fetched_ms INTEGER NOT NULL,"
	"digest INTEGER NOT NULL);"
	"CREATE TABLE counts(queue TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;"
	"CREATE TABLE groups(name TEXT PRIMARY KEY, pass INTEGER NOT NULL, fresh_ms INTEGER NOT NULL)"
	" WITHOUT ROWID;"
	"CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;"
	"INSERT INTO meta VALUES('pass', 0), ('indexed', 0);"
	"CREATE TABLE entries(order_row INTEGER NOT NULL, place INTEGER NOT NULL, id TEXT, number INTEGER,"
	"quantity INTEGER, unit TEXT, weight_g INTEGER, min_weight_g INTEGER, price INTEGER,"
	"total INTEGER, delivery_cost INTEGER, category TEXT, article TEXT, name TEXT, product_id TEXT,"
	"point_id TEXT, point_name TEXT, imei_required INTEGER, PRIMARY KEY(order_row, place))"
	" WITHOUT ROWID;"
	"CREATE INDEX entries_product ON entries(product_id);"
	"CREATE TABLE facts(kind INTEGER NOT NULL, id TEXT NOT NULL, code TEXT, name TEXT,"
	"manufacturer TEXT, category TEXT, address TEXT, fetched_ms INTEGER NOT NULL,"
	"PRIMARY KEY(kind, id)) WITHOUT ROWID;"
	"CREATE VIRTUAL TABLE search USING fts5(text, goods, content = 'orders', content_rowid = 'row',"
	"tokenize = 'ascii', detail = 'none', columnsize = 0);"
	"PRAGMA application_id = 0x64756b63;"
	"PRAGMA user_version = 1;"
	"ALTER TABLE orders ADD COLUMN finished_ms INTEGER NOT NULL DEFAULT 0;"
	"UPDATE orders SET finished_ms = max(created_ms, 1) WHERE queue = 'archive';"
	"CREATE INDEX orders_finished ON orders(finished_ms) WHERE finished_ms > 0;"
	"CREATE TABLE poller(one INTEGER PRIMARY KEY CHECK(one = 1), pid INTEGER NOT NULL,"
	"start INTEGER NOT NULL, boot TEXT NOT NULL, beat INTEGER NOT NULL,"
	"link INTEGER NOT NULL DEFAULT 0, until_ms INTEGER NOT NULL DEFAULT 0,"
	"error INTEGER NOT NULL DEFAULT 0, sentence TEXT NOT NULL DEFAULT '');"
	"INSERT INTO meta VALUES('wait_until', 0), ('unmerged', 0);"
	"DROP TABLE search;"
	"CREATE VIRTUAL TABLE search USING fts5(text, goods, content = 'orders', content_rowid = 'row',"
	"tokenize = 'ascii', detail = 'none', columnsize = 0, prefix = '1 2 3');"
	"INSERT INTO search(search) VALUES('rebuild');"
	"UPDATE meta SET value = (SELECT coalesce(max(row), 0) FROM orders) WHERE name = 'indexed';"
	"PRAGMA user_version = 2;"
	"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40)"
	" INSERT INTO orders(queue, sort_key, newest, state, text, id, code, created_ms, finished_ms)"
	" SELECT iif(i % 4, 'pack', 'archive'), i, -1000 * i, 'KASPI_DELIVERY', '', 'ID' || i, 400000000 + i,"
	" 1000 * i, iif(i % 4, 0, 5) FROM n;"
	"INSERT INTO seen SELECT row, 1, 1, 1 FROM orders; INSERT INTO counts VALUES('pack', 30), ('archive', 10);"
	"COMMIT;";

static void an_older_store_is_brought_over(void **state)
{
	struct house *h = *state;

	reader_close(h->reader);
	store_close(h->store);
	fixture_remove(h->dir);
	*h = (struct house){ .dir = fixture_dir() };
	fixture_sql(h->dir, "cache.db", second_version);
	h->store = store_open(h->dir, NULL, NULL);
	assert_non_null(h->store);
	assert_true(number(h, "PRAGMA user_version") >= 3);
	assert_int_equal(number(h, "SELECT count(*) FROM orders WHERE due_ms = 0"), 40);
	arrange(h, 7, 1000);
	assert_int_equal(number(h, "SELECT count(*) FROM orders WHERE due_ms = created_ms + 1000"), 30);
	assert_int_equal(number(h, "SELECT count(*) FROM orders WHERE due_ms = 0 AND queue = 'archive'"), 10);
	h->reader = reader_open(h->dir, NULL);
	assert_non_null(h->reader);
	assert_int_equal(reader_queue_count(h->reader, "pack"), 30);
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
