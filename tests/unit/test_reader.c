#include "store/reader.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/scanned.h"
#include "tests/unit/store_fixture.h"
#include "tests/unit/unit.h"

#define ORDERS 10000
#define PLACES 37	/* different sort keys, so that many rows share one */

/* What the store should show, sorted by hand. */
struct expected {
	int64_t key;
	int64_t row;
	const char *id;
};

struct shop {
	char *dir;
	struct order_list all;	/* in the order of their rows */
};

static struct shop shop;

static int open_shop(void **state)
{
	struct store *s;
	struct pass pass;

	(void)state;
	shop.dir = fixture_dir();
	s = store_open(shop.dir, NULL, NULL);
	for (int64_t i = 0; i < ORDERS; i++) {
		struct order *o = fixture_order(&shop.all, i);

		o->sort_key = i * 7919 % PLACES - PLACES / 2;
		o->created_ms = FIXTURE_START_MS - i * 31 % 500 * FIXTURE_DAY_MS / 10;
		o->queue = i % 10 == 0 ? "new" : "archive";
		o->state = i % 3 == 0 ? "NEW" : "ARCHIVE";
		o->waybill_number = i == 77 ? "KZ-0012345AB" : i % 2 == 0 ? "" : "0";
	}
	if (!s || !store_pass_begin(s, "ANY", 0, 1, &pass, NULL) ||
		!store_put_listed(s, &pass, &shop.all, 1, NULL, NULL))
		return -1;
	store_close(s);
	return 0;
}

static int close_shop(void **state)
{
	(void)state;
	order_list_clear(&shop.all);
	fixture_remove(shop.dir);
	return 0;
}

static bool belongs(const struct view *v, const struct order *o)
{
	return (!v->queue || !strcmp(v->queue, o->queue)) && (!v->state || !strcmp(v->state, o->state)) &&
		o->created_ms >= v->since_ms;
}

static int compare(const void *left, const void *right)
{
	const struct expected *a = left, *b = right;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return (a->row > b->row) - (a->row < b->row);
}

static struct expected *expect(const struct view *v, size_t *n)
{
	struct expected *e = xcalloc(shop.all.n, sizeof(*e));

	*n = 0;
	for (size_t i = 0; i < shop.all.n; i++) {
		const struct order *o = &shop.all.items[i];

		if (belongs(v, o))
			e[(*n)++] = (struct expected){ v->queue ? o->sort_key : -o->created_ms,
				(int64_t)i + 1, o->id };
	}
	qsort(e, *n, sizeof(*e), compare);
	return e;
}

/* Windows of `size` from one end to the other are the whole list. */
static void check_windows(struct reader *r, const struct view *v, enum read_direction direction,
	size_t size)
{
	struct row_list rows = ROW_LIST_INIT;
	struct row_key key, *from = NULL;
	size_t n, seen = 0, rank;
	struct expected *e = expect(v, &n);

	for (;;) {
		size_t start;

		assert_true(reader_rows(r, v, from, direction, size, &rows, NULL));
		assert_true(rows.orders.n <= size);
		if (!rows.orders.n)
			break;
		start = direction == READ_FORWARD ? seen : n - seen - rows.orders.n;
		for (size_t i = 0; i < rows.orders.n; i++) {
			assert_string_equal(rows.orders.items[i].id, e[start + i].id);
			assert_int_equal(rows.keys[i].sort_key, e[start + i].key);
		}
		seen += rows.orders.n;
		key = rows.keys[direction == READ_FORWARD ? rows.orders.n - 1 : 0];
		from = &key;
		assert_true(reader_rank(r, v, &key, SIZE_MAX / 2, &rank, NULL));
		assert_int_equal(rank, direction == READ_FORWARD ? seen - 1 : n - seen);
	}
	assert_int_equal(seen, n);
	assert_true(reader_count(r, v, SIZE_MAX / 2, &rank, NULL));
	assert_int_equal(rank, n);
	row_list_clear(&rows);
	free(e);
}

