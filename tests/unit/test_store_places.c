/* Where a store lies: read-only folders and file systems, full disks, other machines. */
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/files.h"
#include "store/reader.h"
#include "store/store.h"
#include "tests/unit/audit_fixture.h"
#include "tests/unit/store_fixture.h"
#include "tests/unit/unit.h"

static int make_dir(void **state)
{
	*state = fixture_dir();
	return 0;
}

static int remove_dir(void **state)
{
	fixture_remove(*state);
	return 0;
}

static void a_read_only_folder_has_its_sentence(void **state)
{
	struct error err = ERROR_INIT;
	int status;

	/* Rights do not stop root, so the work is done as somebody else. */
	if (fork() == 0) {
		bool other = geteuid() != 0 || (chown(*state, 65534, 65534) == 0 && setuid(65534) == 0);
		bool ok = other && chmod(*state, 0500) == 0 && !store_open(*state, NULL, &err) &&
			err.code == ERR_STORAGE && strstr(err.text, "cannot be written");

		chmod(*state, 0700);
		_exit(ok ? 0 : 1);
	}
	wait(&status);
	assert_int_equal(status, 0);
}

/* In a life of its own; false where that is not allowed. */
static bool mount_small_disk(const char *dir, const char *size)
{
	char map[64];
	int fd;

	if (geteuid() != 0) {
		snprintf(map, sizeof(map), "0 %d 1", (int)geteuid());
		if (unshare(CLONE_NEWUSER) < 0 || (fd = open("/proc/self/uid_map", O_WRONLY)) < 0)
			return false;
		(void)!write(fd, map, strlen(map));
		close(fd);
	}
	return unshare(CLONE_NEWNS) == 0 &&
		mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
		mount("tmpfs", dir, "tmpfs", 0, size) == 0;
}

static void check(bool ok, int line)
{
	if (ok)
		return;
	fprintf(stderr, "# line %d fails in the child\n", line);
	_exit(1);
}
#define CHECK(ok) check(ok, __LINE__)

static void fill_small_disk(const char *dir)
{
	struct order_list page = ORDER_LIST_INIT, out = ORDER_LIST_INIT;
	struct store *s = store_open(dir, NULL, NULL);
	struct error err = ERROR_INIT;
	struct pass pass;

	CHECK(s && store_pass_begin(s, "ANY", 0, 1, &pass, NULL));
	for (int64_t i = 0; i < 3000; i++)
		fixture_order(&page, i);
	CHECK(!store_put_listed(s, &pass, &page, 1, NULL, &err));
	CHECK(err.code == ERR_STORAGE && strstr(err.text, "disk is full"));
	CHECK(!store_order_by_id(s, page.items[0].id, &out, &err) && err.code == ERR_NOT_FOUND);
	page.n = 10;
	CHECK(store_put_listed(s, &pass, &page, 1, NULL, &err));
	order_list_clear(&page);
	order_list_clear(&out);
	store_close(s);
}

/* Until there is no room for another byte; how many bytes there were. */
static size_t fill_up(const char *dir)
{
	char path[300], block[512] = { 1 };
	size_t n = 0;
	ssize_t k;
	int fd;

	snprintf(path, sizeof(path), "%s/ballast", dir);
	fd = open(path, O_WRONLY | O_CREAT, 0600);
	CHECK(fd >= 0);
	while ((k = write(fd, block, sizeof(block))) > 0)
		n += (size_t)k;
	close(fd);
	return n;
}

static void make_room(const char *dir)
{
	char path[300];

	snprintf(path, sizeof(path), "%s/ballast", dir);
	CHECK(unlink(path) == 0);
}

static void is_full(bool ok, const struct error *err)
{
	if (ok || err->code != ERR_STORAGE || !strstr(err->text, "disk is full"))
		fprintf(stderr, "# %s\n", ok ? "it went well" : err->text);
	CHECK(!ok && err->code == ERR_STORAGE && strstr(err->text, "disk is full"));
}

/* Nothing is written down half, and with room again it goes on. */
static void act_on_a_full_disk(const char *dir)
{
	struct store *s = store_open(dir, NULL, NULL);
	struct action_list list = ACTION_LIST_INIT;
	struct error err = ERROR_INIT;
	struct verify_result result;
	int64_t id = 0;

	CHECK(s && journal_add(s, &audit_orders[0], "accept", NULL, NULL, "x", 1, 1, &id, &err));
	fill_up(dir);
	is_full(journal_add(s, &audit_orders[1], "accept", NULL, NULL, "x", 1, 1, &id, &err), &err);
	CHECK(journal_open(s, &list, &err) && list.n == 1);
	is_full(journal_sending(s, list.items[0].id, "x", 2, &err), &err);
	make_room(dir);
	CHECK(journal_sending(s, list.items[0].id, "x", 3, &err));
	CHECK(journal_add(s, &audit_orders[1], "accept", NULL, NULL, "x", 1, 1, &id, &err));
	store_close(s);
	action_list_clear(&list);
	CHECK(journal_verify(dir, NULL, NULL, NULL, &result, &err) && !result.findings && result.entries == 3);
}

