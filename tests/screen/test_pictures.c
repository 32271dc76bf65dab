/* The pictures of README.md: screens of the running program, on a made-up shop whose clock stands still, so that the
 * same program draws the same pictures.
 *
 *	DUKEN_PICTURES=doc/pictures tests/screen/test_pictures		or: make pictures
 *
 * writes them anew; without that they are drawn into a throw-away folder and looked at. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "tests/lib/market.h"
#include "tests/lib/proc.h"
#include "tests/screen/counter.h"
#include "tests/screen/svg.h"
#include "tests/unit/unit.h"

#define WHEN "2026-11-23 14:32"
#define PICTURE_MAX (60 * 1024)

static const struct {
	const char *name, *title;
	int rows, cols;
	const char *queue;
	struct {
		const char *keys, *seen;
	} steps[4];
} pictures[] = {
	{ "desk", "Рабочее место: очереди, заказы на упаковку и открытый заказ", 30, 120, "Упаковка",
		{ { "<Enter> <Esc>", "Қымыз" } } },
	{ "order", "Открытый заказ с товарами", 24, 80, "Упаковка", { { "324728615 <Enter>", "Дыня" } } },
	{ "hand-out", "Выдача заказа по коду покупателя", 24, 80, "Самовывоз", { { "<F7> <Enter>", "Ctrl-R" } } },
	{ "journal", "Журнал: что сделано, кем и с каким итогом", 24, 80, "Новые", {
		{ "324728694 <Enter> <F2> <Enter>", "324728694: принят" },
		{ "324728145 <Enter> <F7> <Enter>", "Ctrl-R" },
		{ "1234 <Enter>", "324728145: выдан" },
		{ "J", "Принять заказ:" } } },
};

static struct market *market;

static int set_up(void **state)
{
	static const char *const args[] = { "--buyer-code", "1234", NULL };
	struct error err = ERROR_INIT;
	int64_t now;
	char *text;

	(void)state;
	assert_true(zone_set("Asia/Almaty", &err));
	assert_true(time_parse(WHEN, &now));
	market = market_start(&(struct market_options){ .orders = 120, .now_ms = now, .args = args });
	market_configure(market, NULL, NULL);
	text = xasprintf("clerk = \"Айгуль\"\nshop almaty {\n\tlabel = \"Алматы\"\n\tprovider = \"kaspi\"\n"
		"\tbase_url = \"%s\"\n\ttoken_file = \"%s/config/duken/token\"\n\tgrace = 0\n"
		"\trequests_per_second = 1000\n}\n", market->url, market->home->dir);
	home_write(market->home, "config/duken/duken.conf", 0600, text);
	free(text);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	screen_stop_all();
	market_stop(market);
	return 0;
}

static struct screen *start(int rows, int cols)
{
	char *program = built_path("duken");
	char **env = home_env(market->home, (const char *[]){ "LANGUAGE=ru", NULL });
	struct screen *s = screen_start(rows, cols, env, (const char *[]){ program, NULL });

	home_env_free(env);
	free(program);
	screen_wait(s, "Архив");
	screen_wait(s, " назад");
	screen_wait_gone(s, "Загрузка");
	screen_wait_gone(s, "ещё не загружено");
	screen_wait_quiet(s, 100);
	return s;
}

static void expect_sound(const char *path)
{
	static const char read[] = "import sys, xml.etree.ElementTree as t; t.parse(sys.argv[1])";
	struct proc_result r = proc_run(market->env, (const char *[]){ "/usr/bin/python3", "-c", read, path, NULL }, NULL,
		10000);

	if (r.status != 0)
		check_fail("%s is no XML: %s", path, r.err);
	proc_result_clear(&r);
}

static void write_picture(const char *name, const struct buf *svg)
{
	const char *dir = getenv("DUKEN_PICTURES");
	char *path = xasprintf("%s/%s.svg", dir ? dir : market->home->dir, name);
	FILE *f = fopen(path, "w");

	if (!f || fwrite(buf_str(svg), 1, svg->len, f) != svg->len || fclose(f) != 0)
		check_fail("%s: %s", path, strerror(errno));
	expect_sound(path);
	free(path);
}

static void every_picture_is_drawn(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(pictures) / sizeof(*pictures); i++) {
		struct screen *s = start(pictures[i].rows, pictures[i].cols);
		struct buf svg = BUF_INIT(PICTURE_MAX);

		check_context(pictures[i].name);
		counter_queue(s, pictures[i].queue);
		for (size_t k = 0; k < 4 && pictures[i].steps[k].keys; k++) {
			screen_keys(s, pictures[i].steps[k].keys);
			screen_wait(s, pictures[i].steps[k].seen);
		}
		screen_wait_quiet(s, 150);
		svg_add(&svg, s, pictures[i].title);
		assert_false(svg.full);
		write_picture(pictures[i].name, &svg);
		buf_clear(&svg);
		screen_stop(s);
	}
	check_context(NULL);
}

/* The clock of the day stands for this program and those that it starts; that of timers goes. A faketime that was killed
 * leaves files by its process's number, and the next with that number fails for them. */
static void stop_the_clock(char *self)
{
	if (getenv("FAKETIME"))
		return;
	setenv("FAKETIME_DONT_FAKE_MONOTONIC", "1", 1);
	setenv("DUKEN_TEST_KEEP", "LD_PRELOAD FAKETIME FAKETIME_DONT_FAKE_MONOTONIC", 1);
	execlp("/bin/sh", "sh", "-c", "rm -f /dev/shm/faketime_shm_$$ /dev/shm/sem.faketime_sem_$$; "
		"exec faketime -f \"$@\"", "sh", WHEN ":00", self, NULL);
	check_fail("faketime cannot be started: %s", strerror(errno));
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_picture_is_drawn, set_up, tear_down),
	};

	(void)argc;
	stop_the_clock(argv[0]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
