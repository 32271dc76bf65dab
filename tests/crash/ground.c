/* The marketplace, the store that is copied, and what belongs to one run. */
#include "tests/crash/trial.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "tests/crash/store_check.h"
#include "tests/lib/check.h"
#include "tests/lib/http.h"
#include "tests/lib/proc.h"

#define RUN_MS 60000
#define FIRST_CODE 412000000UL
#define ORDERS_TOO_MANY 60

/* ---- the ground ------------------------------------------------------------------------------ */

static char *home_file(const struct ground *g, const char *a, const char *b)
{
	return xasprintf("%s/%s%s", g->market->home->dir, a, b);
}

static void make_template(struct ground *g)
{
	char *program = built_path("duken"), *dir = home_file(g, "template", "");
	const char *argv[] = { program, "--state-dir", dir, "sync", NULL };
	struct proc_result r = proc_run(g->market->env, argv, NULL, RUN_MS);

	if (r.status != 0)
		check_fail("the first sync: %d %s", r.status, r.err);
	proc_result_clear(&r);
	free(program);
	free(dir);
}

void ground_open(struct ground *g, const struct deed *deed)
{
	/* Orders to read come from the marketplace's own stock; the other tests bring theirs. */
	struct market_options options = { .seed = 3, .orders = deed->kind ? 0 : 30 };

	check_context(NULL);
	*g = (struct ground){ .deed = deed, .last_code = FIRST_CODE };
	g->market = market_start(&options);
	market_configure(g->market, "requests_per_second = 1000\n", NULL);
	make_template(g);
	g->program = built_path(deed->desk ? "tests/crash/desk_run" : "duken");
}

/* A desk reads all orders that there are. */
void ground_tidy(struct ground *g)
{
	if (g->in_market < ORDERS_TOO_MANY)
		return;
	market_down(g->market);
	market_up(g->market);
	g->in_market = 0;
}

void ground_close(struct ground *g)
{
	market_stop(g->market);
	free(g->program);
}

/* ---- a store of its own ---------------------------------------------------------------------- */

static void copy_file(const char *from, const char *to)
{
	int in = open(from, O_RDONLY | O_CLOEXEC);
	int out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	ssize_t n;

	do
		n = copy_file_range(in, NULL, out, NULL, 1 << 24, 0);
	while (n > 0);
	if (in < 0 || out < 0 || n < 0)
		check_fail("cannot copy %s to %s", from, to);
	close(in);
	close(out);
}

static void copy_store(struct trial *t, const char *name)
{
	struct ground *g = t->ground;
	char *from = home_file(g, "template/test/", name), *to = xasprintf("%s/%s", t->dir, name);

	copy_file(from, to);
	free(from);
	free(to);
}

/* Its log as well: both are set aside. */
static void spoil(struct ground *g, const char *name)
{
	char *cache = xasprintf("%s/test/cache.db", name), *log = xasprintf("%s-wal", cache);

	home_write(g->market->home, cache, 0600, "This is no database, whatever its name says.\n");
	home_write(g->market->home, log, 0600, "This is no log of a database, whatever its name says.\n");
	free(cache);
	free(log);
}

static void make_store(struct trial *t, size_t number)
{
	struct ground *g = t->ground;
	char *name = xasprintf("run%zu", number), *mark = xasprintf("%s/test/mark", name);

	t->home = home_path(g->market->home, name);
	t->dir = xasprintf("%s/test", t->home);
	/* Makes the folder. */
	home_write(g->market->home, mark, 0600, "");
	home_remove(g->market->home, mark);
	if (g->deed->empty)
		rmdir(t->dir);
	if (!g->deed->empty) {
		copy_store(t, "journal.db");
		copy_store(t, "cache.db");
	}
	if (g->deed->spoiled)
		spoil(g, name);
	free(name);
	free(mark);
}

/* As the marketplace is asked by whoever sends the code: the buyer has it before the run. */
static void send_buyer_code(struct trial *t)
{
	struct market *m = t->ground->market;
	char *id = market_truth(m, t->codes[0], "id");
	char *body = xasprintf("{\"data\":{\"type\":\"orders\",\"id\":\"%s\",\"attributes\":"
		"{\"code\":\"%s\",\"status\":\"COMPLETED\"}}}", id, t->codes[0]);
	char *headers = xasprintf("User-Agent: crash/1\r\nX-Auth-Token: %s\r\n"
		"Accept: application/vnd.api+json\r\nContent-Type: application/vnd.api+json\r\n"
		"X-Security-Code:\r\nX-Send-Code: true\r\n", m->token);
	int status = 0;

	free(plain_http(m->port, "POST", "/shop/api/v2/orders", headers, body, &status, NULL));
	if (status != 200)
		check_fail("the code for the buyer: %d", status);
	t->buyer = market_code(m, t->codes[0]);
	free(id);
	free(body);
	free(headers);
}

static void make_orders(struct trial *t)
{
	struct ground *g = t->ground;

	g->in_market += g->deed->orders;
	for (size_t i = 0; i < g->deed->orders; i++) {
		char *json;

		t->codes[i] = xasprintf("%lu", ++g->last_code);
		json = xasprintf("{\"code\":\"%s\",%s}", t->codes[i], g->deed->order);
		market_order(g->market, json);
		free(json);
	}
	for (size_t i = 0; g->deed->words[i]; i++)
		if (!strcmp(g->deed->words[i], "BUYER"))
			send_buyer_code(t);
}

void trial_words(const struct trial *t, const char *argv[TRIAL_WORDS_MAX])
{
	const char *const *word = t->ground->deed->words;
	size_t n = 0;

	argv[n++] = t->ground->program;
	argv[n++] = t->ground->deed->desk ? t->ground->market->url : "--state-dir";
	argv[n++] = t->ground->deed->desk ? t->dir : t->home;
	for (; *word; word++) {
		if (!strcmp(*word, "CODES"))
			for (size_t i = 0; i < t->ground->deed->orders; i++)
				argv[n++] = t->codes[i];
		else
			argv[n++] = !strcmp(*word, "BUYER") ? t->buyer : *word;
	}
	argv[n] = NULL;
}

void trial_open(struct trial *t, struct ground *g, size_t number)
{
	*t = (struct trial){ .ground = g };
	make_store(t, number);
	make_orders(t);
}

void trial_close(struct trial *t)
{
	home_remove(t->ground->market->home, strrchr(t->home, '/') + 1);
	for (size_t i = 0; i < TRIAL_ORDERS_MAX; i++)
		free(t->codes[i]);
	free(t->buyer);
	free(t->label);
	free(t->home);
	free(t->dir);
	free(t->out);
	free(t->err);
}

void ground_record(struct ground *g, struct point_list *list)
{
	const char *argv[TRIAL_WORDS_MAX];
	struct trial t;

	trial_open(&t, g, 0);
	trial_words(&t, argv);
	points_record(g->market->env, argv, t.dir, list);
	if (!g->deed->kind)
		g->stored = store_orders(t.dir);
	trial_close(&t);
}
