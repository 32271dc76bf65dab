/* Eight programs on one store press the same action on the same order at the same moment: the marketplace
 * is asked once, one of them says that it was done, and the others that somebody was faster. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cJSON.h>

#include "base/mem.h"
#include "sim/rng.h"
#include "store/reader.h"
#include "tests/crash/seeds.h"
#include "tests/lib/check.h"
#include "tests/lib/patience.h"
#include "tests/lib/proc.h"

#define ROUNDS 200
#define SHORT_MS 8000
#define PROGRAMS 8
#define END_MS 40000
#define WORDS_MAX 12

enum { DELAYED, CONFLICTS, REFUSALS };

#define NEW "\"mode\":\"pickup\",\"state\":\"NEW\""
#define PICKUP "\"mode\":\"pickup\",\"state\":\"PICKUP\",\"status\":\"ACCEPTED_BY_MERCHANT\""
#define KASPI "\"mode\":\"kaspi\",\"state\":\"KASPI_DELIVERY\",\"status\":\"ACCEPTED_BY_MERCHANT\"," \
	"\"entries\":2"

static const struct press {
	const char *words[4];	/* the command; CODE comes after the first */
	const char *kind;	/* action_spec.id */
	const char *counter;	/* what duken-sim calls it */
	const char *order;
	bool with_code;
	bool may_repeat;	/* the buyer may be sent another code when the first one was sent */
} presses[] = {
	{ { "accept" }, "accept", "ACCEPTED_BY_MERCHANT", NEW, false, false },
	{ { "cancel", "--reason", "out-of-stock" }, "cancel", "CANCELLED", NEW, false, false },
	{ { "cancel", "--reason", "buyer" }, "cancel", "CANCELLED", KASPI, false, false },
	{ { "assemble", "--spaces", "2" }, "assemble", "ASSEMBLE", KASPI, false, false },
	{ { "complete" }, "send_code", "SEND_CODE", PICKUP, false, true },
	{ { "complete", "--code" }, "complete", "COMPLETED", PICKUP, true, false },
};

#define PRESSES (sizeof(presses) / sizeof(presses[0]))

/* One round. */
struct run {
	struct market *m;
	const struct press *press;
	char code[16];
	char *base;		/* of --state-dir */
	char *secret;		/* the buyer's code */
	pid_t pids[PROGRAMS];
	int out[PROGRAMS];
	unsigned done;
};

/* ---- starting together ----------------------------------------------------------------------- */

/* A shell that goes on when its input ends: all of them at once. */
static pid_t start(const struct run *r, int gate, int out)
{
	char *program = built_path("duken");
	const char *argv[WORDS_MAX + 8] = { "/bin/sh", "-c", "read x; exec \"$@\" </dev/null", "sh", program,
		"--state-dir", r->base, r->press->words[0], r->code, "--json" };
	size_t n = 10;
	pid_t pid;

	for (size_t i = 1; i < 4 && r->press->words[i]; i++)
		argv[n++] = r->press->words[i];
	if (r->secret)
		argv[n++] = r->secret;
	pid = proc_start(r->m->env, argv, gate, out, -1);
	free(program);
	return pid;
}

static void pipe_of(int ends[2])
{
	if (pipe2(ends, O_CLOEXEC) != 0)
		check_fail("pipe: %s", strerror(errno));
}

static void start_all(struct run *r)
{
	int gate[2], out[2];
	int64_t deadline = deadline_in(2000);

	pipe_of(gate);
	for (size_t i = 0; i < PROGRAMS; i++) {
		pipe_of(out);
		r->pids[i] = start(r, gate[0], out[1]);
		r->out[i] = out[0];
		close(out[1]);
	}
	for (size_t i = 0; i < PROGRAMS; i++)
		while (!proc_asleep(r->pids[i]) && deadline_left(deadline))
			poll(NULL, 0, 1);
	close(gate[0]);
	close(gate[1]);
}

/* ---- what they say --------------------------------------------------------------------------- */

/* The outcome that its JSON names; the caller frees it. */
static char *outcome_of(int out)
{
	char text[4096];
	ssize_t n = read(out, text, sizeof(text) - 1);
	const cJSON *first, *outcome;
	cJSON *json;
	char *word;

	text[n > 0 ? n : 0] = '\0';
	json = cJSON_Parse(text);
	first = cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(json, "results"), 0);
	outcome = cJSON_GetObjectItemCaseSensitive(first, "outcome");
	word = xstrdup(cJSON_IsString(outcome) ? outcome->valuestring : text);
	cJSON_Delete(json);
	return word;
}

