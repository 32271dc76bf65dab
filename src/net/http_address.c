#include "net/http_transfer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "base/mem.h"

/* Text that passes may be quoted to a person, and no two parsers read it in different ways. */
static bool is_visible_ascii(const char *s)
{
	for (; *s; s++)
		if (*s <= ' ' || *s > '~')
			return false;
	return true;
}

/* libcurl resolves "localhost" by itself, never through a name server. */
static bool is_loopback(const char *host)
{
	struct in_addr v4;

	if (!strcasecmp(host, "localhost") || !strcmp(host, "[::1]"))
		return true;
	return inet_pton(AF_INET, host, &v4) == 1 && ntohl(v4.s_addr) >> 24 == 127;
}

/* A part of the parsed address, "" where there is none. */
static char *part(CURLU *u, CURLUPart what, unsigned flags)
{
	char *s, *copy;

	if (curl_url_get(u, what, &s, flags))
		return xstrdup("");
	copy = xstrdup(s);
	curl_free(s);
	return copy;
}

static bool check(struct http_address *a, CURLU *u, const char *scheme, struct error *err)
{
	char *user = part(u, CURLUPART_USER, 0), *password = part(u, CURLUPART_PASSWORD, 0);
	const bool named = *user || *password;

	free(user);
	free(password);
	if (!*a->host || named)
		return error_set(err, ERR_CONFIG,
			_("the address of the service must look like https://host/path"));
	a->plain = !strcmp(scheme, "http");
	if (!a->plain && strcmp(scheme, "https"))
		return error_set(err, ERR_CONFIG,
			_("the address of %s must begin with https://"), a->host);
	if (a->plain && !is_loopback(a->host))
		return error_set(err, ERR_CONFIG,
			_("the address of %s must begin with https://, so that nobody on the way "
			  "can read the token; http:// is for this computer alone"),
			a->host);
	return true;
}

static bool parse(struct http_address *a, CURLU *u, struct error *err)
{
	char *scheme = part(u, CURLUPART_SCHEME, 0);
	char *port = part(u, CURLUPART_PORT, CURLU_DEFAULT_PORT);
	bool ok;

	a->host = part(u, CURLUPART_HOST, 0);
	ok = check(a, u, scheme, err);
	a->origin = xasprintf("%s://%s:%s", scheme, a->host, port);
	free(scheme);
	free(port);
	if (!ok) {
		free(a->host);
		free(a->origin);
		a->host = a->origin = NULL;
	}
	return ok;
}

bool http_address_parse(struct http_address *a, const char *url, struct error *err)
{
	CURLU *u = curl_url();
	bool ok;

	if (!u)
		abort();
	if (!is_visible_ascii(url) || strlen(url) > BUF_MAX_LINE ||
		curl_url_set(u, CURLUPART_URL, url, 0))
		ok = error_set(err, ERR_CONFIG,
			_("the address of the service must look like https://host/path"));
	else
		ok = parse(a, u, err);
	curl_url_cleanup(u);
	return ok;
}

bool http_same_origin(const char *a, const char *b)
{
	struct http_address x = { .host = NULL }, y = { .host = NULL };
	bool same = false;

	if (curl_lazy_load(NULL) && http_address_parse(&x, a, NULL)) {
		same = http_address_parse(&y, b, NULL) && !strcasecmp(x.origin, y.origin);
		free(x.host);
		free(x.origin);
		free(y.host);
		free(y.origin);
	}
	return same;
}

bool http_url_allowed(const char *url, struct error *err)
{
	struct http_address a;

	if (!curl_lazy_load(err) || !http_address_parse(&a, url, err))
		return false;
	free(a.host);
	free(a.origin);
	return true;
}
