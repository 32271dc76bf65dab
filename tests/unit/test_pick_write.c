/* The pick list on paper, as a table and as JSON, with names that mean harm. */
#include "order/pick_write.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "net/json.h"
#include "tests/unit/unit.h"

#define NOW_MS 1763870400000	/* 23.11.2025 09:00 in Almaty */
#define MOST (INT64_C(1) << 53)	/* the largest number that JSON brings */

static struct buf out = BUF_INIT(BUF_MAX_OUTPUT);
static struct pick p = PICK_INIT;

static int setup(void **state)
{
	(void)state;
	return zone_set("Asia/Almaty", NULL) && setlocale(LC_ALL, "C.UTF-8") ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	pick_clear(&p);
	buf_clear(&out);
	return 0;
}

static void line(struct entry_list *list, const char *article, const char *name, const char *point, int64_t n)
{
	struct entry *e = entry_list_add(list);

	e->article = article;
	e->name = name;
	e->point_id = e->point_name = point;
	e->quantity = n;
	e->unit = "PIECES";
}

static void weigh(struct entry_list *list, const char *unit, int64_t weight_g)
{
	list->items[list->n - 1].unit = unit;
	list->items[list->n - 1].weight_g = weight_g;
}

static void add(const char *code, struct entry_list *list)
{
	pick_add(&p, &(struct order){ .code = code, .customer = "Айгерім Сәрсенова" }, list);
	entry_list_clear(list);
}

static void write_text(int columns)
{
	const struct pick_head head = { .shop = "Дүкен", .now_ms = NOW_MS };

	pick_sum(&p);
	pick_write_text(&p, &head, columns, &out);
}

static void on_paper(void **state)
{
	struct entry_list one = ENTRY_LIST_INIT, two = ENTRY_LIST_INIT, three = ENTRY_LIST_INIT;

	(void)state;
	line(&one, "CHN-17", "Чайник 1,7 л", "PP1", 2);
	add("412345678", &one);
	line(&two, "CHN-17", "Чайник 1,7 л", "PP1", 1);
	line(&two, "F-1", "Алма апорт", "PP1", 1);
	weigh(&two, "MEASURABLE", 1900);
	add("412345679", &two);
	line(&three, "F-2", "Қауын", "PP1", 2);
	weigh(&three, "MEASURABLE_PIECES", 7600);
	add("412345680", &three);
	pick_leave_out(&p, "412345681", "No answer.");
	write_text(60);
	assert_string_equal(buf_str(&out),
		"Pick list, Дүкен                            23.11.2025 09:00\n"
		"3 orders; 1 more is not on this list, see its end\n"
		"\n"
		"[ ]    1 900 g  F-1     Алма апорт\n"
		"                412345679: 1 900 g\n"
		"[ ] 2, 7 600 g  F-2     Қауын\n"
		"                412345680: 2, 7 600 g\n"
		"[ ]          3  CHN-17  Чайник 1,7 л\n"
		"                412345678: 2, 412345679: 1\n"
		"\n"
		"Orders of several lines, packed together:\n"
		"\n"
		"412345679\n"
		"  [ ]          1  CHN-17  Чайник 1,7 л\n"
		"  [ ]    1 900 g  F-1     Алма апорт\n"
		"\n"
		"Not on this list:\n"
		"412345681: No answer.\n");
}

static void warehouses_have_their_heads(void **state)
{
	struct entry_list one = ENTRY_LIST_INIT;

	(void)state;
	line(&one, "A", "a", "PP2", 1);
	line(&one, "B", "", "PP1", 1);
	line(&one, "", "c", "", 1);
	add("1", &one);
	write_text(80);
	assert_non_null(strstr(buf_str(&out), "\n1 order\n\nWarehouse not known yet\n[ ] 1     c\n       1: 1\n"
		"\nPP1\n[ ] 1  B  Name not known yet\n       1: 1\n\nPP2\n[ ] 1  A  a\n       1: 1\n"));
}

static void check_widths(int columns)
{
	const char *s = buf_str(&out);

	while (*s) {
		size_t len = strcspn(s, "\n");
		char one[2000];

		assert_true(len < sizeof(one));
		memcpy(one, s, len);
		one[len] = '\0';
		if (text_width(one) > columns)
			fail_msg("wider than %d: %s", columns, one);
		assert_true(len == 0 || one[len - 1] != ' ');
		assert_int_equal(s[len], '\n');
		s += len + 1;
	}
}

static const char long_words[] = "Ұзын_атауы_бар_тауар_Ұзын_атауы_бар_тауар_Ұзын_атауы_бар_тауар_Ұзын_атауы_бар";
static const char wide[] = "漢字漢字漢字漢字漢字 漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字";

