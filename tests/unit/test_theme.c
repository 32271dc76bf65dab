#include "desk/theme.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/path.h"
#include "desk/colour.h"
#include "tests/unit/unit.h"

/* ---- colours --------------------------------------------------------------------------------- */

static void a_colour_has_a_name_a_number_or_three_parts(void **state)
{
	static const struct {
		const char *word;
		int colour;
	} good[] = {
		{ "default", COLOUR_OWN }, { "black", 0 }, { "white", 7 }, { "bright-black", 8 },
		{ "bright-white", 15 }, { "0", 0 }, { "007", 7 }, { "255", 255 },
		{ "#000000", COLOUR_RGB }, { "#D78700", COLOUR_RGB | 0xd78700 },
	};
	static const char *const bad[] = { "", "256", "-1", "+1", "1 ", "0x1", "1000", "99999999999999999999", "#fff",
		"#12345g", "#1234567", "#-12345", "Red", "bright-", "bright-default", "bright-bright-red", "рed" };
	int colour;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		assert_true(colour_parse(good[i].word, &colour));
		assert_int_equal(colour, good[i].colour);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (colour_parse(bad[i], &colour))
			fail_msg("\"%s\" is a colour", bad[i]);
}

static void the_palette_is_that_of_xterm(void **state)
{
	(void)state;
	assert_int_equal(colour_rgb(16), 0x000000);
	assert_int_equal(colour_rgb(136), 0xaf8700);
	assert_int_equal(colour_rgb(231), 0xffffff);
	assert_int_equal(colour_rgb(232), 0x080808);
	assert_int_equal(colour_rgb(255), 0xeeeeee);
	assert_int_equal(colour_rgb(COLOUR_RGB | 0x123456), 0x123456);
}

