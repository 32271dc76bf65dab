/* Search beside the plain list: whatever is typed, windows, numbers and ranks are those of the list without
 * the rows that have not all the words. From words that every row has to words that none has. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/reader.h"
#include "store/store.h"
#include "store/words.h"
#include "tests/unit/store_fixture.h"
#include "tests/unit/unit.h"

#define ORDERS 9000
#define SEVERAL 37	/* rows of a window */

static const struct view views[] = {
	{ .queue = NULL }, { .queue = "pack" }, { .state = "PICKUP" }, { .queue = "pack", .state = "PICKUP" },
	{ .since_ms = FIXTURE_START_MS }, { .queue = "new", .since_ms = FIXTURE_START_MS },
};

/* What the words below are frequent in: each row, every second, third, seventh, 50th, 900th. */
static const char *const typed[] = {
	"vsegda", "vtoroy", "tretiy", "sedmoy", "redko", "edva", "nikogda", "v", "s", "tretiy sedmoy",
	"vsegda sedmoy", "vtoroy tretiy", "redko vtoroy", "vsegda edva", "sedmoy redko", "vtoroy nikogda", "5000",
};

static struct {
	char *dir;
	struct store *store;
	struct reader *reader;
} house;

static void fill_in(struct order_list *page, int64_t n)
{
	struct order *o = fixture_order(page, n);

	o->customer = arena_printf(&page->arena, "vsegda%s%s%s%s%s", n % 2 ? "" : " vtoroy",
		n % 3 ? "" : " tretiy", n % 7 ? "" : " sedmoy", n % 50 ? "" : " redko", n % 900 ? "" : " edva");
	o->code = arena_printf(&page->arena, "%d", 500000 + (int)n);
	o->phone = "";
	o->queue = n % 5 < 3 ? "pack" : "new";
	o->state = n % 4 ? "PICKUP" : "NEW";
	/* Many of one date and one place in the queue: the row decides between them. */
	o->created_ms = FIXTURE_START_MS + (n * 7919 % 3000 - 1500) * 60000;
	o->sort_key = n * 104729 % 1700;
}

static int open_house(void **state)
{
	struct order_list page = ORDER_LIST_INIT;
	struct pass pass;

	(void)state;
	house.dir = fixture_dir();
	house.store = store_open(house.dir, NULL, NULL);
	house.reader = reader_open(house.dir, NULL);
	if (!house.store || !house.reader || !store_pass_begin(house.store, "ANY", 0, 1, &pass, NULL))
		return -1;
	for (int64_t n = 0; n < ORDERS; n++) {
		fill_in(&page, n);
		if (page.n < 500 && n + 1 < ORDERS)
			continue;
		if (!store_put_listed(house.store, &pass, &page, 1, NULL, NULL))
			return -1;
		order_list_reset(&page);
	}
	order_list_clear(&page);
	return 0;
}

static int close_house(void **state)
{
	(void)state;
	reader_close(house.reader);
	store_close(house.store);
	fixture_remove(house.dir);
	return 0;
}

/* ---- what is right --------------------------------------------------------------------------- */

static struct row_key expected[ORDERS];
static size_t n_expected;

static void expect(const struct view *v, const char *search)
{
	struct row_list rows = ROW_LIST_INIT;
	struct buf text = BUF_INIT(BUF_MAX_LINE);
	struct words w;

	words_parse(&w, search);
	n_expected = 0;
	assert_true(reader_rows(house.reader, v, NULL, READ_FORWARD, ORDERS, &rows, NULL));
	for (size_t i = 0; i < rows.orders.n; i++) {
		buf_reset(&text);
		words_of_order(&text, &rows.orders.items[i]);
		if (words_match(&w, buf_str(&text), ""))
			expected[n_expected++] = rows.keys[i];
	}
	words_clear(&w);
	buf_clear(&text);
	row_list_clear(&rows);
}

