/* Buyers' data of finished orders leave the store when their time has come: looked for in the bytes of the
 * files. */
#include "store/retention.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/path.h"
#include "store/reader.h"
#include "tests/unit/store_fixture.h"
#include "tests/unit/unit.h"

#define KEEP_MS (30 * CLOCK_DAY_MS)
#define NOW_MS (FIXTURE_START_MS + 100 * CLOCK_DAY_MS)

/* Words that stand in no other order. */
#define NAME "Қызғалдақ"
#define FOLDED "кызгалдак"
#define PHONE "7017654321"
#define STREET "Тюльпановая"

static struct store *open_store(const char *dir)
{
	struct error err = ERROR_INIT;
	struct store *s = store_open(dir, NULL, &err);

	assert_non_null(s);
	store_set_retention(s, KEEP_MS);
	return s;
}

static struct order *buyer(struct order_list *list, int64_t n, bool finished, int64_t created_ms)
{
	struct order *o = fixture_order(list, n);

	o->customer = NAME " Әлімова";
	o->customer_id = "Kzc" PHONE;
	o->phone = PHONE;
	o->address = "Алматы, " STREET " 7";
	o->finished = finished;
	o->queue = finished ? "archive" : "pack";
	o->state = finished ? "ARCHIVE" : "KASPI_DELIVERY";
	o->created_ms = created_ms;
	return o;
}

/* How often the buyer is in the files, whatever the word. Not while the store is open. */
static size_t traces(const char *dir)
{
	static const char *const files[] = { "cache.db", "cache.db-wal", "cache.db-shm" };
	static const char *const words[] = { NAME, FOLDED, "kyzgaldak", PHONE, STREET, "тюльпановая", "4321" };
	size_t n = 0;

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		for (size_t j = 0; j < sizeof(words) / sizeof(words[0]); j++)
			n += fixture_occurrences(dir, files[i], words[j]);
	return n;
}

static void put(struct store *s, const struct order_list *list, int64_t now_ms)
{
	struct error err = ERROR_INIT;
	struct pass pass;
	struct order_list none = ORDER_LIST_INIT;

	assert_true(store_pass_begin(s, "ANY", 0, now_ms, &pass, &err));
	assert_true(store_put_listed(s, &pass, list, now_ms, NULL, &err));
	assert_true(store_pass_end(s, &pass, now_ms, &none, &err));
	order_list_clear(&none);
}

/* To the end; returns how many steps there were but the last, which finds nothing to do. */
static size_t purge(struct store *s, int64_t now_ms)
{
	struct error err = ERROR_INIT;
	bool more = true;
	size_t n = 0;

	for (; more; n += more)
		assert_true(store_purge(s, now_ms, &more, &err));
	return n;
}

static size_t found(const char *dir, const char *search)
{
	struct error err = ERROR_INIT;
	struct reader *r = reader_open(dir, &err);
	size_t n = 0;

	assert_non_null(r);
	assert_true(reader_count(r, &(struct view){ .search = search }, 1000, &n, &err));
	reader_close(r);
	return n;
}

/* The order is finished while we look, among a thousand others; after its time no byte of its buyer is
 * left, and it is found by its number still. */
static void nothing_of_the_buyer_is_left(void **state)
{
	struct order_list list = ORDER_LIST_INIT;
	struct store *s = open_store(*state);
	char *code;

	for (int64_t i = 0; i < 1000; i++)
		fixture_order(&list, i);
	code = xstrdup(buyer(&list, 5000, false, NOW_MS - CLOCK_DAY_MS)->code);
	put(s, &list, NOW_MS);
	order_list_reset(&list);
	buyer(&list, 5000, true, NOW_MS - CLOCK_DAY_MS);
	put(s, &list, NOW_MS);
	purge(s, NOW_MS + KEEP_MS - CLOCK_DAY_MS);
	store_close(s);
	assert_true(traces(*state) > 0);
	assert_int_equal(found(*state, FOLDED), 1);

	s = open_store(*state);
	assert_true(purge(s, NOW_MS + KEEP_MS + CLOCK_DAY_MS) > 0);
	assert_int_equal(purge(s, NOW_MS + KEEP_MS + CLOCK_DAY_MS), 0);
	store_close(s);
	assert_int_equal(traces(*state), 0);
	assert_int_equal(found(*state, FOLDED), 0);
	assert_int_equal(found(*state, code), 1);
	order_list_clear(&list);
	free(code);
}

/* The archive is listed again and again: what was purged does not come back, nor is it ever stored of an
 * order that was finished long ago. */
static void later_passes_bring_nothing_back(void **state)
{
	struct order_list list = ORDER_LIST_INIT;
	struct store *s = open_store(*state);

	buyer(&list, 1, true, NOW_MS - CLOCK_DAY_MS);
	put(s, &list, NOW_MS);
	purge(s, NOW_MS + KEEP_MS);
	list.items[0].total++;
	put(s, &list, NOW_MS + KEEP_MS);
	buyer(&list, 2, true, NOW_MS - 2 * KEEP_MS);
	put(s, &list, NOW_MS + KEEP_MS);
	store_close(s);
	assert_int_equal(traces(*state), 0);
	order_list_clear(&list);
}

