#include "tui/term/notice.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "desk/notify.h"
#include "tui/term/inside.h"
#include "tui/term/osc.h"
#include "tui/term/term.h"

#define NOTICE_MAX 2000		/* bytes of a sequence */
#define TEXT_CHARS_MAX 200

#define TITLE_SAVE ESC "[22;0t"
#define TITLE_BACK ESC "[23;0t"

static struct {
	unsigned ways;
	bool title_saved;
	char title[NOTICE_MAX];	/* as it stands there; "" none of ours */
} notice;

void notice_start(unsigned ways)
{
	notice.ways = osc_known() ? ways : 0;
	notice.title_saved = false;
	notice.title[0] = '\0';
}

/* ---- text ------------------------------------------------------------------------------------ */

static bool is_control(unsigned long c)
{
	return c < ' ' || (c >= 0x7f && c < 0xa0);
}

/* A semicolon would end a part of the sequence. */
static void add_text(struct buf *out, const char *text)
{
	size_t len;
	unsigned long c;
	for (int n = 0; n < TEXT_CHARS_MAX && (c = text_decode(text, &len)) != 0; n++, text += len) {
		if (c == ';')
			buf_addc(out, ',');
		else if (is_control(c) || (c >= 0x80 && !term_utf8()))
			buf_addc(out, '?');
		else
			buf_add(out, text, len);
	}
}

/* ---- notices --------------------------------------------------------------------------------- */

static void send_osc9(const char *text)
{
	struct buf b = BUF_INIT(NOTICE_MAX);
	buf_adds(&b, OSC "9;");
	add_text(&b, text);
	buf_adds(&b, BEL);
	osc_send(&b);
	buf_clear(&b);
}

static void send_osc777(const char *title, const char *text)
{
	struct buf b = BUF_INIT(NOTICE_MAX);
	buf_adds(&b, OSC "777;notify;");
	add_text(&b, title);
	buf_addc(&b, ';');
	add_text(&b, text);
	buf_adds(&b, BEL);
	osc_send(&b);
	buf_clear(&b);
}

/* One part of it; the last one is done: d=1. */
static void send_osc99(const char *kind, bool last, const char *part, const char *text)
{
	struct buf b = BUF_INIT(NOTICE_MAX);
	buf_addf(&b, OSC "99;i=duken-%s:d=%d:p=%s;", kind, last, part);
	add_text(&b, text);
	buf_adds(&b, ST);
	osc_send(&b);
	buf_clear(&b);
}

void notice_send(const char *kind, const char *title, const char *text)
{
	if (notice.ways & NOTIFY_OSC9)
		send_osc9(text);
	if (notice.ways & NOTIFY_OSC777)
		send_osc777(title, text);
	if (notice.ways & NOTIFY_OSC99) {
		send_osc99(kind, false, "title", title);
		send_osc99(kind, true, "body", text);
	}
}

/* ---- the title ------------------------------------------------------------------------------- */

static void put(const char *bytes)
{
	term_put(bytes, strlen(bytes));
}

static void show_title(void)
{
	if (!notice.title_saved) {
		put(TITLE_SAVE);
		notice.title_saved = true;
		term_restore_with(TITLE_BACK);
	}
	put(OSC "0;");
	put(notice.title);
	put(BEL);
}

bool notice_title(const char *text)
{
	struct buf b = BUF_INIT(sizeof(notice.title) - 1);
	add_text(&b, text);
	bool other = (notice.ways & NOTIFY_TITLE) && !b.full && strcmp(buf_str(&b), notice.title) != 0;
	if (other) {
		memcpy(notice.title, buf_str(&b), b.len + 1);
		show_title();
	}
	buf_clear(&b);
	return other;
}

void notice_pause(void)
{
	if (!notice.title_saved)
		return;
	put(TITLE_BACK);
	notice.title_saved = false;
	term_restore_with(NULL);
}

void notice_resume(void)
{
	if (notice.title[0] != '\0')
		show_title();
}
