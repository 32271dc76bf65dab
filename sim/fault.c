#include "sim/fault.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum argument {
	ARGUMENT_NONE,
	ARGUMENT_NUMBER,
	ARGUMENT_TEXT,
	ARGUMENT_BOTH /* a number, then perhaps ":text" */
};

static const struct {
	const char *name;
	enum argument argument;
	bool after; /* by default */
} KINDS[FAULT_KINDS] = {
	[FAULT_NONE] = { "", ARGUMENT_NONE, false },
	[FAULT_DELAY] = { "delay", ARGUMENT_NUMBER, false },
	[FAULT_STATUS] = { "status", ARGUMENT_BOTH, false },
	[FAULT_RETRY_AFTER] = { "retry-after", ARGUMENT_NUMBER, false },
	[FAULT_DROP] = { "drop", ARGUMENT_NONE, false },
	[FAULT_RESET] = { "reset", ARGUMENT_NONE, false },
	[FAULT_TRUNCATE] = { "truncate", ARGUMENT_NUMBER, true },
	[FAULT_MALFORMED] = { "malformed", ARGUMENT_NONE, true },
	[FAULT_ENDLESS] = { "endless", ARGUMENT_NONE, false },
	[FAULT_SILENCE] = { "silence", ARGUMENT_NUMBER, false },
	[FAULT_REDIRECT] = { "redirect", ARGUMENT_TEXT, false },
	[FAULT_HTML] = { "html", ARGUMENT_NONE, false },
	[FAULT_PAGE] = { "page", ARGUMENT_NONE, false },
	[FAULT_STALL] = { "stall", ARGUMENT_NUMBER, true },
	[FAULT_BIG] = { "big", ARGUMENT_NUMBER, true },
	[FAULT_BIG_CHUNKED] = { "big-chunked", ARGUMENT_NUMBER, true },
	[FAULT_GARBAGE] = { "garbage-header", ARGUMENT_NONE, false },
};

struct fault {
	char *rule, *method, *path, *status, *order, *text;
	long number, times, skip; /* times < 0: without end */
	unsigned long seen, hits;
	double probability;
	struct rng rng;
	enum fault_kind kind;
	int reused; /* -1: any */
	int after;  /* -1: the kind's default */
};

const char *fault_kind_name(enum fault_kind kind)
{
	return KINDS[kind].name;
}

static void fault_free(struct fault *f)
{
	free(f->rule);
	free(f->method);
	free(f->path);
	free(f->status);
	free(f->order);
	free(f->text);
}

static bool set_number(const char *value, long max, long *number)
{
	char *end;

	*number = strtol(value, &end, 10);
	return *value && !*end && *number >= 0 && *number <= max;
}

static void set_text(char **field, const char *value)
{
	free(*field);
	*field = xstrdup(value);
}

