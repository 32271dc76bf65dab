/* A program on a pseudo-terminal, and the time from a key to its last byte. One at a time; what goes wrong
 * ends the measurement.
 *
 *	pty_launch(argv, 40, 120);
 *	from = mono_us();
 *	pty_send("j");
 *	took = pty_last_byte(&bytes, from) - from;
 *	pty_finish();
 *
 * An answer is complete when no byte came for 8 ms and the program's first thread sleeps; the time is that of
 * the last byte. */
#ifndef TESTS_BENCH_PTY_H
#define TESTS_BENCH_PTY_H

#include <stdint.h>
#include <sys/types.h>

void pty_launch(char *const *argv, int rows, int cols);
/* Types q and waits for the end. */
void pty_finish(void);
pid_t pty_pid(void);
int pty_fd(void);

/* Milliseconds that the program's first thread has worked so far: what other programs do on the machine
 * shows in it little. */
double pty_cpu_ms(void);

void pty_send(const char *keys);
/* Spins until the answer is complete; the time of its last byte, 0 when none came. */
int64_t pty_last_byte(double *bytes, int64_t from);
/* Sends and waits, untimed. */
void pty_type(const char *keys);
/* What came in, at most a buffer full; as read(). */
ssize_t pty_take(void);
/* Waits until no byte came for 150 ms: what a program draws a while after a key (a pane that follows the
 * cursor) belongs to that key and not to the next one. */
double pty_late_bytes(void);
/* Waits for a text in the byte stream, at most a minute. */
void pty_wait_for(const char *text);
void pty_stop(const char *why) __attribute__((noreturn));

/* Sorts the numbers and gives the one behind that share of them: 0 the least, 0.5 the median. 0 for none. */
double share_of(double *numbers, int n, double share);

#endif
