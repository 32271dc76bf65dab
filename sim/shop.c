#include "sim/shop.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "sim/event.h"
#include "sim/generate.h"

static int64_t clock_ms(clockid_t id)
{
	struct timespec t;

	clock_gettime(id, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void shop_init(struct shop *s, const struct shop_config *config)
{
	*s = (struct shop){ .config = *config, .moment = -1 };
	pthread_mutex_init(&s->lock, NULL);
	s->token = xstrdup(config->token);
	s->base_url = xstrdup("");
	s->started_mono = clock_ms(CLOCK_MONOTONIC);
	s->rng = rng_for(config->seed, UINT64_MAX);
	s->next_code = 301000000 + rng_below(&s->rng, 90000000);
	generate_history(s);
	if (config->arrivals > 0)
		event_plan_arrival(s, 0);
}

void shop_clear(struct shop *s)
{
	arena_clear(&s->arena);
	free(s->by_date);
	free(s->by_code);
	free(s->events);
	free(s->token);
	free(s->base_url);
	pthread_mutex_destroy(&s->lock);
}

void shop_lock(struct shop *s)
{
	pthread_mutex_lock(&s->lock);
	event_run_due(s);
}

void shop_unlock(struct shop *s)
{
	pthread_mutex_unlock(&s->lock);
}

int64_t shop_now(const struct shop *s)
{
	int64_t now = s->config.now ? s->config.now : clock_ms(CLOCK_REALTIME);

	return now + s->advanced;
}

int64_t shop_date(const struct shop *s)
{
	int64_t now = shop_now(s);

	if (s->moment < 0 || s->config.now)
		return now;
	return now - (int64_t)((double)(shop_elapsed(s) - s->moment) / s->config.speed);
}

int64_t shop_elapsed(const struct shop *s)
{
	double run = (double)(clock_ms(CLOCK_MONOTONIC) - s->started_mono) * s->config.speed;

	return (int64_t)run + s->advanced;
}

void shop_advance(struct shop *s, int64_t ms)
{
	s->advanced += ms;
}

void shop_set_token(struct shop *s, const char *token)
{
	free(s->token);
	s->token = xstrdup(token);
}

static uint64_t hash(const char *s)
{
	uint64_t h = UINT64_C(1469598103934665603);

	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * UINT64_C(1099511628211);
	return h ^ h >> 32;
}

static void put(struct shop *s, struct sim_order *o)
{
	size_t at = hash(o->code) & (s->slots - 1);

	while (s->by_code[at])
		at = (at + 1) & (s->slots - 1);
	s->by_code[at] = o;
}

static void grow(struct shop *s)
{
	size_t i;

	s->cap = s->cap ? s->cap * 2 : 256;
	s->by_date = xreallocarray(s->by_date, s->cap, sizeof(*s->by_date));
	s->slots = s->cap * 2;
	free(s->by_code);
	s->by_code = xcalloc(s->slots, sizeof(*s->by_code));
	for (i = 0; i < s->n; i++)
		put(s, s->by_date[i]);
}

void shop_add(struct shop *s, struct sim_order *o)
{
	size_t at;

	if (s->n == s->cap)
		grow(s);
	/* Nearly always the newest; a test may make an old one. Of equal dates the later made is
	 * newer. */
	at = shop_first_since(s, o->created + 1);
	memmove(&s->by_date[at + 1], &s->by_date[at], (s->n - at) * sizeof(*s->by_date));
	s->by_date[at] = o;
	o->seq = (uint32_t)s->n++;
	put(s, o);
}

struct sim_order *shop_find(const struct shop *s, const char *code)
{
	size_t at;

	if (!s->slots)
		return NULL;
	for (at = hash(code) & (s->slots - 1); s->by_code[at]; at = (at + 1) & (s->slots - 1)) {
		if (!strcmp(s->by_code[at]->code, code))
			return s->by_code[at];
	}
	return NULL;
}

size_t shop_first_since(const struct shop *s, int64_t ms)
{
	size_t lo = 0, hi = s->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (s->by_date[mid]->created < ms)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}
