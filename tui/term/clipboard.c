#include "tui/term/clipboard.h"

#include <string.h>

#include "base/base64.h"
#include "tui/term/osc.h"

bool clipboard_known(void)
{
	return osc_known();
}

bool clipboard_put(const char *text)
{
	struct buf b = BUF_INIT(OSC_MAX);
	size_t len = strlen(text);
	bool ok = len <= CLIPBOARD_MAX;

	if (ok) {
		buf_adds(&b, OSC "52;c;");
		base64_add(&b, text, len);
		buf_adds(&b, BEL);
		osc_send(&b);
	}
	buf_clear(&b);
	return ok;
}