static void fewer_colours_have_the_nearest(void **state)
{
	static const struct {
		int colour, of_256, of_16, of_8;
	} known[] = {
		{ COLOUR_OWN, COLOUR_OWN, COLOUR_OWN, COLOUR_OWN },
		{ 3, 3, 3, 3 }, { 9, 9, 9, 1 }, { 28, 28, 2, 2 }, { 136, 136, 3, 3 }, { 160, 160, 1, 1 },
		{ 31, 31, 6, 6 }, { 231, 231, 15, 7 }, { 16, 16, 0, 0 }, { 226, 226, 11, 3 }, { 217, 217, 7, 7 },
		{ COLOUR_RGB, 16, 0, 0 }, { COLOUR_RGB | 0xffffff, 231, 15, 7 }, { COLOUR_RGB | 0xaf8701, 136, 3, 3 },
		{ COLOUR_RGB | 0x0a0a0a, 232, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		assert_int_equal(colour_nearest(known[i].colour, 256), known[i].of_256);
		assert_int_equal(colour_nearest(known[i].colour, 16), known[i].of_16);
		assert_int_equal(colour_nearest(known[i].colour, 88), known[i].of_16);
		assert_int_equal(colour_nearest(known[i].colour, 8), known[i].of_8);
	}
	for (int i = 0; i < 256; i++) {
		assert_int_equal(colour_nearest(i, 256), i);
		assert_in_range(colour_nearest(COLOUR_RGB | colour_rgb(i), 256), 16, 255);
	}
}

/* ---- files ----------------------------------------------------------------------------------- */

static bool parse(const char *text, struct theme *theme, struct error *err)
{
	*err = (struct error)ERROR_INIT;
	return theme_parse("x.theme", text, strlen(text), theme, err);
}

static void expect_slip(const char *text, const char *expected)
{
	struct theme theme;
	struct error err;

	if (parse(text, &theme, &err))
		fail_msg("accepted: %s", text);
	assert_int_equal(err.code, ERR_CONFIG);
	if (!strstr(err.text, expected))
		fail_msg("\"%s\" is not in \"%s\"", expected, err.text);
}

static void expect_look(const struct look *look, const struct look *expected)
{
	assert_int_equal(look->bold, expected->bold);
	assert_int_equal(look->underline, expected->underline);
	assert_int_equal(look->reverse, expected->reverse);
	assert_int_equal(look->fg, expected->fg);
	assert_int_equal(look->bg, expected->bg);
}

static void a_line_is_a_role_and_its_look(void **state)
{
	struct theme theme;
	struct error err;

	(void)state;
	assert_true(parse("# a comment = bold\n\n \t\r\nnormal = fg 231 bg #000000\n"
		"\twarn=reverse fg #D78700 # amber, = bold\nbad =\nbar-key =#none\r\n"
		"cursor = bold underline reverse bg bright-red fg default", &theme, &err));
	expect_look(&theme.roles[STYLE_NORMAL], &(struct look){ .fg = 231, .bg = COLOUR_RGB });
	expect_look(&theme.roles[STYLE_WARN],
		&(struct look){ .reverse = true, .fg = COLOUR_RGB | 0xd78700, .bg = COLOUR_OWN });
	expect_look(&theme.roles[STYLE_BAD], &(struct look){ .fg = COLOUR_OWN, .bg = COLOUR_OWN });
	expect_look(&theme.roles[STYLE_BAR_KEY], &(struct look){ .fg = COLOUR_OWN, .bg = COLOUR_OWN });
	expect_look(&theme.roles[STYLE_CURSOR], &(struct look){ true, true, true, COLOUR_OWN, 9 });
	/* What is left out. */
	expect_look(&theme.roles[STYLE_BUTTON], &theme.roles[STYLE_NORMAL]);
}

static void a_slip_has_file_and_line(void **state)
{
	(void)state;
	expect_slip("normal =\nglow = bold\n", "x.theme:2: there is no role \"glow\"");
	expect_slip("= bold\n", "x.theme:1: there is no role \"\"");
	expect_slip("dim\n", "x.theme:1: after the role \"dim\"");
	expect_slip("dim bold = bold\n", "x.theme:1: after the role \"dim\"");
	expect_slip("dim = bold\n\ndim =\n", "x.theme:3: \"dim\" is there twice");
	expect_slip("dim = bold bold\n", "\"bold\" is there twice");
	expect_slip("dim = fg red fg red\n", "\"fg\" is there twice");
	expect_slip("dim = blink\n", "x.theme:1: \"blink\" is not");
	expect_slip("dim = red\n", "x.theme:1: \"red\" is not");
	expect_slip("dim = fg\n", "x.theme:1: \"\" is no colour");
	expect_slip("dim = fg bg red\n", "\"bg\" is no colour");
	expect_slip("dim = fg #12345\n", "\"#12345\" is no colour");
	expect_slip("dim = fg 256\n", "\"256\" is no colour");
}

static void hostile_text_is_an_error_of_printable_words(void **state)
{
	static const char zero[] = "dim = bold\n\0glow";
	char *longest = xmalloc(10001);
	struct theme theme;
	struct error err = ERROR_INIT;

	(void)state;
	assert_false(theme_parse("x.theme", zero, sizeof(zero), &theme, &err));
	assert_non_null(strstr(err.text, "x.theme"));
	expect_slip("\033]0;pwned\a = bold\n", "there is no role \"?]0;pwned?\"");
	expect_slip("dim = \xff\xfe\n", "\"??\" is not");
	memset(longest, 'x', 10000);
	longest[10000] = '\0';
	expect_slip(longest, "x.theme:1: there is no role \"xxxx");
	memset(longest, '=', 10000);
	expect_slip(longest, "x.theme:1:");
	free(longest);
	/* Whatever it is, it ends. */
	srand(7);
	for (int i = 0; i < 20000; i++) {
		static const char *const pieces[] = { "dim", "normal", "=", " ", "\n", "#", "fg", "bold", "#ffffff", "255", "\t",
			"\r", "\xd0", "bg default", "warn =" };
		char text[400] = "";
		size_t len = 0;

		for (int n = rand() % 20; n > 0; n--)
			len += (size_t)snprintf(text + len, sizeof(text) - len, "%s",
				pieces[(size_t)rand() % (sizeof(pieces) / sizeof(*pieces))]);
		parse(text, &theme, &err);
	}
}

/* ---- those that come with the program -------------------------------------------------------- */

static void read_shipped(const char *name, struct theme *theme)
{
	const char *dir = getenv("DUKEN_SRCDIR");
	char *path = xasprintf("%s/data/themes/%s.theme", dir ? dir : ".", name);
	struct buf text = BUF_INIT(BUF_MAX_FILE);
	struct error err = ERROR_INIT;

	if (!file_read(path, &text, &err) || !theme_parse(path, buf_str(&text), text.len, theme, &err))
		fail_msg("%s", err.text);
	buf_clear(&text);
	free(path);
}

static void the_built_in_theme_is_the_file(void **state)
{
	struct theme built_in, file;

	(void)state;
	theme_default(&built_in);
	read_shipped("default", &file);
	for (int i = 0; i < STYLES; i++)
		expect_look(&file.roles[i], &built_in.roles[i]);
}

/* The relative luminance of WCAG. */
static double luminance(int colour)
{
	static const double weights[] = { 0.0722, 0.7152, 0.2126 };
	double sum = 0;

	for (int i = 0; i < 3; i++) {
		double part = (colour_rgb(colour) >> 8 * i & 0xff) / 255.0, n = (part + 0.055) / 1.055;

		/* n to the power of 2.4, near enough: n * n * n^0.4 by its tangents. */
		for (double root = n, step = 0; step < 20 && n > 0; step++) {
			root -= (root * root * root * root * root - n * n) / (5 * root * root * root * root);
			part = n * n * root;
		}
		sum += weights[i] * part;
	}
	return sum;
}

static double contrast(double a, double b)
{
	return a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05);
}

static void the_default_reads_on_black_and_on_white(void **state)
{
	struct theme theme;

	(void)state;
	theme_default(&theme);
	for (int i = 0; i < STYLES; i++) {
		assert_int_equal(theme.roles[i].bg, COLOUR_OWN);
		if (theme.roles[i].fg == COLOUR_OWN)
			continue;
		assert_true(contrast(luminance(theme.roles[i].fg), 0) >= 3);
		assert_true(contrast(luminance(theme.roles[i].fg), 1) >= 3);
	}
}

