/* Keys in, picture out: a program on a real pseudo-terminal, seen through libvterm.
 *
 *	struct screen *s = screen_start(24, 80, env, (const char *[]){ path, "arg", NULL });
 *	screen_wait(s, "Queues");
 *	screen_keys(s, "j j <Enter>");
 *	screen_expect(s, picture);			see picture.h
 *	assert_int_equal(screen_exit_status(s), 0);
 *	screen_expect_restored(s);
 *	screen_stop(s);
 *
 * The program runs in a session of its own, as the foreground job of a tiny shell (so that it can be
 * stopped), with the given environment and nothing else. Nothing here
 * sleeps to let things happen: each function waits for something it can name, until a deadline, and on
 * failure writes the screen into the TAP comments and ends the cmocka test. screen_stop_all() belongs
 * into each teardown. The terminal is an xterm of libvterm's understanding, with the alternate screen. */
#ifndef TESTS_SCREEN_SCREEN_H
#define TESTS_SCREEN_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "tests/lib/check.h"

#define SCREEN_WAIT_MS 10000

struct screen;

/* env as execve() takes it (home_env()); argv[0] is a path. */
struct screen *screen_start(int rows, int cols, char *const *env, const char *const *argv);
void screen_stop(struct screen *s);	/* kills what still runs; NULL is fine */
void screen_stop_all(void);

/* ---- keys ------------------------------------------------------------------------------------ */

/* Types words separated by blanks: "j", "<Enter>", "<F2>", "<S-Tab>", "<C-r>", "<Space>", "<Lt>"; a
 * word of several letters is typed letter by letter. After each key it waits until the program took it,
 * dealt with it and sleeps again, and no faster than a person types (so that no burst looks like a
 * scanner). Names: see keys.h. */
void screen_keys(struct screen *s, const char *keys);
/* The same on several at once, in the time that one takes. */
void screen_keys_all(struct screen *const *all, size_t n, const char *keys);
/* Types text as it is, blanks and all, in the same way. */
void screen_type(struct screen *s, const char *text);
/* Sends bytes at once, as a scanner or a paste does, and does not wait. */
void screen_send(struct screen *s, const char *bytes, size_t len);
/* A scanner: the text and Enter in one burst. */
void screen_scan(struct screen *s, const char *text);

/* ---- waiting --------------------------------------------------------------------------------- */

#define screen_wait(s, text) (CHECK_HERE(), screen_do_wait((s), (text), true, SCREEN_WAIT_MS))
#define screen_wait_gone(s, text) (CHECK_HERE(), screen_do_wait((s), (text), false, SCREEN_WAIT_MS))
#define screen_wait_ms(s, text, ms) (CHECK_HERE(), screen_do_wait((s), (text), true, (ms)))
void screen_do_wait(struct screen *s, const char *text, bool there, int ms);
/* Waits until no byte came for quiet_ms and every thread sleeps; at most SCREEN_WAIT_MS. Only where
 * nothing on the screen says that something is complete. */
#define screen_wait_quiet(s, quiet_ms) (CHECK_HERE(), screen_do_wait_quiet((s), (quiet_ms)))
void screen_do_wait_quiet(struct screen *s, int quiet_ms);
/* Takes in what the program wrote until ms passed or a byte came. */
bool screen_pump(struct screen *s, int ms);

/* ---- the picture ----------------------------------------------------------------------------- */

struct cell {
	char text[40];		/* UTF-8 with its combining marks; "" for the right half of a wide one */
	int width;
	bool bold, underline, reverse, blink;
	int fg, bg;		/* palette index; -1 the terminal's own */
};

int screen_rows(const struct screen *s);
int screen_cols(const struct screen *s);
/* A row without its trailing blanks; valid until the next call for that row or a resize. */
const char *screen_line(struct screen *s, int row);
/* All rows, each with '\n'; the caller frees it. */
char *screen_text(struct screen *s);
/* The first place of the text; false when it is nowhere. row and col may be NULL. */
bool screen_find(struct screen *s, const char *text, int *row, int *col);
bool screen_shows(struct screen *s, const char *text);
struct cell screen_cell(struct screen *s, int row, int col);
int screen_cursor_row(struct screen *s);
int screen_cursor_col(struct screen *s);
bool screen_cursor_visible(struct screen *s);
/* How often it rang. */
int screen_bells(struct screen *s);

/* ---- what the program sent ------------------------------------------------------------------- */

/* A mark in the byte stream, and the bytes from a mark up to now (valid until the next byte). */
size_t screen_mark(struct screen *s);
const char *screen_raw(struct screen *s, size_t mark, size_t *len);

/* ---- the terminal's side --------------------------------------------------------------------- */

void screen_resize(struct screen *s, int rows, int cols);
void screen_signal(struct screen *s, int sig);
pid_t screen_pid(const struct screen *s);
/* The terminal goes away, as when an SSH connection ends. Only screen_exit_status() and screen_stop()
 * may follow. */
void screen_hang_up(struct screen *s);
/* Waits for the end: exit status, or 128 + signal. */
#define screen_exit_status(s) (CHECK_HERE(), screen_do_exit_status((s), SCREEN_WAIT_MS))
int screen_do_exit_status(struct screen *s, int ms);
bool screen_running(struct screen *s);
/* Waits until the program stopped itself (SIGTSTP), or goes on. */
#define screen_wait_stopped(s) (CHECK_HERE(), screen_do_wait_stopped((s)))
void screen_do_wait_stopped(struct screen *s);
/* The terminal is as the program found it: settings, main screen, cursor, no mouse, no modes. */
#define screen_expect_restored(s) (CHECK_HERE(), screen_do_expect_restored((s)))
void screen_do_expect_restored(struct screen *s);

/* ---- failing --------------------------------------------------------------------------------- */

/* The screen with a frame and the cursor into the TAP comments. */
void screen_dump(struct screen *s);
void screen_fail(struct screen *s, const char *format, ...)
	__attribute__((format(printf, 2, 3), noreturn));

#endif
