/* A hundred orders accepted at once over a link on which a part of everything goes wrong, and the desk
 * ended in the middle: each act ends, and no order is accepted twice. */
#include <stdio.h>

#include "tests/regress/acting.h"

#define N 100

static const char *code_of(int i)
{
	static char code[16];

	snprintf(code, sizeof(code), "4130%05d", i);
	return code;
}

static void many_orders(void)
{
	char order[200];

	acting_prepare(NEW_ORDER, 0);
	for (int i = 0; i < N; i++) {
		snprintf(order, sizeof(order), "{\"code\":\"%s\",\"mode\":\"pickup\",\"state\":\"NEW\"}",
			code_of(i));
		market_order(b->market, order);
	}
	bench_start(b, false);
	assert_int_equal(bench_refresh(b)->kind, EVENT_DONE);
	market_fault(b->market, "match=\"POST /v2/orders\" probability=0.1 when=after do=drop");
	market_fault(b->market, "match=\"POST /v2/orders\" probability=0.1 when=before do=drop");
	market_fault(b->market, "match=\"POST /v2/orders\" probability=0.1 when=after do=status:502");
	market_fault(b->market, "match=\"POST /v2/orders\" probability=0.1 when=after do=malformed");
	market_fault(b->market, "match=\"POST /v2/orders\" probability=0.1 when=before do=reset");
	market_fault(b->market, "match=\"GET\" probability=0.05 do=status:503");
	market_fault(b->market, "match=\"GET\" probability=0.05 do=drop");
}

static bool ends_an_act(const struct event *e, const void *arg)
{
	(void)arg;
	return e->action_id && (e->kind == EVENT_DONE ||
		(e->kind == EVENT_ACTION && !e->reply_to && !action_state_open(e->action_state)));
}

static void each_applied_once_at_most(int done_at_least)
{
	int done = 0;

	for (int i = 0; i < N; i++) {
		char *applied = market_truth(b->market, code_of(i), "applied.ACCEPTED_BY_MERCHANT");

		if (strcmp(applied, "0") != 0 && strcmp(applied, "1") != 0)
			check_fail("%s was accepted %s times", code_of(i), applied);
		done += !strcmp(applied, "1");
		free(applied);
	}
	assert_true(done >= done_at_least);
}

/* What the journal calls done was done, and what it does not was not. */
static void journal_agrees(void)
{
	struct action_list list = ACTION_LIST_INIT;
	struct error err = ERROR_INIT;

	assert_true(reader_journal(b->reader, &(struct journal_query){ 0 }, &list, &err));
	assert_int_equal(list.n, N);
	for (size_t i = 0; i < list.n; i++) {
		const struct action *a = &list.items[i];
		char *applied = market_truth(b->market, a->code, "applied.ACCEPTED_BY_MERCHANT");

		if ((a->state == ACTION_DONE) != !strcmp(applied, "1"))
			check_fail("%s is %s (%s), and was accepted %s times", a->code,
				action_state_name(a->state), a->message, applied);
		free(applied);
	}
	action_list_clear(&list);
}

static void all_at_once(void **state)
{
	(void)state;
	many_orders();
	for (int i = 0; i < N; i++)
		bench_post_act(b, code_of(i), "accept", NULL, false);
	for (int i = 0; i < N; i++)
		bench_wait(b, ends_an_act, NULL, "that an act ended");
	each_applied_once_at_most(N * 9 / 10);
	journal_agrees();
}

static size_t open_actions(void)
{
	size_t open, ask;

	reader_open_actions(b->reader, &open, &ask);
	return open;
}

static void ended_in_the_middle(void **state)
{
	(void)state;
	many_orders();
	for (int i = 0; i < N; i++)
		bench_post_act(b, code_of(i), "accept", NULL, false);
	for (int i = 0; i < 5; i++)
		bench_wait(b, ends_an_act, NULL, "that an act ended");
	bench_stop(b);
	bench_start(b, false);
	acting_poll();
	while (open_actions())
		bench_wait(b, ends_an_act, NULL, "that an act ended");
	each_applied_once_at_most(N / 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ACTING_TEST(all_at_once),
		ACTING_TEST(ended_in_the_middle),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
