#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/reader.h"
#include "store/words.h"
#include "tests/unit/store_fixture.h"
#include "tests/unit/unit.h"

#define CROWD 9000	/* orders around ours: more than the index takes up at once, and a rest */

struct house {
	char *dir;
	struct store *store;
	struct reader *reader;
	struct error err;
};

static struct house house;

static struct order *named(struct order_list *list, int64_t n, const char *customer, const char *phone)
{
	struct order *o = fixture_order(list, n);

	o->customer = customer;
	o->phone = phone;
	o->queue = "pack";
	o->address = "Астана, Мәңгілік Ел, 5";
	o->town = "Астана";
	return o;
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
	for (int64_t i = 1000; i < 1000 + CROWD; i++) {
		struct order *o = fixture_order(&page, i);

		o->customer = "Толпа";
		o->phone = "7779999999";
		if (page.n < 1000)
			continue;
		if (!store_put_listed(house.store, &pass, &page, 1, NULL, NULL))
			return -1;
		order_list_reset(&page);
	}
	named(&page, 1, "Жұмабай Сәрсенов", "7011234567");
	named(&page, 2, "Ғалым Ёлкин", "+7 (702) 555-00-11");
	named(&page, 3, "O'Hara \"Quote\" AND Star*", "");
	if (!store_put_listed(house.store, &pass, &page, 1, NULL, NULL))
		return -1;
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

static size_t found(const char *typed, const char *queue, const char **customer)
{
	static struct row_list rows;
	const struct view v = { .queue = queue, .search = typed };

	*customer = "";
	assert_true(reader_rows(house.reader, &v, NULL, READ_FORWARD, 20000, &rows, &house.err));
	if (rows.orders.n)
		*customer = arena_strdup(&rows.orders.arena, rows.orders.items[0].customer);
	if (!rows.orders.n || rows.orders.n > 100)
		row_list_clear(&rows);
	return rows.orders.n;
}

/* In the one queue, by the scan, and among all, by the index. */
static void check_found(const char *typed, const char *customer)
{
	static const char *const queues[] = { "pack", NULL };
	const char *who;

	for (size_t i = 0; i < 2; i++) {
		size_t n = found(typed, queues[i], &who);

		if (n != (*customer ? 1 : 0) || strcmp(who, customer) != 0)
			fail_msg("\"%s\" found %zu times, %s", typed, n, who);
	}
}

static void words_are_found_however_they_are_typed(void **state)
{
	static const struct {
		const char *typed, *customer;
	} cases[] = {
		{ "жумабай", "Жұмабай Сәрсенов" }, { "ЖҰМА", "Жұмабай Сәрсенов" },
		{ "сарсенов жумабай", "Жұмабай Сәрсенов" }, { "galym", "Ғалым Ёлкин" },
		{ "елкин", "Ғалым Ёлкин" }, { "Ёлк Ғал", "Ғалым Ёлкин" },
		{ "4567", "Жұмабай Сәрсенов" }, { "0011", "Ғалым Ёлкин" },
		{ "7011234567", "Жұмабай Сәрсенов" }, { "87011234567", "Жұмабай Сәрсенов" },
		{ "+7 701 123-45-67", "Жұмабай Сәрсенов" }, { "7025550011", "Ғалым Ёлкин" },
		{ "77025", "Ғалым Ёлкин" }, { "899999999", "Жұмабай Сәрсенов" },
		{ "жумабай мангилик", "Жұмабай Сәрсенов" }, { "жумабай елкин", "" },
		{ "умабай", "" }, { "жумабайй", "" }, { "никого", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check_found(cases[i].typed, cases[i].customer);
}

static void hostile_words_are_only_text(void **state)
{
	static const char *const nobody[] = { "text:жумабай NOT", "\"\"\" x", "NEAR(жумабай елкин)", "x* OR y",
		"'; DROP TABLE orders; --", "^zz", "{text} : z", "%zz_", "\xff\xfe zz" };
	static const char *const hara[] = { "O'Hara", "\"quote\"", "and star*", "AND", "*quote*", "-quote",
		"\"star", "quote)" };
	const char *who;

	(void)state;
	for (size_t i = 0; i < sizeof(nobody) / sizeof(nobody[0]); i++)
		check_found(nobody[i], "");
	for (size_t i = 0; i < sizeof(hara) / sizeof(hara[0]); i++)
		check_found(hara[i], "O'Hara \"Quote\" AND Star*");
	/* Nothing to compare: all. */
	assert_int_equal(found("*", "pack", &who), 3);
	assert_int_equal(found("  ", "pack", &who), 3);
	assert_int_equal(found("a b c d e f g h i j k l m n o p q r s t", "pack", &who), 0);
}

/* Scan and index agree, also on rows that the index does not hold yet, forward and backward. */
static void windows_of_matches_are_the_whole(void **state)
{
	static const char *const typed[] = { "толпа", "толпа абая", "89999", "tolpa dostyk", "толпа 150" };
	struct row_list rows = ROW_LIST_INIT, all = ROW_LIST_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(typed) / sizeof(typed[0]); i++) {
		const struct view v = { .queue = "archive", .search = typed[i] };
		struct row_key key, *from = NULL;
		size_t seen = 0, rank;

		assert_true(reader_rows(house.reader, &v, NULL, READ_FORWARD, 100000, &all, NULL));
		assert_true(all.orders.n > 0);
		do {
			assert_true(reader_rows(house.reader, &v, from, READ_BACKWARD, 333, &rows, NULL));
			for (size_t k = rows.orders.n; k > 0; k--)
				assert_memory_equal(&rows.keys[k - 1], &all.keys[all.orders.n - ++seen],
					sizeof(struct row_key));
			if (rows.orders.n)
				key = rows.keys[0];
			from = &key;
		} while (rows.orders.n);
		assert_int_equal(seen, all.orders.n);
		assert_true(reader_rank(house.reader, &v, &all.keys[seen / 2], 100000, &rank, NULL));
		assert_int_equal(rank, seen / 2);
		assert_true(reader_count(house.reader, &v, 100000, &rank, NULL));
		assert_int_equal(rank, seen);
	}
	row_list_clear(&rows);
	row_list_clear(&all);
}

static void goods_are_found_when_they_arrive(void **state)
{
	struct order_list list = ORDER_LIST_INIT;
	struct entry_list entries = ENTRY_LIST_INIT;
	struct entry *e = entry_list_add(&entries);
	const struct fact fact = { FACT_MERCHANT_PRODUCT, "prod", "ART-0042", "Көйлек қызыл", "", "", "", 1 };
	struct order *o = named(&list, 1, "Жұмабай Сәрсенов", "7011234567");
	int64_t indexed = 2000;

	(void)state;
	for (int i = 0; i < 2; i++) {
		e->product_id = "prod";
		assert_true(store_put_entries(house.store, o->id, &entries, 1, NULL));
		assert_true(store_put_fact(house.store, &fact, NULL));
		check_found("койлек", o->customer);
		check_found("art 0042", o->customer);
		check_found("kyzyl koylek", o->customer);
		e->product_id = "other";
		assert_true(store_put_entries(house.store, o->id, &entries, 2, NULL));
		check_found("койлек", "");
		/* The same for an order that the index holds since long. */
		o = named(&list, indexed, "Ескі", "");
		assert_true(store_put_order(house.store, o, 3, NULL, NULL));
	}
	order_list_clear(&list);
	entry_list_clear(&entries);
}

static void a_changed_name_is_found_by_the_new_words_alone(void **state)
{
	struct order_list list = ORDER_LIST_INIT;

	(void)state;
	assert_true(store_put_order(house.store, named(&list, 3000, "Бұрынғы", ""), 1, NULL, NULL));
	check_found("бурынгы", "Бұрынғы");
	list.items[0].customer = "Кейінгі";
	assert_true(store_put_order(house.store, &list.items[0], 2, NULL, NULL));
	check_found("бурынгы", "");
	check_found("кейинги", "Кейінгі");
	order_list_clear(&list);
}

/* Ends the pass, so that everything is in the index. */
static void the_whole_index_says_the_same(void **state)
{
	struct order_list missing = ORDER_LIST_INIT;
	struct pass pass;

	assert_true(store_pass_begin(house.store, "NOBODY", 0, 1, &pass, NULL));
	assert_true(store_pass_end(house.store, &pass, 1, &missing, NULL));
	words_are_found_however_they_are_typed(state);
	hostile_words_are_only_text(state);
	windows_of_matches_are_the_whole(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_found_however_they_are_typed),
		cmocka_unit_test(hostile_words_are_only_text),
		cmocka_unit_test(windows_of_matches_are_the_whole),
		cmocka_unit_test(the_whole_index_says_the_same),
		cmocka_unit_test(goods_are_found_when_they_arrive),
		cmocka_unit_test(a_changed_name_is_found_by_the_new_words_alone),
	};

	return cmocka_run_group_tests(tests, open_house, close_house);
}
