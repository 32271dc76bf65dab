#include "desk/notify.h"

#include <stddef.h>
#include <string.h>

#include "base/i18n.h"

#define BLANKS " \t"

static const struct {
	const char *word;
	unsigned way;
} words[] = {
	{ "bell", NOTIFY_BELL },
	{ "title", NOTIFY_TITLE },
	{ "osc9", NOTIFY_OSC9 },
	{ "osc777", NOTIFY_OSC777 },
	{ "osc99", NOTIFY_OSC99 },
	{ "command", NOTIFY_COMMAND },
};

static unsigned way_of(const char *word, size_t len)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strlen(words[i].word) == len && strncmp(words[i].word, word, len) == 0)
			return words[i].way;
	return 0;
}

/* False for a word that is none. */
static bool read_ways(const char *value, unsigned *ways)
{
	*ways = 0;
	for (value += strspn(value, BLANKS); *value; value += strspn(value, BLANKS)) {
		size_t len = strcspn(value, BLANKS);
		unsigned way = way_of(value, len);

		if (!way)
			return false;
		*ways |= way;
		value += len;
	}
	return *ways != 0;
}

bool notify_check(const char *name, const char *value, struct error *err)
{
	unsigned ways;

	if (strcmp(value, "none") == 0 || read_ways(value, &ways))
		return true;
	return error_set(err, ERR_CONFIG,
		_("%s must be \"none\", or words of bell, title, osc9, osc777, osc99 and command with blanks "
		  "between, not \"%s\""), name, value);
}

unsigned notify_ways(const char *value)
{
	unsigned ways;

	return read_ways(value, &ways) ? ways : 0;
}

/* ---- quiet hours ----------------------------------------------------------------------------- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The five characters of a time of day in minutes, else -1. */
static int minute_of(const char *s)
{
	int hour, minute;

	if (!is_digit(s[0]) || !is_digit(s[1]) || s[2] != ':' || !is_digit(s[3]) || !is_digit(s[4]))
		return -1;
	hour = (s[0] - '0') * 10 + s[1] - '0';
	minute = (s[3] - '0') * 10 + s[4] - '0';
	return hour < 24 && minute < 60 ? hour * 60 + minute : -1;
}

struct quiet_hours quiet_read(const char *value)
{
	struct quiet_hours q = { .from = -1, .to = -1 };

	if (!value || strlen(value) != strlen("HH:MM-HH:MM") || value[5] != '-')
		return q;
	q.from = minute_of(value);
	q.to = minute_of(value + 6);
	if (q.to < 0 || q.to == q.from)
		q.from = -1;
	return q;
}

bool quiet_check(const char *name, const char *value, struct error *err)
{
	if (quiet_read(value).from >= 0)
		return true;
	return error_set(err, ERR_CONFIG,
		_("%s must be two different times of day, such as \"22:00-08:00\", not \"%s\""), name, value);
}
