#include "tui/term/term.h"

#include <curses.h>
#include <term.h>

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "tui/term/inside.h"

/* What a handler may touch: all of it is set before the handlers are. */
static int signal_pipe[2] = { -1, -1 };
static char restore[256];
static size_t restore_len;
static const char *volatile restore_more;
static struct termios saved;
static volatile sig_atomic_t started;

static struct {
	SCREEN *screen;
	WINDOW *input;	/* a pad: reading a key from it never draws */
	bool utf8;
	int cursor_row;
	int cursor_col;
	struct buf pending;	/* what rings, and the title: for the next flush */
} term = { .pending = BUF_INIT(BUF_MAX_LINE) };

static const int crash_signals[] = { SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL };
static const int pipe_signals[] = { SIGWINCH, SIGTSTP, SIGCONT, SIGHUP, SIGTERM, SIGINT };

#define MOUSE_OFF "\033[?1006;1000l"
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void give_back(void)
{
	if (!started)
		return;
	started = 0;
	ssize_t ignored = write(STDOUT_FILENO, restore, restore_len);
	const char *more = restore_more;
	if (more != NULL)
		ignored = write(STDOUT_FILENO, more, strlen(more));
	(void)ignored;
	tcsetattr(STDIN_FILENO, TCSANOW, &saved);
}

static void on_crash(int number)
{
	give_back();
	signal(number, SIG_DFL);
	raise(number);
}

static void on_signal(int number)
{
	int kept = errno;
	char byte = (char)number;
	ssize_t ignored = write(signal_pipe[1], &byte, 1);
	(void)ignored;
	errno = kept;
}

static void handle(int number, void (*handler)(int), int flags)
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = flags };
	sigemptyset(&action.sa_mask);
	sigaction(number, &action, NULL);
}

static void signals_set(bool on)
{
	for (size_t i = 0; i < COUNT(crash_signals); i++)
		handle(crash_signals[i], on ? on_crash : SIG_DFL, on ? (int)SA_RESETHAND : 0);
	for (size_t i = 0; i < COUNT(pipe_signals); i++)
		handle(pipe_signals[i], on ? on_signal : SIG_DFL, on ? SA_RESTART : 0);
	handle(SIGPIPE, on ? SIG_IGN : SIG_DFL, 0);
}

static void restore_text(const char *s, size_t len)
{
	if (restore_len + len > sizeof(restore))
		return;
	memcpy(restore + restore_len, s, len);
	restore_len += len;
}

void term_restore_add(const char *capability)
{
	const char *s = tigetstr(capability);
	/* Padding ("$<2>") is for tputs(); what stands before it is enough here. */
	if (s != NULL && s != (char *)-1)
		restore_text(s, strcspn(s, "$"));
}

static void restore_prepare(void)
{
	restore_len = 0;
	/* Where ncurses knows of a mouse it turns these on. */
	if (key_mouse != NULL)
		restore_text(MOUSE_OFF, strlen(MOUSE_OFF));
	term_restore_add("sgr0");
	term_restore_add("cnorm");
	term_restore_add("rmkx");
	term_restore_add("rmcup");
}

static bool signal_pipe_open(struct error *err)
{
	if (signal_pipe[0] >= 0)
		return true;
	if (pipe2(signal_pipe, O_CLOEXEC | O_NONBLOCK) < 0)
		return error_set(err, ERR_STORAGE, _("cannot make a pipe: %s"), strerror(errno));
	return true;
}

static void modes_set(void)
{
	raw();
	noecho();
	nonl();
	intrflush(stdscr, FALSE);
	leaveok(stdscr, FALSE);
	/* Scrolling a part of the screen would move the panes beside it. */
	idlok(stdscr, FALSE);
}

