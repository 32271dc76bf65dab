#include "desk/clerks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "base/pin.h"
#include "tests/unit/unit.h"

#define HASH "$y$j9T$AAAAAAAAAAAAAAAAAAAAA/$BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB"

static char dir[] = "/tmp/duken-clerks-XXXXXX";
static char *path, *tries_path;

static void write_file(const char *to, const char *text, size_t len)
{
	assert_true(file_write_atomic(to, text, len, NULL));
}

static size_t n_of(const char *text, size_t len)
{
	struct clerks c = { .n = 0 };
	struct error err = ERROR_INIT;
	size_t n;

	write_file(path, text, len);
	n = clerks_load(path, &c, &err) ? c.n : SIZE_MAX;
	if (n == SIZE_MAX) {
		assert_int_equal(err.code, ERR_CONFIG);
		assert_non_null(strstr(err.text, path));
		assert_int_equal(c.n, 0);
	}
	clerks_clear(&c);
	return n;
}

static void expect_n(const char *text, size_t n)
{
	if (n_of(text, strlen(text)) != n)
		fail_msg("not %zu clerks: %s", n, text);
}

static void a_pin_is_digits_alone(void **state)
{
	(void)state;
	assert_true(pin_check("1234", NULL));
	assert_true(pin_check("123456789012", NULL));
	assert_false(pin_check("123", NULL));
	assert_false(pin_check("1234567890123", NULL));
	assert_false(pin_check("12a4", NULL));
	assert_false(pin_check("", NULL));
}

static void a_hash_knows_its_pin_and_no_other(void **state)
{
	char hash[PIN_HASH_MAX], other[PIN_HASH_MAX];

	(void)state;
	assert_true(pin_hash("123456", hash, NULL));
	assert_true(pin_hash("123456", other, NULL));
	assert_string_not_equal(hash, other);
	assert_true(pin_matches("123456", hash));
	assert_false(pin_matches("123457", hash));
	assert_false(pin_matches("12345", hash));
	assert_false(pin_matches("", hash));
	assert_false(pin_matches("123456", ""));
	assert_false(pin_matches("123456", "*0"));
	assert_false(pin_matches("123456", HASH));
	assert_true(pin_is_hash(HASH));
	assert_false(pin_is_hash("$6$abcdefgh$0123456789012345678901234567890123456789"));
}

static void what_is_no_list_of_clerks_is_refused_whole(void **state)
{
	char many[(CLERKS_MAX + 1) * 100] = "";
	size_t len = 0;

	(void)state;
	expect_n("", 0);
	expect_n("Айгуль:" HASH "\n", 1);
	expect_n("Айгуль:" HASH "\nБекзат:" HASH, 2);
	expect_n("Айгуль:" HASH "\nАйгуль:" HASH "\n", SIZE_MAX);
	expect_n("Айгуль:" HASH "\n\n", SIZE_MAX);
	expect_n("Айгуль\n", SIZE_MAX);
	expect_n("Айгуль:\n", SIZE_MAX);
	expect_n("Айгуль:1234\n", SIZE_MAX);
	expect_n("Айгуль:" HASH ":\n", SIZE_MAX);
	expect_n("Айгуль:" HASH "\r\n", SIZE_MAX);
	expect_n(":" HASH "\n", SIZE_MAX);
	expect_n(" Айгуль:" HASH "\n", SIZE_MAX);
	expect_n("A\033[2J:" HASH "\n", SIZE_MAX);
	expect_n("A\xff:" HASH "\n", SIZE_MAX);
	assert_int_equal(n_of("A:" HASH "\n\0B:" HASH "\n", strlen("A:" HASH "\n") * 2 + 1), SIZE_MAX);
	for (int i = 0; i <= CLERKS_MAX; i++)
		len += (size_t)snprintf(many + len, sizeof(many) - len, "clerk %d:%s\n", i, HASH);
	expect_n(many, SIZE_MAX);
	*strstr(many, "clerk 100") = '\0';
	expect_n(many, CLERKS_MAX);
}

static void a_list_that_others_can_read_is_refused(void **state)
{
	struct clerks c = { .n = 0 };
	struct error err = ERROR_INIT;

	(void)state;
	expect_n("A:" HASH "\n", 1);
	assert_int_equal(chmod(path, 0640), 0);
	assert_false(clerks_load(path, &c, &err));
	assert_int_equal(err.code, ERR_CONFIG);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(mkdir(path, 0700), 0);
	assert_false(clerks_load(path, &c, &err));
	assert_int_equal(rmdir(path), 0);
	assert_true(clerks_load(path, &c, &err));
	assert_int_equal(c.n, 0);
}