static void begin_on_a_full_disk(const char *dir)
{
	struct error err = ERROR_INIT;
	struct store *s;

	fill_up(dir);
	s = store_open(dir, NULL, &err);
	is_full(s != NULL, &err);
	make_room(dir);
	s = store_open(dir, NULL, &err);
	CHECK(s);
	store_close(s);
}

/* The first version's tables are all that the step to the second looks at. */
static void bring_up_to_date_on_a_full_disk(const char *dir)
{
	struct error err = ERROR_INIT;
	struct store *s = store_open(dir, NULL, NULL);

	CHECK(s);
	audit_add(s, &audit_orders[0], "accept", "words");
	store_close(s);
	fixture_sql(dir, JOURNAL, "DROP TABLE batch_item; DROP TABLE batch; DROP TABLE audit;"
		"ALTER TABLE action DROP COLUMN salt; PRAGMA user_version = 1");
	fill_up(dir);
	is_full(store_open(dir, NULL, &err) != NULL, &err);
	make_room(dir);
	CHECK(!fixture_exists(dir, JOURNAL ".before-1") && !fixture_exists(dir, JOURNAL ".copying"));
	CHECK(fixture_number(dir, JOURNAL, "PRAGMA user_version") == 1);
	s = store_open(dir, NULL, &err);
	CHECK(s);
	store_close(s);
	CHECK(fixture_exists(dir, JOURNAL ".before-1"));
}

static void open_read_only(const char *dir)
{
	struct error err = ERROR_INIT;
	struct store *s = store_open(dir, NULL, NULL);

	CHECK(s);
	store_close(s);
	CHECK(mount(NULL, dir, NULL, MS_REMOUNT | MS_RDONLY, NULL) == 0);
	CHECK(!store_open(dir, NULL, &err) && err.code == ERR_STORAGE);
	CHECK(strstr(err.text, "read-only file system") && strstr(err.text, "--state-dir"));
	CHECK(!reader_open(dir, &err) && err.code == ERR_STORAGE);
	CHECK(strstr(err.text, "folder is writable"));
}

/* In a process of its own, on a disk of its own; where none can be mounted, it says so and that is all. */
static void on_a_disk(const char *dir, const char *size, void (*work)(const char *dir))
{
	int status = 0;

	if (fork() == 0) {
		if (mount_small_disk(dir, size))
			work(dir);
		else
			fprintf(stderr, "# no file system can be mounted here\n");
		_exit(0);
	}
	wait(&status);
	assert_int_equal(status, 0);
}

static void a_full_disk_has_its_sentence(void **state)
{
	on_a_disk(*state, "size=1m", fill_small_disk);
}

static void a_full_disk_stops_an_action_whole(void **state)
{
	on_a_disk(*state, "size=1m", act_on_a_full_disk);
}

static void a_new_store_finds_no_room(void **state)
{
	on_a_disk(*state, "size=1m", begin_on_a_full_disk);
}

static void an_older_store_finds_no_room_for_its_copy(void **state)
{
	on_a_disk(*state, "size=1m", bring_up_to_date_on_a_full_disk);
}

static void a_read_only_file_system_has_its_sentence(void **state)
{
	on_a_disk(*state, "size=1m", open_read_only);
}

static void network_file_systems_are_known(void **state)
{
	(void)state;
	assert_true(files_remote(0x6969, ""));
	assert_true(files_remote(0xff534d42, ""));
	assert_true(files_remote((unsigned long)(int)0xfe534d42, ""));
	assert_true(files_remote(0x65735546, "fuse.sshfs"));
	assert_false(files_remote(0x65735546, "fuse.gocryptfs"));
	assert_false(files_remote(0xef53, ""));
	assert_false(files_remote(0x01021994, ""));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make_dir, remove_dir)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_read_only_folder_has_its_sentence),
		TEST(a_read_only_file_system_has_its_sentence),
		TEST(a_full_disk_has_its_sentence),
		TEST(a_full_disk_stops_an_action_whole),
		TEST(a_new_store_finds_no_room),
		TEST(an_older_store_finds_no_room_for_its_copy),
		cmocka_unit_test(network_file_systems_are_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
