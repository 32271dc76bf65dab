/* From libcurl's codes to a sentence that a clerk can act on.
 *
 * Two steps, so that each can be read by itself: what kind of trouble it was, and what to say. */
#include "net/http_transfer.h"

#include <errno.h>
#include <string.h>

#include "base/i18n.h"

enum trouble {
	TROUBLE_NAME,
	TROUBLE_NAME_SILENT,
	TROUBLE_PROXY,
	TROUBLE_REFUSED,
	TROUBLE_UNREACHABLE,
	TROUBLE_CONNECT_SILENT,
	TROUBLE_TLS_SILENT,
	TROUBLE_TLS,
	TROUBLE_CA_FILE,
	TROUBLE_CERT_NAME,
	TROUBLE_CERT_EXPIRED,
	TROUBLE_CERT_EARLY,
	TROUBLE_CERT_SELF_SIGNED,
	TROUBLE_CERT_UNKNOWN_CA,
	TROUBLE_CERT_OTHER,
	TROUBLE_SILENT,
	TROUBLE_SLOW,
	TROUBLE_BROKEN,
	TROUBLE_CUT,
	TROUBLE_BODY_SIZE,
	TROUBLE_HEADER_SIZE,
	TROUBLE_ENCODING,
	TROUBLE_NOT_HTTP,
	TROUBLE_OTHER
};

/* TRANSLATORS: a sentence is made of the server's name, what happened and what to do:
 * "kaspi.kz: the connection is refused; the service is down or ..." */
static const struct {
	enum error_code code;
	const char *what;
	const char *advice;
} troubles[] = {
	[TROUBLE_NAME] = { ERR_OFFLINE,
		N_("the name is not found"),
		N_("check the internet connection of this computer") },
	[TROUBLE_NAME_SILENT] = { ERR_OFFLINE,
		N_("the name servers do not answer"),
		N_("check the internet connection of this computer") },
	[TROUBLE_PROXY] = { ERR_OFFLINE,
		N_("the proxy does not let the connection through"),
		N_("check \"proxy\" in the settings") },
	[TROUBLE_REFUSED] = { ERR_OFFLINE,
		N_("the connection is refused"),
		N_("the service is down or a firewall forbids it, try again in a minute") },
	[TROUBLE_UNREACHABLE] = { ERR_OFFLINE,
		N_("there is no way to the server"),
		N_("check the internet connection of this computer") },
	[TROUBLE_CONNECT_SILENT] = { ERR_OFFLINE,
		N_("no connection in time"),
		N_("check the internet connection, then whether a firewall forbids it") },
	[TROUBLE_TLS_SILENT] = { ERR_OFFLINE,
		N_("connected, but no secure connection in time"),
		N_("something between here and the server holds it up, try another internet "
		   "connection") },
	[TROUBLE_TLS] = { ERR_OFFLINE,
		N_("no secure connection could be agreed on"),
		N_("nothing was sent, check the address in the settings and what filters the "
		   "internet connection here") },
	[TROUBLE_CA_FILE] = { ERR_OFFLINE,
		N_("the file of trusted certificates cannot be used"),
		N_("check \"ca_file\" in the settings or install the package ca-certificates") },
	[TROUBLE_CERT_NAME] = { ERR_OFFLINE,
		N_("the certificate is for another name"),
		N_("nothing was sent, check the address in the settings, and do not go on if "
		   "it is right: somebody may be listening") },
	[TROUBLE_CERT_EXPIRED] = { ERR_OFFLINE,
		N_("the certificate has expired"),
		N_("nothing was sent, check the date of this computer, else wait until the "
		   "service renews it") },
	[TROUBLE_CERT_EARLY] = { ERR_OFFLINE,
		N_("the certificate is not valid yet"),
		N_("nothing was sent, check the date of this computer") },
	[TROUBLE_CERT_SELF_SIGNED] = { ERR_OFFLINE,
		N_("the certificate is signed by itself and by nobody who is trusted"),
		N_("nothing was sent, something may be listening on the internet connection "
		   "here") },
	[TROUBLE_CERT_UNKNOWN_CA] = { ERR_OFFLINE,
		N_("the certificate is signed by somebody unknown"),
		N_("nothing was sent, something may be listening on the internet connection "
		   "here, or \"ca_file\" is missing") },
	[TROUBLE_CERT_OTHER] = { ERR_OFFLINE,
		N_("the certificate is not trusted"),
		N_("nothing was sent, something may be listening on the internet connection "
		   "here") },
	[TROUBLE_SILENT] = { ERR_TIMEOUT,
		N_("connected, but no answer came"),
		N_("the link is dead, or the server ignores programs that it does not know: "
		   "check \"user_agent\" in the settings") },
	[TROUBLE_SLOW] = { ERR_TIMEOUT,
		N_("the answer did not come whole in time"),
		N_("the link is slow, try again") },
	[TROUBLE_BROKEN] = { ERR_OFFLINE,
		N_("the connection broke before an answer came"),
		N_("check the internet connection and try again") },
	[TROUBLE_CUT] = { ERR_BAD_REPLY,
		N_("the answer broke off in the middle"),
		N_("try again") },
	[TROUBLE_BODY_SIZE] = { ERR_BAD_REPLY,
		N_("the answer is larger than anything this program expects"),
		N_("it was not read") },
	[TROUBLE_HEADER_SIZE] = { ERR_BAD_REPLY,
		N_("the answer's headers are larger than anything this program expects"),
		N_("it was not read") },
	[TROUBLE_ENCODING] = { ERR_BAD_REPLY,
		N_("the answer is packed in a way that cannot be read"),
		N_("try again") },
	[TROUBLE_NOT_HTTP] = { ERR_BAD_REPLY,
		N_("what answered does not speak HTTP"),
		N_("check the address in the settings") },
	[TROUBLE_OTHER] = { ERR_BAD_REPLY,
		N_("the request failed"),
		N_("try again") },
};

