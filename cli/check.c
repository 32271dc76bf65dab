#include "cli/check.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <netdb.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <unistd.h>

#include "base/i18n.h"

#define CONNECT_TIMEOUT_MS 10000
#define ROWS_MIN 16
#define COLUMNS_MIN 60
#define DISK_FULL_MB 20
#define DISK_LOW_MB 200

static void set(struct check *out, const char *name, enum check_result result, const char *format,
	...) __attribute__((format(printf, 4, 5)));

static void set(struct check *out, const char *name, enum check_result result, const char *format,
	...)
{
	struct error text = ERROR_INIT;
	char sentence[ERROR_TEXT_MAX];
	va_list ap;

	va_start(ap, format);
	vsnprintf(sentence, sizeof(sentence), format, ap);
	va_end(ap);
	error_set(&text, ERR_REFUSED, "%s", sentence);
	*out = (struct check){ .name = name, .result = result, .status = result == CHECK_FAILED };
	memcpy(out->message, text.text, sizeof(out->message));
}

void check_fail(struct check *out, const char *name, const struct error *err)
{
	set(out, name, CHECK_FAILED, "%s", err->text);
	out->status = error_exit_status(err->code);
}

/* ---- this machine ---------------------------------------------------------------------------- */

void check_locale(struct check *out)
{
	const char *codeset = nl_langinfo(CODESET);

	if (strcmp(codeset, "UTF-8") == 0)
		set(out, "locale", CHECK_OK, "%s", codeset);
	else
		set(out, "locale", CHECK_WARNING,
			_("the locale's letters are %s, so names cannot be shown: set LANG to one "
			  "with UTF-8, such "
			  "as ru_RU.UTF-8 or C.UTF-8"),
			codeset);
}

static bool is_described(const char *dir, const char *term)
{
	char path[512];

	if (!dir || !*dir)
		return false;
	snprintf(path, sizeof(path), "%s/%c/%s", dir, *term, term);
	if (access(path, R_OK) == 0)
		return true;
	snprintf(path, sizeof(path), "%s/%02x/%s", dir, (unsigned)(unsigned char)*term, term);
	return access(path, R_OK) == 0;
}

static bool terminal_is_known(const char *term)
{
	const char *home = getenv("HOME");
	char own[300] = "";

	if (strchr(term, '/'))
		return false;
	if (home)
		snprintf(own, sizeof(own), "%s/.terminfo", home);
	return is_described(getenv("TERMINFO"), term) || is_described(own, term) ||
		is_described("/etc/terminfo", term) || is_described("/lib/terminfo", term) ||
		is_described("/usr/share/terminfo", term) ||
		is_described("/usr/lib/terminfo", term);
}

static void check_size(struct check *out, const char *term)
{
	struct winsize size = { 0 };

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0 || !size.ws_row)
		set(out, "terminal", CHECK_WARNING, _("the terminal does not say how large it is"));
	else if (size.ws_row < ROWS_MIN || size.ws_col < COLUMNS_MIN)
		set(out, "terminal", CHECK_FAILED,
			_("%d columns and %d rows are too few for the desk: make it %d x %d or "
			  "larger"),
			size.ws_col, size.ws_row, COLUMNS_MIN, ROWS_MIN);
	else if (strcmp(term, "linux") == 0)
		set(out, "terminal", CHECK_WARNING,
			_("the usual console fonts lack Kazakh letters: put "
			  "CODESET=\"FullCyrAsia\" and "
			  "FONTFACE=\"Fixed\" into /etc/default/console-setup, then run setupcon"));
	else
		set(out, "terminal", CHECK_OK, "%s, %d x %d", term, size.ws_col, size.ws_row);
}

void check_terminal(struct check *out)
{
	const char *term = getenv("TERM");

	if (!isatty(STDOUT_FILENO))
		set(out, "terminal", CHECK_OK, _("none here; commands need none"));
	else if (!term || !*term || strcmp(term, "dumb") == 0)
		set(out, "terminal", CHECK_FAILED,
			_("TERM does not name a terminal that can show the desk: try export "
			  "TERM=xterm-256color"));
	else if (!terminal_is_known(term))
		set(out, "terminal", CHECK_FAILED,
			_("nothing is known of the terminal \"%s\": install ncurses-term, or try "
			  "export "
			  "TERM=xterm-256color"),
			term);
	else
		check_size(out, term);
}

void check_clock(struct check *out)
{
	struct timex t = { .modes = 0 };
	int state = adjtimex(&t);

	if (state >= 0 && state != TIME_ERROR)
		set(out, "clock", CHECK_OK, _("kept right through the network"));
	else
		set(out, "clock", CHECK_WARNING,
			_("nothing keeps the clock right: compare it, and install "
			  "systemd-timesyncd or chrony"));
}