bool term_start(const char *theme, struct error *err)
{
	struct theme looks;
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return error_set(err, ERR_CONFIG,
			_("the desk needs a terminal; in scripts use the commands, see duken --help"));
	if (!theme_load(theme, &looks, err) || !signal_pipe_open(err))
		return false;
	/* Exported sizes would freeze what curses believes after a resize. */
	unsetenv("LINES");
	unsetenv("COLUMNS");
	tcgetattr(STDIN_FILENO, &saved);
	term.utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	set_escdelay(25);
	term.screen = newterm(NULL, stdout, stdin);
	if (term.screen == NULL) {
		const char *name = getenv("TERM");
		return error_set(err, ERR_CONFIG, _("cannot use the terminal type \"%s\": set TERM"),
			name != NULL ? name : "");
	}
	restore_prepare();
	theme_start(&looks);
	started = 1;
	signals_set(true);
	mem_on_exhaustion(give_back);
	modes_set();
	term.input = newpad(1, 1);
	keypad(term.input, TRUE);
	key_start();
	mouse_start();
	nodelay(term.input, TRUE);
	return true;
}

/* Past curses, which has nothing of its own left to write between two updates. */
void term_write(const struct buf *bytes)
{
	const char *at = buf_str(bytes);
	size_t left = bytes->len;
	while (left > 0) {
		ssize_t n = write(STDOUT_FILENO, at, left);
		if (n < 0 && errno != EINTR)
			break;
		if (n > 0) {
			at += n;
			left -= (size_t)n;
		}
	}
}

static void write_pending(void)
{
	term_write(&term.pending);
	buf_reset(&term.pending);
}

void term_stop(void)
{
	if (!started)
		return;
	notice_pause();
	write_pending();
	buf_clear(&term.pending);
	delwin(term.input);
	endwin();
	started = 0;
	signals_set(false);
	mem_on_exhaustion(NULL);
	delscreen(term.screen);
	term.screen = NULL;
	tcsetattr(STDIN_FILENO, TCSADRAIN, &saved);
}

int term_fd(void)
{
	return STDIN_FILENO;
}

int term_signal_fd(void)
{
	return signal_pipe[0];
}

enum term_signal term_signal(void)
{
	char byte;
	if (read(signal_pipe[0], &byte, 1) != 1)
		return TERM_SIGNAL_NONE;
	switch (byte) {
	case SIGWINCH:
		return TERM_SIGNAL_RESIZE;
	case SIGTSTP:
		return TERM_SIGNAL_STOP;
	case SIGCONT:
		return TERM_SIGNAL_CONTINUE;
	default:
		return TERM_SIGNAL_QUIT;
	}
}

bool term_input_waiting(void)
{
	struct pollfd fd = { .fd = STDIN_FILENO, .events = POLLIN };
	return poll(&fd, 1, 0) > 0;
}

bool term_hung_up(short revents)
{
	int waiting = 0;
	if (revents & (POLLHUP | POLLERR | POLLNVAL))
		return true;
	return (revents & POLLIN) &&
		(ioctl(STDIN_FILENO, FIONREAD, &waiting) < 0 || waiting == 0);
}

WINDOW *term_input(void)
{
	return term.input;
}

int term_rows(void)
{
	return getmaxy(stdscr);
}

int term_cols(void)
{
	return getmaxx(stdscr);
}

bool term_utf8(void)
{
	return term.utf8;
}

void term_resize(void)
{
	struct winsize size;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_row == 0 || size.ws_col == 0)
		return;
	resize_term(size.ws_row, size.ws_col);
	term_blank();
}

void term_suspend(void)
{
	notice_pause();
	write_pending();
	endwin();
	handle(SIGTSTP, SIG_DFL, 0);
	kill(getpid(), SIGTSTP);
	/* Here again after SIGCONT. */
	handle(SIGTSTP, on_signal, SA_RESTART);
	modes_set();
	notice_resume();
	term_resize();
}

void term_blank(void)
{
	erase();
	term_redraw();
}

void term_redraw(void)
{
	clearok(curscr, TRUE);
}

/* Not beep(), which would write at once and one by one. */
void term_beep(void)
{
	if (bell != NULL)
		buf_add(&term.pending, bell, strcspn(bell, "$"));
	else
		flash();
}

void term_put(const char *bytes, size_t len)
{
	buf_add(&term.pending, bytes, len);
}

void term_restore_with(const char *bytes)
{
	restore_more = bytes;
}

void term_cursor(int row, int col)
{
	term.cursor_row = row;
	term.cursor_col = col;
}

void term_flush(void)
{
	write_pending();
	hyperlinks_before();
	move(term.cursor_row, term.cursor_col);
	wnoutrefresh(stdscr);
	doupdate();
	hyperlinks_after(term.cursor_row, term.cursor_col);
}
