/* The languages of the desk, each in its own words; Enter begins the desk anew in one. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "tui/dialog/choose.h"
#include "tui/dialog/dialog.h"
#include "tui/model/shops.h"
#include "tui/model/state.h"
#include "tui/term/term.h"

static const struct language {
	const char *code;
	const char *name;
} languages[] = {
	{ "kk", "Қазақша" },
	{ "ru", "Русский" },
	{ "en", "English" },
};

#define LANGUAGES (sizeof(languages) / sizeof(languages[0]))

static size_t count(const struct state *s)
{
	(void)s;
	return LANGUAGES;
}

static void row(const struct state *s, size_t i, struct choice *out)
{
	(void)s;
	snprintf(out->left, sizeof(out->left), "%s", languages[i].name);
}

/* The worker reads its sentences in the language that the process was given, so it has to end for another one; what
 * is on its way would be given up with it. */
static unsigned chosen(struct state *s, size_t i)
{
	if (shops_acting(s->shops) || shops_printing(s->shops)) {
		state_say_why_not(s, _("Something is under way still: choose the language when it has ended."));
		return REACT_HANDLED;
	}
	s->shops->language = languages[i].code;
	return REACT_ALL;
}

static const struct choices choices = {
	.title = N_("Language"),
	.note = N_("Until the desk is left. For good it stands in the settings: language = \"ru\"."),
	.count = count, .row = row, .chosen = chosen,
};

static size_t present(void)
{
	/* TRANSLATORS: the code of the language that you translate to, as in "ru". */
	const char *code = _("en");
	for (size_t i = 0; i < LANGUAGES; i++) {
		if (strcmp(languages[i].code, code) == 0)
			return i;
	}
	return 0;
}

unsigned dialog_language(struct state *s)
{
	if (!term_utf8())
		return state_say_why_not(s, _("This terminal shows English alone: its locale is not UTF-8."));
	return dialog_choose(s, &choices, present());
}
