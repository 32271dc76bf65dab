/* The desk inside a real tmux: what is told arrives at the terminal around it. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tests/screen/counter.h"
#include "tests/screen/heard.h"
#include "tests/unit/unit.h"

#define TMUX_SETTINGS "set -g allow-passthrough on\nset -g set-titles on\nset -g set-titles-string '#T'\n" \
	"set -g default-terminal screen-256color\nset -g status off\nset -g destroy-unattached on\n" \
	"set -g bell-action any\nset -g visual-bell off\nset -sg escape-time 0\n"

/* Its server ends with its one window, or when the terminal goes away. */
static struct screen *desk(struct counter *c, const char *lines)
{
	const struct home *h = c->market->home;
	char *all = xasprintf("clerk = \"Clerk\"\n%s", lines), *program = built_path("duken");
	char *folder = xasprintf("TMUX_TMPDIR=%s", h->dir), *settings = home_path(h, "tmux.conf");
	char **env = home_env(h, (const char *[]){ folder, NULL });
	struct screen *s;

	market_configure(c->market, "\tgrace = 0\n\trequests_per_second = 100\n\taccept_within = 0\n"
		"\tpoll_new = 1\n", all);
	home_write(h, "tmux.conf", 0600, TMUX_SETTINGS);
	s = screen_start(24, 80, env,
		(const char *[]){ "/usr/bin/tmux", "-u", "-f", settings, "new-session", program, NULL });
	home_env_free(env);
	free(settings);
	free(folder);
	free(program);
	free(all);
	counter_synced(s);
	return s;
}

static void order(struct counter *c, const char *code)
{
	char *json = xasprintf("{\"code\":\"%s\",\"name\":\"Dana Kim\",\"state\":\"NEW\",\"mode\":\"pickup\","
		"\"express\":false,\"total\":5000}", code);

	market_order(c->market, json);
	free(json);
}

static void notices_go_through(void **state)
{
	struct counter *c = *state;
	struct screen *s = desk(c, "notify = \"bell title osc9 osc777 osc99\"\n");
	size_t mark = screen_mark(s);

	order(c, "400000091");
	screen_wait(s, "1 new order");
	heard_wait(s, mark, "\033]9;1 new order\a", 1);
	heard_wait(s, mark, "\033]777;notify;duken: Test shop;1 new order\a", 1);
	heard_wait(s, mark, "\033]99;i=duken-new:d=1:p=body;1 new order\033\\", 1);
	heard_bells(s, 1);
}

static void the_title_counts(void **state)
{
	struct counter *c = *state;
	struct screen *s = desk(c, "");

	heard_wait(s, 0, ";duken: Test shop", 1);
	order(c, "400000091");
	heard_wait(s, 0, ";(1) duken: Test shop", 1);
}

static void keys_work_in_it(void **state)
{
	struct counter *c = *state;
	struct screen *s = desk(c, "");

	screen_send(s, "\033OQ", 3);		/* F2 */
	screen_wait(s, "Accept order");
	screen_send(s, "\033", 1);
	screen_wait_gone(s, "Accept order");
	screen_send(s, "\033[19~", 5);		/* F8 */
	screen_wait(s, "Reason");
	screen_send(s, "\033", 1);
	screen_wait_gone(s, "Reason");
	screen_send(s, "\033[21~", 5);		/* F10 */
	assert_int_equal(screen_exit_status(s), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, counter_open, counter_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(notices_go_through),
		TEST(the_title_counts),
		TEST(keys_work_in_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
