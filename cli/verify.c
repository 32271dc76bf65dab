/* duken journal verify: whether somebody edited or deleted what was written down. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "cli/command.h"
#include "cli/print.h"
#include "store/verify.h"

struct verifying {
	const struct cli *c;
	struct json_writer json;
};

static void report(void *arg, const char *sentence)
{
	struct verifying *v = arg;

	if (v->c->json)
		json_put_text(&v->json, NULL, sentence);
	else
		cli_say("%s", sentence);
}

static void print_result(const struct verify_result *r)
{
	/* TRANSLATORS: how many rows the journal's audit has; none of them was edited or deleted */
	printf(ngettext("%lld entry, unbroken", "%lld entries, unbroken", (unsigned long)r->entries),
		(long long)r->entries);
	if (*r->head)
		/* TRANSLATORS: %s is 64 digits that somebody may note down */
		printf(_("; newest %s"), r->head);
	printf("\n");
}

static void say_broken(const struct verify_result *r)
{
	cli_say(ngettext("%lld finding: the journal is not as duken wrote it",
		"%lld findings: the journal is not as duken wrote it", (unsigned long)r->findings),
		(long long)r->findings);
}

/* The findings come first, so they wait in a buffer of their own until the head of the document is known. */
static int finish_json(struct verifying *v, const struct verify_result *r)
{
	struct buf out = BUF_INIT(BUF_MAX_OUTPUT);
	struct json_writer w = JSON_WRITER(&out);

	print_begin(&w);
	json_put_int(&w, "entries", r->entries);
	print_text(&w, "head", r->head);
	json_open(&w, "findings", '[');
	buf_add(&out, buf_str(v->json.out), v->json.out->len);
	json_close(&w, ']');
	print_end(&w);
	buf_clear(&out);
	return r->findings ? CLI_EXIT_FAILED : 0;
}

static int finish(const struct verify_result *r)
{
	if (!r->findings)
		print_result(r);
	else
		say_broken(r);
	return r->findings ? CLI_EXIT_FAILED : 0;
}

int cli_verify(struct cli *c, const char *expect)
{
	struct buf findings = BUF_INIT(BUF_MAX_OUTPUT);
	struct verifying v = { .c = c, .json = JSON_WRITER(&findings) };
	struct verify_result result;
	struct error err = ERROR_INIT;
	int status;

	if (expect && !verify_is_hash(expect)) {
		error_set(&err, ERR_USAGE, _("--expect needs the 64 digits that journal verify printed"));
		return cli_fail(c, &err);
	}
	if (!journal_verify(c->state_dir, expect, report, &v, &result, &err))
		status = cli_fail(c, &err);
	else
		status = c->json ? finish_json(&v, &result) : finish(&result);
	buf_clear(&findings);
	return status;
}
