#include "tui/term/osc.h"

#include <stdlib.h>
#include <string.h>

#include "tui/term/inside.h"

bool osc_known(void)
{
	static const char *const poor[] = { "linux", "dumb", "unknown", "ansi", "cons", "sun", "vt1", "vt2", "vt5" };
	const char *name = getenv("TERM");

	for (size_t i = 0; name != NULL && i < sizeof(poor) / sizeof(poor[0]); i++) {
		if (strncmp(name, poor[i], strlen(poor[i])) == 0)
			return false;
	}
	return name != NULL && *name != '\0';
}

/* tmux takes what stands between for the terminal around it. */
void osc_send(const struct buf *sequence)
{
	const char *tmux = getenv("TMUX");
	struct buf out = BUF_INIT(3 * OSC_MAX);

	if (tmux != NULL && *tmux != '\0') {
		buf_adds(&out, ESC "Ptmux;");
		for (const char *p = buf_str(sequence); *p != '\0'; p++) {
			if (*p == ESC[0])
				buf_addc(&out, *p);
			buf_addc(&out, *p);
		}
		buf_adds(&out, ST);
	} else {
		buf_adds(&out, buf_str(sequence));
	}
	if (!sequence->full && !out.full)
		term_put(out.data, out.len);
	buf_clear(&out);
}
