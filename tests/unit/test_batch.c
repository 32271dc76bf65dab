/* Batches: written down whole or not at all, held back by the journal itself, forgotten in time. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/mem.h"
#include "store/batch.h"
#include "store/verify.h"
#include "tests/unit/store_fixture.h"
#include "tests/unit/unit.h"

#define JOURNAL "journal.db"
#define MANY 200
#define NOW 1000000

struct shop {
	char *dir;
	struct store *store;
	struct reader *reader;
	struct order_list orders;
	struct batch_items items;
	const struct order *drafted[MANY];
};

static struct shop shop;

static int set_up(void **state)
{
	(void)state;
	shop = (struct shop){ .dir = fixture_dir(), .orders = ORDER_LIST_INIT, .items = BATCH_ITEMS_INIT };
	shop.store = store_open(shop.dir, NULL, NULL);
	shop.reader = reader_open(shop.dir, NULL);
	assert_non_null(shop.reader);
	for (int i = 0; i < MANY; i++)
		fixture_order(&shop.orders, i);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	reader_close(shop.reader);
	store_close(shop.store);
	order_list_clear(&shop.orders);
	batch_items_clear(&shop.items);
	fixture_remove(shop.dir);
	return 0;
}

/* The first n orders; number `without` cannot be acted on (-1: all can). */
static bool add(size_t n, int without, int64_t *id, struct error *err)
{
	struct batch_draft d = { .kind = "accept", .clerk = "Айгуль", .now_ms = NOW, .send_after_ms = NOW,
		.items = &shop.items, .orders = shop.drafted };

	batch_items_clear(&shop.items);
	for (size_t i = 0; i < n; i++) {
		struct batch_item *item = batch_items_add(&shop.items);

		item->order_id = shop.orders.items[i].id;
		item->code = shop.orders.items[i].code;
		item->message = (int)i == without ? "болмайды" : "";
		shop.drafted[i] = (int)i == without ? NULL : &shop.orders.items[i];
	}
	return batch_add(shop.store, &d, id, err);
}

static int64_t action(size_t i)
{
	return shop.items.items[i].action_id;
}

static bool sends(size_t i, struct error *err)
{
	return journal_sending(shop.store, action(i), "x", NOW, err);
}

static int64_t rows(const char *sql)
{
	return fixture_number(shop.dir, JOURNAL, sql);
}

static void note(void *arg, const char *sentence)
{
	(void)arg;
	print_message("# %s\n", sentence);
}

static void is_sound(void)
{
	struct verify_result result;

	assert_true(journal_verify(shop.dir, NULL, note, NULL, &result, NULL));
	assert_int_equal(result.findings, 0);
}

/* ---- tests ------------------------------------------------------------------------------------- */

static void it_is_read_as_it_was_written(void **state)
{
	struct batch_items read = BATCH_ITEMS_INIT;
	struct batch_counts c;
	struct batch now;
	int64_t id = 0;

	(void)state;
	assert_true(add(MANY, 7, &id, NULL));
	assert_true(reader_batch_open(shop.reader, &now, NULL));
	assert_int_equal(now.id, id);
	assert_string_equal(now.kind, "accept");
	assert_int_equal(now.state, BATCH_RUNNING);
	assert_int_equal(now.confirmed_ms, NOW);
	assert_true(reader_batch_items(shop.reader, id, &read, NULL));
	assert_int_equal(read.n, MANY);
	assert_int_equal(read.items[7].action_id, 0);
	assert_string_equal(read.items[7].message, "болмайды");
	assert_string_equal(read.items[8].code, shop.orders.items[8].code);
	assert_int_equal(read.items[8].action_id, action(8));
	assert_int_equal(batch_of_action(shop.store, action(8)), id);
	assert_int_equal(batch_of_action(shop.store, 0), 0);
	reader_batch_counts(shop.reader, id, &c);
	assert_int_equal(c.total, MANY);
	assert_int_equal(c.waiting, MANY - 1);
	assert_int_equal(c.refused, 1);
	batch_items_clear(&read);
	is_sound();
}

/* One transaction, and hence one wait for the disk. */
static void a_full_disk_leaves_nothing(void **state)
{
	struct error err = ERROR_INIT;
	struct rlimit limit, old;
	int64_t id = 0;

	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &old);
	limit = old;
	limit.rlim_cur = 96 * 1024;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	assert_false(add(MANY, -1, &id, &err));
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	assert_int_equal(err.code, ERR_STORAGE);
	assert_int_equal(rows("SELECT count(*) FROM action"), 0);
	assert_int_equal(rows("SELECT count(*) FROM batch_item"), 0);
	assert_int_equal(rows("SELECT count(*) FROM batch"), 0);
	assert_true(add(MANY, -1, &id, &err));
	assert_int_equal(rows("SELECT count(*) FROM action"), MANY);
	is_sound();
}

