/* Everything that a server can send in place of a waybill, and servers that are not the shop's. */
#include "tests/worker/paper.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/mem.h"
#include "tests/lib/patience.h"

#define MIB (1024 * 1024)

/* ---- what comes in place of a PDF -------------------------------------------------------------- */

static void get_under(const char *fault, enum error_code code, const char *sentence)
{
	paper_open(ASSEMBLED);
	market_fault(b->market, fault);
	paper_failed(paper_get(false), code, sentence);
	paper_nothing_kept();
	/* And the desk goes on working. */
	market_no_faults(b->market);
	paper_ready(paper_get(false));
}

static void a_web_page(void **state)
{
	(void)state;
	get_under(ON_WAYBILL "do=page", ERR_BAD_REPLY, "a web page instead of a PDF");
}

static void a_page_of_the_gateway(void **state)
{
	(void)state;
	get_under(ON_WAYBILL "do=html", ERR_SERVER, "");
}

static void something_else(void **state)
{
	(void)state;
	get_under(ON_WAYBILL "do=status:200:{}", ERR_BAD_REPLY, "something else instead of a PDF");
}

static void nothing_at_all(void **state)
{
	(void)state;
	get_under(ON_WAYBILL "do=status:200:", ERR_BAD_REPLY, "an empty file");
}

static void a_pdf_that_breaks_off(void **state)
{
	(void)state;
	get_under(ON_WAYBILL "do=truncate:600", ERR_BAD_REPLY, "broke off");
}

static void a_pdf_that_comes_whole_without_its_end(void **state)
{
	(void)state;
	get_under(ON_WAYBILL "do=malformed", ERR_BAD_REPLY, "lacks its end");
}

static void a_redirect__takes_the_token_nowhere(void **state)
{
	struct market *other = market_start(&(struct market_options){ .seed = 6 });
	char *rule = xasprintf(ON_WAYBILL "do=redirect:%s/elsewhere.pdf", other->url);

	(void)state;
	get_under(rule, ERR_BAD_REPLY, "");
	assert_int_equal(market_requests(other, "elsewhere"), 0);
	free(rule);
	market_stop(other);
}

/* ---- 200 MB ------------------------------------------------------------------------------------ */

static long peak_kib(void)
{
	struct rusage use;

	getrusage(RUSAGE_SELF, &use);
	return use.ru_maxrss;
}

/* How much of the big answer went out, once the server noticed that nobody listens. */
static long sent(void)
{
	int64_t deadline = deadline_in(10000);
	long most = 0;

	while (!most && deadline_left(deadline)) {
		char *log = market_control(b->market, "GET", "/sim/requests?since=0", NULL);

		for (const char *s = log; (s = strstr(s, "\"sent\":")); s++) {
			long n = strtol(s + strlen("\"sent\":"), NULL, 10);

			most = n > most ? n : most;
		}
		free(log);
	}
	return most;
}

static void a_pdf_of_200_mb(const char *fault)
{
	long before;

	paper_open(ASSEMBLED);
	paper_ready(paper_get(false));
	before = peak_kib();
	market_fault(b->market, fault);
	paper_failed(paper_get(true), ERR_BAD_REPLY, "larger than");
	assert_true(peak_kib() - before < 16 * 1024);
	assert_int_equal(paper_files(".part-", NULL), 0);
	assert_int_equal(paper_files(".pdf", NULL), 1);
}

static void a_pdf_of_200_mb_that_says_so(void **state)
{
	(void)state;
	a_pdf_of_200_mb(ON_WAYBILL "do=big:200000000");
	assert_true(sent() < 10 * MIB);
}

static void a_pdf_of_200_mb_that_does_not(void **state)
{
	long n;

	(void)state;
	a_pdf_of_200_mb(ON_WAYBILL "do=big-chunked:200000000");
	n = sent();
	/* The limit, and what lies in the buffers of the connection. */
	assert_true(n > 20 * MIB && n < 40 * MIB);
}

/* ---- another server ---------------------------------------------------------------------------- */

/* What the log of requests says of the token of the first one with that piece in its path; the caller's. */
static char *token_of(struct market *m, const char *piece)
{
	char *log = market_control(m, "GET", "/sim/requests?since=0", NULL), *found = strstr(log, piece);
	char *token = found ? strstr(found, "\"token\":\"") : NULL;

	if (!token)
		check_fail("no request for %s in %s", piece, log);
	token += strlen("\"token\":\"");
	token = xstrndup(token, strcspn(token, "\""));
	free(log);
	return token;
}

static void expect_token(struct market *m, const char *piece, const char *value)
{
	char *token = token_of(m, piece);

	assert_string_equal(token, value);
	free(token);
}

static void link_to(const char *link)
{
	char *json = xasprintf("{\"waybillLink\":\"%s\"}", link);

	market_change(b->market, CODE, json);
	free(json);
	assert_int_equal(bench_lookup(b, CODE)->kind, EVENT_DONE);
}

static void the_shops_own_server_gets_the_token(void **state)
{
	(void)state;
	paper_open(ASSEMBLED);
	paper_ready(paper_get(false));
	expect_token(b->market, "/waybill/", "ok");
}

static void another_port_gets_no_token(void **state)
{
	struct market *other = market_start(&(struct market_options){ .seed = 6 });
	char *link = xasprintf("%s/files/waybill.pdf", other->url);

	(void)state;
	paper_open(ASSEMBLED);
	market_fault(other, "match=/files/ do=\"status:200:%PDF-1.4 elsewhere %%EOF\"");
	link_to(link);
	paper_ready(paper_get(false));
	expect_token(other, "/files/waybill.pdf", "missing");
	free(link);
	market_stop(other);
}

static void another_name_gets_no_token(void **state)
{
	char *link;

	(void)state;
	paper_open(ASSEMBLED);
	link = xasprintf("http://localhost:%d/files/waybill.pdf", b->market->port);
	link_to(link);
	paper_failed(paper_get(false), ERR_REFUSED, "status 401");
	expect_token(b->market, "/files/waybill.pdf", "missing");
	/* What another server says of a token that it was not told is nothing to do with the link. */
	assert_int_equal(bench_lookup(b, CODE)->kind, EVENT_DONE);
	free(link);
}

static void links_that_are_not_followed(void **state)
{
	static const char *const links[] = { "http://192.0.2.1/w.pdf", "file:///etc/passwd", "ftp://192.0.2.1/w.pdf",
		"https://user:secret@192.0.2.1/w.pdf", "nonsense" };

	(void)state;
	paper_open(ASSEMBLED);
	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++) {
		link_to(links[i]);
		paper_failed(paper_get(false), ERR_BAD_REPLY, "not one that may be followed");
	}
}

#define TEST(f) cmocka_unit_test_teardown(f, paper_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_web_page),
		TEST(a_page_of_the_gateway),
		TEST(something_else),
		TEST(nothing_at_all),
		TEST(a_pdf_that_breaks_off),
		TEST(a_pdf_that_comes_whole_without_its_end),
		TEST(a_redirect__takes_the_token_nowhere),
		TEST(a_pdf_of_200_mb_that_says_so),
		TEST(a_pdf_of_200_mb_that_does_not),
		TEST(the_shops_own_server_gets_the_token),
		TEST(another_port_gets_no_token),
		TEST(another_name_gets_no_token),
		TEST(links_that_are_not_followed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
