#include "net/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_write.h"
#include "base/mem.h"
#include "tests/unit/unit.h"

static struct json *parsed(const char *text)
{
	struct error err = ERROR_INIT;
	/* A copy without a NUL at its end: reading past it is then found by the sanitizer. */
	size_t len = strlen(text);
	char *body = memcpy(xmalloc(len), text, len);
	struct json *doc = json_parse(body, len, &err);

	free(body);
	if (!doc)
		fail_msg("%s: %s", text, err.text);
	return doc;
}

static void refused(const char *body, size_t len, const char *words)
{
	struct error err = ERROR_INIT;
	struct json *doc = json_parse(body, len, &err);

	if (doc)
		fail_msg("taken: %.60s", body);
	assert_int_equal(err.code, ERR_BAD_REPLY);
	if (words && !strstr(err.text, words))
		fail_msg("%.60s: %s", body, err.text);
}

static void proper_documents_are_read(void **state)
{
	static const char *const good[] = {
		"{}", "[]", " \t\r\n[1]\n", "null", "0", "-0.0e-10", "\"\"", "[1e5,1E+5,-1.25]",
		"{\"a\":{\"b\":[null,true,false,\"\\u0451\\n\\ud83d\\ude00\"]}}",
		"\"ё\xf0\x9f\x98\x80\xf4\x8f\xbf\xbf\xed\x9f\xbf\xee\x80\x80\"",
		"[\"0123456789abcdef\\\\\\\"0123456789\"]", "{\"a\":1,\"A\":2}",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		json_free(parsed(good[i]));
}

static void slips_are_refused_with_a_reason(void **state)
{
	static const struct {
		const char *text, *words;
	} bad[] = {
		{ "[01]", "number is not well formed" },
		{ "[-]", "number is not well formed" },
		{ "[1.]", "number is not well formed" },
		{ "[1.e5]", "number is not well formed" },
		{ "[1e]", "number is not well formed" },
		{ "[-01]", "number is not well formed" },
		{ "[.5]", "does not belong" },
		{ "[+1]", "does not belong" },
		{ "[1-2]", "breaks off or is mixed up" },
		{ "[NaN]", "does not belong" },
		{ "[Infinity]", "does not belong" },
		{ "[nul]", NULL },
		{ "[true false]", NULL },
		{ "[1,]", NULL },
		{ "{\"a\":1,}", NULL },
		{ "{\"a\" 1}", NULL },
		{ "{a:1}", NULL },
		{ "{'a':1}", "does not belong" },
		{ "[1", NULL },
		{ "\"abc", "has no end" },
		{ "\"abc\\", "has no end" },
		{ "\"\\x\"", "unknown escape" },
		{ "\"\\\xd1\x91\"", "unknown escape" },
		{ "\"\\u0x00\"", "unknown escape" },
		{ "\"\\uzzzz and more\"", "unknown escape" },
		{ "\"\\u0\\\xdb" "A1\"", "unknown escape" },
		{ "\"\\udc00\"", NULL },
		{ "\"\\ud83d\\u0041\"", NULL },
		{ "\"\\ud800\"", NULL },
		{ "\"\\u12\"", NULL },
		{ "{} {}", "follows its end" },
		{ "{}x", "follows its end" },
		{ "[]]", "follows its end" },
		{ "\xef\xbb\xbf{}", "does not belong" },
		{ "\"\x1b[31m\"", "control character" },
		{ "\"a\nb\"", "control character" },
		{ "\"a\\u0000b\"", "NUL" },
		{ "{\"\\u0000\":1}", "NUL" },
		{ "\"\xff\"", "UTF-8" },
		{ "\"\xc3\"", "UTF-8" },
		{ "\"\xc0\xaf\"", "UTF-8" },
		{ "\"\xe0\x80\xaf\"", "UTF-8" },
		{ "\"\xed\xa0\x80\"", "UTF-8" },
		{ "\"\xf4\x90\x80\x80\"", "UTF-8" },
		{ "\"\xf5\x80\x80\x80\"", "UTF-8" },
		{ "\"0123456789\xd0\"", "UTF-8" },
		{ "{\"a\":1,\"a\":2}", "two members of one name" },
		{ "{\"a\":1,\"\\u0061\":2}", "two members of one name" },
		{ "[{\"x\":{\"bb\":1,\"c\":1,\"bb\":1}}]", "two members of one name" },
		{ "\v[1]", "does not belong" },
		{ "   ", NULL },
		{ "[1111111111111111111111111111111111111111111111111111111111111111]", "too long" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		refused(bad[i].text, strlen(bad[i].text), bad[i].words);
	refused("", 0, "empty");
	refused("[]\0", 3, "does not belong");
	refused("\"a\0b\"", 5, "control character");
}

static void the_place_is_named(void **state)
{
	struct error err = ERROR_INIT;

	(void)state;
	assert_null(json_parse("[1, 02]", 7, &err));
	assert_string_equal(err.text,
		"This is not proper JSON: a number is not well formed (at byte 4).");
}

static void depth_has_an_end(void **state)
{
	char text[200];

	(void)state;
	memset(text, '[', 32);
	memset(text + 32, ']', 32);
	text[64] = '\0';
	json_free(parsed(text));
	memset(text, '[', 33);
	memset(text + 33, ']', 33);
	refused(text, 66, "nested too deeply");
	refused("]]]][[[[", 8, NULL);
}

static void size_has_an_end(void **state)
{
	char *text = xmalloc(BUF_MAX_REPLY + 1);

	(void)state;
	memset(text, ' ', BUF_MAX_REPLY + 1);
	text[0] = '1';
	json_free(json_parse(text, BUF_MAX_REPLY, NULL));
	refused(text, BUF_MAX_REPLY + 1, "more JSON than");
	free(text);
}

static void many_members(int n, bool repeat, bool taken)
{
	struct buf b = BUF_INIT(BUF_MAX_FILE);
	struct json *doc;

	buf_addc(&b, '{');
	for (int i = 0; i < n; i++)
		buf_addf(&b, "%s\"member%d\":%d", i ? "," : "", repeat && i == n - 1 ? 0 : i, i);
	buf_addc(&b, '}');
	doc = json_parse(buf_str(&b), b.len, NULL);
	assert_int_equal(doc != NULL, taken);
	json_free(doc);
	buf_clear(&b);
}

static void repeated_names_are_found_in_large_objects(void **state)
{
	(void)state;
	many_members(64, false, true);
	many_members(64, true, false);
	many_members(65, false, true);
	many_members(65, true, false);
	many_members(20000, false, true);
	many_members(20000, true, false);
}

static void nothing_answers_nothing(void **state)
{
	struct arena a = ARENA_INIT;

	(void)state;
	assert_null(json_get(NULL, "a"));
	assert_null(json_first(NULL));
	assert_null(json_next(NULL));
	assert_string_equal(json_name(NULL), "");
	assert_false(json_is_object(NULL));
	assert_false(json_is_array(NULL));
	assert_false(json_present(NULL));
	assert_string_equal(json_text(NULL, &a, 5), "");
	assert_string_equal(json_id(NULL, &a), "");
	assert_false(json_bool(NULL));
	assert_int_equal(json_int(NULL, -7), -7);
	assert_true(json_double(NULL, 1.5) == 1.5);
	assert_int_equal(json_money(NULL), 0);
	assert_null(json_root(NULL));
	json_free(NULL);
}

static int64_t as_int(const char *text)
{
	struct json *doc = parsed(text);
	int64_t i = json_int(json_root(doc), -1);

	json_free(doc);
	return i;
}

static int64_t as_money(const char *text)
{
	struct json *doc = parsed(text);
	int64_t i = json_money(json_root(doc));

	json_free(doc);
	return i;
}

static void whole_numbers_come_in_any_writing(void **state)
{
	(void)state;
	assert_int_equal(as_int("4000"), 4000);
	assert_int_equal(as_int("4000.0"), 4000);
	assert_int_equal(as_int("4e3"), 4000);
	assert_int_equal(as_int("\"4000\""), 4000);
	assert_int_equal(as_int("\"-4\""), -4);
	assert_int_equal(as_int("1706896790999"), 1706896790999);
	assert_int_equal(as_int("9007199254740991"), 9007199254740991);
	assert_int_equal(as_int("-9007199254740991"), -9007199254740991);
	assert_int_equal(as_int("9007199254740993"), -1);
	assert_int_equal(as_int("\"9007199254740993\""), -1);
	assert_int_equal(as_int("1e300"), -1);
	assert_int_equal(as_int("1e999"), -1);
	assert_int_equal(as_int("1.5"), -1);
	assert_int_equal(as_int("\"1.5\""), -1);
	assert_int_equal(as_int("\"\""), -1);
	assert_int_equal(as_int("\" 4\""), -1);
	assert_int_equal(as_int("\"99999999999999999999\""), -1);
	assert_int_equal(as_int("null"), -1);
	assert_int_equal(as_int("true"), -1);
	assert_int_equal(as_int("[1]"), -1);
}

static void money_is_rounded_half_up(void **state)
{
	(void)state;
	assert_int_equal(as_money("4000.0"), 4000);
	assert_int_equal(as_money("1012.5"), 1013);
	assert_int_equal(as_money("1012.49"), 1012);
	assert_int_equal(as_money("-1012.5"), -1012);
	assert_int_equal(as_money("-1012.51"), -1013);
	assert_int_equal(as_money("\"4000\""), 4000);
	assert_int_equal(as_money("1e300"), 0);
	assert_int_equal(as_money("{}"), 0);
}

static void text_is_clean_and_ids_are_exact(void **state)
{
	struct json *doc = parsed("{\"t\":\"a\\u001b\\nб\\u202e\",\"n\":\"a\\nb\",\"i\":\"NDE=/+\","
		"\"u\":\"идент\",\"c\":\"a\\tb\",\"k\":412345678,\"f\":1.5,\"long\":\"абвгд\"}");
	const struct json_value *v = json_root(doc);
	struct arena a = ARENA_INIT;

	(void)state;
	assert_string_equal(json_text(json_get(v, "t"), &a, 100), "a б");
	assert_string_equal(json_note(json_get(v, "n"), &a, 100), "a\nb");
	assert_string_equal(json_id(json_get(v, "i"), &a), "NDE=/+");
	assert_string_equal(json_id(json_get(v, "u"), &a), "");
	assert_string_equal(json_id(json_get(v, "c"), &a), "");
	assert_string_equal(json_text(json_get(v, "k"), &a, 100), "412345678");
	assert_string_equal(json_text(json_get(v, "f"), &a, 100), "");
	assert_string_equal(json_text(json_get(v, "long"), &a, 3), "абв");
	assert_null(json_get(v, "T"));
	arena_clear(&a);
	json_free(doc);
}

static void members_are_walked_in_order(void **state)
{
	struct json *doc = parsed("{\"a\":true,\"b\":\"true\",\"c\":null,\"d\":[2.5,\"x\"]}");
	const struct json_value *v = json_first(json_root(doc));

	(void)state;
	assert_string_equal(json_name(v), "a");
	assert_true(json_bool(v));
	v = json_next(v);
	assert_true(json_bool(v));
	v = json_next(v);
	assert_false(json_present(v));
	v = json_next(v);
	assert_true(json_is_array(v));
	assert_null(json_next(v));
	assert_true(json_double(json_first(v), 0) == 2.5);
	assert_string_equal(json_name(json_first(v)), "");
	assert_null(json_get(v, "x"));
	json_free(doc);
}

static void writing_is_compact_and_proper(void **state)
{
	struct buf b = BUF_INIT(BUF_MAX_LINE);
	struct json_writer w = JSON_WRITER(&b);

	(void)state;
	json_open(&w, NULL, '{');
	json_put_text(&w, "q\"", "\\\"\b\f\n\r\t\x01\x1f/ә\xf0\x9f\x98\x80");
	json_put_text(&w, "bad", "a\xff\xc3z\xed\xa0\x80");
	json_put_text(&w, "none", NULL);
	json_open(&w, "list", '[');
	json_put_int(&w, NULL, INT64_MIN);
	json_put_bool(&w, NULL, true);
	json_open(&w, NULL, '{');
	json_close(&w, '}');
	json_put_null(&w, NULL);
	json_close(&w, ']');
	json_put_double(&w, "d", 43.240013);
	json_put_double(&w, "third", 1.0 / 3);
	json_put_double(&w, "inf", (double)INFINITY);
	json_close(&w, '}');
	assert_string_equal(buf_str(&b),
		"{\"q\\\"\":\"\\\\\\\"\\b\\f\\n\\r\\t\\u0001\\u001f/ә\xf0\x9f\x98\x80\","
		"\"bad\":\"a\xef\xbf\xbd\xef\xbf\xbdz\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\","
		"\"none\":null,\"list\":[-9223372036854775808,true,{},null],"
		"\"d\":43.240013,\"third\":0.33333333333333331,\"inf\":null}");
	json_free(parsed(buf_str(&b)));
	buf_clear(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(proper_documents_are_read),
		cmocka_unit_test(slips_are_refused_with_a_reason),
		cmocka_unit_test(the_place_is_named),
		cmocka_unit_test(depth_has_an_end),
		cmocka_unit_test(size_has_an_end),
		cmocka_unit_test(repeated_names_are_found_in_large_objects),
		cmocka_unit_test(nothing_answers_nothing),
		cmocka_unit_test(whole_numbers_come_in_any_writing),
		cmocka_unit_test(money_is_rounded_half_up),
		cmocka_unit_test(text_is_clean_and_ids_are_exact),
		cmocka_unit_test(members_are_walked_in_order),
		cmocka_unit_test(writing_is_compact_and_proper),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
