#include "base/path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "tests/unit/unit.h"

static char root[64];		/* a fresh folder for each test */
static struct arena arena = ARENA_INIT;

static int enter(void **state)
{
	(void)state;
	snprintf(root, sizeof(root), "/tmp/duken-path-XXXXXX");
	umask(0);
	return mkdtemp(root) ? 0 : -1;
}

static int leave(void **state)
{
	(void)state;
	arena_clear(&arena);
	return unit_remove_tree(root);
}

static const char *in_root(const char *name)
{
	return arena_printf(&arena, "%s/%s", root, name);
}

static const char *make_file(const char *name, const char *text, mode_t mode)
{
	const char *path = in_root(name);
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	assert_int_equal(chmod(path, mode), 0);
	return path;
}

static mode_t mode_of(const char *path)
{
	struct stat st;

	assert_int_equal(lstat(path, &st), 0);
	return st.st_mode & 07777;
}

static void expect_path(char *path, const char *expected)
{
	assert_string_equal(path, expected);
	free(path);
}

static void folders_follow_xdg(void **state)
{
	(void)state;
	setenv("HOME", "/home/a", 1);
	unsetenv("XDG_CONFIG_HOME");
	setenv("XDG_STATE_HOME", "", 1);
	expect_path(path_config(), "/home/a/.config/duken/duken.conf");
	expect_path(path_state(), "/home/a/.local/state/duken");
	setenv("XDG_CONFIG_HOME", "/c", 1);
	setenv("XDG_STATE_HOME", "/s/", 1);
	expect_path(path_config(), "/c/duken/duken.conf");
	expect_path(path_state(), "/s/duken");
	setenv("XDG_CONFIG_HOME", "relative", 1);
	expect_path(path_config(), "/home/a/.config/duken/duken.conf");
	setenv("HOME", "/", 1);
	expect_path(path_config(), "/.config/duken/duken.conf");
	unsetenv("HOME");
	free(path_config());
	expect_path(path_join("/a", "b"), "/a/b");
	expect_path(path_join("/", "b"), "/b");
	expect_path(path_join("", "b"), "/b");
}

static void folders_are_made_private_with_their_parents(void **state)
{
	struct error err = ERROR_INIT;

	(void)state;
	assert_true(path_make_dir(in_root("a/b/c"), &err));
	assert_int_equal(mode_of(in_root("a")), 0700);
	assert_int_equal(mode_of(in_root("a/b/c")), 0700);
	assert_true(path_make_dir(in_root("a/b/c/"), &err));
	assert_true(path_make_dir(in_root("a//b///d"), &err));
	assert_int_equal(mode_of(in_root("a/b/d")), 0700);
	assert_true(path_make_dir("/", &err) || geteuid() != 0);
}

static void unfit_folders_are_refused(void **state)
{
	struct error err = ERROR_INIT;

	(void)state;
	make_file("file", "", 0600);
	assert_false(path_make_dir(in_root("file"), &err));
	assert_int_equal(err.code, ERR_STORAGE);
	assert_false(path_make_dir(in_root("file/below"), &err));
	assert_false(path_make_dir("", &err));
	assert_int_equal(mkdir(in_root("open"), 0777), 0);
	assert_false(path_make_dir(in_root("open"), &err));
	assert_non_null(strstr(err.text, "chmod 700"));
}

