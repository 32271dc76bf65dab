#include "net/json.h"

#include <cJSON.h>
#include <inttypes.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "net/json_check.h"

/* A value is a node of the tree; the name is only for the callers. */
struct json {
	cJSON *tree;
	struct arena arena;	/* all its memory: a page of orders is tens of thousands of small pieces */
};

#define SMALL_OBJECT 64		/* up to here all pairs of names are compared; above, sorted */

/* Beyond it a double cannot tell neighbours apart: 2^53 + 1 reads as 2^53. */
#define WHOLE_MAX ((INT64_C(1) << 53) - 1)

static const cJSON *node(const struct json_value *v)
{
	return (const cJSON *)(const void *)v;
}

static const struct json_value *value(const cJSON *n)
{
	return (const struct json_value *)(const void *)n;
}

/* ---- parsing --------------------------------------------------------------------------------- */

/* Two names with different keys differ; it is cheap to make and nearly always enough. */
static uint64_t name_key(const char *name)
{
	size_t len = strlen(name);
	uint64_t key = 0;

	memcpy(&key, name, len < sizeof(key) ? len : sizeof(key));
	return key * 31 + len;
}

static bool small_object_repeats(const cJSON *first)
{
	uint64_t keys[SMALL_OBJECT];
	const cJSON *members[SMALL_OBJECT];
	size_t n = 0;

	for (const cJSON *m = first; m; m = m->next, n++) {
		keys[n] = name_key(m->string);
		members[n] = m;
		for (size_t i = 0; i < n; i++)
			if (keys[i] == keys[n] && strcmp(members[i]->string, m->string) == 0)
				return true;
	}
	return false;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool large_object_repeats(const cJSON *first, size_t n)
{
	const char **names = xreallocarray(NULL, n, sizeof(*names));
	bool repeats = false;
	size_t i = 0;

	for (const cJSON *m = first; m; m = m->next)
		names[i++] = m->string;
	qsort(names, n, sizeof(*names), by_text);
	for (i = 1; i < n && !repeats; i++)
		repeats = strcmp(names[i - 1], names[i]) == 0;
	free(names);
	return repeats;
}

static bool object_repeats(const cJSON *object)
{
	size_t n = 0;

	for (const cJSON *m = object->child; m; m = m->next)
		n++;
	if (n < 2)
		return false;
	return n <= SMALL_OBJECT ? small_object_repeats(object->child) :
		large_object_repeats(object->child, n);
}

/* The tree is at most JSON_DEPTH_MAX deep, so it may recurse. */
static bool tree_repeats(const cJSON *n)
{
	if (cJSON_IsObject(n) && object_repeats(n))
		return true;
	for (const cJSON *c = n->child; c; c = c->next)
		if (c->child && tree_repeats(c))
			return true;
	return false;
}

static bool slip(struct error *err, const char *reason, size_t where)
{
	/* TRANSLATORS: %1$s is the reason, such as "a text is not UTF-8"; %2$zu counts bytes. */
	return error_set(err, ERR_BAD_REPLY, _("This is not proper JSON: %1$s (at byte %2$zu)."),
		_(reason), where);
}

static bool only_space(const char *from, const char *to)
{
	for (; from < to; from++)
		if (!memchr(" \t\r\n", *from, 4))
			return false;
	return true;
}

/* ---- memory ---------------------------------------------------------------------------------- */

/* Where cJSON takes memory from while a document is parsed on this thread; NULL: from the heap. */
static _Thread_local struct arena *growing;

static void *take(size_t size)
{
	return growing ? arena_alloc(growing, size) : xmalloc(size);
}

/* What the parser gives back half-way goes with the document. */
static void give_back(void *p)
{
	if (!growing)
		free(p);
}

static void install(void)
{
	cJSON_InitHooks(&(cJSON_Hooks){ .malloc_fn = take, .free_fn = give_back });
}

static cJSON *parse_into(struct arena *arena, const char *body, size_t len, const char **end)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	cJSON *tree;

	pthread_once(&once, install);
	growing = arena;
	tree = cJSON_ParseWithLengthOpts(body, len, end, 0);
	growing = NULL;
	return tree;
}

/* ---- documents ------------------------------------------------------------------------------- */

static bool parse_tree(struct json *doc, const char *body, size_t len, struct error *err)
{
	const char *end = body;

	doc->tree = parse_into(&doc->arena, body, len, &end);
	if (!doc->tree)
		return slip(err, N_("it breaks off or is mixed up"), (size_t)(end - body));
	if (!only_space(end, body + len))
		return slip(err, N_("something follows its end"), (size_t)(end - body));
	if (tree_repeats(doc->tree))
		return slip(err, N_("an object has two members of one name"), 0);
	return true;
}

struct json *json_parse(const char *body, size_t len, struct error *err)
{
	const char *reason;
	struct json *doc;
	size_t where = 0;

