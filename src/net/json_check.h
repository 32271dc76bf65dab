/* What cJSON does not check, in one pass over the bytes before it reads them: UTF-8, control
 * characters, NUL, escapes, the grammar of numbers, depth, a byte order mark. Grammar that cJSON
 * does check (commas, brackets, the words, pairs of surrogates) is left to it. Only net/json.c
 * uses this. */
#ifndef NET_JSON_CHECK_H
#define NET_JSON_CHECK_H

#include <stddef.h>

#define JSON_DEPTH_MAX 32

/* NULL when nothing is wrong; else the reason, a part of a sentence marked with N_(), and at which
 * byte. */
const char *json_check_bytes(const char *body, size_t len, size_t *where);

#endif
