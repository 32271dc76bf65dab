/* What of an order goes to the terminal's clipboard: its number, the phone, the address. A masked phone has to be shown
 * first: the journal keeps who did. */
#include <stdio.h>

#include "base/i18n.h"
#include "base/text.h"
#include "desk/settings.h"
#include "tui/command/command.h"
#include "tui/dialog/choose.h"
#include "tui/dialog/dialog.h"
#include "tui/model/state.h"
#include "tui/model/words.h"
#include "tui/term/clipboard.h"

#define SHOWN_CHARS 50
#define TEXT_CAP (CLIPBOARD_MAX + 2)	/* what is too long can be told */

enum part { PART_CODE, PART_PHONE, PART_ADDRESS, PARTS };

static const char *const labels[PARTS] = {
	[PART_CODE] = N_("Order number"),
	/* TRANSLATORS: of the buyer; a label before the number. */
	[PART_PHONE] = N_("Phone"),
	/* TRANSLATORS: of the buyer; a label before the address. */
	[PART_ADDRESS] = N_("Address"),
};

/* The number alone, as a telephone takes it. */
static void without_blanks(char *s)
{
	char *to = s;
	for (; *s != '\0'; s++) {
		if (*s != ' ')
			*to++ = *s;
	}
	*to = '\0';
}

static void text_of(const struct order *o, enum part part, char out[TEXT_CAP])
{
	switch (part) {
	case PART_PHONE:
		words_phone(o->phone, false, out, TEXT_CAP);
		without_blanks(out);
		if (*o->phone == '\0')
			out[0] = '\0';
		break;
	default:
		snprintf(out, TEXT_CAP, "%s", part == PART_CODE ? o->code : o->address);
		break;
	}
}

static bool find_order(const struct state *s, struct order_list *out)
{
	const char *id = state_target(s);
	return id != NULL && s->reader != NULL && reader_order_by_id(s->reader, id, out, NULL, NULL);
}

/* The parts that the order has. */
static size_t parts_of(const struct order *o, enum part out[PARTS])
{
	char text[TEXT_CAP];
	size_t n = 0;
	for (int i = 0; i < PARTS; i++) {
		text_of(o, (enum part)i, text);
		if (*text != '\0')
			out[n++] = (enum part)i;
	}
	return n;
}

static size_t count(const struct state *s)
{
	struct order_list found = ORDER_LIST_INIT;
	enum part parts[PARTS];
	size_t n = find_order(s, &found) ? parts_of(&found.items[0], parts) : 0;
	order_list_clear(&found);
	return n;
}

static bool hidden(const struct state *s, const struct order *o, enum part part)
{
	return part == PART_PHONE && s->settings->mask_phones && !shown_revealed(s, o->id);
}

static void row(const struct state *s, size_t i, struct choice *out)
{
	struct order_list found = ORDER_LIST_INIT;
	enum part parts[PARTS];
	char text[TEXT_CAP];
	if (find_order(s, &found) && i < parts_of(&found.items[0], parts)) {
		text_of(&found.items[0], parts[i], text);
		if (parts[i] == PART_PHONE)
			words_phone(found.items[0].phone, hidden(s, &found.items[0], PART_PHONE), text, sizeof(text));
		snprintf(out->left, sizeof(out->left), "%s: %.*s", _(labels[parts[i]]),
			(int)text_prefix(text, SHOWN_CHARS), text);
	}
	order_list_clear(&found);
}

static void copy(struct state *s, const struct order *o, enum part part)
{
	char text[TEXT_CAP];
	text_of(o, part, text);
	if (hidden(s, o, part))
		state_say(s, STYLE_BAD, _("The number is hidden: show it with %s first, then copy it."),
			command_key(COMMAND_PHONE).text);
	else if (clipboard_put(text))
		/* TRANSLATORS: then what it is: the order's number, the phone or the address. */
		state_say(s, STYLE_GOOD, _("Copied to the terminal's clipboard: %s"), _(labels[part]));
	else
		state_say(s, STYLE_BAD, "%s", _("That is too long for the clipboard."));
}

static unsigned chosen(struct state *s, size_t i)
{
	struct order_list found = ORDER_LIST_INIT;
	enum part parts[PARTS];
	if (find_order(s, &found) && i < parts_of(&found.items[0], parts))
		copy(s, &found.items[0], parts[i]);
	order_list_clear(&found);
	return REACT_STATUS;
}

static const struct choices choices = {
	.title = N_("Copy"), .note = N_("Enter copies it, Esc leaves."), .count = count, .row = row, .chosen = chosen,
};

unsigned dialog_copy(struct state *s)
{
	if (!s->settings->clipboard)
		return state_say_why_not(s, _("Nothing is copied: the settings say clipboard = false."));
	if (!clipboard_known())
		return state_say_why_not(s, _("This terminal has no clipboard that can be reached from here."));
	if (count(s) == 0)
		return state_say_why_not(s, _("Choose an order first."));
	return dialog_choose(s, &choices, 0);
}