static void windows_are_the_whole_list(void **state)
{
	static const struct view views[] = {
		{ .queue = "archive" }, { .queue = "new" }, { .queue = "nothing" }, { .queue = NULL },
		{ .state = "NEW" }, { .queue = "archive", .state = "NEW" },
		{ .since_ms = FIXTURE_START_MS - 10 * FIXTURE_DAY_MS },
		{ .queue = "archive", .since_ms = FIXTURE_START_MS - 10 * FIXTURE_DAY_MS },
		{ .state = "ARCHIVE", .since_ms = FIXTURE_START_MS - 3 * FIXTURE_DAY_MS },
	};
	struct reader *r = reader_open(shop.dir, NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(views) / sizeof(views[0]); i++) {
		check_windows(r, &views[i], READ_FORWARD, 97);
		check_windows(r, &views[i], READ_BACKWARD, 97);
	}
	check_windows(r, &views[1], READ_FORWARD, 1);
	check_windows(r, &views[0], READ_BACKWARD, 20000);
	reader_close(r);
}

static void counting_stops_at_the_limit(void **state)
{
	struct reader *r = reader_open(shop.dir, NULL);
	const struct view v = { .queue = "archive" };
	const struct row_key end = { INT64_MAX, INT64_MAX };
	size_t n;

	(void)state;
	assert_true(reader_rank(r, &v, &end, 50, &n, NULL));
	assert_int_equal(n, 50);
	assert_true(reader_count(r, &v, 50, &n, NULL));
	assert_int_equal(n, 50);
	assert_true(reader_count(r, &v, 100000, &n, NULL));
	assert_int_equal(n, ORDERS - ORDERS / 10);
	reader_close(r);
}

static void an_order_is_found_with_its_place(void **state)
{
	struct reader *r = reader_open(shop.dir, NULL);
	struct order_list out = ORDER_LIST_INIT;
	struct row_list rows = ROW_LIST_INIT;
	const struct order *o = &shop.all.items[1234];
	const struct view queue = { .queue = o->queue }, all = { .queue = NULL };
	struct row_key key, place;

	(void)state;
	assert_true(reader_order_by_code(r, o->code, &out, &key, NULL));
	assert_true(order_same(&out.items[0], o));
	place = view_key(&queue, o, key.row);
	assert_memory_equal(&place, &key, sizeof(key));
	key.row--;
	assert_true(reader_rows(r, &queue, &key, READ_FORWARD, 1, &rows, NULL));
	assert_string_equal(rows.orders.items[0].id, o->id);
	place = view_key(&all, o, place.row - 1);
	assert_true(reader_rows(r, &all, &place, READ_FORWARD, 1, &rows, NULL));
	assert_string_equal(rows.orders.items[0].id, o->id);
	assert_true(reader_order_by_id(r, o->id, &out, NULL, NULL));
	assert_false(reader_order_by_id(r, "nobody", &out, NULL, NULL));
	row_list_clear(&rows);
	order_list_clear(&out);
	reader_close(r);
}

static enum scanned find(struct reader *r, const char *typed, struct order_list *out)
{
	struct readings code;
	uint32_t keys[BARCODE_MAX];
	size_t n = 0;

	for (; typed[n]; n++)
		keys[n] = (unsigned char)typed[n];
	order_list_reset(out);
	barcode_read(keys, n, &code);
	return scanned_find(r, &code, out);
}

static void a_scanned_code_is_an_order_or_a_waybill(void **state)
{
	struct reader *r = reader_open(shop.dir, NULL);
	struct order_list out = ORDER_LIST_INIT;

	(void)state;
	assert_int_equal(find(r, shop.all.items[1234].code, &out), SCANNED_ORDER);
	assert_string_equal(out.items[0].id, shop.all.items[1234].id);
	assert_int_equal(find(r, "kz-0012345ab", &out), SCANNED_WAYBILL);
	assert_string_equal(out.items[0].id, shop.all.items[77].id);
	assert_int_equal(find(r, "KZ-0012345A", &out), SCANNED_NOTHING);
	assert_int_equal(find(r, "999999999999", &out), SCANNED_ASK);
	assert_int_equal(find(NULL, "999999999999", &out), SCANNED_ASK);
	assert_int_equal(find(NULL, "KZ", &out), SCANNED_NOTHING);
	order_list_clear(&out);
	reader_close(r);
}

