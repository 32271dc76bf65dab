#include "base/text.h"

#include <limits.h>
#include <wchar.h>

/* What the locale does not know takes one cell, as ncurses draws it. */
static int columns_of(unsigned long cp)
{
	int n;

	if ((cp >= 0x20 && cp < 0x7f) || (cp >= 0x400 && cp < 0x483) || (cp > 0x489 && cp < 0x500))
		return 1;
	n = wcwidth((wchar_t)cp);
	return n < 0 ? 1 : n;
}

size_t text_fit(const char *s, int columns, int *used)
{
	size_t bytes = 0, n;
	int width = 0;

	for (unsigned long cp; (cp = text_decode(s + bytes, &n)) != 0; bytes += n) {
		int more = columns_of(cp);

		if (more > columns - width)
			break;
		width += more;
	}
	if (used)
		*used = width;
	return bytes;
}

int text_width(const char *s)
{
	int width;

	text_fit(s, INT_MAX, &width);
	return width;
}
