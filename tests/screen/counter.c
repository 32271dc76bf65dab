#include "tests/screen/counter.h"

#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "tests/lib/patience.h"
#include "tests/lib/proc.h"

#define ARGS_MAX 16

static const struct {
	const char *code, *first, *last, *rest;
	int minutes;
} orders[] = {
	{ "400000001", "Айгерім", "Сәрсенова", "\"state\":\"NEW\",\"mode\":\"pickup\",\"total\":12990", 60 },
	{ "400000002", "Иван", "Петров", "\"state\":\"NEW\",\"mode\":\"own\",\"total\":4000", 50 },
	{ "400000003", "Dana", "Kim", "\"state\":\"NEW\",\"mode\":\"kaspi\",\"total\":250000", 40 },
	{ "400000011", "Ольга", "Ким", "\"state\":\"KASPI_DELIVERY\",\"entries\":3,\"quantity\":2", 30 },
	{ "400000012", "Серік", "Мұратұлы", "\"state\":\"KASPI_DELIVERY\"", 20 },
	{ "400000021", "Нұрлан", "Әбдіқадыров", "\"state\":\"PICKUP\",\"total\":7700", 48 },
	{ "400000022", "Мария", "Котова", "\"state\":\"PICKUP\",\"total\":8800", 45 },
	{ "400000031", "Ерлан", "Жұмабаев", "\"state\":\"DELIVERY\",\"total\":9900", 35 },
	{ "400000041", "Асель", "Төлеген", "\"state\":\"KASPI_DELIVERY\",\"assembled\":true,\"waybill\":true", 25 },
	{ "400000051", "Алия", "Нұрланқызы", "\"state\":\"ARCHIVE\",\"total\":100", 90 },
};

static void stock(struct market *m)
{
	int64_t now = clock_now_ms();

	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
		char *json = xasprintf("{\"code\":\"%s\",\"firstName\":\"%s\",\"lastName\":\"%s\","
			"\"name\":\"%s %s\",\"phone\":\"7010000%03zu\",\"express\":false,"
			"\"product\":\"Чайник электрический\",\"created_ms\":%lld,\"handover_ms\":%lld,%s}",
			orders[i].code, orders[i].first, orders[i].last, orders[i].first, orders[i].last,
			i, (long long)(now - orders[i].minutes * CLOCK_MINUTE_MS - 30000),
			(long long)(now + CLOCK_DAY_MS - orders[i].minutes * CLOCK_MINUTE_MS),
			orders[i].rest);

		market_order(m, json);
		free(json);
	}
}

int counter_open(void **state)
{
	struct counter *c = xcalloc(1, sizeof(*c));

	c->market = market_start(&(struct market_options){ .orders = 0 });
	stock(c->market);
	market_configure(c->market, "\tgrace = 0\n\trequests_per_second = 100\n\taccept_within = 0\n",
		"clerk = \"Clerk\"\n");
	*state = c;
	return 0;
}

int counter_close(void **state)
{
	struct counter *c = *state;

	screen_stop_all();
	market_stop(c->market);
	free(c);
	return 0;
}

struct screen *counter_start(struct counter *c, int rows, int cols, const char *const *env,
	const char *const *args)
{
	char *program = built_path(c->program ? c->program : "duken");
	char **full = home_env(c->market->home, env);
	const char *argv[ARGS_MAX] = { program };
	struct screen *s;

	for (size_t n = 1; args && *args && n + 1 < ARGS_MAX; n++)
		argv[n] = *args++;
	s = screen_start(rows, cols, full, argv);
	home_env_free(full);
	free(program);
	return s;
}

/* The archive comes last, and its count is 1. */
static bool archive_counted(struct screen *s)
{
	int row;

	return screen_find(s, "Archive", &row, NULL) &&
		picture_line_matches(s, row, "~ .*Archive +[1-9].*");
}

void counter_synced(struct screen *s)
{
	int64_t deadline = deadline_in(SCREEN_WAIT_MS);

	screen_wait(s, "400000001");
	screen_wait(s, " ago");
	while (!archive_counted(s) && screen_pump(s, deadline_left(deadline)))
		;
	screen_wait_gone(s, "Syncing");
	screen_wait_gone(s, "not synced yet");
	screen_wait_quiet(s, 50);
}

struct screen *counter_desk(struct counter *c, int rows, int cols)
{
	struct screen *s = counter_start(c, rows, cols, NULL, NULL);

	counter_synced(s);
	return s;
}

/* The cursor's row, when it stands in the list of queues and on that label. */
static bool on_queue(struct screen *s, const char *label)
{
	const char *line = screen_line(s, screen_cursor_row(s)), *at = strstr(line, label);

	return at && at - line < 8;
}

/* Goes through the list from its top. */
static bool find_queue(struct screen *s, const char *label)
{
	for (int i = 0; i < 3 && screen_cursor_col(s) > 2; i++)
		screen_keys(s, "<Left>");
	screen_keys(s, "<Home>");
	for (int i = 0; i < 20 && !on_queue(s, label); i++)
		screen_keys(s, "<Down>");
	return on_queue(s, label);
}

void counter_queue(struct screen *s, const char *label)
{
	bool found = find_queue(s, label);

	/* On a busy machine two steps may be seen as one. */
	for (int i = 0; i < 3 && !found; i++) {
		screen_wait_quiet(s, 200);
		found = find_queue(s, label);
	}
	if (!found)
		screen_fail(s, "no queue is called %s", label);
	screen_keys(s, "<Enter>");
}

void counter_go(struct screen *s, const char *code)
{
	char *title = xasprintf(" %s ", code);

	screen_type(s, code);
	screen_wait(s, "Order number");
	screen_keys(s, "<Enter>");
	screen_wait_gone(s, "Order number");
	screen_wait(s, title);
	free(title);
}

void counter_terminal(struct counter *c, const char *name, const char *capabilities)
{
	char *source = xasprintf("%s|for a test,\n\t%s, use=xterm-256color,\n", name, capabilities);
	char *from = home_path(c->market->home, "terminal.ti"), *to = home_path(c->market->home, ".terminfo");
	char *const argv[] = { (char *)"tic", (char *)"-x", (char *)"-o", to, from, NULL };
	int status;
	pid_t pid;

	home_write(c->market->home, "terminal.ti", 0600, source);
	if (posix_spawnp(&pid, "tic", NULL, NULL, argv, environ) != 0 || waitpid(pid, &status, 0) != pid || status != 0)
		check_fail("tic cannot describe a terminal");
	free(source);
	free(from);
	free(to);
}

void counter_up(struct counter *c)
{
	market_up(c->market);
	stock(c->market);
}

char *counter_journal(struct counter *c)
{
	char *program = built_path("duken"), *out;
	struct proc_result r = proc_run(c->market->env, (const char *const[]){ program, "journal", "--json", NULL },
		NULL, SCREEN_WAIT_MS);

	out = xstrdup(r.out);
	proc_result_clear(&r);
	free(program);
	return out;
}

void counter_journal_wait(struct counter *c, const char *piece)
{
	int64_t deadline = deadline_in(SCREEN_WAIT_MS);
	bool found = false;

	while (!found) {
		char *text = counter_journal(c);

		found = strstr(text, piece) != NULL;
		if (!found && !deadline_left(deadline))
			check_fail("the journal has no %s: %s", piece, text);
		free(text);
	}
}