static void what_is_not_finished_is_kept(void **state)
{
	struct order_list list = ORDER_LIST_INIT;
	struct store *s = open_store(*state);

	buyer(&list, 1, false, NOW_MS - 10 * KEEP_MS);
	put(s, &list, NOW_MS);
	assert_int_equal(purge(s, NOW_MS + 10 * KEEP_MS), 0);
	store_close(s);
	assert_int_equal(found(*state, FOLDED), 1);
	order_list_clear(&list);
}

/* An order that comes back from the archive is work again; its time begins anew when it ends. */
static void what_comes_back_begins_anew(void **state)
{
	struct order_list list = ORDER_LIST_INIT;
	struct store *s = open_store(*state);

	buyer(&list, 1, true, NOW_MS - CLOCK_DAY_MS);
	put(s, &list, NOW_MS);
	order_list_reset(&list);
	buyer(&list, 1, false, NOW_MS - CLOCK_DAY_MS);
	put(s, &list, NOW_MS + CLOCK_DAY_MS);
	assert_int_equal(purge(s, NOW_MS + 2 * KEEP_MS), 0);
	order_list_reset(&list);
	buyer(&list, 1, true, NOW_MS - CLOCK_DAY_MS);
	put(s, &list, NOW_MS + 2 * KEEP_MS);
	assert_int_equal(purge(s, NOW_MS + 2 * KEEP_MS + CLOCK_DAY_MS), 0);
	assert_true(purge(s, NOW_MS + 3 * KEEP_MS + CLOCK_DAY_MS) > 0);
	store_close(s);
	order_list_clear(&list);
}

static char *leave_copy(const char *dir, const char *name, int64_t modified_ms)
{
	char *path = path_join(dir, name);
	struct timespec times[2] = { { .tv_sec = modified_ms / 1000 }, { .tv_sec = modified_ms / 1000 } };
	int fd = open(path, O_WRONLY | O_CREAT, 0600);

	assert_true(fd >= 0 && futimens(fd, times) == 0);
	close(fd);
	return path;
}

static void old_copies_of_damaged_caches_go(void **state)
{
	char *old = leave_copy(*state, "cache.db.damaged-1", NOW_MS - KEEP_MS - CLOCK_DAY_MS);
	char *young = leave_copy(*state, "cache.db.damaged-2-wal", NOW_MS - CLOCK_DAY_MS);
	char *journal = leave_copy(*state, "journal.db.damaged-1", NOW_MS - 5 * KEEP_MS);
	struct store *s = open_store(*state);

	purge(s, NOW_MS);
	assert_int_equal(access(old, F_OK), -1);
	assert_int_equal(access(young, F_OK), 0);
	assert_int_equal(access(journal, F_OK), 0);
	store_close(s);
	free(old);
	free(young);
	free(journal);
}

/* Waybills name the buyer: they go with the order's data, however young they are. */
static void waybills_go_with_their_orders(void **state)
{
	struct order_list list = ORDER_LIST_INIT;
	struct store *s = open_store(*state);
	char *folder = path_join(*state, "waybills"), *names[4], *files[4];

	names[0] = xasprintf("%s-1234.pdf", buyer(&list, 1, true, NOW_MS - CLOCK_DAY_MS)->code);
	names[1] = xasprintf("%s-1234.pdf", buyer(&list, 2, false, NOW_MS - CLOCK_DAY_MS)->code);
	names[2] = xstrdup("xabc-1234.pdf");
	names[3] = xstrdup("notes.txt");
	put(s, &list, NOW_MS);
	assert_true(path_make_dir(folder, NULL));
	for (int i = 0; i < 4; i++)
		files[i] = leave_copy(folder, names[i], i < 2 ? NOW_MS + KEEP_MS : NOW_MS - KEEP_MS);
	purge(s, NOW_MS + CLOCK_DAY_MS);
	assert_int_equal(access(files[0], F_OK), 0);
	assert_int_equal(access(files[1], F_OK), 0);
	assert_int_equal(access(files[2], F_OK), -1);
	purge(s, NOW_MS + KEEP_MS + CLOCK_DAY_MS);
	assert_int_equal(access(files[0], F_OK), -1);
	assert_int_equal(access(files[1], F_OK), 0);
	purge(s, NOW_MS + 3 * KEEP_MS);
	assert_int_equal(access(files[1], F_OK), -1);
	assert_int_equal(access(files[3], F_OK), 0);
	store_close(s);
	for (int i = 0; i < 4; i++) {
		free(files[i]);
		free(names[i]);
	}
	free(folder);
	order_list_clear(&list);
}

static int make_dir(void **state)
{
	*state = fixture_dir();
	return 0;
}

static int remove_dir(void **state)
{
	fixture_remove(*state);
	return 0;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make_dir, remove_dir)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nothing_of_the_buyer_is_left),
		TEST(later_passes_bring_nothing_back),
		TEST(what_is_not_finished_is_kept),
		TEST(what_comes_back_begins_anew),
		TEST(old_copies_of_damaged_caches_go),
		TEST(waybills_go_with_their_orders),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
