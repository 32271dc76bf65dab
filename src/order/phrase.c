#include "order/phrase.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/money.h"

const char *phrase_place(const struct order *o, char out[PHRASE_PLACE_CAP])
{
	out[0] = '\0';
	if (o->latitude != 0 || o->longitude != 0)
		snprintf(out, PHRASE_PLACE_CAP, "%.4f, %.4f", o->latitude, o->longitude);
	return out;
}

const char *phrase_payment(const struct provider *p, const struct order *o, char *out, size_t cap)
{
	const char *mode = *o->payment_mode ? p->value_label(o->payment_mode) : "";
	int months = o->credit_term > 0 && o->credit_term < 1000 ? (int)o->credit_term : 0;

	if (months)
		/* TRANSLATORS: way of payment, length of the credit: "Credit, 24 months". */
		snprintf(out, cap, ngettext("%s, %d month", "%s, %d months", (unsigned long)months),
			*mode ? mode : _("Credit"), months);
	else
		snprintf(out, cap, "%s", mode);
	return out;
}

const char *phrase_where(const char *name, const char *address, char *out, size_t cap)
{
	snprintf(out, cap, "%s%s%s", name, *name && *address ? ", " : "", address);
	return out;
}

const char *phrase_amount(int64_t quantity, int64_t weight_g, char *out, size_t cap)
{
	char pieces[32], grams[32];

	number_format(quantity, pieces, sizeof(pieces));
	number_format(weight_g, grams, sizeof(grams));
	if (!weight_g)
		snprintf(out, cap, "%s", pieces);
	else if (!quantity)
		/* TRANSLATORS: a weight in grams. */
		snprintf(out, cap, _("%s g"), grams);
	else
		/* TRANSLATORS: a number of pieces, and what they weigh together in grams. */
		snprintf(out, cap, _("%s, %s g"), pieces, grams);
	return out;
}

const char *phrase_ago(int64_t ms, int64_t now_ms, char *out, size_t cap)
{
	char age[32];

	out[0] = '\0';
	if (ms <= 0)
		return out;
	age_format(now_ms > ms ? now_ms - ms : 0, age, sizeof(age));
	/* TRANSLATORS: %s is an age: "12 s", "5 min". */
	snprintf(out, cap, _("%s ago"), age);
	return out;
}
