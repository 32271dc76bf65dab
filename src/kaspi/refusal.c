#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "kaspi/parts.h"

#define WORDS_MAX 200	/* characters kept of what the server says */

/* ---- the server's own words ------------------------------------------------------------------ */

static const char *words_of(const struct json_value *error, struct arena *a)
{
	const char *title = json_text(json_get(error, "title"), a, WORDS_MAX);
	const char *detail = json_text(json_get(error, "detail"), a, WORDS_MAX);

	if (*title && *detail && strcmp(title, detail) != 0)
		return arena_printf(a, "%s: %s", title, detail);
	if (*title || *detail)
		return *title ? title : detail;
	return json_text(json_get(error, "code"), a, WORDS_MAX);
}

/* "" when there are none. Besides JSON:API's errors, what gateways and frameworks send. */
static const char *words_of_root(const struct json_value *root, struct arena *a)
{
	static const char *const others[] = { "message", "error_description", "error" };
	const char *words = words_of(json_first(json_get(root, "errors")), a);

	for (size_t i = 0; !*words && i < sizeof(others) / sizeof(others[0]); i++)
		words = json_text(json_get(root, others[i]), a, WORDS_MAX);
	return words;
}

/* A short plain text is a reason too; a page of HTML is not. */
static const char *words_of_text(const char *body, size_t len, struct arena *a)
{
	if (len > 4 * WORDS_MAX || !text_is_utf8(body, len) || memchr(body, '<', len) ||
		memchr(body, '{', len) || memchr(body, '[', len))
		return "";
	while (len && strchr(" \r\n\t", body[len - 1]))
		len--;
	return text_clean(a, body, len, WORDS_MAX, TEXT_LINE);
}

static const char *server_words(const char *body, size_t len, struct arena *a)
{
	struct json *doc;
	const char *words;

	if (!len)
		return "";
	doc = json_parse(body, len, NULL);
	if (!doc)
		return words_of_text(body, len, a);
	words = words_of_root(json_root(doc), a);
	json_free(doc);
	return words;
}

/* ---- sentences ------------------------------------------------------------------------------- */

static const struct {
	long status;
	enum error_code code;
	const char *sentence;
} known[] = {
	{ 401, ERR_UNAUTHORIZED,
		N_("The server does not accept the token; make a new one in the merchant cabinet "
		   "(Settings, API token).") },
	{ 403, ERR_FORBIDDEN,
		N_("The token has no right to this; look at the API access of the shop in the "
		   "merchant cabinet.") },
	{ 404, ERR_NOT_FOUND, N_("The server did not find what was asked for.") },
	{ 409, ERR_CONFLICT, N_("The server says that the order has changed meanwhile.") },
	{ 429, ERR_RATE_LIMITED, N_("The server asks to wait: too many requests.") },
};

/* A sentence of ours, and after it the server's where it has one. */
static bool say(struct error *err, enum error_code code, const char *sentence, const char *words)
{
	char theirs[ERROR_TEXT_MAX];

	if (!*words)
		return error_set(err, code, "%s", sentence);
	/* TRANSLATORS: %s is the server's own sentence, often in English. */
	snprintf(theirs, sizeof(theirs), _("The server says: %s"), words);
	return error_set(err, code, "%s %s", sentence, theirs);
}

static bool say_by_class(long status, const char *words, struct error *err)
{
	char sentence[ERROR_TEXT_MAX];

	if (status >= 400 && status < 500 && *words)
		return error_set(err, ERR_REFUSED, _("The server refused: %s"), words);
	if (status >= 400 && status < 500)
		return error_set(err, ERR_REFUSED,
			_("The server refused with status %ld and gave no reason."), status);
	if (status >= 500 && status < 600) {
		snprintf(sentence, sizeof(sentence),
			_("The server failed with status %ld; try again later."), status);
		return say(err, ERR_SERVER, sentence, words);
	}
	if (status >= 300 && status < 400)
		return error_set(err, ERR_BAD_REPLY,
			_("The server sends us elsewhere (status %ld), which is never followed; "
			  "check the address of the shop's API in the settings."), status);
	return error_set(err, ERR_BAD_REPLY, _("The server answered with the odd status %ld."),
		status);
}

bool kaspi_read_refusal(long http_status, const char *body, size_t len, struct error *err)
{
	struct arena a = ARENA_INIT;
	const char *words = server_words(body, len, &a);
	size_t i = 0;

	while (i < sizeof(known) / sizeof(known[0]) && known[i].status != http_status)
		i++;
	if (i < sizeof(known) / sizeof(known[0]))
		say(err, known[i].code, _(known[i].sentence), words);
	else
		say_by_class(http_status, words, err);
	arena_clear(&a);
	return false;
}

/* ---- replies of 2xx -------------------------------------------------------------------------- */

static bool holds_refusal(const struct json *doc, struct error *err)
{
	const struct json_value *errors = json_get(json_root(doc), "errors");
	struct arena a = ARENA_INIT;
	const char *words;

	if (!json_first(errors))
		return false;
	words = words_of_root(json_root(doc), &a);
	error_set(err, ERR_REFUSED, _("The server refused: %s"),
		*words ? words : _("it gave no reason."));
	arena_clear(&a);
	return true;
}

struct json *kaspi_document(const char *body, size_t len, struct error *err)
{
	struct json *doc = json_parse(body, len, err);

	if (!doc) {
		error_prefix(err, _("The server's answer cannot be read"));
		return NULL;
	}
	if (!holds_refusal(doc, err))
		return doc;
	json_free(doc);
	return NULL;
}

/* An empty reply accepts. One that cannot be read may come from something between us and the shop,
 * so nobody knows what it says of the order. */
bool kaspi_read_acceptance(const char *body, size_t len, struct error *err)
{
	struct json *doc;
	bool ok, refused;

	while (len && strchr(" \r\n\t", body[len - 1]))
		len--;
	if (!len)
		return true;
	doc = json_parse(body, len, NULL);
	refused = doc && holds_refusal(doc, err);
	ok = doc && !refused && (json_is_object(json_root(doc)) || json_is_array(json_root(doc)));
	json_free(doc);
	if (ok || refused)
		return ok;
	return error_set(err, ERR_UNKNOWN_OUTCOME,
		_("The server's answer to this cannot be read, so it is not known whether it "
		  "was done."));
}
