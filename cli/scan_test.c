/* duken scan-test: what a scanner sends, as it arrives here, and how the desk reads it. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/layout.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/print.h"
#include "cli/scan_report.h"

enum { CTRL_C = 3 };

struct input {
	struct burst burst;
	char bytes[4];		/* of a character that is not whole yet */
	size_t n_bytes;
	int64_t ended_ms;	/* when a burst ended last; 0: something else came since */
	struct scan_report report;
};

static volatile sig_atomic_t stopped;

static void on_signal(int sig)
{
	(void)sig;
	stopped = 1;
}

/* ---- bursts ---------------------------------------------------------------------------------- */

static void finish(struct input *in, uint32_t end, int64_t now_ms)
{
	in->burst.end = end;
	in->burst.end_ms = now_ms;
	if (in->burst.n > 0)
		scan_report(&in->report, &in->burst);
	in->burst.n = 0;
}

static void end_burst(struct input *in, uint32_t end, int64_t now_ms)
{
	/* CR and LF, or Enter and Tab, are one end. */
	if (in->burst.n == 0 && in->ended_ms && now_ms - in->ended_ms <= SCAN_JOIN_MS)
		return;
	finish(in, end, now_ms);
	in->ended_ms = now_ms;
}

static void take_character(struct input *in, uint32_t c, int64_t now_ms)
{
	struct burst *b = &in->burst;

	if (c == '\r' || c == '\n' || c == '\t') {
		end_burst(in, c, now_ms);
		return;
	}
	in->ended_ms = 0;
	if (b->n < BURST_MAX) {
		b->at_ms[b->n] = now_ms;
		b->keys[b->n++] = c;
	}
}

static size_t length_of(unsigned char first)
{
	return first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

static void take_byte(struct input *in, char byte, int64_t now_ms)
{
	char whole[sizeof(in->bytes) + 1] = "";
	size_t len;

	in->bytes[in->n_bytes++] = byte;
	if (in->n_bytes < length_of((unsigned char)in->bytes[0]))
		return;
	memcpy(whole, in->bytes, in->n_bytes);
	/* What is not UTF-8 is shown byte by byte. */
	if (text_is_utf8(whole, in->n_bytes) && byte != '\0')
		take_character(in, (uint32_t)text_decode(whole, &len), now_ms);
	else
		for (size_t i = 0; i < in->n_bytes; i++)
			take_character(in, (unsigned char)in->bytes[i], now_ms);
	in->n_bytes = 0;
}

/* ---- a terminal ------------------------------------------------------------------------------ */

static bool is_q_alone(const struct burst *b)
{
	return b->n == 1 && layout_latin(b->keys[0]) == 'q';
}

static bool read_some(struct input *in)
{
	char bytes[512];
	ssize_t n = read(STDIN_FILENO, bytes, sizeof(bytes));
	int64_t now = clock_mono_ms();

	if (n < 0 && errno == EINTR)
		return true;
	for (ssize_t i = 0; i < n; i++) {
		if (bytes[i] == CTRL_C && in->report.rules->prefix[0] != CTRL_C)
			return false;
		take_byte(in, bytes[i], now);
	}
	return n > 0;
}

/* Until q, Ctrl-C, a signal or the end of the terminal. */
static void listen(struct input *in)
{
	struct pollfd fd = { .fd = STDIN_FILENO, .events = POLLIN };

	while (!stopped) {
		int ready = poll(&fd, 1, in->burst.n > 0 ? SCAN_JOIN_MS + 1 : -1);

		if (ready < 0 && errno != EINTR)
			return;
		if (ready > 0 && !read_some(in))
			return;
		if (ready == 0 && is_q_alone(&in->burst))
			return;
		if (ready == 0)
			finish(in, 0, clock_mono_ms());
	}
}

static bool listen_raw(struct input *in, struct error *err)
{
	struct sigaction action = { .sa_handler = on_signal };
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
	struct termios before, raw;

	if (tcgetattr(STDIN_FILENO, &before) < 0)
		return error_set(err, ERR_CONFIG, _("the terminal cannot be set up: %s"), strerror(errno));
	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		sigaction(signals[i], &action, NULL);
	raw = before;
	raw.c_iflag &= ~(tcflag_t)(ICRNL | INLCR | IGNCR | IXON | ISTRIP);
	raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG | IEXTEN);
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw);
	fprintf(stderr, "%s\n", _("Scan something. q or Ctrl-C ends."));
	listen(in);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
	return true;
}

/* ---- lines of a file ------------------------------------------------------------------------- */

static void read_lines(struct input *in)
{
	int c;

	while ((c = getchar()) != EOF) {
		take_byte(in, (char)c, 0);
		in->ended_ms = 0;
	}
	finish(in, '\n', 0);
}

int cmd_scan_test(struct cli *c, const struct args *args)
{
	static struct input in;
	struct scan_rules rules = { .n_prefix = 0 };
	struct buf out = BUF_INIT(BUF_MAX_OUTPUT);
	struct json_writer w = JSON_WRITER(&out);
	struct error err = ERROR_INIT;
	bool ok = true;

	(void)args;
	/* A scanner can be tried before there are settings, or orders. */
	if (cli_load(c, &err)) {
		rules = settings_scan_rules(c->settings);
		in.report.reader = reader_open(c->state_dir, NULL);
	} else {
		cli_say(_("without settings and orders: %s"), err.text);
	}
	in.report.rules = &rules;
	in.report.json = c->json ? &w : NULL;
	in.burst.timed = isatty(STDIN_FILENO);
	if (c->json) {
		print_begin(&w);
		json_open(&w, "items", '[');
	}
	if (in.burst.timed)
		ok = listen_raw(&in, &err);
	else
		read_lines(&in);
	if (c->json) {
		json_close(&w, ']');
		print_end(&w);
	}
	buf_clear(&out);
	reader_close(in.report.reader);
	return ok ? 0 : cli_fail(c, &err);
}
