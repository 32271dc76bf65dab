/* Waybills: from an order to a PDF on the disk. */
#include "tests/worker/paper.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "tests/lib/patience.h"

/* ---- fetching ---------------------------------------------------------------------------------- */

static void a_waybill_is_kept(void **state)
{
	char *dir;
	struct stat st;

	(void)state;
	paper_open(ASSEMBLED);
	assert_non_null(strstr(paper_ready(paper_get(false)), "/waybills/" CODE "-"));
	assert_int_equal(paper_files("", NULL), 1);
	dir = home_path(b->market->home, "state/waybills");
	assert_int_equal(stat(dir, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	free(dir);
}

static void what_is_kept_is_used_again(void **state)
{
	(void)state;
	paper_open(ASSEMBLED);
	paper_ready(paper_get(false));
	paper_ready(paper_get(false));
	assert_int_equal(market_requests(b->market, "/waybill/"), 1);
	market_down(b->market);
	paper_ready(paper_get(false));
}

static void fresh_asks_again_and_keeps_one(void **state)
{
	(void)state;
	paper_open(ASSEMBLED);
	paper_ready(paper_get(false));
	paper_ready(paper_get(true));
	assert_int_equal(market_requests(b->market, "/waybill/"), 2);
	assert_int_equal(paper_files(".pdf", NULL), 1);
	/* What is there stays when nothing comes. */
	market_fault(b->market, ON_WAYBILL "do=page");
	paper_failed(paper_get(true), ERR_BAD_REPLY, "web page");
	assert_int_equal(paper_files(".pdf", NULL), 1);
}

static void a_new_link_is_another_waybill(void **state)
{
	char *before, *link;

	(void)state;
	paper_open(ASSEMBLED);
	before = xstrdup(paper_ready(paper_get(false)));
	link = xasprintf("{\"waybillLink\":\"%s/shop/api/waybill/another\"}", b->market->url);
	market_change(b->market, CODE, link);
	assert_int_equal(bench_lookup(b, CODE)->kind, EVENT_DONE);
	market_fault(b->market, ON_WAYBILL "do=\"status:200:%PDF-1.4 another %%EOF\"");
	assert_string_not_equal(paper_ready(paper_get(false)), before);
	assert_int_equal(paper_files(".pdf", NULL), 1);
	assert_int_equal(access(before, F_OK), -1);
	free(before);
	free(link);
}

/* A link that leads nowhere any more is looked for once more. */
static void an_old_link_is_read_again(void **state)
{
	(void)state;
	paper_open("{\"code\":\"" CODE "\",\"mode\":\"kaspi\",\"state\":\"KASPI_DELIVERY\",\"assembled\":true,"
		"\"status\":\"ACCEPTED_BY_MERCHANT\",\"waybillLink\":\"/shop/api/waybill/old\"}");
	paper_failed(paper_get(false), ERR_NOT_FOUND, "");
	assert_int_equal(market_requests(b->market, "/waybill/"), 2);
}

/* ---- waiting for the link ---------------------------------------------------------------------- */

static bool waits(const struct event *e, const void *arg)
{
	(void)arg;
	return e->kind == EVENT_DOCUMENT && e->stage == DOCUMENT_WAITING;
}

static void a_late_link_is_waited_for(void **state)
{
	uint64_t id;

	(void)state;
	paper_open(LATE);
	id = paper_post(false);
	bench_wait(b, waits, NULL, "that it waits for the link");
	market_change(b->market, CODE, "{\"waybill\":true}");
	paper_ready(bench_end(b, id));
}

static void a_link_that_does_not_come_is_not_waited_for_for_ever(void **state)
{
	size_t before;

	(void)state;
	paper_open(LATE);
	before = market_requests(b->market, "GET");
	paper_failed(paper_get(false), ERR_TIMEOUT, "Try again");
	assert_int_equal(market_requests(b->market, "GET"), before + 5);
}

static void stop(uint64_t id)
{
	struct request *cancel = request_new(REQUEST_CANCEL);

	cancel->target = id;
	desk_post(b->desk, cancel);
	assert_int_equal(bench_end(b, id)->kind, EVENT_CANCELLED);
}

static void the_wait_can_be_stopped(void **state)
{
	uint64_t id;

	(void)state;
	paper_open(LATE);
	id = paper_post(false);
	bench_wait(b, waits, NULL, "that it waits for the link");
	stop(id);
}

/* So long until a temporary file has bytes in it. */
static char *wait_for_bytes(void)
{
	int64_t deadline = deadline_in(10000);
	struct stat st;
	char *name = NULL;

	while (paper_files(".part-", &name) == 0 || stat(name, &st) < 0 || st.st_size == 0) {
		if (!deadline_left(deadline))
			check_fail("no byte of the waybill came");
		free(name);
		name = NULL;
		poll(NULL, 0, 5);
	}
	return name;
}

static void fetching_can_be_stopped(void **state)
{
	uint64_t id;

	(void)state;
	paper_open(ASSEMBLED);
	market_fault(b->market, ON_WAYBILL "do=stall:600");
	id = paper_post(false);
	free(wait_for_bytes());
	stop(id);
	paper_nothing_kept();
}

/* Many are fetched a few at a time: what else a person asks for comes first. */
static void many_do_not_stand_in_the_way(void **state)
{
	enum { MANY = 30 };
	uint64_t ids[MANY];

	(void)state;
	b = bench_prepare(market_start(&(struct market_options){ .seed = 3 }));
	b->shop->requests_per_second = 20;
	bench_start(b, false);
	for (int i = 0; i < MANY; i++) {
		char code[16], json[200];

		snprintf(code, sizeof(code), "%d", 413000000 + i);
		snprintf(json, sizeof(json), "{\"code\":\"%s\",\"mode\":\"kaspi\",\"state\":\"KASPI_DELIVERY\","
			"\"status\":\"ACCEPTED_BY_MERCHANT\",\"assembled\":true}", code);
		market_order(b->market, json);
	}
	assert_int_equal(bench_refresh(b)->kind, EVENT_DONE);
	for (int i = 0; i < MANY; i++) {
		struct order_list list = ORDER_LIST_INIT;
		char code[16];

		snprintf(code, sizeof(code), "%d", 413000000 + i);
		assert_true(reader_order_by_code(b->reader, code, &list, NULL, NULL));
		ids[i] = desk_post(b->desk, request_new_document(list.items[0].id, false));
		order_list_clear(&list);
	}
	/* One whose turn has not come can be taken back, too. */
	stop(ids[MANY - 1]);
	assert_int_equal(bench_lookup(b, "413000000")->kind, EVENT_DONE);
	assert_true(market_requests(b->market, "/waybill/") < 10);
	bench_end(b, ids[MANY - 2]);
	market_wait_requests(b->market, "/waybill/", MANY - 1);
}

static void the_desk_ends_while_it_waits(void **state)
{
	(void)state;
	paper_open(LATE);
	paper_post(false);
	bench_wait(b, waits, NULL, "that it waits for the link");
	bench_stop(b);
	bench_start(b, false);
}

static void an_order_without_one_says_why(void **state)
{
	(void)state;
	paper_open(TO_PACK);
	paper_failed(paper_get(false), ERR_REFUSED, "assemble it first");
	paper_teardown(NULL);
	paper_open(PICKUP);
	paper_failed(paper_get(false), ERR_REFUSED, "does not deliver it");
	assert_int_equal(market_requests(b->market, "/waybill/"), 0);
}

/* ---- the disk ---------------------------------------------------------------------------------- */

static void disk_full(bool full)
{
	struct rlimit limit;

	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &limit);
	limit.rlim_cur = full ? 0 : limit.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void a_disk_that_takes_nothing(void **state)
{
	uint64_t id;

	(void)state;
	paper_open(ASSEMBLED);
	disk_full(true);
	id = paper_post(false);
	paper_failed(bench_end(b, id), ERR_STORAGE, "cannot write");
	disk_full(false);
	paper_nothing_kept();
	paper_ready(paper_get(false));
}

static void a_folder_that_cannot_be_made(void **state)
{
	(void)state;
	paper_open(ASSEMBLED);
	home_write(b->market->home, "state/waybills", 0600, "in the way");
	paper_failed(paper_get(false), ERR_STORAGE, "waybills");
}

static void what_a_dead_process_left_goes(void **state)
{
	char *held;
	int fd;

	(void)state;
	paper_open(ASSEMBLED);
	home_write(b->market->home, "state/waybills/.part-dead", 0600, "%PDF-1.4 half");
	home_write(b->market->home, "state/waybills/.part-held", 0600, "%PDF-1.4 half");
	held = home_path(b->market->home, "state/waybills/.part-held");
	fd = open(held, O_RDWR | O_CLOEXEC);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	paper_ready(paper_get(false));
	assert_int_equal(paper_files(".part-dead", NULL), 0);
	assert_int_equal(paper_files(".part-held", NULL), 1);
	close(fd);
	free(held);
}

/* The number of an order could lead out of the folder. */
static void a_number_that_is_a_path(void **state)
{
	struct event *e;

	(void)state;
	b = bench_open(market_start(&(struct market_options){ .seed = 3 }));
	market_order(b->market, "{\"code\":\"../../x\",\"mode\":\"kaspi\",\"state\":\"KASPI_DELIVERY\","
		"\"status\":\"ACCEPTED_BY_MERCHANT\",\"assembled\":true}");
	e = bench_lookup(b, "../../x");
	assert_int_equal(e->kind, EVENT_DONE);
	order_id = xstrdup(e->order_id);
	assert_non_null(strstr(paper_ready(paper_get(false)), "/waybills/x"));
	assert_int_equal(paper_files(".pdf", NULL), 1);
}

#define TEST(f) cmocka_unit_test_teardown(f, paper_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_waybill_is_kept),
		TEST(what_is_kept_is_used_again),
		TEST(fresh_asks_again_and_keeps_one),
		TEST(a_new_link_is_another_waybill),
		TEST(an_old_link_is_read_again),
		TEST(a_late_link_is_waited_for),
		TEST(a_link_that_does_not_come_is_not_waited_for_for_ever),
		TEST(the_wait_can_be_stopped),
		TEST(fetching_can_be_stopped),
		TEST(many_do_not_stand_in_the_way),
		TEST(the_desk_ends_while_it_waits),
		TEST(an_order_without_one_says_why),
		TEST(a_disk_that_takes_nothing),
		TEST(a_folder_that_cannot_be_made),
		TEST(what_a_dead_process_left_goes),
		TEST(a_number_that_is_a_path),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
