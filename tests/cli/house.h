/* A command of duken against a simulated marketplace: what it printed and said, how it ended.
 *
 *	struct market *m = cli_market();
 *	cli(m, "accept", "400000001", "--json", NULL);
 *	assert_int_equal(cli_status(), 0);
 *	assert_string_equal(cli_json("results.0.outcome"), "done");
 *
 * What the last command left is kept until the next one; cli_clear() belongs into the teardown. */
#ifndef TESTS_CLI_HOUSE_H
#define TESTS_CLI_HOUSE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>

#include "tests/lib/check.h"
#include "tests/lib/market.h"

/* A marketplace with these orders, and settings for it. */
struct market *cli_market(int orders);

#define cli(market, ...)                                                                           \
	(CHECK_HERE(), cli_run_words((market), NULL, (const char *[]){ __VA_ARGS__ }))
/* The same with something on standard input. */
#define cli_with(market, input, ...) \
	(CHECK_HERE(), cli_run_words((market), (input), (const char *[]){ __VA_ARGS__ }))
void cli_run_words(struct market *m, const char *input, const char *const *words);
void cli_clear(void);

/* Of the last command. */
int cli_status(void);
const char *cli_out(void);
const char *cli_err(void);
/* A member of the printed document by its path, as text ("null", "true"); fails when the output is
 * not one JSON document or has no such member. */
#define cli_json(path) (CHECK_HERE(), cli_json_member(path))
const char *cli_json_member(const char *path);
/* How many items the array at the path has. */
size_t cli_json_count(const char *path);

/* Fails with what was printed and said unless the status is this and the text is in the output. */
#define cli_expect(status, text) (CHECK_HERE(), cli_do_expect((status), (text)))
void cli_do_expect(int status, const char *text);

#endif
