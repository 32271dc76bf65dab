#include "order/call.h"

#include <stdlib.h>
#include <string.h>

void call_init(struct call *c, enum call_method method)
{
	*c = (struct call){
		.arena = ARENA_INIT,
		.method = method,
		.path = BUF_INIT(BUF_MAX_LINE),
		.body = BUF_INIT(BUF_MAX_FILE),
	};
}

void call_header(struct call *c, const char *name, const char *value)
{
	/* The headers are in the provider's code, not in anybody's data. */
	if (c->n_headers == CALL_HEADERS_MAX)
		abort();
	c->headers[c->n_headers++] = (struct call_header){
		.name = arena_strdup(&c->arena, name),
		.value = arena_strdup(&c->arena, value),
	};
}

static bool unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		c == '-' || c == '.' || c == '_' || c == '~';
}

void call_path_escape(struct call *c, const char *s)
{
	for (; *s; s++) {
		if (unreserved(*s))
			buf_addc(&c->path, *s);
		else
			buf_addf(&c->path, "%%%02X", (unsigned)(unsigned char)*s);
	}
}

void call_clear(struct call *c)
{
	for (int i = 0; i < c->n_headers; i++) {
		char *value = (char *)c->headers[i].value;	/* our own copy, see call_header() */

		explicit_bzero(value, strlen(value));
	}
	c->n_headers = 0;
	buf_wipe(&c->body);
	buf_clear(&c->path);
	arena_clear(&c->arena);
}

const char *call_method_name(enum call_method m)
{
	static const char *const names[] = {
		[CALL_GET] = "GET",
		[CALL_POST] = "POST",
		[CALL_PUT] = "PUT",
	};

	return m <= CALL_PUT ? names[m] : "?";
}
