/* Whatever bytes come in: what the reader takes is proper, so that written out again and read again it
 * is the same; what it refuses it explains. */
#include "net/json.h"

#include <stdlib.h>
#include <string.h>

#include "base/json_write.h"
#include "tests/fuzz/fuzz.h"

static void must(bool held)
{
	if (!held)
		abort();
}

/* As far as the getters see it: texts are clean, numbers whole or not. */
static void rewrite(const struct json_value *v, struct json_writer *w, const char *name,
	struct arena *a)
{
	if (json_is_object(v) || json_is_array(v)) {
		bool object = json_is_object(v);

		json_open(w, name, object ? '{' : '[');
		for (const struct json_value *m = json_first(v); m; m = json_next(m))
			rewrite(m, w, object ? json_name(m) : NULL, a);
		json_close(w, object ? '}' : ']');
	} else if (json_int(v, INT64_MIN) != INT64_MIN) {
		json_put_int(w, name, json_int(v, 0));
	} else if (json_double(v, -0.125) != -0.125) {
		json_put_double(w, name, json_double(v, 0));
	} else if (json_bool(v)) {
		json_put_bool(w, name, true);
	} else {
		json_put_text(w, name, json_note(v, a, TEXT_MAX_NOTE));
	}
}

static void write_again(struct json *doc, struct buf *out, struct arena *a)
{
	struct json_writer w = JSON_WRITER(out);

	must(doc != NULL);
	buf_reset(out);
	rewrite(json_root(doc), &w, NULL, a);
	json_free(doc);
}

/* Twice, because a text that is cleaned may become one that reads as a number. */
static void check_rewriting(struct json *doc)
{
	struct buf once = BUF_INIT(BUF_MAX_OUTPUT), again = BUF_INIT(BUF_MAX_OUTPUT);
	struct arena a = ARENA_INIT;

	write_again(doc, &again, &a);
	write_again(json_parse(buf_str(&again), again.len, NULL), &once, &a);
	write_again(json_parse(buf_str(&once), once.len, NULL), &again, &a);
	must(strcmp(buf_str(&once), buf_str(&again)) == 0);
	buf_clear(&once);
	buf_clear(&again);
	arena_clear(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct error err = ERROR_INIT;
	struct json *doc = json_parse((const char *)data, size, &err);

	if (doc) {
		must(text_is_utf8((const char *)data, size));
		check_rewriting(doc);
	} else {
		must(err.code == ERR_BAD_REPLY && err.text[0]);
	}
	return 0;
}