static void an_open_action_is_an_item_with_a_sentence(void **state)
{
	int64_t first, id;

	(void)state;
	assert_true(journal_add(shop.store, &shop.orders.items[2], "accept", NULL, NULL, "Ерлан", NOW, NOW, &first,
		NULL));
	assert_true(add(5, -1, &id, NULL));
	assert_int_equal(action(2), 0);
	assert_non_null(strstr(shop.items.items[2].message, "Ерлан"));
	assert_true(action(3) > 0);
}

static void paused_the_journal_sends_nothing(void **state)
{
	struct error err = ERROR_INIT;
	struct batch now;
	bool changed;
	int64_t id, alone;

	(void)state;
	assert_true(add(5, -1, &id, NULL));
	assert_true(journal_add(shop.store, &shop.orders.items[9], "accept", NULL, NULL, "x", NOW, NOW, &alone, NULL));
	assert_true(sends(0, &err));
	assert_true(batch_pause(shop.store, id, true, "неге", NOW + 1, &changed, &err));
	assert_true(changed);
	assert_true(batch_pause(shop.store, id, true, NULL, NOW + 2, &changed, &err));
	assert_false(changed);
	assert_false(sends(1, &err));
	assert_int_equal(err.code, ERR_CANCELLED);
	assert_true(journal_sending(shop.store, alone, "x", NOW, &err));
	/* What is under way ends. */
	assert_true(journal_move(shop.store, action(0), ACTION_SENDING, ACTION_DONE, NULL, "x", NOW, &err));
	assert_true(batch_get(shop.store, id, &now, &err));
	assert_int_equal(now.state, BATCH_PAUSED);
	assert_string_equal(now.message, "неге");
	assert_true(batch_pause(shop.store, id, false, NULL, NOW + 3, &changed, &err));
	assert_true(batch_get(shop.store, id, &now, &err));
	assert_int_equal(now.agreed_ms, NOW + 3);
	assert_string_equal(now.message, "");
	assert_true(sends(1, &err));
	is_sound();
}

static void stopped_what_waits_is_taken_back(void **state)
{
	struct error err = ERROR_INIT;
	struct batch_counts c;
	bool changed;
	int64_t id;
	size_t n;

	(void)state;
	assert_true(add(MANY, -1, &id, NULL));
	assert_true(sends(0, &err));
	assert_true(batch_stop(shop.store, id, NULL, "x", NOW, &n, &err));
	assert_int_equal(n, MANY - 1);
	reader_batch_counts(shop.reader, id, &c);
	assert_int_equal(c.sending, 1);
	assert_int_equal(c.undone, MANY - 1);
	assert_false(batch_pause(shop.store, id, false, NULL, NOW, &changed, &err));
	assert_int_equal(err.code, ERR_CONFLICT);
	/* What comes back from its way is not sent once more. */
	assert_true(journal_move(shop.store, action(0), ACTION_SENDING, ACTION_QUEUED, NULL, "x", NOW, &err));
	assert_false(sends(0, &err));
	is_sound();
}

static void they_are_forgotten_with_the_texts(void **state)
{
	struct error err = ERROR_INIT;
	struct batch now;
	int64_t first, second;

	(void)state;
	assert_true(add(3, -1, &first, NULL));
	for (size_t i = 0; i < 3; i++)
		assert_true(journal_move(shop.store, action(i), ACTION_QUEUED, ACTION_UNDONE, NULL, "x", NOW, &err));
	assert_true(add(3, -1, &second, NULL));
	assert_true(journal_move(shop.store, action(0), ACTION_QUEUED, ACTION_UNDONE, NULL, "x", NOW, &err));
	assert_true(journal_purge(shop.store, NOW, &err));
	assert_true(reader_batch(shop.reader, first, &now, NULL));
	assert_true(journal_purge(shop.store, NOW + 1, &err));
	assert_false(reader_batch(shop.reader, first, &now, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	/* Something of it is open. */
	assert_true(reader_batch(shop.reader, second, &now, NULL));
	assert_int_equal(rows("SELECT count(*) FROM batch_item"), 3);
	is_sound();
}

static void a_journal_without_batches_gets_them(void **state)
{
	int64_t id;

	(void)state;
	assert_true(add(3, -1, &id, NULL));
	reader_close(shop.reader);
	store_close(shop.store);
	fixture_sql(shop.dir, JOURNAL, "DROP TABLE batch_item; DROP TABLE batch; PRAGMA user_version = 2;");
	shop.store = store_open(shop.dir, NULL, NULL);
	shop.reader = reader_open(shop.dir, NULL);
	assert_non_null(shop.reader);
	assert_true(fixture_exists(shop.dir, JOURNAL ".before-2"));
	/* Actions of then belong to none, and can be sent. */
	assert_int_equal(batch_of_action(shop.store, action(0)), 0);
	assert_true(sends(0, NULL));
	is_sound();
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(it_is_read_as_it_was_written),
		TEST(a_full_disk_leaves_nothing),
		TEST(an_open_action_is_an_item_with_a_sentence),
		TEST(paused_the_journal_sends_nothing),
		TEST(stopped_what_waits_is_taken_back),
		TEST(they_are_forgotten_with_the_texts),
		TEST(a_journal_without_batches_gets_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
