/* The shops of the settings, with what waits in each; Enter shows one. */
#include <stdio.h>

#include "base/i18n.h"
#include "tui/dialog/choose.h"
#include "tui/dialog/dialog.h"
#include "tui/model/link.h"
#include "tui/model/shops.h"
#include "tui/model/state.h"

static size_t count(const struct state *s)
{
	return s->shops->n;
}

/* "New: 3   2 overdue" */
static void counts(const struct state *s, char *out, size_t cap)
{
	char overdue[80];
	urgent_count(s->urgent.all[URGENCY_OVERDUE], URGENCY_OVERDUE, overdue, sizeof(overdue));
	snprintf(out, cap, "%s: %zu%s%s", _(s->provider->queues[0].label), s->queue_counts[0],
		*overdue != '\0' ? "   " : "", overdue);
}

static void row(const struct state *s, size_t i, struct choice *out)
{
	const struct state *shop = &s->shops->items[i];
	char waits[160];
	counts(shop, waits, sizeof(waits));
	snprintf(out->left, sizeof(out->left), "%s   %s", shop->shop->label, waits);
	if (shop->stopped[0] != '\0') {
		/* TRANSLATORS: a shop whose orders are not read now. */
		snprintf(out->right, sizeof(out->right), "%s", _("not running"));
		out->style = STYLE_BAD;
		return;
	}
	out->style = link_words(shop, out->right, sizeof(out->right));
}

static unsigned chosen(struct state *s, size_t i)
{
	const struct state *shop = &s->shops->items[i];
	if (shop->stopped[0] != '\0') {
		state_say_why_not(s, shop->stopped);
		return REACT_HANDLED;
	}
	s->shops->wanted = i;
	return REACT_ALL;
}

static const struct choices choices = {
	.title = N_("Shops"), .count = count, .row = row, .chosen = chosen,
};

unsigned dialog_shops(struct state *s)
{
	if (s->shops->n < 2)
		return state_say_why_not(s, _("There is one shop in the settings."));
	return dialog_choose(s, &choices, s->shops->at);
}
