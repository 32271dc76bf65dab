#include "tests/worker/paper.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"

struct bench *b;
char *order_id;

void paper_open(const char *order)
{
	struct event *e;

	b = bench_open(market_start(&(struct market_options){ .seed = 3 }));
	market_order(b->market, order);
	e = bench_lookup(b, CODE);
	assert_int_equal(e->kind, EVENT_DONE);
	order_id = xstrdup(e->order_id);
}

int paper_teardown(void **state)
{
	(void)state;
	if (b)
		bench_close(b);
	b = NULL;
	free(order_id);
	order_id = NULL;
	return 0;
}

uint64_t paper_post(bool fresh)
{
	return desk_post(b->desk, request_new_document(order_id, fresh));
}

struct event *paper_get(bool fresh)
{
	return bench_end(b, paper_post(fresh));
}

/* ---- what is on the disk ----------------------------------------------------------------------- */

static char *folder(void)
{
	return home_path(b->market->home, "state/waybills");
}

size_t paper_files(const char *piece, char **name)
{
	char *dir = folder();
	DIR *d = opendir(dir);
	struct dirent *entry;
	size_t n = 0;

	while (d && (entry = readdir(d))) {
		if (entry->d_name[0] == '.' && entry->d_name[1] != 'p')
			continue;
		if (!strstr(entry->d_name, piece))
			continue;
		if (name && !n)
			*name = xasprintf("%s/%s", dir, entry->d_name);
		n++;
	}
	if (d)
		closedir(d);
	free(dir);
	return n;
}

void paper_nothing_kept(void)
{
	assert_int_equal(paper_files("", NULL), 0);
}

static void expect_pdf(const char *path)
{
	struct stat st;
	char begin[6] = "";
	FILE *f = fopen(path, "r");

	assert_non_null(f);
	assert_int_equal(fread(begin, 1, 5, f), 5);
	assert_string_equal(begin, "%PDF-");
	assert_int_equal(fstat(fileno(f), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	fclose(f);
}

const char *paper_ready(const struct event *e)
{
	if (e->kind != EVENT_DONE)
		check_fail("failed: %s", e->error.text);
	expect_pdf(e->path);
	return e->path;
}

void paper_failed(const struct event *e, enum error_code code, const char *sentence)
{
	if (e->kind != EVENT_FAILED || e->error.code != code || !strstr(e->error.text, sentence))
		check_fail("kind %d, error %s: %s", (int)e->kind, error_code_name(e->error.code), e->error.text);
}