static bool set_match(struct fault *f, const char *value)
{
	size_t method = strspn(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

	free(f->method);
	free(f->path);
	f->method = f->path = NULL;
	if (method && (!value[method] || value[method] == ' ')) {
		f->method = xstrndup(value, method);
		value += method;
		value += strspn(value, " ");
	}
	if (*value)
		f->path = xstrdup(value);
	return true;
}

static bool set_do(struct fault *f, const char *value)
{
	size_t len = strcspn(value, ":");
	const char *rest = value[len] ? value + len + 1 : "";
	char number[16];
	size_t digits;
	int k;

	for (k = FAULT_DELAY; k < FAULT_KINDS; k++) {
		if (strlen(KINDS[k].name) == len && !strncmp(KINDS[k].name, value, len))
			break;
	}
	if (k == FAULT_KINDS)
		return false;
	f->kind = k;
	if (KINDS[k].argument == ARGUMENT_NONE)
		return !*rest;
	if (KINDS[k].argument == ARGUMENT_TEXT) {
		set_text(&f->text, rest);
		return *rest;
	}
	digits = strcspn(rest, ":");
	if (digits >= sizeof(number))
		return false;
	memcpy(number, rest, digits);
	number[digits] = '\0';
	if (rest[digits] && KINDS[k].argument == ARGUMENT_BOTH)
		set_text(&f->text, rest + digits + 1);
	else if (rest[digits])
		return false;
	return set_number(number, 1000000000, &f->number) &&
	       (k != FAULT_STATUS || (f->number >= 200 && f->number <= 599));
}

static bool set(struct fault *f, const char *key, const char *value)
{
	char *end;

	if (!strcmp(key, "match"))
		return set_match(f, value);
	if (!strcmp(key, "do"))
		return set_do(f, value);
	if (!strcmp(key, "times"))
		return set_number(value, 1000000000, &f->times);
	if (!strcmp(key, "skip"))
		return set_number(value, 1000000000, &f->skip);
	if (!strcmp(key, "when"))
		f->after = !strcmp(value, "after") ? 1 : !strcmp(value, "before") ? 0 : -2;
	else if (!strcmp(key, "reused"))
		f->reused = !strcmp(value, "yes") ? 1 : !strcmp(value, "no") ? 0 : -2;
	else if (!strcmp(key, "status"))
		set_text(&f->status, value);
	else if (!strcmp(key, "order"))
		set_text(&f->order, value);
	else if (!strcmp(key, "probability"))
		f->probability = strtod(value, &end);
	else
		return false;
	if (!strcmp(key, "probability"))
		return *value && !*end && f->probability >= 0 && f->probability <= 1;
	return f->after != -2 && f->reused != -2;
}

/* Reads one value, quoted or not, and steps behind it; false at an open quote. */
static bool read_value(const char **at, struct buf *value)
{
	const char *s = *at;
	bool quoted = *s == '"';

	buf_reset(value);
	for (s += quoted; *s && (quoted ? *s != '"' : !strchr(" \t\r\n", *s)); s++) {
		if (quoted && *s == '\\' && s[1])
			s++;
		buf_addc(value, *s);
	}
	if (quoted && *s != '"')
		return false;
	*at = s + quoted;
	return true;
}

static bool parse(struct fault *f, const char *rule, struct error *err)
{
	struct buf value = BUF_INIT(BUF_MAX_LINE);
	const char *at = rule;
	bool ok = true;

	while (ok && *(at += strspn(at, " \t\r\n"))) {
		size_t len = strcspn(at, "= \t\r\n");
		char key[32];

		if (!len || len >= sizeof(key) || at[len] != '=') {
			ok = error_set(
				err, ERR_USAGE, "fault rule: key=value is expected at \"%s\"", at);
			break;
		}
		memcpy(key, at, len);
		key[len] = '\0';
		at += len + 1;
		if (!read_value(&at, &value))
			ok = error_set(err, ERR_USAGE, "fault rule: a quote is not closed");
		else if (!set(f, key, buf_str(&value)))
			ok = error_set(err, ERR_USAGE, "fault rule: cannot use %s=%s", key,
				buf_str(&value));
	}
	if (ok && f->kind == FAULT_NONE)
		ok = error_set(err, ERR_USAGE, "fault rule: do= is missing");
	buf_clear(&value);
	return ok;
}

bool faults_add(struct faults *faults, const char *rule, struct error *err)
{
	struct fault f = { .times = -1, .probability = 1, .reused = -1, .after = -1 };

	if (!parse(&f, rule, err)) {
		fault_free(&f);
		return false;
	}
	if (f.after < 0)
		f.after = KINDS[f.kind].after;
	f.rule = xstrdup(rule);
	f.rng = rng_for(faults->seed ^ UINT64_C(0x6661756c74), faults->n);
	faults->list = xreallocarray(faults->list, faults->n + 1, sizeof(f));
	faults->list[faults->n++] = f;
	return true;
}

void faults_clear(struct faults *f)
{
	while (f->n)
		fault_free(&f->list[--f->n]);
	free(f->list);
	f->list = NULL;
}

/* The target with everything decoded, and where its path ends. */
static size_t plain_target(const struct request *q, struct buf *out)
{
	size_t path;
	unsigned i;

	for (i = 0; i < q->n_segments; i++)
		buf_addf(out, "/%s", q->segments[i]);
	path = out->len;
	for (i = 0; i < q->n_params; i++)
		buf_addf(out, "%c%s=%s", i ? '&' : '?', q->params[i].name, q->params[i].value);
	return path;
}

static bool path_matches(const char *pattern, const char *target, size_t path)
{
	size_t len = strlen(pattern);

	if (!len || pattern[len - 1] != '$')
		return strstr(target, pattern) != NULL;
	len--;
	return path >= len && !strncmp(target + path - len, pattern, len);
}

static bool applies(struct fault *f, const struct request *q, const struct target *t, bool reused,
	const char *target, size_t path)
{
	if (f->times >= 0 && f->hits >= (unsigned long)f->times)
		return false;
	if (f->method && strcmp(f->method, q->method) != 0)
		return false;
	if (f->path && !path_matches(f->path, target, path))
		return false;
	if (f->status && (!t->status || strcmp(f->status, t->status) != 0))
		return false;
	if (f->order && (!t->order || strcmp(f->order, t->order->code) != 0))
		return false;
	if (f->reused >= 0 && f->reused != reused)
		return false;
	if (f->seen++ < (unsigned long)f->skip)
		return false;
	return rng_chance(&f->rng, f->probability);
}

void faults_decide(struct faults *faults, const struct request *q, const struct target *t,
	bool reused, struct fault_plan *plan)
{
	struct buf target = BUF_INIT(BUF_MAX_LINE);
	size_t path = plain_target(q, &target);
	unsigned i;

	*plan = (struct fault_plan){ .kind = FAULT_NONE };
	for (i = 0; i < faults->n; i++) {
		struct fault *f = &faults->list[i];

		if (!applies(f, q, t, reused, buf_str(&target), path))
			continue;
		f->hits++;
		*plan = (struct fault_plan){ .kind = f->kind,
			.after = f->after,
			.number = f->number,
			.text = xstrdup_null(f->text) };
		break;
	}
	buf_clear(&target);
}

void fault_plan_clear(struct fault_plan *plan)
{
	free(plan->text);
	plan->text = NULL;
}

void faults_write(const struct faults *faults, struct json *j, const char *key)
{
	unsigned i;

	json_open(j, key, '[');
	for (i = 0; i < faults->n; i++) {
		const struct fault *f = &faults->list[i];

		json_open(j, NULL, '{');
		json_str(j, "rule", f->rule);
		json_int(j, "seen", (int64_t)f->seen);
		json_int(j, "hits", (int64_t)f->hits);
		json_close(j, '}');
	}
	json_close(j, ']');
}
