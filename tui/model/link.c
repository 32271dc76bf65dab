#include "tui/model/link.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "tui/model/state.h"
#include "tui/model/words.h"
#include "tui/term/draw.h"

enum style link_words(const struct state *s, char *out, size_t cap)
{
	char age[80], when[40];
	enum style style = fresh_words(s, FRESH_ALL, age, sizeof(age));
	switch (s->link) {
	case LINK_OFFLINE:
		words_time(s->link_since_ms, s->now_ms, when, sizeof(when));
		snprintf(out, cap, _("OFFLINE since %s"), when);
		return STYLE_BAD;
	case LINK_UNAUTHORIZED:
		snprintf(out, cap, "%s", _("NOT AUTHORIZED"));
		return STYLE_BAD;
	case LINK_BACKING_OFF:
		time_format(s->link_until_ms, "%H:%M:%S", when, sizeof(when));
		if (s->link_until_ms > 0)
			snprintf(out, cap, _("server asks to wait until %s"), when);
		else
			snprintf(out, cap, "%s", _("server asks to wait"));
		return STYLE_WARN;
	case LINK_UNKNOWN:
		snprintf(out, cap, _("connecting, %s"), age);
		return STYLE_WARN;
	default:
		snprintf(out, cap, "%s %s", draw_glyph(GLYPH_ONLINE), age);
		return style;
	}
}
