#include "base/pdf.h"

#include <string.h>

static const char beginning[PDF_HEAD] = "%PDF-", end[] = "%%EOF", byte_order_mark[] = "\xef\xbb\xbf";

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static void add_head(struct pdf_check *c, const char *data, size_t len)
{
	if (c->len < PDF_HEAD)
		memcpy(c->head + c->len, data, least(len, PDF_HEAD - c->len));
}

static void add_tail(struct pdf_check *c, const char *data, size_t len)
{
	size_t have = least(c->len, PDF_TAIL), keep;

	if (len >= PDF_TAIL) {
		memcpy(c->tail, data + len - PDF_TAIL, PDF_TAIL);
		return;
	}
	keep = least(have, PDF_TAIL - len);
	memmove(c->tail, c->tail + have - keep, keep);
	memcpy(c->tail + keep, data, len);
}

static enum pdf_verdict not_one(const struct pdf_check *c)
{
	size_t n = least(c->len, PDF_HEAD), at = 0;

	if (n >= 3 && !memcmp(c->head, byte_order_mark, 3))
		at = 3;
	while (at < n && strchr(" \t\r\n", c->head[at]))
		at++;
	return at < n && c->head[at] == '<' ? PDF_WEB_PAGE : PDF_OTHER;
}

enum pdf_verdict pdf_add(struct pdf_check *c, const char *data, size_t len)
{
	add_head(c, data, len);
	add_tail(c, data, len);
	c->len += len;
	return memcmp(c->head, beginning, least(c->len, PDF_HEAD)) ? not_one(c) : PDF_GOOD;
}

enum pdf_verdict pdf_end(const struct pdf_check *c)
{
	if (c->len == 0)
		return PDF_EMPTY;
	if (c->len < PDF_HEAD || memcmp(c->head, beginning, PDF_HEAD))
		return not_one(c);
	return memmem(c->tail, least(c->len, PDF_TAIL), end, strlen(end)) ? PDF_GOOD : PDF_CUT;
}