void check_disk(const char *dir, struct check *out)
{
	struct statvfs fs;
	unsigned long long mb;

	if (statvfs(dir, &fs) < 0) {
		set(out, "disk", CHECK_FAILED, _("cannot look at %s: %s"), dir, strerror(errno));
		return;
	}
	mb = (unsigned long long)fs.f_bavail * fs.f_frsize / (1024 * 1024);
	if (mb < DISK_FULL_MB)
		set(out, "disk", CHECK_FAILED, _("only %llu MB are free at %s: make room"), mb,
			dir);
	else if (mb < DISK_LOW_MB)
		set(out, "disk", CHECK_WARNING, _("only %llu MB are free at %s"), mb, dir);
	else
		set(out, "disk", CHECK_OK, _("%llu MB are free"), mb);
}

void check_copies(const char *dir, struct check *out)
{
	DIR *d = opendir(dir);
	char newest[256] = "";
	const struct dirent *e;
	int n = 0;

	while (d && (e = readdir(d)))
		if (strstr(e->d_name, ".db.damaged-") && !strstr(e->d_name, "-wal")) {
			n++;
			snprintf(newest, sizeof(newest), "%s", e->d_name);
		}
	if (d)
		closedir(d);
	if (n == 0)
		set(out, "copies", CHECK_OK, _("no damaged file was set aside"));
	else
		set(out, "copies", CHECK_WARNING, ngettext("%d damaged file was set aside in %s (%s): have it "
			"looked at, then delete it, for it holds personal data",
			"%d damaged files were set aside in %s (such as %s): have them looked at, then delete them, "
			"for they hold personal data", (unsigned long)n), n, dir, newest);
}

/* ---- the way to the server ------------------------------------------------------------------- */

struct place {
	char host[256];
	char port[8];
	bool proxy;
};

static void find_place(const struct shop *shop, struct place *out)
{
	const char *url = shop->proxy ? shop->proxy : shop->base_url;
	const char *host = strstr(url, "://"), *at, *end;
	bool secure = strncmp(url, "https:", 6) == 0;

	host = host ? host + 3 : url;
	at = strchr(host, '@');
	if (at)
		host = at + 1;
	end = *host == '[' ? host + strcspn(host, "]") : host + strcspn(host, ":/");
	host += *host == '[';
	snprintf(out->host, sizeof(out->host), "%.*s", (int)(end - host), host);
	end += *end == ']';
	if (*end == ':')
		snprintf(out->port, sizeof(out->port), "%.*s", (int)strcspn(end + 1, "/"), end + 1);
	else
		snprintf(out->port, sizeof(out->port), "%s",
			shop->proxy    ? "1080" :
				secure ? "443" :
					 "80");
	out->proxy = shop->proxy != NULL;
}

static struct addrinfo *look_up(const struct place *place, int *failure)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM }, *found = NULL;

	*failure = getaddrinfo(place->host, place->port, &hints, &found);
	return *failure ? NULL : found;
}

void check_dns(const struct shop *shop, struct check *out)
{
	struct addrinfo *found;
	struct place place;
	int failure;

	find_place(shop, &place);
	found = look_up(&place, &failure);
	if (found) {
		set(out, "dns", CHECK_OK, "%s", place.host);
		freeaddrinfo(found);
		return;
	}
	set(out, "dns", CHECK_FAILED,
		place.proxy ? _("the name of the proxy, %s, is not found (%s): check \"proxy\" in "
				"the settings") :
			      _("the name %s is not found (%s): check the internet connection, and "
				"base_url in the settings"),
		place.host, gai_strerror(failure));
	out->status = error_exit_status(ERR_OFFLINE);
}

/* 0, or why not. */
static int try_connect(const struct addrinfo *a)
{
	int fd =
		socket(a->ai_family, a->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, a->ai_protocol);
	struct pollfd p = { .fd = fd, .events = POLLOUT };
	int failure = 0, n;
	socklen_t len = sizeof(failure);

	if (fd < 0)
		return errno;
	if (connect(fd, a->ai_addr, a->ai_addrlen) < 0 && errno != EINPROGRESS) {
		failure = errno;
	} else {
		while ((n = poll(&p, 1, CONNECT_TIMEOUT_MS)) < 0 && errno == EINTR)
			;
		if (n == 0)
			failure = ETIMEDOUT;
		else if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &failure, &len) < 0)
			failure = errno;
	}
	close(fd);
	return failure;
}

void check_tcp(const struct shop *shop, struct check *out)
{
	struct addrinfo *found;
	struct place place;
	int failure;

	find_place(shop, &place);
	found = look_up(&place, &failure);
	failure = EHOSTUNREACH;
	for (const struct addrinfo *a = found; a && failure; a = a->ai_next)
		failure = try_connect(a);
	if (found)
		freeaddrinfo(found);
	if (!failure) {
		set(out, "tcp", CHECK_OK, _("port %s of %s"), place.port, place.host);
		return;
	}
	set(out, "tcp", CHECK_FAILED,
		_("no connection to port %s of %s (%s): check the internet connection, then the "
		  "firewall"),
		place.port, place.host, strerror(failure));
	out->status = error_exit_status(ERR_OFFLINE);
}
