/* Keys of commands: names, what the settings may change, and every binding under every layout. */
#include "desk/keymap.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/key.h"
#include "base/layout.h"
#include "base/mem.h"
#include "base/path.h"
#include "desk/keyname.h"
#include "tests/unit/unit.h"

static enum command named(const char *name)
{
	for (int i = COMMAND_NONE + 1; i < COMMANDS; i++)
		if (strcmp(keymap_name((enum command)i), name) == 0)
			return (enum command)i;
	fail_msg("no command is called %s", name);
	return COMMAND_NONE;
}

static uint32_t key_of(const char *name)
{
	return keyname_parse(name, strlen(name));
}

static void keys_have_names(void **state)
{
	static const struct {
		const char *name;
		uint32_t key;
		const char *shown;
	} names[] = {
		{ "F2", KEY_F0_ + 2, "F2" }, { "f12", KEY_F0_ + 12, "F12" }, { "F13", 0, "" }, { "F0", 0, "" },
		{ "C-r", 18, "Ctrl-R" }, { "Ctrl-R", 18, "Ctrl-R" }, { "C-h", 0, "" }, { "C-m", 0, "" },
		{ "C-1", 0, "" }, { "C-", 0, "" }, { "BTab", KEY_BACK_TAB_, "Shift-Tab" },
		{ "pgdn", KEY_PAGE_DOWN_, "PgDn" }, { "Space", ' ', "Space" }, { "a", 'a', "a" }, { "F", 'F', "F" },
		{ "C", 'C', "C" }, { "-", '-', "-" }, { "ab", 0, "" }, { "", 0, "" }, { "ф", 0x444, "ф" },
		{ "\x7f", 0, "" }, { "\t", 0, "" },
	};
	char shown[KEYNAME_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		uint32_t key = key_of(names[i].name);
		if (key != names[i].key)
			fail_msg("\"%s\" is %u, not %u", names[i].name, key, names[i].key);
		if (key != 0) {
			keyname_of(key, shown, sizeof(shown));
			assert_string_equal(shown, names[i].shown);
		}
	}
}

static void names_that_do_not_fit_are_left_out(void **state)
{
	char shown[KEYNAME_MAX + 6];

	(void)state;
	keyname_show("BTab C-b Shift-Tab PgDn", shown, sizeof(shown));
	assert_string_equal(shown, "Shift-Tab");
	keyname_show("", shown, sizeof(shown));
	assert_string_equal(shown, "");
}

static void what_is_set_takes_the_place_of_the_keys(void **state)
{
	struct keymap *m = keymap_new();
	struct error err = ERROR_INIT;

	(void)state;
	assert_int_equal(keymap_find(m, 'u'), COMMAND_UNDO);
	assert_true(keymap_set(m, COMMAND_UNDO, "  o   F11 ", &err));
	assert_string_equal(keymap_keys(m, COMMAND_UNDO), "o F11");
	assert_int_equal(keymap_find(m, 'u'), COMMAND_NONE);
	assert_int_equal(keymap_find(m, 'o'), COMMAND_UNDO);
	assert_int_equal(keymap_find(m, 0x449), COMMAND_UNDO);	/* щ: o */
	assert_int_equal(keymap_find(m, KEY_F0_ + 11), COMMAND_UNDO);
	assert_true(keymap_set(m, COMMAND_UNDO, "", &err));
	assert_int_equal(keymap_find(m, 'o'), COMMAND_NONE);
	assert_int_equal(keymap_find(NULL, 'u'), COMMAND_UNDO);
	keymap_free(m);
}

static void what_would_do_harm_is_refused(void **state)
{
	static const struct {
		const char *command, *keys, *why;
	} wrong[] = {
		{ "accept", "5", "begins the number" }, { "journal", "\"", "begins the number" },
		{ "undo", ",", "begins the number" }, { "undo", ".", "begins the number" },
		{ "undo", "ә", "begins the number" }, { "undo", "я", "American layout" },
		{ "accept", "F2 A", "scanners type capitals" }, { "search", "S", "scanners type capitals" },
		{ "refresh", "R", "scanners type capitals" }, { "accept", "Enter", "for moving" },
		{ "accept", "Tab", "for moving" }, { "menu", "Esc", "for moving" }, { "resend", "r", "is text" },
		{ "resend", "Space", "is text" }, { "resend", "", "has to keep" }, { "quit", "", "has to keep" },
		{ "quit", "q", "has to keep" }, { "help", "?", "has to keep" }, { "up", "Nowhere", "there is no key" },
		{ "up", "a b c d e f g h i", "more than 8" },
	};
	struct keymap *m = keymap_new();

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct error err = ERROR_INIT;
		enum command c = named(wrong[i].command);
		if (keymap_set(m, c, wrong[i].keys, &err))
			fail_msg("%s = \"%s\" was taken", wrong[i].command, wrong[i].keys);
		assert_int_equal(err.code, ERR_CONFIG);
		if (strstr(err.text, wrong[i].why) == NULL || strncmp(err.text, wrong[i].command, 2) != 0)
			fail_msg("%s = \"%s\": %s", wrong[i].command, wrong[i].keys, err.text);
		assert_string_equal(keymap_keys(m, c), keymap_keys(NULL, c));
	}
	keymap_free(m);
}