	if (!len) {
		error_set(err, ERR_BAD_REPLY, _("This is not proper JSON: it is empty."));
		return NULL;
	}
	if (len > BUF_MAX_REPLY) {
		error_set(err, ERR_BAD_REPLY, _("This is more JSON than is read at once."));
		return NULL;
	}
	reason = json_check_bytes(body, len, &where);
	if (reason) {
		slip(err, reason, where);
		return NULL;
	}
	doc = xcalloc(1, sizeof(*doc));
	if (parse_tree(doc, body, len, err))
		return doc;
	json_free(doc);
	return NULL;
}

void json_free(struct json *doc)
{
	if (doc)
		arena_clear(&doc->arena);
	free(doc);
}

const struct json_value *json_root(const struct json *doc)
{
	return doc ? value(doc->tree) : NULL;
}

/* ---- walking --------------------------------------------------------------------------------- */

const struct json_value *json_get(const struct json_value *v, const char *name)
{
	if (!json_is_object(v))
		return NULL;
	for (const cJSON *m = node(v)->child; m; m = m->next)
		if (strcmp(m->string, name) == 0)
			return value(m);
	return NULL;
}

const struct json_value *json_first(const struct json_value *v)
{
	return v ? value(node(v)->child) : NULL;
}

const struct json_value *json_next(const struct json_value *v)
{
	return v ? value(node(v)->next) : NULL;
}

const char *json_name(const struct json_value *v)
{
	return v && node(v)->string ? node(v)->string : "";
}

bool json_is_object(const struct json_value *v)
{
	return v && cJSON_IsObject(node(v));
}

bool json_is_array(const struct json_value *v)
{
	return v && cJSON_IsArray(node(v));
}

bool json_present(const struct json_value *v)
{
	return v && !cJSON_IsNull(node(v));
}

/* ---- values ---------------------------------------------------------------------------------- */

static const char *string(const struct json_value *v)
{
	return v && cJSON_IsString(node(v)) ? node(v)->valuestring : NULL;
}

static bool whole(const struct json_value *v, int64_t *out)
{
	double d;

	if (!v || !cJSON_IsNumber(node(v)))
		return false;
	d = node(v)->valuedouble;
	if (!(d >= -WHOLE_MAX && d <= WHOLE_MAX))
		return false;
	*out = (int64_t)d;
	return (double)*out == d;
}

/* Text of digits, not longer than a whole number may be. */
static bool whole_text(const char *s, int64_t *out)
{
	const char *digits = s + (*s == '-');
	size_t n = strspn(digits, "0123456789");
	int64_t i;

	if (!n || n > 16 || digits[n])
		return false;
	i = strtoll(s, NULL, 10);
	if (i < -WHOLE_MAX || i > WHOLE_MAX)
		return false;
	*out = i;
	return true;
}

static const char *text(const struct json_value *v, struct arena *a, size_t max_chars,
	enum text_kind kind)
{
	const char *s = string(v);
	int64_t i;

	if (s)
		return *s ? text_clean(a, s, strlen(s), max_chars, kind) : "";
	return whole(v, &i) ? arena_printf(a, "%" PRId64, i) : "";
}

const char *json_text(const struct json_value *v, struct arena *a, size_t max_chars)
{
	return text(v, a, max_chars, TEXT_LINE);
}

const char *json_note(const struct json_value *v, struct arena *a, size_t max_chars)
{
	return text(v, a, max_chars, TEXT_NOTE);
}

const char *json_id(const struct json_value *v, struct arena *a)
{
	const char *s = string(v);

	if (!s || !*s)
		return "";
	for (const char *p = s; *p; p++)
		if (*p < 0x20 || *p >= 0x7f)
			return "";
	return arena_strdup(a, s);
}

bool json_bool(const struct json_value *v)
{
	const char *s = string(v);

	return s ? strcmp(s, "true") == 0 : v && cJSON_IsTrue(node(v));
}

int64_t json_int(const struct json_value *v, int64_t absent)
{
	const char *s = string(v);
	int64_t i;

	if (s ? whole_text(s, &i) : whole(v, &i))
		return i;
	return absent;
}

double json_double(const struct json_value *v, double absent)
{
	if (!v || !cJSON_IsNumber(node(v)) || !isfinite(node(v)->valuedouble))
		return absent;
	return node(v)->valuedouble;
}

int64_t json_money(const struct json_value *v)
{
	double d;
	int64_t i;

	if (!v || !cJSON_IsNumber(node(v)))
		return json_int(v, 0);
	d = node(v)->valuedouble + 0.5;
	if (!(d >= -WHOLE_MAX && d <= WHOLE_MAX))
		return 0;
	i = (int64_t)d;
	return (double)i > d ? i - 1 : i;	/* the cast cut towards zero; half goes up */
}
