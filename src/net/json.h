/* A strict reader over cJSON, the only user of cJSON in the program.
 *
 *	struct json *doc = json_parse(body, len, err);
 *	const struct json_value *data = json_get(json_root(doc), "data");
 *	for (v = json_first(data); v; v = json_next(v))
 *		code = json_text(json_get(v, "code"), &arena, TEXT_MAX_FIELD);
 *	json_free(doc);
 *
 * json_parse() refuses: more than BUF_MAX_REPLY bytes, depth over 32, invalid UTF-8, a NUL or a
 * \u0000, raw control characters in strings, duplicate keys of one object, leading zeros and other
 * number slips, anything after the document, a byte order mark.
 *
 * The getters are forgiving where field notes say the service is: a missing member, null and a value
 * of another type all read as "absent". Names are case-sensitive. Numbers are whole up to 2^53
 * ("4000", "4000.0", "4e3"), never cJSON's valueint. A document belongs to one thread at a time. */
#ifndef NET_JSON_H
#define NET_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/text.h"

struct json;
struct json_value;	/* borrowed from its document */

struct json *json_parse(const char *body, size_t len, struct error *err);
void json_free(struct json *doc);
const struct json_value *json_root(const struct json *doc);

/* All take NULL and answer NULL, so that paths can be chained. */
const struct json_value *json_get(const struct json_value *v, const char *name);
const struct json_value *json_first(const struct json_value *v);	/* of an array or object */
const struct json_value *json_next(const struct json_value *v);
const char *json_name(const struct json_value *v);	/* member's name, raw; "" in arrays */
bool json_is_object(const struct json_value *v);
bool json_is_array(const struct json_value *v);
bool json_present(const struct json_value *v);		/* there and not null */

/* A string or whole number as clean text (base/text.h) in the arena; "" when absent. */
const char *json_text(const struct json_value *v, struct arena *a, size_t max_chars);
const char *json_note(const struct json_value *v, struct arena *a, size_t max_chars);	/* may have '\n' */
/* Byte-exact string, for ids and URLs that go back to the server; "" when absent or not printable ASCII. */
const char *json_id(const struct json_value *v, struct arena *a);
bool json_bool(const struct json_value *v);		/* true; "true"; absent is false */
/* A whole number, also as text of digits; `absent` when missing, fractional or over 2^53. */
int64_t json_int(const struct json_value *v, int64_t absent);
double json_double(const struct json_value *v, double absent);
/* Tenge: as json_int(), a fraction is rounded half up. */
int64_t json_money(const struct json_value *v);

#endif
