#include "tui/widget/lineedit.h"

#include <string.h>

#include "base/text.h"
#include "tui/term/key.h"

void lineedit_init(struct lineedit *e, size_t max)
{
	memset(e, 0, sizeof(*e));
	e->max = max;
}

void lineedit_set(struct lineedit *e, const char *text)
{
	size_t fit = text_prefix(text, e->max > 0 ? e->max : LINEEDIT_MAX);
	if (fit >= sizeof(e->text))
		return;
	memcpy(e->text, text, fit);
	e->text[fit] = '\0';
	e->len = e->cursor = fit;
	e->suggested = false;
}

void lineedit_suggest(struct lineedit *e, const char *text)
{
	lineedit_set(e, text);
	e->suggested = true;
}

void lineedit_clear(struct lineedit *e)
{
	explicit_bzero(e->text, sizeof(e->text));
	e->len = e->cursor = 0;
}

static size_t encode(uint32_t c, char out[4])
{
	struct buf b = BUF_INIT(8);
	size_t len = 0;
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (text_encode(&b, c) && b.len <= 4) {
		len = b.len;
		memcpy(out, b.data, len);
	}
	buf_wipe(&b);
	return len;
}

bool lineedit_insert(struct lineedit *e, uint32_t codepoint)
{
	char bytes[4];
	size_t n = key_is_text(codepoint) ? encode(codepoint, bytes) : 0;
	if (n == 0 || e->len + n >= sizeof(e->text))
		return false;
	if (e->max > 0 && text_chars(e->text) >= e->max)
		return false;
	memmove(e->text + e->cursor + n, e->text + e->cursor, e->len - e->cursor + 1);
	memcpy(e->text + e->cursor, bytes, n);
	e->len += n;
	e->cursor += n;
	return true;
}

static bool continues(char byte)
{
	return ((unsigned char)byte & 0xc0) == 0x80;
}

static bool is_mark(const char *s)
{
	char one[8];
	size_t len;
	if (text_decode(s, &len) == 0 || len >= sizeof(one))
		return false;
	memcpy(one, s, len);
	one[len] = '\0';
	return text_width(one) == 0;
}

static size_t before(const struct lineedit *e, size_t at)
{
	while (at > 0) {
		do {
			at--;
		} while (at > 0 && continues(e->text[at]));
		if (!is_mark(e->text + at))
			break;
	}
	return at;
}

static size_t after(const struct lineedit *e, size_t at)
{
	while (at < e->len) {
		do {
			at++;
		} while (at < e->len && continues(e->text[at]));
		if (at >= e->len || !is_mark(e->text + at))
			break;
	}
	return at;
}

/* Takes [from, to) out; the cursor stands at from. */
static bool cut(struct lineedit *e, size_t from, size_t to)
{
	if (from == to)
		return false;
	memmove(e->text + from, e->text + to, e->len - to + 1);
	explicit_bzero(e->text + e->len - (to - from), to - from);
	e->len -= to - from;
	e->cursor = from;
	return true;
}

bool lineedit_rubout(struct lineedit *e)
{
	return cut(e, before(e, e->cursor), e->cursor);
}

bool lineedit_delete(struct lineedit *e)
{
	return cut(e, e->cursor, after(e, e->cursor));
}

bool lineedit_rubout_word(struct lineedit *e)
{
	size_t at = e->cursor;
	while (at > 0 && e->text[at - 1] == ' ')
		at--;
	while (at > 0 && e->text[at - 1] != ' ')
		at--;
	return cut(e, at, e->cursor);
}

bool lineedit_move(struct lineedit *e, enum lineedit_step step)
{
	size_t old = e->cursor;
	switch (step) {
	case LINEEDIT_LEFT:
		e->cursor = before(e, old);
		break;
	case LINEEDIT_RIGHT:
		e->cursor = after(e, old);
		break;
	case LINEEDIT_HOME:
		e->cursor = 0;
		break;
	case LINEEDIT_END:
		e->cursor = e->len;
		break;
	}
	return e->cursor != old;
}

static bool edit(struct lineedit *e, uint32_t key, bool *changed)
{
	switch (key) {
	case KEY_RUBOUT_:
		*changed = lineedit_rubout(e);
		return true;
	case KEY_DELETE_:
	case KEY_CONTROL_('D'):
		*changed = lineedit_delete(e);
		return true;
	case KEY_CONTROL_('W'):
		*changed = lineedit_rubout_word(e);
		return true;
	case KEY_CONTROL_('U'):
		*changed = cut(e, 0, e->cursor);
		return true;
	default:
		*changed = lineedit_insert(e, key);
		return key_is_text(key);
	}
}

bool lineedit_key(struct lineedit *e, uint32_t key, bool *changed)
{
	static const struct {
		uint32_t key;
		enum lineedit_step step;
	} moves[] = {
		{ KEY_LEFT_, LINEEDIT_LEFT },
		{ KEY_RIGHT_, LINEEDIT_RIGHT },
		{ KEY_HOME_, LINEEDIT_HOME },
		{ KEY_END_, LINEEDIT_END },
		{ KEY_CONTROL_('A'), LINEEDIT_HOME },
		{ KEY_CONTROL_('E'), LINEEDIT_END },
	};
	bool ignored;
	if (changed == NULL)
		changed = &ignored;
	*changed = false;
	if (e->suggested && key_is_text(key))
		lineedit_set(e, "");
	e->suggested = false;
	for (size_t i = 0; i < sizeof(moves) / sizeof(moves[0]); i++) {
		if (moves[i].key == key) {
			lineedit_move(e, moves[i].step);
			return true;
		}
	}
	return edit(e, key, changed);
}

size_t lineedit_view(const struct lineedit *e, int columns, int *cursor_col)
{
	char head[LINEEDIT_MAX];
	size_t start = 0;
	memcpy(head, e->text, e->cursor);
	head[e->cursor] = '\0';
	/* The cursor needs a column of its own. */
	int width = text_width(head);
	while (width >= columns && start < e->cursor) {
		start = after(e, start);
		width = text_width(head + start);
	}
	explicit_bzero(head, e->cursor);
	*cursor_col = width;
	return start;
}
