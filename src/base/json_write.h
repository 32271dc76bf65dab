/* Writing JSON: escapes everything, never needs a tree.
 *
 *	struct json_writer w = JSON_WRITER(&buf);
 *	json_open(&w, NULL, '{');
 *	json_put_text(&w, "code", "123");
 *	json_close(&w, '}');
 *
 * `name` is NULL in arrays and at the top. Output is compact; one thread at a time. */
#ifndef BASE_JSON_WRITE_H
#define BASE_JSON_WRITE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

struct json_writer {
	struct buf *out;
	bool comma;
};

#define JSON_WRITER(buf) { .out = (buf), .comma = false }

void json_open(struct json_writer *w, const char *name, char bracket);	/* '{' or '[' */
void json_close(struct json_writer *w, char bracket);			/* '}' or ']' */
void json_put_text(struct json_writer *w, const char *name, const char *value);	/* NULL is null */
void json_put_int(struct json_writer *w, const char *name, int64_t value);
void json_put_double(struct json_writer *w, const char *name, double value);
void json_put_bool(struct json_writer *w, const char *name, bool value);
void json_put_null(struct json_writer *w, const char *name);

#endif
