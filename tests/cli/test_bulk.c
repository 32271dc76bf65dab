/* One action for many orders from the command line. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "tests/cli/house.h"
#include "tests/lib/patience.h"
#include "tests/lib/proc.h"

#define FIRST 410000001
#define MANY 40
#define ON_POST "match=\"POST /v2/orders$\" "

static struct market *m;
static char codes[MANY][16];
static const char *words[MANY + 4];

static void make_orders(void)
{
	for (int i = 0; i < MANY; i++) {
		char json[100];

		snprintf(codes[i], sizeof(codes[i]), "%d", FIRST + i);
		snprintf(json, sizeof(json), "{\"code\":\"%d\",\"mode\":\"pickup\",\"state\":\"NEW\"}", FIRST + i);
		market_order(m, json);
	}
}

/* "accept", all the numbers, and one more word. */
static const char *const *accept_words(const char *last)
{
	size_t n = 0;

	words[n++] = "accept";
	for (int i = 0; i < MANY; i++)
		words[n++] = codes[i];
	words[n++] = last;
	words[n] = NULL;
	return words;
}

static size_t posted(void)
{
	return market_requests(m, "\"method\":\"POST\"");
}

static size_t occurrences(const char *text, const char *piece)
{
	size_t n = 0;

	while ((text = strstr(text, piece))) {
		n++;
		text += strlen(piece);
	}
	return n;
}

static void numbers_are_read_from_standard_input(void **state)
{
	struct buf input = BUF_INIT(BUF_MAX_LINE);

	(void)state;
	for (int i = 0; i < MANY; i++)
		buf_addf(&input, "%d%s", FIRST + i, i % 4 ? " " : "\n");
	cli_with(m, buf_str(&input), "accept", "-", "--json", NULL);
	assert_int_equal(cli_status(), 0);
	assert_int_equal(cli_json_count("results"), MANY);
	assert_string_equal(cli_json("results.0.code"), codes[0]);
	assert_int_equal(occurrences(cli_out(), "\"outcome\":\"done\""), MANY);
	assert_int_equal(posted(), MANY);
	cli_with(m, "\n", "accept", "-", NULL);
	assert_int_equal(cli_status(), 2);
	cli_with(m, "410000001 x\ty\001", "accept", "-", NULL);
	assert_int_equal(cli_status(), 2);
	assert_int_equal(posted(), MANY);
	buf_clear(&input);
}

static void one_that_is_refused_does_not_stop_the_others(void **state)
{
	(void)state;
	market_fault(m, "order=410000003 " ON_POST "do=status:400:{\"errors\":[{\"title\":\"NoSuchStock\"}]}");
	market_change(m, codes[5], "{\"state\":\"PICKUP\",\"status\":\"ACCEPTED_BY_MERCHANT\"}");
	cli_run_words(m, NULL, accept_words("--json"));
	assert_int_equal(cli_status(), 1);
	assert_int_equal(occurrences(cli_out(), "\"outcome\":\"done\""), MANY - 2);
	assert_string_equal(cli_json("results.2.outcome"), "refused");
	assert_non_null(strstr(cli_json("results.2.message"), "NoSuchStock"));
	assert_string_equal(cli_json("results.5.outcome"), "refused");
	assert_non_null(strstr(cli_json("results.5.message"), "Only a new order"));
}

static char *read_all(int fd)
{
	size_t len = 0, cap = 65536;
	char *text = xmalloc(cap);
	ssize_t n;

	while (len + 1 < cap && (n = read(fd, text + len, cap - len - 1)) > 0)
		len += (size_t)n;
	text[len] = '\0';
	return text;
}

/* What is under way ends, the rest is taken back, and the command says which is which. */
static void a_signal_stops_between_two_orders(void **state)
{
	char *program = built_path("duken"), *out;
	const char *argv[MANY + 4];
	size_t sent, done;
	int pipes[2];
	pid_t pid;

	(void)state;
	market_fault(m, ON_POST "when=after do=delay:300");
	memcpy(argv + 1, accept_words(NULL), (MANY + 2) * sizeof(argv[0]));
	argv[0] = program;
	assert_int_equal(pipe(pipes), 0);
	pid = proc_start(m->env, argv, -1, pipes[1], -1);
	close(pipes[1]);
	market_wait_requests(m, "\"method\":\"POST\"", 3);
	kill(pid, SIGINT);
	out = read_all(pipes[0]);
	close(pipes[0]);
	assert_int_equal(proc_wait(pid, deadline_in(10000)), 1);
	market_no_faults(m);
	sent = posted();
	done = occurrences(out, ": accepted");
	assert_true(sent >= 3 && sent < MANY);
	assert_int_equal(done, sent);
	assert_int_equal(occurrences(out, "Stopped before it was sent"), MANY - sent);
	cli(m, "journal", "--open", "--json", NULL);
	assert_int_equal(cli_json_count("items"), 0);
	free(out);
	free(program);
}

static void offline_all_of_them_wait_in_the_journal(void **state)
{
	(void)state;
	cli(m, "sync", NULL);
	market_down(m);
	cli_run_words(m, NULL, accept_words("--json"));
	assert_int_equal(cli_status(), 3);
	assert_int_equal(occurrences(cli_out(), "\"outcome\":\"queued\""), MANY);
	cli_run_words(m, NULL, accept_words("--json"));
	assert_int_equal(occurrences(cli_out(), "\"outcome\":\"conflict\""), MANY);
	market_up(m);
}

static int start(void **state)
{
	(void)state;
	m = cli_market(0);
	make_orders();
	return 0;
}

static int stop(void **state)
{
	(void)state;
	cli_clear();
	market_stop(m);
	return 0;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(numbers_are_read_from_standard_input),
		TEST(one_that_is_refused_does_not_stop_the_others),
		TEST(a_signal_stops_between_two_orders),
		TEST(offline_all_of_them_wait_in_the_journal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