/* As root everything is ours; so a child gives its rights up first. */
static void folders_and_secrets_of_others_are_refused(void **state)
{
	const char *secret = make_file("secret", "token", 0600);
	struct buf out = BUF_INIT(BUF_MAX_FILE);
	int status;
	pid_t child;

	(void)state;
	if (geteuid() != 0) {
		assert_false(path_make_dir("/usr", NULL));
		assert_false(file_read_private("/etc/passwd", &out, NULL));
		return;
	}
	assert_int_equal(chmod(root, 0755), 0);
	assert_int_equal(chown(secret, 65533, 65533), 0);
	assert_false(file_read_private(secret, &out, NULL));	/* root's rights do not make it ours */
	child = fork();
	if (child == 0) {
		if (setgid(65534) < 0 || setuid(65534) < 0)
			_exit(9);
		_exit(path_make_dir(root, NULL) || file_read_private(secret, &out, NULL));
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_int_equal(out.len, 0);
}

static void files_are_read_whole(void **state)
{
	struct buf out = BUF_INIT(BUF_MAX_FILE);
	struct error err = ERROR_INIT;
	char big[20001];

	(void)state;
	memset(big, 'x', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	assert_true(file_read(make_file("big", big, 0644), &out, &err));
	assert_string_equal(buf_str(&out), big);
	buf_reset(&out);
	assert_true(file_read(make_file("empty", "", 0644), &out, &err));
	assert_string_equal(buf_str(&out), "");
	buf_clear(&out);
}

static void files_that_cannot_be_read_say_so(void **state)
{
	struct buf out = BUF_INIT(10);
	struct error err = ERROR_INIT;

	(void)state;
	assert_false(file_read(in_root("none"), &out, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_false(file_read(root, &out, &err));
	assert_int_equal(err.code, ERR_STORAGE);
	assert_false(file_read(make_file("long", "12345678901", 0600), &out, &err));
	assert_int_equal(err.code, ERR_STORAGE);
	buf_reset(&out);
	assert_true(file_read(make_file("fits", "1234567890", 0600), &out, &err));
	buf_clear(&out);
}

static void secrets_are_read_from_private_files_only(void **state)
{
	const char *path = make_file("token", "abc\n", 0600);
	struct buf out = BUF_INIT(BUF_MAX_FILE);
	struct error err = ERROR_INIT;

	(void)state;
	assert_true(file_read_private(path, &out, &err));
	assert_string_equal(buf_str(&out), "abc\n");
	buf_wipe(&out);
	assert_int_equal(chmod(path, 0400), 0);
	assert_true(file_read_private(path, &out, &err));
	buf_wipe(&out);
	for (mode_t bit = 01; bit <= 040; bit <<= 1) {
		assert_int_equal(chmod(path, 0600 | bit), 0);
		assert_false(file_read_private(path, &out, &err));
		assert_int_equal(err.code, ERR_CONFIG);
		assert_non_null(strstr(err.text, "chmod 600"));
	}
	assert_int_equal(out.len, 0);
}

static void secrets_are_not_read_through_links_pipes_or_folders(void **state)
{
	const char *link = in_root("link"), *fifo = in_root("fifo");
	struct buf out = BUF_INIT(BUF_MAX_FILE);
	struct error err = ERROR_INIT;

	(void)state;
	assert_int_equal(symlink(make_file("token", "abc", 0600), link), 0);
	assert_false(file_read_private(link, &out, &err));
	assert_int_equal(err.code, ERR_CONFIG);
	assert_int_equal(mkfifo(fifo, 0600), 0);
	assert_false(file_read_private(fifo, &out, &err));
	assert_int_equal(err.code, ERR_CONFIG);
	assert_false(file_read_private(root, &out, &err));
	assert_false(file_read_private(in_root("none"), &out, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_int_equal(out.len, 0);
}

static void expect_content(const char *path, const char *text)
{
	struct buf out = BUF_INIT(BUF_MAX_FILE);

	assert_true(file_read(path, &out, NULL));
	assert_string_equal(buf_str(&out), text);
	buf_clear(&out);
}

static void files_are_written_whole_and_private(void **state)
{
	const char *path = in_root("out");
	struct error err = ERROR_INIT;

	(void)state;
	assert_true(file_write_atomic(path, "one", 3, &err));
	expect_content(path, "one");
	assert_int_equal(mode_of(path), 0600);
	assert_int_equal(chmod(path, 0644), 0);
	assert_true(file_write_atomic(path, "", 0, &err));
	expect_content(path, "");
	assert_int_equal(mode_of(path), 0600);
	assert_int_equal(symlink(path, in_root("link")), 0);
	assert_true(file_write_atomic(in_root("link"), "two", 3, &err));
	expect_content(path, "");	/* the link was replaced, not followed */
	expect_content(in_root("link"), "two");
}

static void a_file_in_the_working_folder_is_written(void **state)
{
	char *old = getcwd(NULL, 0);

	(void)state;
	assert_int_equal(chdir(root), 0);
	assert_true(file_write_atomic("plain", "x", 1, NULL));
	assert_int_equal(chdir(old), 0);
	expect_content(in_root("plain"), "x");
	free(old);
}

static void a_failed_write_leaves_nothing(void **state)
{
	struct error err = ERROR_INIT;

	(void)state;
	assert_false(file_write_atomic(in_root("none/out"), "x", 1, &err));
	assert_int_equal(err.code, ERR_STORAGE);
	assert_int_equal(mkdir(in_root("dir"), 0700), 0);
	assert_false(file_write_atomic(in_root("dir"), "x", 1, &err));
	assert_int_equal(rmdir(in_root("dir")), 0);
	assert_int_equal(rmdir(root), 0);	/* so no temporary file is left */
	assert_int_equal(mkdir(root, 0700), 0);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, enter, leave)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folders_follow_xdg),
		CASE(folders_are_made_private_with_their_parents),
		CASE(unfit_folders_are_refused),
		CASE(folders_and_secrets_of_others_are_refused),
		CASE(files_are_read_whole),
		CASE(files_that_cannot_be_read_say_so),
		CASE(secrets_are_read_from_private_files_only),
		CASE(secrets_are_not_read_through_links_pipes_or_folders),
		CASE(files_are_written_whole_and_private),
		CASE(a_file_in_the_working_folder_is_written),
		CASE(a_failed_write_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
