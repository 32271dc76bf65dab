#include "desk/setting_check.h"

#include <string.h>

#include "config.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/scan.h"
#include "desk/desk.h"

static bool printable_ascii(const char *value)
{
	for (; *value; value++)
		if ((unsigned char)*value < 0x20 || (unsigned char)*value > 0x7e)
			return false;
	return true;
}

bool setting_check_provider(const char *name, const char *value, struct error *err)
{
	struct buf known = BUF_INIT(BUF_MAX_LINE);
	const struct provider *p;

	if (desk_provider(value))
		return true;
	for (size_t i = 0; (p = desk_provider_at(i)); i++)
		buf_addf(&known, "%s\"%s\"", i ? ", " : "", p->id);
	error_set(err, ERR_CONFIG, _("%s must be one of %s, not \"%s\""), name, buf_str(&known),
		value);
	buf_clear(&known);
	return false;
}

/* Goes into a header of every call. */
bool setting_check_header(const char *name, const char *value, struct error *err)
{
	if (printable_ascii(value))
		return true;
	return error_set(err, ERR_CONFIG,
		_("%s goes to the server as it is: only printable ASCII characters are allowed"),
		name);
}

/* A desk that cannot ask PAM must not open without. */
bool setting_check_unlock(const char *name, const char *value, struct error *err)
{
#ifdef HAVE_PAM
	(void)name, (void)value, (void)err;
	return true;
#else
	return strcmp(value, "pam") != 0 || error_set(err, ERR_CONFIG,
		_("%s = \"pam\" needs a duken that was built with PAM, and this one was not: install libpam0g-dev and "
		"build it anew, or write \"pin\""), name);
#endif
}

/* Becomes an argument of lp, which must not take it for an option. */
bool setting_check_printer(const char *name, const char *value, struct error *err)
{
	if (*value != '-' && printable_ascii(value) && !strpbrk(value, " /#"))
		return true;
	return error_set(err, ERR_CONFIG,
		_("%s must be the name of a print queue, as lpstat -p lists them"), name);
}

/* Each word becomes the value of an -o of lp. */
bool setting_check_print_options(const char *name, const char *value, struct error *err)
{
	if (printable_ascii(value) && *value != '-' && !strstr(value, " -"))
		return true;
	return error_set(err, ERR_CONFIG,
		_("%s must be options of the print queue as lpoptions -l lists them, with blanks between and "
		  "without -o, such as \"media=A6 fit-to-page\""), name);
}

bool setting_check_timezone(const char *name, const char *value, struct error *err)
{
	(void)name;
	return zone_check(value, err);
}

static bool has_scheme(const char *value, const char *scheme)
{
	return strncmp(value, scheme, strlen(scheme)) == 0 && value[strlen(scheme)];
}

bool setting_check_proxy(const char *name, const char *value, struct error *err)
{
	static const char *const schemes[] = { "http://", "https://", "socks5://", "socks5h://" };

	for (size_t i = 0; i < sizeof(schemes) / sizeof(*schemes); i++)
		if (has_scheme(value, schemes[i]) && printable_ascii(value) && !strchr(value, ' '))
			return true;
	return error_set(err, ERR_CONFIG,
		_("%s must be a URL that starts with http://, https://, socks5:// or socks5h://"),
		name);
}

/* The host of a URL after its scheme: its length, without the port. */
static size_t host_len(const char *host)
{
	if (*host == '[')
		return strcspn(host, "]") + 1;
	return strcspn(host, ":/");
}

static bool is_number_dots(const char *s, size_t len)
{
	return strspn(s, "0123456789.") >= len;
}

static bool is_loopback(const char *host)
{
	size_t len = host_len(host);

	if (len == strlen("localhost") && strncmp(host, "localhost", len) == 0)
		return true;
	if (len == strlen("[::1]") && strncmp(host, "[::1]", len) == 0)
		return true;
	return strncmp(host, "127.", 4) == 0 && is_number_dots(host, len);
}

bool setting_check_base_url(const char *name, const char *value, struct error *err)
{
	if (!printable_ascii(value) || strpbrk(value, " ?#@\\\"<>"))
		return error_set(err, ERR_CONFIG,
			_("%s must be a plain URL such as https://kaspi.kz, without a user, ? or "
			  "#"),
			name);
	if (has_scheme(value, "https://") && host_len(value + strlen("https://")) > 0)
		return true;
	if (has_scheme(value, "http://") && is_loopback(value + strlen("http://")))
		return true;
	return error_set(err, ERR_CONFIG,
		_("%s must start with https:// (http:// is only for a server on this machine, such "
		  "as "
		  "http://127.0.0.1:8080), not \"%s\""),
		name, value);
}

bool setting_check_scan_prefix(const char *name, const char *value, struct error *err)
{
	struct scan_rules rules;

	if (scan_prefix(&rules, value))
		return true;
	return error_set(err, ERR_CONFIG,
		_("%s must be up to %d characters, such as \"\\x02\", that begin with none that people "
		  "type: no letter, no digit"), name, SCAN_PREFIX_MAX);
}

void setting_trim_url(char *url)
{
	for (size_t len = strlen(url); len > 0 && url[len - 1] == '/'; len--)
		url[len - 1] = '\0';
}
