#include "sim/request.h"

#include <stdlib.h>
#include <string.h>

#include "sim/json.h"

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* NULL for a "%" without two digits and for a NUL. */
static char *decode(struct arena *a, const char *s, size_t len, bool plus_is_space)
{
	char *out = arena_alloc(a, len + 1), *to = out;
	const char *end = s + len;

	for (; s < end; s++) {
		char c = *s;

		if (c == '+' && plus_is_space) {
			c = ' ';
		} else if (c == '%') {
			if (end - s < 3 || hex(s[1]) < 0 || hex(s[2]) < 0)
				return NULL;
			c = (char)(hex(s[1]) << 4 | hex(s[2]));
			s += 2;
		}
		if (!c)
			return NULL;
		*to++ = c;
	}
	*to = '\0';
	return out;
}

static void parse_path(struct request *q, const char *path, size_t len)
{
	const char *end = path + len;

	while (path < end) {
		const char *slash = memchr(path, '/', (size_t)(end - path));
		size_t n = slash ? (size_t)(slash - path) : (size_t)(end - path);

		if (n) {
			const char *text = decode(&q->arena, path, n, false);

			if (!text || q->n_segments == REQUEST_SEGMENTS) {
				q->bad_target = true;
				return;
			}
			q->segments[q->n_segments++] = text;
		}
		path += n + 1;
	}
}

static void parse_query(struct request *q, const char *query)
{
	while (*query) {
		size_t len = strcspn(query, "&"), name = strcspn(query, "=&");
		struct param p;

		p.name = decode(&q->arena, query, name, true);
		p.value =
			name < len ? decode(&q->arena, query + name + 1, len - name - 1, true) : "";
		if (!p.name || !p.value || q->n_params == REQUEST_PARAMS) {
			q->bad_target = true;
			return;
		}
		if (len)
			q->params[q->n_params++] = p;
		query += len + (query[len] == '&');
	}
}

void request_init(struct request *q, const char *method, const char *target)
{
	size_t path = strcspn(target, "?");

	*q = (struct request){ .body = BUF_INIT(REQUEST_BODY_MAX), .arena = ARENA_INIT };
	q->method = arena_strdup(&q->arena, method);
	q->target = arena_strdup(&q->arena, target);
	parse_path(q, target, path);
	if (target[path])
		parse_query(q, target + path + 1);
}

void request_clear(struct request *q)
{
	buf_clear(&q->body);
	arena_clear(&q->arena);
}

const char *request_param(const struct request *q, const char *name)
{
	const char *value = NULL;
	unsigned i;

	for (i = 0; i < q->n_params; i++) {
		if (!strcmp(q->params[i].name, name))
			value = q->params[i].value;
	}
	return value;
}

bool request_is(const struct request *q, const char *pattern)
{
	unsigned i;

	for (i = 0; i < q->n_segments; i++) {
		size_t len = strcspn(pattern, "/");
		bool any = len == 1 && *pattern == '?';

		if (!len || (!any && (strlen(q->segments[i]) != len ||
					     strncmp(q->segments[i], pattern, len) != 0)))
			return false;
		pattern += len + (pattern[len] == '/');
	}
	return !*pattern;
}

void reply_init(struct reply *p)
{
	*p = (struct reply){ .status = 200,
		.type = "application/vnd.api+json;charset=UTF-8",
		.body = BUF_INIT(BUF_MAX_REPLY) };
}

void reply_clear(struct reply *p)
{
	free(p->location);
	buf_clear(&p->body);
}

void reply_error(struct reply *p, int status, const char *title)
{
	struct json j = JSON_INIT(&p->body);

	p->status = status;
	buf_reset(&p->body);
	json_open(&j, NULL, '{');
	json_open(&j, "errors", '[');
	json_open(&j, NULL, '{');
	json_str(&j, "title", title);
	json_close(&j, '}');
	json_close(&j, ']');
	json_close(&j, '}');
}
