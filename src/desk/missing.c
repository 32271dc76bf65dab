#include "desk/missing.h"

static bool is_old(const struct order *o, const struct missing_rule *rule)
{
	return o->created_ms < rule->from_ms;
}

/* Goes round the list from *turn on; stops behind the last one that was taken. */
static size_t pick(const struct order_list *missing, const struct missing_rule *rule, bool old, size_t most,
	size_t *turn, const struct order **out)
{
	size_t start = missing->n ? *turn % missing->n : 0, n = 0;

	for (size_t i = 0; i < missing->n && n < most; i++) {
		size_t at = (start + i) % missing->n;

		if (is_old(&missing->items[at], rule) != old)
			continue;
		out[n++] = &missing->items[at];
		*turn = at + 1;
	}
	return n;
}

size_t missing_pick(const struct order_list *missing, const struct missing_rule *rule, size_t *turn,
	const struct order *out[MISSING_MAX])
{
	size_t young_turn = *turn, n, left;

	n = pick(missing, rule, false, MISSING_MAX, &young_turn, out);
	left = MISSING_MAX - n;
	if (!rule->hurry && left > MISSING_OLD_MAX)
		left = MISSING_OLD_MAX;
	if (left)
		return n + pick(missing, rule, true, left, turn, out + n);
	*turn = young_turn;
	return n;
}
