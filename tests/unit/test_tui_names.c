/* Commands by their names in every language. */
#include <libintl.h>
#include <locale.h>
#include <stdlib.h>

#include "base/mem.h"
#include "tests/unit/unit.h"
#include "tui/command/names.h"

static int collect(void **state)
{
	char *folder = xasprintf("%s/po/locale", getenv("DUKEN_BUILDDIR"));

	(void)state;
	setlocale(LC_ALL, "C.UTF-8");
	bindtextdomain("duken", folder);
	bind_textdomain_codeset("duken", "UTF-8");
	textdomain("duken");
	setenv("LANGUAGE", "kk:ru", 1);
	names_collect();
	free(folder);
	return 0;
}

static void the_language_is_as_it_was(void **state)
{
	(void)state;
	assert_string_equal(getenv("LANGUAGE"), "kk:ru");
	assert_string_equal(gettext("Accept order"), "Тапсырысты қабылдау");
	unsetenv("LANGUAGE");
	names_collect();
	assert_null(getenv("LANGUAGE"));
	assert_string_equal(gettext("Accept order"), "Accept order");
}

static void a_word_of_any_language_finds_it(void **state)
{
	static const struct {
		enum command command;
		const char *query;
		bool found;
	} queries[] = {
		{ COMMAND_ACCEPT, "accept", true },	     { COMMAND_ACCEPT, "ORD acc", true },
		{ COMMAND_ACCEPT, "принять", true },	     { COMMAND_ACCEPT, "Зак При", true },
		{ COMMAND_ACCEPT, "қабылдау", true },	     { COMMAND_ACCEPT, "кабылд", true },
		{ COMMAND_ACCEPT, "ринять", false },	     { COMMAND_ACCEPT, "accept заказ", false },
		{ COMMAND_ACCEPT, "f2", true },		     { COMMAND_ACCEPT, "a", true },
		{ COMMAND_ACCEPT, "f3", false },	     { COMMAND_REFRESH, "refresh", true },
		{ COMMAND_REFRESH, "жаңарту", true },	     { COMMAND_REDRAW, "ctrl-l", true },
		{ COMMAND_MARK_ALL, "*", true },	     { COMMAND_MARK_ALL, "-", false },
		{ COMMAND_UNMARK_ALL, "-", true },	     { COMMAND_UNMARK_ALL, "", true },
		{ COMMAND_UNMARK_ALL, "  ", true },	     { COMMAND_HELP, "показать  клав", true },
		{ COMMAND_NONE, "a", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
		if (names_match(queries[i].command, queries[i].query) != queries[i].found)
			fail_msg("\"%s\" %s %s", queries[i].query, queries[i].found ? "does not find" : "finds",
				queries[i].command != COMMAND_NONE ? keymap_name(queries[i].command) : "nothing");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_language_is_as_it_was),
		cmocka_unit_test(a_word_of_any_language_finds_it),
	};

	return cmocka_run_group_tests(tests, collect, NULL);
}