static bool end_one(struct run *r, size_t i, int64_t deadline)
{
	int status = proc_wait(r->pids[i], deadline);
	char *outcome = status < 0 ? xstrdup("still runs") : outcome_of(r->out[i]);
	bool done = !strcmp(outcome, "done"), conflict = !strcmp(outcome, "conflict");
	bool ok = (done && status == 0) || (conflict && status == 1) ||
		(!strcmp(outcome, "refused") && status == 1);

	r->done += done;
	seeds_count(CONFLICTS, conflict);
	seeds_count(REFUSALS, !done && !conflict);
	if (!ok)
		seeds_wrong("%s: one of them ended with %d: %s", r->press->kind, status, outcome);
	if (status < 0)
		proc_stop(r->pids[i]);
	close(r->out[i]);
	free(outcome);
	return ok;
}

static bool end_all(struct run *r)
{
	int64_t deadline = deadline_in(END_MS);
	bool ok = true;

	for (size_t i = 0; i < PROGRAMS; i++)
		ok = end_one(r, i, deadline) && ok;
	if (!r->done || (r->done > 1 && !r->press->may_repeat))
		ok = seeds_wrong("%s: %u of them say that it was done", r->press->kind, r->done);
	return ok;
}

/* ---- what is so ------------------------------------------------------------------------------ */

static bool counted(struct run *r, const char *what)
{
	char *member = xasprintf("%s.%s", what, r->press->counter);
	char *text = market_truth(r->m, r->code, member);
	bool ok = strtoul(text, NULL, 10) == r->done;

	if (!ok)
		seeds_wrong("%s: %u of them say done, and the market has %s %s", r->press->kind, r->done, text,
			what);
	free(member);
	free(text);
	return ok;
}

static bool written(const struct run *r)
{
	char *dir = xasprintf("%s/test", r->base), *id = market_truth(r->m, r->code, "id");
	struct action_list rows = ACTION_LIST_INIT;
	struct error err = ERROR_INIT;
	struct reader *reader = reader_open(dir, &err);
	struct journal_query q = { .order_id = id, .kind = r->press->kind };
	bool ok = reader && reader_journal(reader, &q, &rows, &err);
	unsigned done = 0, open = 0;

	for (size_t i = 0; i < rows.n; i++) {
		done += rows.items[i].state == ACTION_DONE;
		open += action_state_open(rows.items[i].state);
	}
	if (!ok)
		seeds_wrong("the journal cannot be read: %s", err.text);
	else if (done != r->done || open)
		ok = seeds_wrong("%s: %u of them say done; in the journal %u are done, %u open",
			r->press->kind, r->done, done, open);
	action_list_clear(&rows);
	reader_close(reader);
	free(dir);
	free(id);
	return ok;
}

/* ---- a round --------------------------------------------------------------------------------- */

static void run_alone(const struct run *r, const char *word)
{
	char *program = built_path("duken");
	const char *argv[] = { program, "--state-dir", r->base, word, r->code, NULL };
	struct proc_result result = proc_run(r->m->env, argv, NULL, END_MS);

	if (result.status != 0)
		check_fail("%s %s: %d: %s%s", word, r->code, result.status, result.out, result.err);
	proc_result_clear(&result);
	free(program);
}

static void prepare(struct run *r, struct rng *rng)
{
	char *json = xasprintf("{\"code\":\"%s\",%s}", r->code, r->press->order);
	char *rule = xasprintf("match=\"POST /v2/orders\" times=1 do=delay:%u", 50 + rng_below(rng, 400));

	market_configure(r->m, "\tgrace = 0\n", NULL);
	market_order(r->m, json);
	if (r->press->with_code) {
		run_alone(r, "complete");
		r->secret = market_code(r->m, r->code);
	} else if (rng_chance(rng, 0.5)) {
		run_alone(r, "show");	/* else they make the store together */
	}
	if (rng_chance(rng, 0.5)) {
		market_fault(r->m, rule);
		seeds_count(DELAYED, 1);
	}
	free(json);
	free(rule);
}

static bool one_round(struct market *m, uint64_t seed)
{
	struct rng rng = rng_for(seed, 0x6d616e79);
	struct run r = { .m = m, .press = &presses[seed % PRESSES] };
	bool ok;

	snprintf(r.code, sizeof(r.code), "4%08lu", (unsigned long)seed);
	r.base = home_path(m->home, "many");
	home_remove(m->home, "many");
	prepare(&r, &rng);
	start_all(&r);
	ok = end_all(&r);
	market_no_faults(m);
	ok = counted(&r, "requests") && counted(&r, "applied") && written(&r) && ok;
	free(r.base);
	free(r.secret);
	return ok;
}

int main(void)
{
	static const struct experiment many = {
		.run = one_round, .most = ROUNDS, .short_ms = SHORT_MS, .side_by_side = 1,
		.counts = { "calls delayed", "conflicts", "refusals" },
	};
	struct findings f = seeds_run(&many);
	bool ok = f.tried && !f.failed;

	printf("1..1\n");
	seeds_summary(&many, &f);
	printf("%sok 1 - eight programs at once: one request\n", ok ? "" : "not ");
	return ok ? 0 : 1;
}