static void clerks_come_and_go(void **state)
{
	struct clerks c = { .n = 0 }, read = { .n = 0 };
	struct error err = ERROR_INIT;
	struct stat st;

	(void)state;
	assert_true(clerks_set(&c, "Айгуль", "1234", &err));
	assert_true(clerks_set(&c, "Бекзат Е.", "1234", &err));
	assert_true(clerks_set(&c, "Айгуль", "567890", &err));
	assert_false(clerks_set(&c, "a:b", "1234", &err));
	assert_false(clerks_set(&c, "", "1234", &err));
	assert_false(clerks_set(&c, "Дана", "12", &err));
	assert_int_equal(c.n, 2);
	assert_true(clerks_save(path, &c, &err));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_true(clerks_load(path, &read, &err));
	assert_int_equal(read.n, 2);
	assert_true(pin_matches("567890", read.items[clerks_find(&read, "Айгуль")].hash));
	clerks_remove(&read, 0);
	assert_int_equal(read.n, 1);
	assert_string_equal(read.items[0].name, "Бекзат Е.");
	assert_int_equal(clerks_find(&read, "Айгуль"), 1);
	clerks_clear(&c);
	clerks_clear(&read);
}

/* ---- wrong PINs ------------------------------------------------------------------------------ */

static void the_wait_doubles_to_ten_minutes(void **state)
{
	static const int64_t seconds[] = { 0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 600, 600 };

	(void)state;
	for (size_t i = 0; i < sizeof(seconds) / sizeof(seconds[0]); i++)
		assert_int_equal(tries_wait_ms((int)i), seconds[i] * 1000);
	assert_int_equal(tries_wait_ms(1000000), 600000);
}

static void a_wait_is_no_longer_and_no_shorter_for_the_clock(void **state)
{
	struct tries t = { .wrong = 4 };

	(void)state;
	tries_count(&t, 1000000);
	assert_int_equal(tries_left_ms(&t, 1000000), 30000);
	assert_int_equal(tries_left_ms(&t, 1029999), 1);
	assert_int_equal(tries_left_ms(&t, 1030000), 0);
	/* Back by ten minutes: all of it once more, and then it is over. */
	assert_int_equal(tries_left_ms(&t, 400000), 30000);
	assert_int_equal(tries_left_ms(&t, 429000), 1000);
	assert_int_equal(tries_left_ms(&t, 430000), 0);
}

static void wrong_pins_are_kept_for_each_clerk(void **state)
{
	struct tries a = { .wrong = 4 }, b = { .wrong = 0 }, read;
	const struct tries none = { .wrong = 0 };

	(void)state;
	tries_count(&a, 1000);
	tries_count(&b, 2000);
	assert_true(tries_save(path, "A", &a, NULL));
	assert_true(tries_save(path, "A B", &b, NULL));
	tries_load(path, "A", 5000, &read);
	assert_int_equal(read.wrong, 5);
	assert_int_equal(read.until_ms, 31000);
	tries_load(path, "A B", 5000, &read);
	assert_int_equal(read.wrong, 1);
	tries_load(path, "C", 5000, &read);
	assert_int_equal(read.wrong, 0);
	assert_true(tries_save(path, "A", &none, NULL));
	tries_load(path, "A", 5000, &read);
	assert_int_equal(read.wrong, 0);
	tries_load(path, "A B", 5000, &read);
	assert_int_equal(read.wrong, 1);
}

static void what_cannot_be_read_costs_a_wait(void **state)
{
	static const char *const lines[] = { "A:\n", "A:5\n", "A:5:1\n", "A:5:1:2:3\n", "A:-5:31000:1000\n",
		"A:0:0:0\n", "A:5:99999999999999999999:1\n", "A:5:9000000000000:1000\n", "A:5:31000:1000",
		"A:2000000:31000:1000\n", "A:5:1:1000\n", "A:x\n" };
	struct tries t;

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		write_file(tries_path, lines[i], strlen(lines[i]));
		tries_load(path, "A", 1000000, &t);
		if (t.wrong != TRIES_FREE || tries_left_ms(&t, 1000000) != TRIES_WAIT_MS)
			fail_msg("%s is taken", lines[i]);
	}
	assert_int_equal(chmod(tries_path, 0644), 0);
	tries_load(path, "B", 1000000, &t);
	assert_int_equal(t.wrong, TRIES_FREE);
}

static int set_up(void **state)
{
	(void)state;
	memset(dir + strlen(dir) - 6, 'X', 6);
	if (!mkdtemp(dir))
		return -1;
	path = path_join(dir, "clerks.pin");
	tries_path = path_join(dir, "clerks.tries");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	free(path);
	free(tries_path);
	return unit_remove_tree(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pin_is_digits_alone),
		cmocka_unit_test(a_hash_knows_its_pin_and_no_other),
		cmocka_unit_test_setup_teardown(what_is_no_list_of_clerks_is_refused_whole, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_list_that_others_can_read_is_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(clerks_come_and_go, set_up, tear_down),
		cmocka_unit_test(the_wait_doubles_to_ten_minutes),
		cmocka_unit_test(a_wait_is_no_longer_and_no_shorter_for_the_clock),
		cmocka_unit_test_setup_teardown(wrong_pins_are_kept_for_each_clerk, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_cannot_be_read_costs_a_wait, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
