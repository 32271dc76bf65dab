/* Numbers that look random and are the same for the same seed, on every machine.
 *
 * A generator is a value: give each order its own, seeded by rng_for(seed, n), and the order looks
 * the same however many others were made before it. Pure; one thread at a time per generator. */
#ifndef SIM_RNG_H
#define SIM_RNG_H

#include <stdbool.h>
#include <stdint.h>

struct rng {
	uint64_t state;
};

struct rng rng_for(uint64_t seed, uint64_t n);
uint64_t rng_next(struct rng *r);
/* 0 .. n-1; n > 0. */
uint32_t rng_below(struct rng *r, uint32_t n);
/* lo .. hi, both included. */
int64_t rng_range(struct rng *r, int64_t lo, int64_t hi);
/* 0 <= x < 1. */
double rng_unit(struct rng *r);
bool rng_chance(struct rng *r, double probability);
/* An index of weights[n], each as likely as its weight says; the sum must be positive. */
unsigned rng_weighted(struct rng *r, const unsigned *weights, unsigned n);
/* The waiting time of a memoryless process with this mean. */
double rng_interval(struct rng *r, double mean);

#endif
