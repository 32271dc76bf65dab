#include "tui/widget/spot.h"

#include <stdbool.h>

#define SPOTS_MAX 256

static struct layer {
	const void *owner;
	struct spot items[SPOTS_MAX];
	size_t n;
} layers[SPOTS_LAYERS];

static struct layer *current = layers;

void spots_begin(enum spot_layer layer, const void *owner)
{
	current = &layers[layer];
	current->owner = owner;
	current->n = 0;
}

void spot_add(struct spot spot)
{
	if (current->n < SPOTS_MAX)
		current->items[current->n++] = spot;
}

static bool has(const struct area *a, int row, int col)
{
	return row >= a->row && row < a->row + a->rows && col >= a->col && col < a->col + a->cols;
}

const struct spot *spot_at(enum spot_layer layer, const void *owner, int row, int col)
{
	const struct layer *l = &layers[layer];
	if (l->owner != owner)
		return NULL;
	for (size_t i = l->n; i > 0; i--) {
		if (has(&l->items[i - 1].area, row, col))
			return &l->items[i - 1];
	}
	return NULL;
}