static void same_keys(const struct row_list *rows, size_t first, size_t n)
{
	assert_int_equal(rows->orders.n, n);
	for (size_t i = 0; i < n; i++)
		assert_memory_equal(&rows->keys[i], &expected[first + i], sizeof(struct row_key));
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* ---- beside it ------------------------------------------------------------------------------- */

static void check_windows(const struct view *v)
{
	struct row_list rows = ROW_LIST_INIT;

	assert_true(reader_rows(house.reader, v, NULL, READ_FORWARD, SEVERAL, &rows, NULL));
	same_keys(&rows, 0, least(SEVERAL, n_expected));
	assert_true(reader_rows(house.reader, v, NULL, READ_BACKWARD, SEVERAL, &rows, NULL));
	same_keys(&rows, n_expected - least(SEVERAL, n_expected), least(SEVERAL, n_expected));
	assert_true(reader_rows(house.reader, v, NULL, READ_FORWARD, ORDERS, &rows, NULL));
	same_keys(&rows, 0, n_expected);
	for (size_t at = 0; at < n_expected; at += n_expected / 5 + 1) {
		const struct row_key *from = &expected[at];

		assert_true(reader_rows(house.reader, v, from, READ_FORWARD, SEVERAL, &rows, NULL));
		same_keys(&rows, at + 1, least(SEVERAL, n_expected - at - 1));
		assert_true(reader_rows(house.reader, v, from, READ_BACKWARD, SEVERAL, &rows, NULL));
		same_keys(&rows, at - least(SEVERAL, at), least(SEVERAL, at));
	}
	row_list_clear(&rows);
}

static void check_numbers(const struct view *v)
{
	static const size_t limits[] = { 1, 40, 1000, 5000, 1000000 };

	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
		size_t n = 0;

		assert_true(reader_count(house.reader, v, limits[i], &n, NULL));
		assert_int_equal(n, least(n_expected, limits[i]));
		if (!n_expected)
			continue;
		assert_true(reader_rank(house.reader, v, &expected[n_expected * 2 / 3], limits[i], &n, NULL));
		assert_int_equal(n, least(n_expected * 2 / 3, limits[i]));
	}
}

static void check_all(void)
{
	for (size_t i = 0; i < sizeof(views) / sizeof(views[0]); i++)
		for (size_t k = 0; k < sizeof(typed) / sizeof(typed[0]); k++) {
			struct view v = views[i];

			expect(&v, typed[k]);
			v.search = typed[k];
			/* Once when nothing is kept of it, once with what the windows left. */
			check_numbers(&v);
			check_windows(&v);
			check_numbers(&v);
		}
}

static void search_is_the_list_with_less(void **state)
{
	(void)state;
	check_all();
}

/* A pass that ends puts the rows into the index that were behind it. */
static void the_same_when_all_is_in_the_index(void **state)
{
	struct order_list missing = ORDER_LIST_INIT;
	struct pass pass;

	(void)state;
	assert_true(store_pass_begin(house.store, "ANY", 0, 1, &pass, NULL));
	assert_true(store_pass_end(house.store, &pass, 1, &missing, NULL));
	order_list_clear(&missing);
	check_all();
}

/* A row's number is the same from whichever end of its queue it is counted. */
static void ranks_of_a_whole_queue(void **state)
{
	struct view v = { .queue = "pack" };

	(void)state;
	expect(&v, "");
	for (size_t at = 0; at < n_expected; at += 97) {
		size_t n = 0;

		assert_true(reader_rank(house.reader, &v, &expected[at], 1000000, &n, NULL));
		assert_int_equal(n, at);
		assert_true(reader_rank(house.reader, &v, &expected[at], 100, &n, NULL));
		assert_int_equal(n, least(at, 100));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(search_is_the_list_with_less),
		cmocka_unit_test(the_same_when_all_is_in_the_index),
		cmocka_unit_test(ranks_of_a_whole_queue),
	};

	return cmocka_run_group_tests(tests, open_house, close_house);
}