static void no_line_is_wider_than_the_paper(void **state)
{
	(void)state;
	for (int i = 0; i < 40; i++) {
		struct entry_list lines = ENTRY_LIST_INIT;
		char code[16];

		snprintf(code, sizeof(code), "4123456%02d", i);
		line(&lines, "A", "a", i % 2 ? "PP1" : wide, 1000000000 + i);
		line(&lines, "AN-ARTICLE-THAT-IS-LONGER-THAN-ITS-COLUMN-AND-THAN-MOST-ARTICLES-ARE", long_words, "PP1", 1);
		line(&lines, "漢字漢字", wide, "PP1", MOST);
		weigh(&lines, "MEASURABLE_PIECES", MOST);
		line(&lines, "e\u0301e\u0301", "е\u0301е\u0301 е\u0301", "PP1", 1);
		add(code, &lines);
	}
	pick_leave_out(&p, "412345699", long_words);
	write_text(80);
	check_widths(80);
	buf_reset(&out);
	pick_write_text(&p, &(struct pick_head){ .shop = wide, .now_ms = NOW_MS }, 80, &out);
	check_widths(80);
	assert_non_null(strstr(buf_str(&out),
		"AN-ARTICLE-THAT-IS-LONGER-THAN-ITS-COLUMN"));
	assert_non_null(strstr(buf_str(&out), "412345639: "));
}

static void no_buyer_is_on_it(void **state)
{
	struct entry_list one = ENTRY_LIST_INIT;
	struct json_writer w = JSON_WRITER(&out);

	(void)state;
	line(&one, "A", "a", "", 1);
	add("1", &one);
	write_text(80);
	pick_write_csv(&p, &out);
	json_open(&w, NULL, '{');
	pick_write_json(&p, &w);
	assert_null(strstr(buf_str(&out), "Айгерім"));
}

static void as_a_table(void **state)
{
	struct entry_list one = ENTRY_LIST_INIT, two = ENTRY_LIST_INIT;

	(void)state;
	line(&one, "-1", "=cmd|' /C calc'!A0", "@home", 2);
	add("1", &one);
	line(&two, "B", "15\" экран, \"қара\"", "@home", 1);
	line(&two, "-1", "x", "@home", 3);
	add("2", &two);
	pick_sum(&p);
	pick_write_csv(&p, &out);
	assert_string_equal(buf_str(&out),
		"\xef\xbb\xbfwarehouse,article,name,unit,quantity,weight_g,orders\r\n"
		"'@home,B,\"15\"\" экран, \"\"қара\"\"\",PIECES,1,,2: 1\r\n"
		"'@home,'-1,'=cmd|' /C calc'!A0,PIECES,5,,\"1: 2; 2: 3\"\r\n");
}

static void as_json(void **state)
{
	struct entry_list one = ENTRY_LIST_INIT;
	struct json_writer w = JSON_WRITER(&out);
	struct error err = ERROR_INIT;
	const struct json_value *item, *order;
	struct arena a = ARENA_INIT;
	struct json *doc;

	(void)state;
	line(&one, "", "\"}],\n\"x\":[", "", 2);
	line(&one, "W", "Алма", "", 1);
	weigh(&one, "MEASURABLE", 900);
	add("1", &one);
	pick_leave_out(&p, "9", "No answer.");
	pick_sum(&p);
	json_open(&w, NULL, '{');
	pick_write_json(&p, &w);
	json_close(&w, '}');
	doc = json_parse(buf_str(&out), out.len, &err);
	assert_non_null(doc);
	item = json_first(json_get(json_root(doc), "items"));
	assert_false(json_present(json_get(item, "article")));
	assert_string_equal(json_note(json_get(item, "name"), &a, 100), "\"}],\n\"x\":[");
	assert_int_equal(json_int(json_get(item, "quantity"), 0), 2);
	assert_string_equal(json_text(json_get(json_first(json_get(item, "orders")), "code"), &a, 10), "1");
	item = json_next(item);
	assert_false(json_present(json_get(item, "quantity")));
	assert_int_equal(json_int(json_get(item, "weight_g"), 0), 900);
	order = json_first(json_get(json_root(doc), "orders"));
	assert_non_null(json_next(json_first(json_get(order, "lines"))));
	assert_string_equal(json_text(json_get(json_first(json_get(json_root(doc), "left_out")), "code"), &a, 10), "9");
	arena_clear(&a);
	json_free(doc);
}

#define TEST(f) cmocka_unit_test_teardown(f, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(on_paper),
		TEST(warehouses_have_their_heads),
		TEST(no_line_is_wider_than_the_paper),
		TEST(no_buyer_is_on_it),
		TEST(as_a_table),
		TEST(as_json),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
