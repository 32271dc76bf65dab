/* Writing JSON straight into a buffer: fast, and money is 4000.0 as the live service writes it.
 *
 *	struct json j = JSON_INIT(&out);
 *	json_open(&j, NULL, '{');
 *	json_str(&j, "code", "123");
 *	json_close(&j, '}');
 *
 * `key` is NULL for the members of an array and for the outermost value. Strings are escaped, but
 * bytes that are no UTF-8 pass as they are: hostile data must be able to leave. One thread at a
 * time. */
#ifndef SIM_JSON_H
#define SIM_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

struct json {
	struct buf *out;
	bool comma; /* the next value needs one before it */
};

#define JSON_INIT(buffer) { .out = (buffer), .comma = false }

void json_open(struct json *j, const char *key, char bracket);
void json_close(struct json *j, char bracket);
void json_str(struct json *j, const char *key, const char *value); /* NULL writes null */
void json_strf(struct json *j, const char *key, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void json_id(struct json *j, const char *key, const char *text); /* base64 of text */
void json_int(struct json *j, const char *key, int64_t value);
void json_date(struct json *j, const char *key, int64_t ms); /* 0 writes null */
void json_money(
	struct json *j, const char *key, int64_t value, bool whole); /* 4000.0, whole: 4000 */
void json_real(struct json *j, const char *key, double value);
void json_bool(struct json *j, const char *key, bool value);
void json_null(struct json *j, const char *key);
void json_raw(struct json *j, const char *key, const char *text); /* text is JSON already */

#endif