static void a_commit_is_noticed(void **state)
{
	struct reader *r = reader_open(shop.dir, NULL);
	struct store *s = store_open(shop.dir, NULL, NULL);

	(void)state;
	reader_changed(r);
	assert_false(reader_changed(r));
	assert_true(store_put_order(s, &shop.all.items[5], 2, NULL, NULL));
	assert_true(reader_changed(r));
	assert_false(reader_changed(r));
	store_close(s);
	reader_close(r);
}

/* Moves every order to and fro between two queues, all at once. */
static void write_for_a_while(const char *dir)
{
	struct order_list page = ORDER_LIST_INIT;
	struct store *s = store_open(dir, NULL, NULL);
	struct pass pass;

	for (int64_t i = 1; i <= 60; i++)
		fixture_order(&page, i);
	if (!s || !store_pass_begin(s, "ANY", 0, 1, &pass, NULL))
		_exit(1);
	for (int round = 0; round < 150; round++) {
		for (size_t i = 0; i < page.n; i++)
			page.items[i].queue = round % 2 ? "left" : "right";
		if (!store_put_listed(s, &pass, &page, round, NULL, NULL))
			_exit(1);
	}
	store_close(s);
	_exit(0);
}

static void a_reader_never_sees_half_a_page(void **state)
{
	static const struct view left = { .queue = "left" }, right = { .queue = "right", .search = "8" };
	char *dir = fixture_dir();
	struct row_list rows = ROW_LIST_INIT;
	struct error err = ERROR_INIT;
	struct reader *r;
	int status = 0, reads = 0, filled = 0;

	(void)state;
	store_close(store_open(dir, NULL, NULL));
	if (fork() == 0)
		write_for_a_while(dir);
	r = reader_open(dir, &err);
	assert_non_null(r);
	while (waitpid(-1, &status, WNOHANG) == 0) {
		const struct view *v = reads++ % 2 ? &left : &right;

		assert_true(reader_rows(r, v, NULL, READ_FORWARD, 100, &rows, &err));
		assert_true(rows.orders.n == 0 || rows.orders.n == 60);
		filled += rows.orders.n == 60;
	}
	assert_int_equal(status, 0);
	assert_true(filled > 0);
	row_list_clear(&rows);
	reader_close(r);
	fixture_remove(dir);
}

/* An open SELECT would keep the log from being emptied. */
static void nothing_stays_open(void **state)
{
	struct reader *r = reader_open(shop.dir, NULL);
	struct store *s = store_open(shop.dir, NULL, NULL);
	const struct view typed = { .queue = "archive", .search = "9" }, none = { .queue = "archive" };
	struct row_list rows = ROW_LIST_INIT;
	char *log = xasprintf("%s/cache.db-wal", shop.dir);

	(void)state;
	assert_true(reader_rows(r, &typed, NULL, READ_FORWARD, 3, &rows, NULL));
	assert_true(reader_rows(r, &none, NULL, READ_FORWARD, 3, &rows, NULL));
	assert_true(store_put_order(s, &shop.all.items[5], 3, NULL, NULL));
	store_close(s);
	reader_close(r);
	/* The last to close empties and removes it, unless it thinks somebody reads. */
	store_close(store_open(shop.dir, NULL, NULL));
	assert_int_not_equal(access(log, F_OK), 0);
	free(log);
	row_list_clear(&rows);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(windows_are_the_whole_list),
		cmocka_unit_test(counting_stops_at_the_limit),
		cmocka_unit_test(an_order_is_found_with_its_place),
		cmocka_unit_test(a_scanned_code_is_an_order_or_a_waybill),
		cmocka_unit_test(a_commit_is_noticed),
		cmocka_unit_test(a_reader_never_sees_half_a_page),
		cmocka_unit_test(nothing_stays_open),
	};

	return cmocka_run_group_tests(tests, open_shop, close_shop);
}
