/* What the parts of the screen library share. */
#ifndef TESTS_SCREEN_PRIVATE_H
#define TESTS_SCREEN_PRIVATE_H

#include <termios.h>

#include <vterm.h>

#include "tests/screen/screen.h"

struct screen {
	struct screen *next;	/* of all that run */
	VTerm *vt;
	VTermScreen *vs;
	int rows, cols;
	int master;
	int slave;		/* kept open: its settings can be read after the program has ended */
	pid_t pid;		/* of the program */
	pid_t shell;		/* of its parent, our child */
	int pidfd;		/* the shell's */
	int status;		/* valid once ended */
	bool ended;
	bool cursor_visible;
	bool alternate;
	int bells;
	struct termios before;
	char *raw;		/* everything that the program wrote */
	size_t raw_len, raw_cap;
	char **lines;		/* what screen_line() gave out */
	int64_t last_key_ms;
	unsigned long key_naps;	/* how often its thread had slept before the key */
	int64_t key_least;	/* until when it may think the key something else; 0: it was not read yet */
};

/* The last of ESC [ ? N h and l in the stream. */
bool stream_mode_on(const struct screen *s, int mode);

#endif