static long fact(const struct transfer *t, CURLINFO what)
{
	long value = 0;

	curl_easy_getinfo(t->easy, what, &value);
	return value;
}

static bool looked_up(const struct transfer *t)
{
	curl_off_t us = 0;

	curl_easy_getinfo(t->easy, CURLINFO_NAMELOOKUP_TIME_T, &us);
	return us > 0;
}

/* The tunnel does not stand yet, so what failed is the proxy or the way to it. */
static bool in_proxy(const struct transfer *t)
{
	return t->proxied && !t->began && fact(t, CURLINFO_HTTP_CONNECTCODE) / 100 != 2;
}

/* OpenSSL's verification results, which never change their numbers. libcurl compares the name
 * itself and leaves 0 or 1 then. */
static enum trouble certificate_trouble(const struct transfer *t)
{
	switch (fact(t, CURLINFO_SSL_VERIFYRESULT)) {
	case 0:
	case 1:
		return TROUBLE_CERT_NAME;
	case 9:
		return TROUBLE_CERT_EARLY;
	case 10:
		return TROUBLE_CERT_EXPIRED;
	case 18:
		return TROUBLE_CERT_SELF_SIGNED;
	case 2:
	case 19:
	case 20:
	case 21:
		return TROUBLE_CERT_UNKNOWN_CA;
	}
	return TROUBLE_CERT_OTHER;
}

static enum trouble timeout_trouble(const struct transfer *t)
{
	if (t->began)
		return t->header_bytes ? TROUBLE_SLOW : TROUBLE_SILENT;
	if (in_proxy(t))
		return TROUBLE_PROXY;
	if (!looked_up(t))
		return TROUBLE_NAME_SILENT;
	/* A port of ours means a TCP connection; 7.88 fills CONNECT_TIME only after TLS. */
	return fact(t, CURLINFO_LOCAL_PORT) ? TROUBLE_TLS_SILENT : TROUBLE_CONNECT_SILENT;
}

