#include "tests/worker/crowd.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "store/store.h"
#include "tests/lib/check.h"
#include "tests/lib/patience.h"

#define FIRST 412000001
#define BATCH_WAIT_MS 90000

struct bench *b;

/* ---- the shop ---------------------------------------------------------------------------------- */

static unsigned seed(void)
{
	const char *given = getenv("DUKEN_TEST_SEED");
	unsigned n = given ? (unsigned)strtoul(given, NULL, 10) : (unsigned)getpid();

	printf("# DUKEN_TEST_SEED=%u\n", n);
	fflush(stdout);
	return n;
}

static void code_of(int i, char out[16])
{
	snprintf(out, 16, "%d", FIRST + i);
}

void crowd_prepare(int orders)
{
	b = bench_prepare(market_start(&(struct market_options){ .seed = (int)(seed() % 100000 + 1) }));
	b->probe_ms = 20;
	b->retry_ms = 50;
	for (int i = 0; i < orders; i++) {
		char json[128];

		snprintf(json, sizeof(json), "{\"code\":\"%d\",\"mode\":\"%s\",\"state\":\"NEW\"}", FIRST + i,
			i % 3 ? "pickup" : "kaspi");
		market_order(b->market, json);
	}
}

int crowd_teardown(void **state)
{
	(void)state;
	if (b)
		bench_close(b);
	b = NULL;
	return 0;
}

void crowd_poll(void)
{
	struct request *r = request_new(REQUEST_POLL);

	r->on = true;
	desk_post(b->desk, r);
}

struct request *crowd_accept(int orders)
{
	struct request *r = request_new_act_all("accept", NULL);

	for (int i = 0; i < orders; i++) {
		struct order_list list = ORDER_LIST_INIT;
		struct error err = ERROR_INIT;
		char code[16];

		code_of(i, code);
		if (!reader_order_by_code(b->reader, code, &list, NULL, &err))
			check_fail("order %s: %s", code, err.text);
		request_add_order(r, list.items[0].id, code);
		order_list_clear(&list);
	}
	return r;
}

bool crowd_is_queued(const struct event *e, const void *arg)
{
	return e->kind == EVENT_QUEUED && e->reply_to == *(const uint64_t *)arg;
}

/* Confirms the bulk action and waits until it is on the disk; the batch's id. */
int64_t crowd_confirm(int orders, uint64_t *request)
{
	*request = desk_post(b->desk, crowd_accept(orders));
	return bench_wait(b, crowd_is_queued, request, "that the batch is written down")->batch_id;
}

int64_t crowd_start(int orders, uint64_t *request)
{
	struct event *e;

	bench_start(b, false);
	e = bench_refresh(b);
	assert_int_equal(e->kind, EVENT_DONE);
	return crowd_confirm(orders, request);
}

/* ---- what came of it --------------------------------------------------------------------------- */

void crowd_counts(int64_t batch, struct batch_counts *c)
{
	reader_batch_counts(b->reader, batch, c);
}

size_t crowd_ended(int64_t batch)
{
	struct batch_counts c;

	crowd_counts(batch, &c);
	return c.total - c.waiting - c.sending - c.unknown;
}

static bool is_enough(const struct event *e, const void *arg)
{
	const int64_t *want = arg;

	(void)e;
	return crowd_ended(want[0]) >= (size_t)want[1];
}

void crowd_wait_ended(int64_t batch, int64_t n)
{
	int64_t want[2] = { batch, n }, deadline = deadline_in(BATCH_WAIT_MS);

	while (crowd_ended(batch) < (size_t)n && deadline_left(deadline))
		bench_wait(b, is_enough, want, "that enough of the batch has ended");
	if (crowd_ended(batch) < (size_t)n)
		check_fail("only %zu of the batch ended", crowd_ended(batch));
}

long crowd_number(const char *code, const char *member)
{
	char *text = market_truth(b->market, code, member);
	long n = strtol(text, NULL, 10);

	free(text);
	return n;
}

/* The journal and the marketplace say the same of an item that has ended. */
static void agree(const struct batch_item *item)
{
	long applied = crowd_number(item->code, "applied.ACCEPTED_BY_MERCHANT");

	if (applied > 1)
		check_fail("%s was accepted %ld times", item->code, applied);
	if (!item->action_id || action_state_open(item->state))
		check_fail("%s did not end: %s, %s", item->code, action_state_name(item->state), item->message);
	if ((item->state == ACTION_DONE) != (applied == 1))
		check_fail("%s: the journal says %s (%s), it was applied %ld times", item->code,
			action_state_name(item->state), item->message, applied);
	if (item->state != ACTION_DONE && item->state != ACTION_UNDONE && !*item->message)
		check_fail("%s: %s, and nobody says why", item->code, action_state_name(item->state));
}

void crowd_agrees(int64_t batch, size_t n)
{
	struct batch_items items = BATCH_ITEMS_INIT;

	assert_true(reader_batch_items(b->reader, batch, &items, NULL));
	assert_int_equal(items.n, n);
	for (size_t i = 0; i < items.n; i++)
		agree(&items.items[i]);
	batch_items_clear(&items);
}

void crowd_pause(int64_t batch, bool on)
{
	struct event *e = bench_end(b, desk_post(b->desk, request_new_pause(batch, on)));

	if (e->kind != EVENT_DONE)
		check_fail("pause: %s", e->error.text);
}

static bool is_settled(const struct event *e, const void *arg)
{
	struct batch_counts c;

	(void)e;
	crowd_counts(*(const int64_t *)arg, &c);
	return c.sending + c.unknown == 0;
}

/* What was under way has ended. */
void crowd_wait_settled(int64_t batch)
{
	if (!is_settled(NULL, &batch))
		bench_wait(b, is_settled, &batch, "that what is under way ends");
}

size_t crowd_posted(void)
{
	return market_requests(b->market, "\"method\":\"POST\"");
}

/* ---- another process --------------------------------------------------------------------------- */

pid_t crowd_start_decider(int *told)
{
	int words[2];
	pid_t child;

	assert_int_equal(pipe(words), 0);
	child = fork();
	if (child == 0) {
		struct store *s;
		int64_t id = 0;
		bool changed;
		size_t n;

		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (read(words[0], &id, sizeof(id)) != sizeof(id))
			_exit(1);
		s = store_open(b->dir, NULL, NULL);
		_exit(s && batch_pause(s, id, true, NULL, 1, &changed, NULL) && changed &&
			batch_stop(s, id, NULL, "x", 1, &n, NULL) && n > 0 ? 0 : 1);
	}
	close(words[0]);
	*told = words[1];
	return child;
}

void crowd_decide(pid_t decider, int told, int64_t batch)
{
	int status;

	assert_int_equal(write(told, &batch, sizeof(batch)), sizeof(batch));
	assert_int_equal(waitpid(decider, &status, 0), decider);
	close(told);
	assert_int_equal(status, 0);
}
