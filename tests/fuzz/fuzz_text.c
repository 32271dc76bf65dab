/* Whatever bytes come in: text_clean() gives valid UTF-8 without a control, no longer than asked for,
 * that cleaning again leaves alone; widths, counts and folds agree with it. */
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#include "tests/fuzz/fuzz.h"

#define MAX_CHARS 300

static void must(bool held)
{
	if (!held)
		abort();
}

static void check_controls(const char *s, enum text_kind kind)
{
	size_t n;

	for (unsigned long cp; (cp = text_decode(s, &n)) != 0; s += n) {
		must(cp >= 0x20 || (cp == '\n' && kind == TEXT_NOTE));
		must(cp < 0x7f || cp > 0x9f);
		must(cp != 0x61c && cp != 0xfeff && (cp < 0x200b || cp > 0x200f));
		must((cp < 0x2028 || cp > 0x202e) && (cp < 0x2060 || cp > 0x206f));
		must((cp < 0xfe00 || cp > 0xfe0f) && (cp & 0xfffe) != 0xfffe && cp >> 16 != 0xe);
	}
}

static void check_measures(const char *s)
{
	size_t chars = text_chars(s);
	int width = text_width(s), used;

	must(chars <= MAX_CHARS);
	must(text_prefix(s, chars) == strlen(s));
	must(text_fit(s, width, &used) == strlen(s) && used == width);
	for (int columns = 0; columns < width; columns++) {
		must(text_is_utf8(s, text_fit(s, columns, &used)));
		must(used <= columns);
	}
}

static void check_fold(const char *s, bool (*fold)(struct buf *, const char *))
{
	struct buf once = BUF_INIT(BUF_MAX_LINE), twice = BUF_INIT(BUF_MAX_LINE);

	must(fold(&once, s) && fold(&twice, buf_str(&once)));
	must(strcmp(buf_str(&once), buf_str(&twice)) == 0);
	must(text_is_utf8(buf_str(&once), once.len));
	buf_clear(&once);
	buf_clear(&twice);
}

static void check_kind(const char *bytes, size_t len, enum text_kind kind)
{
	struct arena a = ARENA_INIT;
	const char *s = text_clean(&a, bytes, len, MAX_CHARS, kind);

	must(text_is_utf8(s, strlen(s)));
	check_controls(s, kind);
	must(strcmp(text_clean(&a, s, strlen(s), MAX_CHARS, kind), s) == 0);
	check_measures(s);
	check_fold(s, text_fold);
	check_fold(s, text_fold_latin);
	arena_clear(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	check_kind((const char *)data, size, TEXT_LINE);
	check_kind((const char *)data, size, TEXT_NOTE);
	return 0;
}
