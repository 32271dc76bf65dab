#include "sim/body.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

/* `struct body` is never defined: it is what others see of a cJSON node. */
static const cJSON *node(const struct body *b)
{
	return (const cJSON *)b;
}

struct body *body_parse(const char *text, size_t len)
{
	const char *end = NULL;
	cJSON *tree = cJSON_ParseWithLengthOpts(text, len, &end, 0);

	if (!tree)
		return NULL;
	for (; end < text + len; end++) {
		if (!strchr(" \t\r\n", *end)) {
			cJSON_Delete(tree);
			return NULL;
		}
	}
	return (struct body *)tree;
}

void body_free(struct body *b)
{
	cJSON_Delete((cJSON *)b);
}

const struct body *body_at(const struct body *b, const char *path)
{
	char key[64];
	const cJSON *at = node(b);

	while (at && *path) {
		size_t len = strcspn(path, ".");

		if (len >= sizeof(key))
			return NULL;
		memcpy(key, path, len);
		key[len] = '\0';
		at = cJSON_GetObjectItemCaseSensitive(at, key);
		path += path[len] ? len + 1 : len;
	}
	return (const struct body *)at;
}

const char *body_text(const struct body *b)
{
	return cJSON_GetStringValue(node(b));
}

bool body_int(const struct body *b, bool loose, int64_t *value)
{
	const char *s = body_text(b);
	char *end;
	double x;

	if (s && loose && *s) {
		*value = strtoll(s, &end, 10);
		return *end == '\0';
	}
	if (!cJSON_IsNumber(node(b)))
		return false;
	x = node(b)->valuedouble;
	if (fabs(x) > 9007199254740992.0 || x != floor(x))
		return false;
	*value = (int64_t)x;
	return true;
}

bool body_is_true(const struct body *b)
{
	return cJSON_IsTrue(node(b));
}

bool body_is_object(const struct body *b)
{
	return cJSON_IsObject(node(b));
}

bool body_is_array(const struct body *b)
{
	return cJSON_IsArray(node(b));
}

const struct body *body_first(const struct body *b)
{
	return b ? (const struct body *)node(b)->child : NULL;
}

const struct body *body_next(const struct body *b)
{
	return (const struct body *)node(b)->next;
}

const char *body_key(const struct body *b)
{
	return node(b)->string;
}

char *body_print(struct arena *a, const struct body *b)
{
	char *text = cJSON_PrintUnformatted(node(b));
	char *copy = arena_strdup(a, text ? text : "null");

	cJSON_free(text);
	return copy;
}
