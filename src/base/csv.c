#include "base/csv.h"

#include <inttypes.h>
#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

void csv_begin(struct csv_writer *w)
{
	buf_adds(w->out, BYTE_ORDER_MARK);
}

static void next_cell(struct csv_writer *w)
{
	if (w->inside)
		buf_addc(w->out, ',');
	w->inside = true;
}

/* Also by the wide forms of the signs, which some programs take for the signs themselves. */
static bool begins_like_a_formula(const char *text)
{
	static const char *const wide[] = { "\uff1d", "\uff0b", "\uff0d", "\uff20" };

	if (*text && strchr("=+-@\t\r\n", *text))
		return true;
	for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
		if (!strncmp(text, wide[i], strlen(wide[i])))
			return true;
	return false;
}

static bool needs_quotes(const char *text)
{
	size_t len = strlen(text);

	return strpbrk(text, ",;\"\r\n\t") || (len && (text[0] == ' ' || text[len - 1] == ' '));
}

void csv_put_text(struct csv_writer *w, const char *text)
{
	bool quoted = needs_quotes(text);

	next_cell(w);
	if (quoted)
		buf_addc(w->out, '"');
	if (begins_like_a_formula(text))
		buf_addc(w->out, '\'');
	for (const char *s = text; *s; s++) {
		if (*s == '"')
			buf_addc(w->out, '"');
		buf_addc(w->out, *s);
	}
	if (quoted)
		buf_addc(w->out, '"');
}

void csv_put_int(struct csv_writer *w, int64_t n)
{
	next_cell(w);
	buf_addf(w->out, "%" PRId64, n);
}

void csv_put_nothing(struct csv_writer *w)
{
	next_cell(w);
}

void csv_end_row(struct csv_writer *w)
{
	buf_adds(w->out, "\r\n");
	w->inside = false;
}
