/* Reading the JSON of a request. The only file of the simulator that knows cJSON.
 *
 *	struct body *b = body_parse(text, len);		NULL: not JSON
 *	const struct body *id = body_at(b, "data.id");
 *	if (body_text(id)) ...
 *	body_free(b);
 *
 * Names are compared with case. A `struct body` is any node; all but the parsed one are borrowed
 * from it. Every question may be asked of NULL and is answered with "no". One thread at a time per
 * tree. */
#ifndef SIM_BODY_H
#define SIM_BODY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct body;

struct body *body_parse(const char *text, size_t len);
void body_free(struct body *b);

/* The member at a dotted path, NULL if there is none. */
const struct body *body_at(const struct body *b, const char *path);
/* The text of a string node, else NULL. */
const char *body_text(const struct body *b);
/* A whole number; digits in a string count where `loose`, as the live service takes them. */
bool body_int(const struct body *b, bool loose, int64_t *value);
bool body_is_true(const struct body *b);
bool body_is_object(const struct body *b);
bool body_is_array(const struct body *b);
/* Walking members: first, then next until NULL. */
const struct body *body_first(const struct body *b);
const struct body *body_next(const struct body *b);
const char *body_key(const struct body *b);
/* The node as JSON text again. */
char *body_print(struct arena *a, const struct body *b);

#endif
