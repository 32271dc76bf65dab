/* What libcurl calls back while an answer arrives. */
#include "net/http_transfer.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#define MAX_HEADER_BYTES (64u * 1024)

static bool is_blank(const char *s)
{
	return s[strspn(s, " \t")] == '\0';
}

int answer_begin(void *user, char *ip, char *local_ip, int port, int local_port)
{
	struct transfer *t = user;

	(void)ip;
	(void)local_ip;
	(void)port;
	(void)local_port;
	t->began = true;
	return CURL_PREREQFUNC_OK;
}

static bool is_success(const struct transfer *t)
{
	long status = 0;

	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	return status / 100 == 2;
}

static size_t sink(struct transfer *t, const char *data, size_t len)
{
	if (len > t->sink.max - t->sunk)
		t->refusal = HTTP_REFUSED_BODY;
	else if (!t->sink.write(t->sink.arg, data, len))
		t->refusal = HTTP_REFUSED_SINK;
	if (t->refusal)
		return 0;
	t->sunk += len;
	return len;
}

size_t answer_body(char *data, size_t size, size_t n, void *user)
{
	struct transfer *t = user;

	if (t->sink.write && is_success(t))
		return sink(t, data, size * n);
	if (!buf_add(&t->reply.body, data, size * n)) {
		t->refusal = HTTP_REFUSED_BODY;
		return 0;
	}
	return size * n;
}

static void read_content_type(struct transfer *t, const char *value)
{
	char *out = t->reply.content_type;
	const char *end = out + sizeof(t->reply.content_type) - 1;

	for (; *value && out < end; value++)
		if (*value >= ' ' && *value <= '~')
			*out++ = (char)tolower((unsigned char)*value);
	*out = '\0';
}

static void read_retry_after(struct transfer *t, const char *value)
{
	int64_t seconds = 0;
	time_t date;

	if (isdigit((unsigned char)*value)) {
		for (; isdigit((unsigned char)*value); value++)
			if (seconds < INT32_MAX)
				seconds = seconds * 10 + (*value - '0');
		if (is_blank(value))
			t->reply.retry_after_ms = seconds * 1000;
		return;
	}
	date = curl_getdate(value, NULL);
	if (date > 0)
		t->retry_at_ms = (int64_t)date * 1000;
}

static void read_date(struct transfer *t, const char *value)
{
	time_t date = curl_getdate(value, NULL);

	if (date > 0)
		t->reply.server_date_ms = (int64_t)date * 1000;
}

/* We ask for gzip; several codings in a row can blow up without ever reaching answer_body(). */
static void read_encoding(struct transfer *t, const char *value)
{
	if (!is_blank(value) && strcasecmp(value, "gzip") && strcasecmp(value, "identity"))
		t->refusal = HTTP_REFUSED_ENCODING;
}

static const struct {
	const char *name;
	void (*read)(struct transfer *t, const char *value);
} readers[] = {
	{ "content-type", read_content_type },
	{ "content-encoding", read_encoding },
	{ "retry-after", read_retry_after },
	{ "date", read_date },
};

/* A status line: after a 100 the real answer begins anew. */
static void restart_answer(struct transfer *t)
{
	t->reply.content_type[0] = '\0';
	t->reply.retry_after_ms = -1;
	t->reply.server_date_ms = 0;
	t->retry_at_ms = 0;
}

static void read_header(struct transfer *t, const char *line, size_t len)
{
	const char *colon = memchr(line, ':', len);
	char value[256];
	size_t name_len, n;

	if (!colon)
		return;
	name_len = (size_t)(colon - line);
	len -= name_len + 1;
	line = colon + 1;
	while (len && (*line == ' ' || *line == '\t'))
		line++, len--;
	while (len && isspace((unsigned char)line[len - 1]))
		len--;
	n = len < sizeof(value) - 1 ? len : sizeof(value) - 1;
	memcpy(value, line, n);
	value[n] = '\0';
	for (size_t i = 0; i < sizeof(readers) / sizeof(readers[0]); i++)
		if (strlen(readers[i].name) == name_len &&
		    !strncasecmp(readers[i].name, colon - name_len, name_len))
			readers[i].read(t, value);
}

size_t answer_header(char *line, size_t size, size_t n, void *user)
{
	struct transfer *t = user;
	const size_t len = size * n;

	t->header_bytes += len;
	if (t->header_bytes > MAX_HEADER_BYTES)
		t->refusal = HTTP_REFUSED_HEADERS;
	else if (len > 5 && !strncasecmp(line, "HTTP/", 5))
		restart_answer(t);
	else
		read_header(t, line, len);
	return t->refusal ? 0 : len;
}