static void contrast_has_seven_to_one_on_one_background(void **state)
{
	static const int colours[] = { 8, 16, 256 };
	struct theme theme;

	(void)state;
	read_shipped("contrast", &theme);
	for (int i = 0; i < STYLES; i++) {
		assert_int_equal(theme.roles[i].bg, theme.roles[STYLE_NORMAL].bg);
		for (size_t c = 0; c < 3; c++)
			assert_true(contrast(luminance(colour_nearest(theme.roles[i].fg, colours[c])),
				luminance(colour_nearest(theme.roles[i].bg, colours[c]))) >= 7);
	}
}

static void mono_has_no_colour(void **state)
{
	struct theme theme, built_in;

	(void)state;
	theme_default(&built_in);
	read_shipped("mono", &theme);
	for (int i = 0; i < STYLES; i++) {
		built_in.roles[i].fg = COLOUR_OWN;
		expect_look(&theme.roles[i], &built_in.roles[i]);
	}
}

/* ---- finding them ---------------------------------------------------------------------------- */

static char config[] = "/tmp/duken-theme-XXXXXX";

static void put(const char *name, const char *text, size_t len)
{
	char *path = xasprintf("%s/duken/themes/%s", config, name);

	assert_true(file_write_atomic(path, text, len, NULL));
	free(path);
}

static void ones_own_come_first(void **state)
{
	struct error err = ERROR_INIT;
	struct theme theme;

	(void)state;
	put("night.theme", "dim = fg 8\n", strlen("dim = fg 8\n"));
	assert_true(theme_load("night", &theme, &err));
	assert_int_equal(theme.roles[STYLE_DIM].fg, 8);
	assert_true(theme_load("default", &theme, &err));
	assert_int_equal(theme.roles[STYLE_WARN].fg, 136);
	put("default.theme", "dim = fg 9\n", strlen("dim = fg 9\n"));
	assert_true(theme_load("default", &theme, &err));
	assert_int_equal(theme.roles[STYLE_DIM].fg, 9);
	assert_true(theme_check("theme", "night", &err));
}

static void an_unknown_one_names_those_there_are(void **state)
{
	static const char *const bad[] = { "neon", "", "../night", "night.theme", "ni ght", "/etc/passwd" };
	struct theme theme;

	(void)state;
	put("not a name.theme", "", 0);
	put("other.conf", "", 0);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct error err = ERROR_INIT;

		assert_false(theme_load(bad[i], &theme, &err));
		assert_int_equal(err.code, ERR_CONFIG);
		assert_non_null(strstr(err.text, "\"default\""));
		assert_non_null(strstr(err.text, "\"night\""));
		assert_null(strstr(err.text, "not a name"));
		assert_null(strstr(err.text, "other"));
	}
}

static void a_slip_of_a_file_names_it(void **state)
{
	static char large[20000];
	struct error err = ERROR_INIT;
	struct theme theme;

	(void)state;
	put("odd.theme", "dim = bold\nglow =\n", strlen("dim = bold\nglow =\n"));
	assert_false(theme_check("theme", "odd", &err));
	assert_non_null(strstr(err.text, "duken/themes/odd.theme:2: there is no role \"glow\""));
	memset(large, '\n', sizeof(large));
	put("large.theme", large, sizeof(large));
	assert_false(theme_load("large", &theme, &err));
	assert_non_null(strstr(err.text, "large.theme"));
}

static int make_config(void **state)
{
	char *dir;

	(void)state;
	assert_non_null(mkdtemp(config));
	setenv("XDG_CONFIG_HOME", config, 1);
	dir = xasprintf("%s/duken/themes", config);
	assert_true(path_make_dir(dir, NULL));
	free(dir);
	return 0;
}

static int remove_config(void **state)
{
	static const char *const names[] = { "themes/night.theme", "themes/default.theme", "themes/not a name.theme",
		"themes/other.conf", "themes/odd.theme", "themes/large.theme", "themes", "" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		char *path = xasprintf("%s/duken/%s", config, names[i]);

		remove(path);
		free(path);
	}
	return remove(config);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_colour_has_a_name_a_number_or_three_parts),
		cmocka_unit_test(the_palette_is_that_of_xterm),
		cmocka_unit_test(fewer_colours_have_the_nearest),
		cmocka_unit_test(a_line_is_a_role_and_its_look),
		cmocka_unit_test(a_slip_has_file_and_line),
		cmocka_unit_test(hostile_text_is_an_error_of_printable_words),
		cmocka_unit_test(the_built_in_theme_is_the_file),
		cmocka_unit_test(the_default_reads_on_black_and_on_white),
		cmocka_unit_test(contrast_has_seven_to_one_on_one_background),
		cmocka_unit_test(mono_has_no_colour),
		cmocka_unit_test(ones_own_come_first),
		cmocka_unit_test(an_unknown_one_names_those_there_are),
		cmocka_unit_test(a_slip_of_a_file_names_it),
	};

	return cmocka_run_group_tests(tests, make_config, remove_config);
}
