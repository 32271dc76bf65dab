#include "cli/ask.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

bool ask_possible(void)
{
	return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

/* ---- a line ---------------------------------------------------------------------------------- */

/* A terminal gives whole lines, so that nothing behind this one is taken. Without stdio, which would keep what it
 * read. False at the end of the input, or when a signal came that somebody waits for. */
static bool read_line(struct buf *out, const sigset_t *while_waiting)
{
	struct pollfd p = { .fd = STDIN_FILENO, .events = POLLIN };
	char c;

	for (;;) {
		ssize_t n;

		if (ppoll(&p, 1, NULL, while_waiting) < 0) {
			if (errno == EINTR && !while_waiting)
				continue;
			return false;
		}
		n = read(STDIN_FILENO, &c, 1);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0 || c == '\n')
			return n > 0;
		if (c != '\r' && c != '\0' && !buf_addc(out, c))
			return false;
	}
}

/* NULL at the end of the input. */
static char *ask(const char *question, const char *offer)
{
	struct buf line = BUF_INIT(BUF_MAX_LINE);

	fprintf(stderr, "%s [%s]: ", question, offer);
	if (!read_line(&line, NULL)) {
		fputc('\n', stderr);
		buf_clear(&line);
		return NULL;
	}
	if (!line.len)
		buf_adds(&line, offer);
	return buf_take(&line);
}

/* ---- what is asked --------------------------------------------------------------------------- */

static bool is_text(const char *line, struct error *err)
{
	return text_is_utf8(line, strlen(line)) ||
		error_set(err, ERR_CONFIG, _("this is not UTF-8 text: type it in a terminal that uses UTF-8"));
}

bool ask_setting(const struct setting_key *key, void *target, const char *question, const char *offer)
{
	struct error err = ERROR_INIT;
	char *line;

	while ((line = ask(question, offer))) {
		bool ok = is_text(line, &err) && setting_apply(key, target, line, &err);

		free(line);
		if (ok)
			return true;
		fprintf(stderr, "%s\n", err.text);
	}
	return false;
}

char *ask_shop_name(const char *question, const char *offer)
{
	struct error err = ERROR_INIT;
	char *line;

	while ((line = ask(question, offer))) {
		if (is_text(line, &err) && setting_shop_name(line, &err))
			return line;
		fprintf(stderr, "%s\n", err.text);
		free(line);
	}
	return NULL;
}

bool ask_yes(const char *question)
{
	/* TRANSLATORS: the offer of a question that is answered with yes or no */
	char *line = ask(question, _("no"));
	bool yes = line && (rpmatch(line) == 1 || strcmp(line, _("yes")) == 0 || strcmp(line, "y") == 0 ||
		strcmp(line, "yes") == 0);

	free(line);
	return yes;
}

size_t ask_choice(const char *question, const char *const *choices, size_t n, size_t offer)
{
	char number[24], *line;
	size_t chosen = 0;

	snprintf(number, sizeof(number), "%zu", offer);
	fprintf(stderr, "\n%s\n", question);
	for (size_t i = 0; i < n; i++)
		fprintf(stderr, "  %zu  %s\n", i + 1, choices[i]);
	/* TRANSLATORS: stands before the number of one of the ways that are listed above it */
	while (!chosen && (line = ask(_("Number"), number))) {
		if (*line > '0' && (size_t)(*line - '0') <= n && !line[1])
			chosen = (size_t)(*line - '0');
		free(line);
	}
	return chosen;
}

/* ---- what nobody else may read --------------------------------------------------------------- */

static const int deadly[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP };

#define DEADLY (sizeof(deadly) / sizeof(*deadly))

static volatile sig_atomic_t caught;

static void note(int number)
{
	caught = number;
}

/* The question comes when the echo is off: who answers at once is not shown either. */
static bool read_hidden(const char *question, struct buf *out, const sigset_t *while_waiting)
{
	struct termios usual, quiet;
	bool ok;

	if (tcgetattr(STDIN_FILENO, &usual) < 0)
		return false;
	quiet = usual;
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
	fprintf(stderr, "%s: ", question);
	ok = read_line(out, while_waiting);
	tcsetattr(STDIN_FILENO, TCSADRAIN, &usual);
	fputc('\n', stderr);
	return ok;
}

/* The signals are let through only while it waits, so that each is noted and finds the echo on later. */
static bool read_noting_signals(const char *question, struct buf *out)
{
	struct sigaction act = { .sa_handler = note }, before[DEADLY];
	sigset_t held, usual;
	bool ok;

	caught = 0;
	sigemptyset(&held);
	for (size_t i = 0; i < DEADLY; i++)
		sigaddset(&held, deadly[i]);
	sigprocmask(SIG_BLOCK, &held, &usual);
	for (size_t i = 0; i < DEADLY; i++)
		sigaction(deadly[i], &act, &before[i]);
	ok = read_hidden(question, out, &usual);
	for (size_t i = 0; i < DEADLY; i++)
		sigaction(deadly[i], &before[i], NULL);
	sigprocmask(SIG_SETMASK, &usual, NULL);
	return ok;
}

/* A signal does what it always does, but with the echo on again. Who stopped the program comes back to the
 * question. */
bool ask_secret(const char *question, struct buf *out)
{
	bool ok;

	do {
		ok = read_noting_signals(question, out);
		if (caught) {
			buf_wipe(out);
			raise(caught);
		}
	} while (caught == SIGTSTP);
	return ok && !caught;
}
