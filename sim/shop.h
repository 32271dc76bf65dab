/* The simulated shop: its orders, its clock and what is going to happen.
 *
 * One mutex guards all of it: shop_lock() before anything else, from any thread; it also lets
 * everything happen that is due by now, so nobody has to run a thread for couriers and buyers.
 * Orders are never freed or moved before shop_clear(), a pointer to one stays good.
 *
 * Two clocks. shop_now() is the date that orders carry; --now freezes it, so that data are the same
 * in every run. shop_elapsed() drives processes (a waybill appears, a courier comes) and always
 * runs, --speed times as fast as the wall clock. shop_advance() moves both. */
#ifndef SIM_SHOP_H
#define SIM_SHOP_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "sim/order.h"
#include "sim/rng.h"

#define SIM_DAY_MS    (24 * 3600 * 1000LL)
#define SIM_HOUR_MS   (3600 * 1000LL)
#define SIM_MINUTE_MS (60 * 1000LL)

struct shop_config {
	const char *token; /* borrowed */
	uint64_t seed;
	unsigned orders, history_days, archive_percent;
	double arrivals; /* mean seconds between new orders, 0 none */
	double speed;
	double waybill_delay; /* seconds */
	double lines_delay;   /* seconds from "INPROGRESS" to the lines that show it */
	int64_t now;	      /* the frozen date, 0: the wall clock */
	bool still;	      /* no courier, buyer or bank does anything by itself */
	bool require_imei;    /* a phone is not handed out before its IMEI is known */
	const char *buyer_code; /* what every buyer gets; NULL: another one each time; borrowed */
};

enum event_kind {
	EVENT_ARRIVAL,
	EVENT_WAYBILL,
	EVENT_COURIER,
	EVENT_DELIVERED,
	EVENT_BUYER_CANCELS,
	EVENT_SIGNED,
	EVENT_RETURN_DECIDED,
	EVENT_LINES_CHANGE
};

struct event {
	int64_t at; /* shop_elapsed() */
	struct sim_order *order;
	uint32_t seq; /* equal times happen in the order they were planned in */
	enum event_kind kind;
};

struct shop {
	struct shop_config config;
	pthread_mutex_t lock;
	struct arena arena;
	struct rng rng; /* of what happens by itself */
	char *base_url; /* "http://127.0.0.1:1234" */
	char *token;
	struct sim_order **by_date; /* oldest first */
	size_t n, cap;
	struct sim_order **by_code; /* open addressing, a power of two */
	size_t slots;
	struct event *events; /* a heap, the next one first */
	size_t n_events, cap_events;
	uint32_t next_event, next_code;
	int64_t started_mono, advanced;
	int64_t moment; /* while an event is carried out: when it was due; else -1 */
};

/* Fills it with the history that the configuration asks for. */
void shop_init(struct shop *s, const struct shop_config *config);
void shop_clear(struct shop *s);
void shop_lock(struct shop *s);
void shop_unlock(struct shop *s);

int64_t shop_now(const struct shop *s);
/* The date of what is happening: now, or when the event that is being carried out was due. */
int64_t shop_date(const struct shop *s);
int64_t shop_elapsed(const struct shop *s);
void shop_advance(struct shop *s, int64_t ms);
void shop_set_token(struct shop *s, const char *token);

/* Takes a filled order with a code that is not in use; gives it its number. */
void shop_add(struct shop *s, struct sim_order *o);
struct sim_order *shop_find(const struct shop *s, const char *code);
/* The first place in by_date whose date is not before ms. */
size_t shop_first_since(const struct shop *s, int64_t ms);

#endif
