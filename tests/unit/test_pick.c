#include "order/pick.h"

#include <inttypes.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "order/pick_write.h"
#include "tests/unit/unit.h"

/* What a test puts onto a list: one line of an order. */
struct given {
	const char *code, *article, *name, *point;
	int64_t quantity, weight_g;
	const char *unit, *product;
};

static void add(struct pick *p, const struct given *lines, size_t n)
{
	for (size_t i = 0, end; i < n; i = end) {
		const struct order o = { .code = lines[i].code };
		struct entry_list entries = ENTRY_LIST_INIT;

		for (end = i; end < n && !strcmp(lines[end].code, lines[i].code); end++) {
			struct entry *e = entry_list_add(&entries);

			e->article = lines[end].article;
			e->name = lines[end].name;
			e->point_id = e->point_name = lines[end].point;
			e->quantity = lines[end].quantity;
			e->weight_g = lines[end].weight_g;
			e->unit = lines[end].unit ? lines[end].unit : "PIECES";
			e->product_id = lines[end].product ? lines[end].product : "";
		}
		pick_add(p, &o, &entries);
		entry_list_clear(&entries);
	}
}

#define ADD(p, lines) add((p), (lines), sizeof(lines) / sizeof((lines)[0]))

static void lines_are_summed_with_the_orders_behind_them(void **state)
{
	static const struct given lines[] = {
		{ "1", "K-1", "Чайник", "PP1", 2, 0, NULL, NULL },
		{ "2", "K-1", "Чайник белый", "PP1", 1, 0, NULL, NULL },
		{ "2", "A-1", "Аэрогриль", "PP1", 1, 0, NULL, NULL },
		{ "2", "K-1", "Чайник", "PP1", 4, 0, NULL, NULL },
		{ "3", "K-1", "Чайник", "PP1", 1, 0, NULL, NULL },
		{ "3", "Z-1", "Removed", "PP1", 0, 0, NULL, NULL },
	};
	struct pick p = PICK_INIT;

	(void)state;
	ADD(&p, lines);
	pick_sum(&p);
	assert_int_equal(p.n_codes, 3);
	assert_int_equal(p.n_items, 2);
	assert_false(p.several_warehouses);
	assert_string_equal(p.items[0].line->name, "Аэрогриль");
	assert_string_equal(p.items[1].line->name, "Чайник");
	assert_int_equal(p.items[1].amount.quantity, 8);
	assert_int_equal(p.items[1].n, 3);
	assert_string_equal(p.items[1].parts[1].code, "2");
	assert_int_equal(p.items[1].parts[1].amount.quantity, 5);
	assert_int_equal(p.n_orders, 1);	/* 3 has one line left */
	assert_string_equal(p.orders[0].code, "2");
	assert_int_equal(p.orders[0].n, 3);
	assert_string_equal(p.orders[0].lines[2].article, "K-1");
	assert_int_equal(p.n_left_out, 0);
	pick_clear(&p);
}

static void they_stand_by_warehouse_and_then_by_name(void **state)
{
	static const struct given lines[] = {
		{ "1", "1", "яблоко", "PP2", 1, 0, NULL, NULL },
		{ "1", "2", "Әлия шайы", "PP2", 1, 0, NULL, NULL },
		{ "1", "3", "Бәйтерек", "PP2", 1, 0, NULL, NULL },
		{ "1", "5", "ёлка", "PP2", 1, 0, NULL, NULL },
		{ "1", "4", "Ёлка", "PP2", 1, 0, NULL, NULL },
		{ "1", "6", "Zebra", "PP1", 1, 0, NULL, NULL },
		{ "1", "7", "apple", "PP1", 1, 0, NULL, NULL },
	};
	static const char *const articles[] = { "7", "6", "2", "3", "4", "5", "1" };
	struct pick p = PICK_INIT;

	(void)state;
	ADD(&p, lines);
	pick_sum(&p);
	assert_true(p.several_warehouses);
	assert_int_equal(p.n_items, 7);
	for (size_t i = 0; i < 7; i++)
		assert_string_equal(p.items[i].line->article, articles[i]);
	pick_clear(&p);
}

static void without_an_article_the_product_or_the_name_tells(void **state)
{
	static const struct given lines[] = {
		{ "1", "", "Чай", "", 1, 0, NULL, "p1" },
		{ "2", "", "Чай «Пиала»", "", 2, 0, NULL, "p1" },
		{ "3", "", "Чай", "", 4, 0, NULL, "p2" },
		{ "4", "", "Чай", "", 8, 0, NULL, NULL },
		{ "5", "", "Чай", "", 16, 0, NULL, NULL },
		{ "6", "p1", "Чай", "", 32, 0, NULL, NULL },
		{ "7", "", "", "", 64, 0, NULL, NULL },
	};
	struct pick p = PICK_INIT;
	int64_t sums = 0;

	(void)state;
	ADD(&p, lines);
	pick_sum(&p);
	assert_int_equal(p.n_items, 5);
	for (size_t i = 0; i < p.n_items; i++)
		sums |= p.items[i].amount.quantity == 3 || p.items[i].amount.quantity == 24 ?
			p.items[i].amount.quantity : 0;
	assert_int_equal(sums, 27);
	pick_clear(&p);
}

