#include "tui/model/shops.h"

#include "tui/model/alert.h"
#include "tui/model/state.h"

struct state *shops_shown(const struct shops *all)
{
	return &all->items[all->at];
}

size_t shops_unseen(const struct shops *all)
{
	size_t n = 0;
	for (size_t i = 0; i < all->n; i++)
		n += alert_unseen_orders(&all->items[i].alerts);
	return n;
}

bool shops_trouble(const struct shops *all)
{
	for (size_t i = 0; i < all->n; i++) {
		if (alert_unseen_trouble(&all->items[i].alerts))
			return true;
	}
	return false;
}

size_t shops_open_actions(const struct shops *all)
{
	size_t n = 0;
	for (size_t i = 0; i < all->n; i++)
		n += all->items[i].open.n;
	return n;
}

bool shops_printing(const struct shops *all)
{
	for (size_t i = 0; i < all->n; i++) {
		if (all->items[i].print != 0)
			return true;
	}
	return false;
}

static bool under_way(const struct action *a)
{
	return a->mine && (a->state == ACTION_QUEUED || a->state == ACTION_SENDING);
}

bool shops_acting(const struct shops *all)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct state *s = &all->items[i];
		if (s->acts != NULL)
			return true;
		for (size_t k = 0; k < s->open.n; k++) {
			if (under_way(&s->open.items[k]))
				return true;
		}
	}
	return false;
}
