/* Printing: hands files to lp, one request after the other, while the worker goes on. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

#include "base/child.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "desk/worker.h"

#define LP_FILES_MAX 100	/* of one run: lp has a limit of its own */
#define LP_WORDS_MAX 1024	/* bytes kept of what it says */
#define TITLE_MAX 100		/* characters */

struct job {
	struct job *next;
	struct request *request;
	size_t sent;		/* files that lp has taken */
};

struct printer {
	struct worker *w;
	struct job *first;	/* the one whose lp runs, or is to be started */
	struct child child;
	bool running;
	size_t in_hand;		/* files that the lp that runs was given */
	int64_t deadline_ms;	/* monotonic */
	struct buf words;
};

struct printer *printer_new(struct worker *w)
{
	struct printer *p = xcalloc(1, sizeof(*p));

	p->w = w;
	p->words = (struct buf)BUF_INIT(LP_WORDS_MAX);
	return p;
}

static void job_free(struct job *j)
{
	request_free(j->request);
	free(j);
}

void printer_free(struct printer *p)
{
	if (!p)
		return;
	while (p->first) {
		struct job *next = p->first->next;

		job_free(p->first);
		p->first = next;
	}
	buf_clear(&p->words);
	free(p);
}

/* ---- what lp is told and says ------------------------------------------------------------------ */

struct arguments {
	struct arena arena;
	const char **items;
	size_t n;
	size_t cap;
};

static void add(struct arguments *a, const char *word)
{
	if (a->n == a->cap) {
		a->cap = a->cap ? 2 * a->cap : 32;
		a->items = xreallocarray(a->items, a->cap, sizeof(*a->items));
	}
	a->items[a->n++] = word;
}

static void add_options(struct arguments *a, const char *options)
{
	while (options && *(options += strspn(options, " "))) {
		size_t len = strcspn(options, " ");

		add(a, "-o");
		add(a, arena_strndup(&a->arena, options, len));
		options += len;
	}
}

/* lp [-d PRINTER] -t TITLE [-o WORD]... -- FILE... */
static void write_arguments(struct arguments *a, const struct worker *w, const struct request *r, size_t from,
	size_t n)
{
	add(a, "lp");
	if (w->printer_name) {
		add(a, "-d");
		add(a, w->printer_name);
	}
	add(a, "-t");
	add(a, text_clean(&a->arena, r->title, strlen(r->title), TITLE_MAX, TEXT_LINE));
	add_options(a, w->print_options);
	add(a, "--");
	for (size_t i = 0; i < n; i++)
		add(a, r->files[from + i]);
	add(a, NULL);
}

/* Its words as one line; the caller's to free. */
static char *words_of(const struct printer *p)
{
	struct arena arena = ARENA_INIT;
	char *words = xstrdup(text_clean(&arena, buf_str(&p->words), p->words.len, LP_WORDS_MAX, TEXT_LINE));

	arena_clear(&arena);
	return words;
}

/* ---- how it ends ------------------------------------------------------------------------------- */

static struct job *take_first(struct printer *p)
{
	struct job *j = p->first;

	p->first = j->next;
	return j;
}

static void fail(struct printer *p, struct error *err)
{
	struct job *j = take_first(p);

	if (j->sent > 0)
		error_prefix(err, ngettext("%zu file of %zu went to the printer", "%zu files of %zu went to the "
			"printer", j->sent), j->sent, j->request->n_files);
	worker_fail(p->w, j->request->id, err);
	job_free(j);
}

static void done(struct printer *p, const char *words)
{
	struct job *j = take_first(p);
	struct event *e = event_new(EVENT_DONE, j->request->id);

	if (*words)
		e->message = xstrdup(words);
	worker_post(p->w, e);
	job_free(j);
}

static void cannot_start(struct printer *p)
{
	struct error err = ERROR_INIT;

	if (errno == ENOENT)
		error_set(&err, ERR_CONFIG, _("There is nothing here to print with: install the package "
			"cups-client."));
	else
		error_set(&err, ERR_CONFIG, _("The program lp cannot be started: %s"), strerror(errno));
	fail(p, &err);
}

static void ended(struct printer *p)
{
	struct error err = ERROR_INIT;
	char *words = words_of(p);

	p->running = false;
	if (p->child.status != 0) {
		if (*words)
			error_set(&err, ERR_REFUSED, _("It was not printed: %s"), words);
		else
			error_set(&err, ERR_REFUSED, _("It was not printed: lp ended with status %d."),
				p->child.status);
		fail(p, &err);
	} else {
		p->first->sent += p->in_hand;
		if (p->first->sent == p->first->request->n_files)
			done(p, words);
	}
	free(words);
}

static void took_too_long(struct printer *p)
{
	struct error err = ERROR_INIT;

	child_kill(&p->child);
	p->running = false;
	error_set(&err, ERR_TIMEOUT, _("The printing system did not answer within %d s. Look at the print queue "
		"before you print once more."), (int)(p->w->print_ms / 1000));
	fail(p, &err);
}

/* ---- running it -------------------------------------------------------------------------------- */

static void watch(struct printer *p, int fd)
{
	struct epoll_event readable = { .events = EPOLLIN };

	if (fd >= 0)
		epoll_ctl(p->w->watch_fd, EPOLL_CTL_ADD, fd, &readable);
}

static void start(struct printer *p)
{
	static const char *const secrets[] = { "DUKEN_TOKEN", "CREDENTIALS_DIRECTORY", NULL };
	const struct request *r = p->first->request;
	size_t left = r->n_files - p->first->sent;
	struct arguments a = { .arena = ARENA_INIT };

	p->in_hand = left < LP_FILES_MAX ? left : LP_FILES_MAX;
	write_arguments(&a, p->w, r, p->first->sent, p->in_hand);
	buf_reset(&p->words);
	p->running = child_start(&p->child, &(struct child_options){ .argv = a.items,
		.reads = CHILD_OUTPUT | CHILD_ERRORS, .without = secrets });
	if (p->running) {
		watch(p, p->child.end_fd);
		watch(p, p->child.out_fd);
		p->deadline_ms = clock_mono_ms() + p->w->print_ms;
	} else {
		cannot_start(p);
	}
	free(a.items);
	arena_clear(&a.arena);
}

int64_t printer_tick(struct printer *p)
{
	int64_t now = clock_mono_ms();

	if (p->running && child_step(&p->child, &p->words))
		ended(p);
	else if (p->running && p->deadline_ms <= now)
		took_too_long(p);
	while (!p->running && p->first)
		start(p);
	return p->running ? (p->deadline_ms > now ? p->deadline_ms - now : 0) : -1;
}

void printer_print(struct printer *p, struct request *r)
{
	struct job *j, **end = &p->first;

	if (r->n_files == 0) {
		worker_done(p->w, r->id);
		request_free(r);
		return;
	}
	j = xcalloc(1, sizeof(*j));
	j->request = r;
	while (*end)
		end = &(*end)->next;
	*end = j;
}

bool printer_cancel(struct printer *p, uint64_t target)
{
	struct job **at = &p->first, *j;
	struct error err = ERROR_INIT;

	while (*at && (*at)->request->id != target)
		at = &(*at)->next;
	if (!*at)
		return false;
	if (*at == p->first && p->running) {
		child_kill(&p->child);
		p->running = false;
	}
	error_set(&err, ERR_CANCELLED, _("stopped on request"));
	worker_fail(p->w, target, &err);
	j = *at;
	*at = j->next;
	job_free(j);
	return true;
}

void printer_quit(struct printer *p)
{
	while (p->first)
		printer_cancel(p, p->first->request->id);
}
