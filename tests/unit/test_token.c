#include "desk/token.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "tests/unit/unit.h"

static char dir[] = "/tmp/duken-token-XXXXXX";

static void expect_token(const struct shop *shop, const char *expected)
{
	struct buf out = BUF_INIT(BUF_MAX_LINE);
	struct error err = ERROR_INIT;

	if (!token_read(shop, &out, &err))
		fail_msg("%s", err.text);
	assert_string_equal(buf_str(&out), expected);
	buf_wipe(&out);
}

static void expect_refusal(const struct shop *shop, const char *sentence)
{
	struct buf out = BUF_INIT(BUF_MAX_LINE);
	struct error err = ERROR_INIT;

	assert_false(token_read(shop, &out, &err));
	assert_int_equal(err.code, ERR_CONFIG);
	assert_int_equal(out.len, 0);
	if (!strstr(err.text, sentence))
		fail_msg("\"%s\" is not in \"%s\"", sentence, err.text);
}

/* Good until the next call. */
static struct shop with_command(const char *command)
{
	static char name[] = "almaty", line[200];

	snprintf(line, sizeof(line), "%s", command);
	return (struct shop){ .name = name, .token_command = line };
}

static void a_command_gives_its_first_line(void **state)
{
	static const char *const lines[] = { "echo abc", "echo abc; echo def", "printf abc",
		"printf 'abc\\r\\n'", "read x; echo abc", "echo noise >&2; echo ' abc '",
		"yes '' | head -c 100000 >/dev/null; echo abc" };

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		struct shop shop = with_command(lines[i]);

		expect_token(&shop, "abc");
	}
}

static void a_command_that_fails_is_named(void **state)
{
	static const struct {
		const char *command, *sentence;
	} cases[] = {
		{ "exit 3", "status 3" },
		{ "echo abc; exit 1", "status 1" },
		{ "kill -9 $$", "status 137" },
		{ "true", "empty token" },
		{ "echo; echo abc", "empty token" },
		{ "echo a b", "no token" },
		{ "printf 'a\\033b'", "no token" },
		{ "echo ключ", "no token" },
		{ "/nonexistent/pass show", "status 127" },
		{ "head -c 5000 /dev/zero | tr '\\0' x", "more than 4096" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct shop shop = with_command(cases[i].command);

		expect_refusal(&shop, cases[i].sentence);
	}
}

static void a_file_must_be_private(void **state)
{
	char *path = path_join(dir, "token");
	struct shop shop = { .name = (char[]){ "almaty" }, .token_file = path };

	(void)state;
	expect_refusal(&shop, path);
	assert_true(file_write_atomic(path, "secret\n", 7, NULL));
	expect_token(&shop, "secret");
	assert_int_equal(chmod(path, 0640), 0);
	expect_refusal(&shop, "chmod 600");
	free(path);
}

static void a_credential_comes_before_the_environment(void **state)
{
	struct shop shop = { .name = (char[]){ "almaty" } };
	char *path = path_join(dir, "almaty.token");

	(void)state;
	unsetenv("DUKEN_TOKEN");
	expect_refusal(&shop, "has no token");
	setenv("DUKEN_TOKEN", "from-environment", 1);
	expect_token(&shop, "from-environment");
	setenv("CREDENTIALS_DIRECTORY", dir, 1);
	expect_token(&shop, "from-environment");
	assert_true(file_write_atomic(path, "credential\n", 11, NULL));
	expect_token(&shop, "credential");
	unsetenv("CREDENTIALS_DIRECTORY");
	free(path);
}

static void children_do_not_see_the_token(void **state)
{
	struct shop shop = { .name = (char[]){ "almaty" } };
	struct shop other = with_command("echo ${DUKEN_TOKEN-unset}");

	(void)state;
	setenv("DUKEN_TOKEN", "once", 1);
	token_protect_process();
	assert_null(getenv("DUKEN_TOKEN"));
	expect_token(&shop, "once");
	expect_token(&shop, "once");
	expect_token(&other, "unset");
}

static int make_dir(void **state)
{
	(void)state;
	return mkdtemp(dir) ? 0 : -1;
}

static int remove_dir(void **state)
{
	(void)state;
	return unit_remove_tree(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_command_gives_its_first_line),
		cmocka_unit_test(a_command_that_fails_is_named),
		cmocka_unit_test(a_file_must_be_private),
		cmocka_unit_test(a_credential_comes_before_the_environment),
		cmocka_unit_test(children_do_not_see_the_token),
	};

	return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