static void a_key_is_one_commands(void **state)
{
	struct keymap *m = keymap_new();
	struct error err = ERROR_INIT;

	(void)state;
	assert_true(keymap_set(m, COMMAND_UNDO, "a", &err));
	assert_false(keymap_alone(m, COMMAND_UNDO, &err));
	assert_non_null(strstr(err.text, "undo: the key a is the key of accept"));
	assert_true(keymap_alone(m, COMMAND_ACCEPT, &err));
	assert_true(keymap_set(m, COMMAND_ACCEPT, "F2", &err));
	assert_true(keymap_alone(m, COMMAND_UNDO, &err));
	keymap_free(m);
}

/* The two signs whose key types . and , under the Russian layout, which are digits under the Kazakh one. */
static bool given_up(enum layout layout, uint32_t key, uint32_t typed)
{
	return layout != LAYOUT_US && (key == '/' || key == '?') && layout_digit(typed) != 0;
}

static void check_place(enum command c, uint32_t key, size_t place, bool shift)
{
	static const enum layout layouts[] = { LAYOUT_US, LAYOUT_RU, LAYOUT_KZ };
	for (size_t i = 0; i < sizeof(layouts) / sizeof(layouts[0]); i++) {
		uint32_t typed = layout_types(layouts[i], place, shift);
		enum command found = keymap_find(NULL, typed);
		if (found != c && !given_up(layouts[i], key, typed))
			fail_msg("%s: the key %c types U+%04X under %s, which is %s", keymap_name(c), (int)key, typed,
				layout_name(layouts[i]), found != COMMAND_NONE ? keymap_name(found) : "nothing");
	}
}

static void check_binding(enum command c, uint32_t key)
{
	bool there = false;
	for (size_t place = 0; place < LAYOUT_PLACES; place++) {
		for (int shift = 0; shift < 2; shift++) {
			if (layout_types(LAYOUT_US, place, shift) == key) {
				check_place(c, key, place, shift);
				there = true;
			}
		}
	}
	assert_true(there);
}

static void every_binding_works_under_every_layout(void **state)
{
	(void)state;
	for (int i = COMMAND_NONE + 1; i < COMMANDS; i++) {
		const char *keys = keymap_keys(NULL, (enum command)i), *name;
		size_t len;
		while ((len = keyname_next(&keys, &name)) > 0) {
			uint32_t key = keyname_parse(name, len);
			assert_int_equal(keymap_find(NULL, key), i);
			if (key > ' ' && key < KEY_RUBOUT_)
				check_binding((enum command)i, key);
		}
	}
}

/* The table itself keeps what it asks of the settings. */
static void the_table_would_be_taken_as_settings(void **state)
{
	struct keymap *m = keymap_new();

	(void)state;
	for (int i = COMMAND_NONE + 1; i < COMMANDS; i++) {
		struct error err = ERROR_INIT;
		if (!keymap_set(m, (enum command)i, keymap_keys(NULL, (enum command)i), &err))
			fail_msg("%s", err.text);
	}
	for (int i = COMMAND_NONE + 1; i < COMMANDS; i++) {
		struct error err = ERROR_INIT;
		if (!keymap_alone(m, (enum command)i, &err))
			fail_msg("%s", err.text);
	}
	keymap_free(m);
}

/* Lines of the page such as `	accept = "F2 a"`, which the examples have, too. */
static void check_page(const char *name)
{
	char *path = xasprintf("%s/doc/%s", getenv("DUKEN_SRCDIR"), name);
	struct buf page = BUF_INIT(BUF_MAX_FILE);

	assert_true(file_read(path, &page, NULL));
	const char *first = strstr(buf_str(&page), "\n\tup = \""), *end;
	int listed = 0;
	assert_non_null(first);
	end = strstr(first, "\n.Ed");
	assert_non_null(end);
	for (int i = COMMAND_NONE + 1; i < COMMANDS; i++) {
		char *line = xasprintf("\n\t%s = \"%s\"\n", keymap_name((enum command)i),
			keymap_keys(NULL, (enum command)i));
		if (strstr(first, line) == NULL)
			fail_msg("doc/%s lacks the line%s", name, line);
		free(line);
	}
	for (const char *at = strstr(first, " = "); at != NULL && at < end; at = strstr(at + 1, " = "))
		listed++;
	assert_int_equal(listed, COMMANDS - 1);
	buf_clear(&page);
	free(path);
}

static void the_manual_pages_name_every_command(void **state)
{
	(void)state;
	check_page("duken.conf.5");
	check_page("ru/duken.conf.5");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_have_names),
		cmocka_unit_test(names_that_do_not_fit_are_left_out),
		cmocka_unit_test(what_is_set_takes_the_place_of_the_keys),
		cmocka_unit_test(what_would_do_harm_is_refused),
		cmocka_unit_test(a_key_is_one_commands),
		cmocka_unit_test(every_binding_works_under_every_layout),
		cmocka_unit_test(the_table_would_be_taken_as_settings),
		cmocka_unit_test(the_manual_pages_name_every_command),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