static enum trouble refused_trouble(const struct transfer *t)
{
	const long number = fact(t, CURLINFO_OS_ERRNO);

	if (in_proxy(t))
		return TROUBLE_PROXY;
	if (number == ENETUNREACH || number == EHOSTUNREACH || number == ENETDOWN)
		return TROUBLE_UNREACHABLE;
	return number == ETIMEDOUT ? TROUBLE_CONNECT_SILENT : TROUBLE_REFUSED;
}

/* The connection ended by itself. Before the request began it was the proxy, or TLS. */
static enum trouble broken_trouble(const struct transfer *t)
{
	if (!t->began)
		return in_proxy(t) ? TROUBLE_PROXY : TROUBLE_TLS;
	return t->reply.status ? TROUBLE_CUT : TROUBLE_BROKEN;
}

static enum trouble refusal_trouble(const struct transfer *t)
{
	if (t->refusal == HTTP_REFUSED_SINK)
		return TROUBLE_OTHER;
	if (t->refusal == HTTP_REFUSED_HEADERS)
		return TROUBLE_HEADER_SIZE;
	return t->refusal == HTTP_REFUSED_ENCODING ? TROUBLE_ENCODING : TROUBLE_BODY_SIZE;
}

static enum trouble find_trouble(const struct transfer *t, CURLcode code)
{
	if (t->refusal)
		return refusal_trouble(t);
	switch ((int)code) {
	case CURLE_COULDNT_RESOLVE_HOST:
		return TROUBLE_NAME;
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_PROXY:
		return TROUBLE_PROXY;
	case CURLE_COULDNT_CONNECT:
		return refused_trouble(t);
	case CURLE_OPERATION_TIMEDOUT:
		return timeout_trouble(t);
	case CURLE_PEER_FAILED_VERIFICATION:
		return certificate_trouble(t);
	case CURLE_SSL_CACERT_BADFILE:
		return TROUBLE_CA_FILE;
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_CIPHER:
		return TROUBLE_TLS;
	case CURLE_GOT_NOTHING:
	case CURLE_SEND_ERROR:
	case CURLE_RECV_ERROR:
	case CURLE_SSL_SHUTDOWN_FAILED:
		return broken_trouble(t);
	case CURLE_PARTIAL_FILE:
		return TROUBLE_CUT;
	case CURLE_FILESIZE_EXCEEDED:
		return TROUBLE_BODY_SIZE;
	case CURLE_BAD_CONTENT_ENCODING:
		return TROUBLE_ENCODING;
	case CURLE_OUT_OF_MEMORY:	/* 7.88 says so of a header line over 100 kB */
		return t->began && !t->reply.body.len ? TROUBLE_HEADER_SIZE : TROUBLE_OTHER;
	case CURLE_WEIRD_SERVER_REPLY:
	case CURLE_UNSUPPORTED_PROTOCOL:	/* an HTTP/0.9 answer */
		return TROUBLE_NOT_HTTP;
	}
	return TROUBLE_OTHER;
}

/* Nobody may be told to try again what is perhaps done already. */
static const char *advice(const struct transfer *t, enum trouble trouble)
{
	if (t->mutating && t->began)
		return _("it may have been carried out, so look at the order before anything else");
	return _(troubles[trouble].advice);
}

void transfer_explain(const struct transfer *t, CURLcode code, struct error *err)
{
	const enum trouble trouble = find_trouble(t, code);
	const char *what = _(troubles[trouble].what), *todo = advice(t, trouble);

	if (trouble == TROUBLE_OTHER)
		error_set(err, ERR_BAD_REPLY, "%s: %s (%s); %s", t->host, what,
			curl_easy_strerror(code), todo);
	else
		error_set(err, troubles[trouble].code, "%s: %s; %s", t->host, what, todo);
}