static void weights_count_where_goods_are_weighed(void **state)
{
	static const struct given lines[] = {
		{ "1", "W", "Алма", "", 1, 1500, "MEASURABLE", NULL },
		{ "2", "W", "Алма", "", 1, 500, "MEASURABLE", NULL },
		{ "3", "M", "Қауын", "", 2, 3800, "MEASURABLE_PIECES", NULL },
		{ "4", "P", "Чайник", "", 3, 2000, "PIECES", NULL },
		{ "5", "X", "Шар", "", 3, 10, "SOMETHING_ELSE", NULL },
		{ "6", "P", "Чайник", "", 1, 700, "MEASURABLE", NULL },
	};
	static const struct {
		int64_t quantity, weight_g;
	} sums[] = { { 0, 2000 }, { 2, 3800 }, { 0, 700 }, { 3, 0 }, { 3, 0 } };
	struct pick p = PICK_INIT;

	(void)state;
	ADD(&p, lines);
	pick_sum(&p);
	assert_int_equal(p.n_items, 5);
	for (size_t i = 0; i < 5; i++) {
		assert_int_equal(p.items[i].amount.quantity, sums[i].quantity);
		assert_int_equal(p.items[i].amount.weight_g, sums[i].weight_g);
	}
	pick_clear(&p);
}

static void an_order_without_lines_is_named(void **state)
{
	static const struct given lines[] = {
		{ "1", "A", "a", "", 0, 0, NULL, NULL },
		{ "2", "A", "a", "", INT64_MAX - 1, 0, NULL, NULL },
		{ "3", "A", "a", "", 5, 0, NULL, NULL },
		{ "4", "A", "a", "", -5, 0, NULL, NULL },
	};
	struct pick p = PICK_INIT, none = PICK_INIT;

	(void)state;
	ADD(&p, lines);
	pick_leave_out(&p, "9", "no answer");
	pick_sum(&p);
	assert_int_equal(p.n_codes, 2);
	assert_int_equal(p.n_left_out, 3);
	assert_string_equal(p.left_out[0].code, "1");
	assert_string_equal(p.left_out[1].code, "4");
	assert_string_equal(p.left_out[2].why, "no answer");
	assert_true(p.items[0].amount.quantity == INT64_MAX);
	pick_clear(&p);
	pick_sum(&none);
	assert_int_equal(none.n_items, 0);
	pick_clear(&none);
}

/* ---- by seeds -------------------------------------------------------------------------------- */

static uint64_t seed;

static int64_t below(int64_t n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (int64_t)((seed >> 33) % (uint64_t)n);
}

static void add_random(struct pick *p, int i, struct pick_amount *all, size_t *lines)
{
	static const char *const units[] = { "PIECES", "MEASURABLE", "MEASURABLE_PIECES", "" };
	static const char *const words[] = { "", "a", "A", "ә", "=x", "Ёж", "еж" };
	struct entry_list entries = ENTRY_LIST_INIT;
	char code[16];

	snprintf(code, sizeof(code), "%d", i);
	for (int64_t n = below(6); n > 0; n--) {
		struct entry *e = entry_list_add(&entries);
		int64_t quantity, weight_g;

		e->article = words[below(7)];
		e->name = words[below(7)];
		e->product_id = words[below(7)];
		e->point_id = words[below(3)];
		e->unit = units[below(4)];
		e->quantity = below(4);
		e->weight_g = below(2) * below(5000);
		entry_amount(e, &quantity, &weight_g);
		if (e->quantity == 0)
			continue;
		all->quantity += quantity;
		all->weight_g += weight_g;
		(*lines)++;
	}
	pick_add(p, &(struct order){ .code = code }, &entries);
	entry_list_clear(&entries);
}

static bool has_sums(const struct pick *p, const struct pick_amount *all)
{
	struct pick_amount items = { 0, 0 }, parts = { 0, 0 };
	bool ok = true;

	for (size_t i = 0; i < p->n_items; i++) {
		items.quantity += p->items[i].amount.quantity;
		items.weight_g += p->items[i].amount.weight_g;
		for (size_t j = 0; j < p->items[i].n; j++) {
			parts.quantity += p->items[i].parts[j].amount.quantity;
			parts.weight_g += p->items[i].parts[j].amount.weight_g;
			ok &= j == 0 || strcmp(p->items[i].parts[j].code, p->items[i].parts[j - 1].code) != 0;
		}
		ok &= i == 0 || strcmp(p->items[i - 1].line->folded, p->items[i].line->folded) <= 0;
	}
	return ok && items.quantity == all->quantity && items.weight_g == all->weight_g &&
		parts.quantity == all->quantity && parts.weight_g == all->weight_g;
}

static bool holds_for(uint64_t s)
{
	struct pick p = PICK_INIT;
	struct pick_amount all = { 0, 0 };
	size_t lines = 0, orders = s % 40;
	bool ok;

	seed = s;
	for (size_t i = 0; i < orders; i++)
		add_random(&p, (int)i, &all, &lines);
	pick_sum(&p);
	ok = has_sums(&p, &all) && p.n_lines == lines && p.n_codes + p.n_left_out == orders;
	pick_clear(&p);
	return ok;
}

static void sums_over_items_are_those_over_entries(void **state)
{
	const char *only = getenv("DUKEN_TEST_SEED");
	uint64_t first = only ? strtoull(only, NULL, 10) : 1, last = only ? first : 300;

	(void)state;
	for (uint64_t s = first; s <= last; s++)
		if (!holds_for(s))
			fail_msg("DUKEN_TEST_SEED=%" PRIu64, s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_summed_with_the_orders_behind_them),
		cmocka_unit_test(they_stand_by_warehouse_and_then_by_name),
		cmocka_unit_test(without_an_article_the_product_or_the_name_tells),
		cmocka_unit_test(weights_count_where_goods_are_weighed),
		cmocka_unit_test(an_order_without_lines_is_named),
		cmocka_unit_test(sums_over_items_are_those_over_entries),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
