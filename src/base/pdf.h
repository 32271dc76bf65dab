/* Whether bytes that come in pieces are a whole PDF, as far as its two ends tell.
 *
 *	struct pdf_check c = PDF_CHECK_INIT;
 *	if (pdf_add(&c, data, len) != PDF_GOOD) ...	it cannot become one any more
 *	if (pdf_end(&c) != PDF_GOOD) ...		it is none, or broken off
 *
 * A PDF begins with "%PDF-" and has "%%EOF" near its end. One thread at a time. */
#ifndef BASE_PDF_H
#define BASE_PDF_H

#include <stddef.h>

#define PDF_HEAD 5
#define PDF_TAIL 1024	/* where readers look for the end */

enum pdf_verdict {
	PDF_GOOD,
	PDF_EMPTY,
	PDF_WEB_PAGE,		/* HTML, or XML */
	PDF_OTHER,		/* anything else */
	PDF_CUT			/* a PDF without its end */
};

struct pdf_check {
	size_t len;
	char head[PDF_HEAD];
	char tail[PDF_TAIL];	/* the last bytes, as many as there are */
};

#define PDF_CHECK_INIT { .len = 0 }

enum pdf_verdict pdf_add(struct pdf_check *c, const char *data, size_t len);
enum pdf_verdict pdf_end(const struct pdf_check *c);

#endif
