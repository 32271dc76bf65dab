#include "base/log.h"

#include <cjson/cJSON.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/path.h"
#include "tests/unit/unit.h"

#define THREADS 4
#define LINES 2000

static char root[64], path[96], old[96];

static int enter(void **state)
{
	(void)state;
	snprintf(root, sizeof(root), "/tmp/duken-log-XXXXXX");
	if (!mkdtemp(root))
		return -1;
	snprintf(path, sizeof(path), "%s/log", root);
	snprintf(old, sizeof(old), "%s/log.1", root);
	return 0;
}

static int leave(void **state)
{
	(void)state;
	log_close();
	unlink(path);
	unlink(old);
	return rmdir(root);
}

static char *content(const char *name)
{
	struct buf out = BUF_INIT(BUF_MAX_OUTPUT);

	assert_true(file_read(name, &out, NULL));
	return buf_take(&out);
}

static const char *field(const cJSON *line, const char *name)
{
	return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(line, name));
}

/* Counts the lines of a file, each of which must be one JSON object. */
static int count_lines(const char *name)
{
	char *text = content(name), *rest = text;
	int n = 0;

	for (char *line; (line = strsep(&rest, "\n")) && *line; n++) {
		cJSON *json = cJSON_ParseWithOpts(line, NULL, 1);

		assert_true(cJSON_IsObject(json));
		assert_non_null(field(json, "text"));
		cJSON_Delete(json);
	}
	free(text);
	return n;
}

static void nothing_is_written_before_it_is_opened(void **state)
{
	(void)state;
	log_write(LOG_ERROR, "test", "nobody listens");
	log_close();
	assert_int_not_equal(access(path, F_OK), 0);
}

static void a_line_is_one_object(void **state)
{
	char *text, when[26];
	cJSON *json;

	(void)state;
	assert_true(log_open(path, LOG_INFO, NULL));
	log_write(LOG_WARNING, "net", "said \"%s\" \\ %d", "a\033[31m\nb\u202e\xff", 7);
	log_write(LOG_DEBUG, "net", "not asked for");
	text = content(path);
	assert_ptr_equal(strchr(text, '\n'), text + strlen(text) - 1);
	json = cJSON_Parse(text);
	assert_string_equal(field(json, "text"), "said \"a[31m\nb\ufffd\" \\ 7");
	assert_string_equal(field(json, "level"), "warning");
	assert_string_equal(field(json, "area"), "net");
	time_format_rfc3339(clock_now_ms(), when, sizeof(when));
	assert_memory_equal(field(json, "time"), when, strlen("2026-11-23T"));
	assert_int_equal(cJSON_GetObjectItem(json, "pid")->valueint, getpid());
	cJSON_Delete(json);
	free(text);
}

static void the_file_is_private_and_kept(void **state)
{
	struct stat st;

	(void)state;
	umask(0);
	assert_true(log_open(path, LOG_INFO, NULL));
	log_write(LOG_INFO, "test", "one");
	log_close();
	assert_int_equal(chmod(path, 0644), 0);
	assert_true(log_open(path, LOG_INFO, NULL));
	assert_true(log_open(path, LOG_INFO, NULL));
	log_write(LOG_INFO, "test", "two");
	assert_int_equal(count_lines(path), 2);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
}

static void unfit_files_are_refused(void **state)
{
	struct error err = ERROR_INIT;

	(void)state;
	assert_false(log_open(root, LOG_INFO, &err));
	assert_int_equal(err.code, ERR_STORAGE);
	assert_int_equal(symlink("/tmp/elsewhere", path), 0);
	assert_false(log_open(path, LOG_INFO, &err));
	assert_int_equal(err.code, ERR_STORAGE);
}

static void a_full_file_is_kept_once(void **state)
{
	struct stat st;
	char *filler = malloc(1001);

	(void)state;
	memset(filler, 'x', 1000);
	filler[1000] = '\0';
	assert_true(log_open(path, LOG_INFO, NULL));
	for (int i = 0; i < 10000; i++)
		log_write(LOG_INFO, "test", "%s", filler);
	free(filler);
	assert_int_equal(stat(path, &st), 0);
	assert_true(st.st_size > 0 && st.st_size <= 4 * 1024 * 1024);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(stat(old, &st), 0);
	assert_true(st.st_size > 4 * 1024 * 1024 - 2000 && st.st_size <= 4 * 1024 * 1024);
	assert_true(count_lines(old) > 3000);
	count_lines(path);
}

static void *write_lines(void *name)
{
	char filler[400];

	memset(filler, 'x', sizeof(filler) - 1);
	filler[sizeof(filler) - 1] = '\0';
	for (int i = 0; i < LINES; i++)
		log_write(LOG_INFO, name, "%d %s", i, filler);
	return NULL;
}

/* Together they write less than one file and a half, so that no line can be gone. */
static void threads_do_not_mix_their_lines(void **state)
{
	static char names[THREADS][2] = { "a", "b", "c", "d" };
	pthread_t threads[THREADS];
	int lines;

	(void)state;
	assert_true(log_open(path, LOG_INFO, NULL));
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, write_lines, names[i]), 0);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	lines = count_lines(path);
	if (access(old, F_OK) == 0)
		lines += count_lines(old);
	assert_int_equal(lines, THREADS * LINES);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, enter, leave)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(nothing_is_written_before_it_is_opened),
		CASE(a_line_is_one_object),
		CASE(the_file_is_private_and_kept),
		CASE(unfit_files_are_refused),
		CASE(a_full_file_is_kept_once),
		CASE(threads_do_not_mix_their_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
