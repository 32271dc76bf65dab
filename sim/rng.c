#include "sim/rng.h"

#include <math.h>

/* splitmix64: one addition and three mixing steps; any seed will do, also 0. */
uint64_t rng_next(struct rng *r)
{
	uint64_t z = (r->state += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

struct rng rng_for(uint64_t seed, uint64_t n)
{
	struct rng a = { .state = seed };
	struct rng b = { .state = rng_next(&a) ^ (n * UINT64_C(0xd1342543de82ef95)) };

	rng_next(&b);
	return b;
}

uint32_t rng_below(struct rng *r, uint32_t n)
{
	return (uint32_t)(((rng_next(r) >> 32) * n) >> 32);
}

int64_t rng_range(struct rng *r, int64_t lo, int64_t hi)
{
	return lo + (int64_t)(rng_next(r) % (uint64_t)(hi - lo + 1));
}

double rng_unit(struct rng *r)
{
	return (double)(rng_next(r) >> 11) / 9007199254740992.0;
}

bool rng_chance(struct rng *r, double probability)
{
	return rng_unit(r) < probability;
}

unsigned rng_weighted(struct rng *r, const unsigned *weights, unsigned n)
{
	unsigned sum = 0, i, x;

	for (i = 0; i < n; i++)
		sum += weights[i];
	x = rng_below(r, sum);
	for (i = 0; x >= weights[i]; i++)
		x -= weights[i];
	return i;
}

double rng_interval(struct rng *r, double mean)
{
	return -mean * log(1.0 - rng_unit(r));
}
