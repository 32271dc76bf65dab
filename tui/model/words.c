#include "tui/model/words.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "tui/term/draw.h"

static const struct {
	const char *word;
	enum style style;
} states[ACTION_STATES] = {
	[ACTION_QUEUED] = { N_("queued"), STYLE_WARN },
	[ACTION_SENDING] = { N_("sending"), STYLE_WARN },
	[ACTION_DONE] = { N_("done"), STYLE_GOOD },
	[ACTION_REFUSED] = { N_("refused"), STYLE_BAD },
	/* TRANSLATORS: the order changed before the action was sent; nothing was sent. */
	[ACTION_CONFLICT] = { N_("not sent"), STYLE_BAD },
	[ACTION_UNDONE] = { N_("taken back"), STYLE_NORMAL },
	/* TRANSLATORS: sent, but nobody knows whether the server applied it. */
	[ACTION_UNKNOWN] = { N_("being checked"), STYLE_WARN },
	[ACTION_ASK] = { N_("please decide"), STYLE_BAD },
};

const char *words_action(enum action_state state)
{
	return state < ACTION_STATES ? _(states[state].word) : "";
}

enum style words_action_style(enum action_state state)
{
	return state < ACTION_STATES ? states[state].style : STYLE_NORMAL;
}

void words_result(const char *code, const char *label, enum action_state state, const char *message,
	char *out, size_t cap)
{
	if (message != NULL && *message != '\0')
		snprintf(out, cap, "%s: %s: %s. %s", code, label, words_action(state), message);
	else
		snprintf(out, cap, "%s: %s: %s", code, label, words_action(state));
}

/* The country's digit, the operator's first one and the last four say enough to recognise a number. */
static bool hidden(size_t i, size_t digits)
{
	return i >= 2 && i + 4 < digits;
}

void words_phone(const char *phone, bool masked, char *out, size_t cap)
{
	char digits[16];
	size_t n = 0;
	for (const char *s = phone; *s != '\0'; s++) {
		if (!isdigit((unsigned char)*s))
			continue;
		if (n + 1 == sizeof(digits))
			break;
		digits[n++] = *s;
	}
	digits[n] = '\0';
	if (n == 10) {
		memmove(digits + 1, digits, ++n);
		digits[0] = '7';
	}
	if (n != 11) {
		snprintf(out, cap, "%s", masked && n > 4 ? draw_glyph(GLYPH_BULLET) : phone);
		return;
	}
	size_t len = (size_t)snprintf(out, cap, "+7");
	for (size_t i = 1; i < n && len + 8 < cap; i++) {
		if (i == 1 || i == 4 || i == 7 || i == 9)
			out[len++] = ' ';
		len += (size_t)snprintf(out + len, cap - len, "%.*s", masked && hidden(i, n) ? 8 : 1,
			masked && hidden(i, n) ? draw_glyph(GLYPH_BULLET) : digits + i);
	}
}

void words_time(int64_t ms, int64_t now_ms, char *out, size_t cap)
{
	out[0] = '\0';
	if (ms <= 0)
		return;
	bool today = time_day_start(ms) == time_day_start(now_ms);
	time_format(ms, today ? "%H:%M" : "%d.%m %H:%M", out, cap);
}

void words_span(int64_t ms, char *out, size_t cap)
{
	int64_t minutes = ms > 0 ? ms / CLOCK_MINUTE_MS : 0;
	if (minutes >= 60 && minutes < 24 * 60 && minutes % 60 != 0)
		/* TRANSLATORS: hours and minutes, as short as can be. */
		snprintf(out, cap, _("%d h %d min"), (int)(minutes / 60), (int)(minutes % 60));
	else if (minutes == 0)
		/* TRANSLATORS: a length of time. */
		snprintf(out, cap, "%s", _("less than 1 min"));
	else
		age_format(ms, out, cap);
}
