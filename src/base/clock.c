#include "base/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/i18n.h"

#define ZONE_FOLDER "/usr/share/zoneinfo"

static int64_t read_clock(clockid_t id)
{
	struct timespec t;

	clock_gettime(id, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t clock_now_ms(void)
{
	return read_clock(CLOCK_REALTIME);
}

int64_t clock_mono_ms(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

static bool zone_is_known(const char *name)
{
	const char *folder = getenv("TZDIR");
	char path[512], magic[4] = "";
	FILE *file;
	int n;

	if (strstr(name, "..") || !*name || *name == '/' || *name == ':')
		return false;
	n = snprintf(path, sizeof(path), "%s/%s", folder && *folder ? folder : ZONE_FOLDER, name);
	if (n < 0 || (size_t)n >= sizeof(path))
		return false;
	file = fopen(path, "re");
	if (!file)
		return false;
	n = fread(magic, sizeof(magic), 1, file) == 1 && memcmp(magic, "TZif", 4) == 0;
	fclose(file);
	return n;
}

bool zone_check(const char *name, struct error *err)
{
	/* UTC needs no data, and a system without tzdata has none. */
	if (strcmp(name, "UTC") == 0 || zone_is_known(name))
		return true;
	return error_set(err, ERR_CONFIG,
		_("the system does not know the time zone %s: check the name or install tzdata"), name);
}

bool zone_set(const char *name, struct error *err)
{
	if (!zone_check(name, err))
		return false;
	if (setenv("TZ", name, 1) < 0)
		return error_set(err, ERR_CONFIG, _("cannot set the time zone %s"), name);
	tzset();
	return true;
}

/* Rounds down, so that a moment before 1970 falls into the second that holds it. */
static struct tm broken_down(int64_t ms)
{
	struct tm tm = { 0 };
	time_t seconds = (time_t)(ms / 1000 - (ms % 1000 < 0));

	localtime_r(&seconds, &tm);
	return tm;
}

void time_format_rfc3339(int64_t ms, char *out, size_t cap)
{
	struct tm tm = broken_down(ms);
	long minutes = labs(tm.tm_gmtoff) / 60;

	snprintf(out, cap, "%04d-%02d-%02dT%02d:%02d:%02d%c%02ld:%02ld", tm.tm_year + 1900,
		tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec,
		tm.tm_gmtoff < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

void time_format(int64_t ms, const char *format, char *out, size_t cap)
{
	struct tm tm = broken_down(ms);

	if (!cap)
		return;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	if (!strftime(out, cap, format, &tm))
		out[0] = '\0';
#pragma GCC diagnostic pop
}

int64_t time_on_day(int64_t ms, int days, int minutes)
{
	struct tm tm = broken_down(ms);

	tm.tm_mday += days;
	tm.tm_hour = minutes / 60;
	tm.tm_min = minutes % 60;
	tm.tm_sec = 0;
	tm.tm_isdst = -1;
	return (int64_t)mktime(&tm) * 1000;
}

int64_t time_day_start(int64_t ms)
{
	return time_on_day(ms, 0, 0);
}

/* Exactly `count` digits; *s moves past them. */
static bool take_digits(const char **s, int count, int *value)
{
	*value = 0;
	for (; count > 0; count--, (*s)++) {
		if (**s < '0' || **s > '9')
			return false;
		*value = *value * 10 + (**s - '0');
	}
	return true;
}

static bool take_char(const char **s, char c)
{
	return *(*s)++ == c;
}

bool time_parse(const char *s, int64_t *ms)
{
	struct tm tm = { .tm_isdst = -1 }, again;
	int year, month;
	time_t seconds;

	if (!take_digits(&s, 4, &year) || !take_char(&s, '-') || !take_digits(&s, 2, &month) ||
		!take_char(&s, '-') || !take_digits(&s, 2, &tm.tm_mday))
		return false;
	if (*s && (!take_char(&s, ' ') || !take_digits(&s, 2, &tm.tm_hour) ||
		!take_char(&s, ':') || !take_digits(&s, 2, &tm.tm_min)))
		return false;
	if (*s || tm.tm_hour > 23 || tm.tm_min > 59)
		return false;
	tm.tm_year = year - 1900;
	tm.tm_mon = month - 1;
	again = tm;
	seconds = mktime(&again);
	/* mktime() takes the 30th of February for the 2nd of March. */
	if (again.tm_mon != tm.tm_mon || again.tm_mday != tm.tm_mday)
		return false;
	*ms = (int64_t)seconds * 1000;
	return true;
}

void age_format(int64_t ms, char *out, size_t cap)
{
	long long age = ms > 0 ? ms : 0;

	if (age < CLOCK_MINUTE_MS)
		/* TRANSLATORS: an age in seconds, as short as can be */
		snprintf(out, cap, _("%lld s"), age / 1000);
	else if (age < CLOCK_HOUR_MS)
		/* TRANSLATORS: an age in minutes, as short as can be */
		snprintf(out, cap, _("%lld min"), age / CLOCK_MINUTE_MS);
	else if (age < CLOCK_DAY_MS)
		/* TRANSLATORS: an age in hours, as short as can be */
		snprintf(out, cap, _("%lld h"), age / CLOCK_HOUR_MS);
	else
		/* TRANSLATORS: an age in days, as short as can be */
		snprintf(out, cap, _("%lld d"), age / CLOCK_DAY_MS);
}
