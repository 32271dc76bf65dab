/* How results look: one JSON document, or lines for people. To standard output. */
#ifndef CLI_PRINT_H
#define CLI_PRINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/json_write.h"
#include "order/order.h"
#include "order/urgency.h"
#include "store/journal.h"

/* ---- JSON documents: {"schema":1, ... } ---- */
void print_begin(struct json_writer *w);
void print_end(struct json_writer *w);
/* Writes out what is in the writer's buffer so far, and empties it: for long lists. */
void print_flush(struct json_writer *w);

/* null when unknown (0). */
void print_time(struct json_writer *w, const char *name, int64_t ms);
/* null when empty. */
void print_text(struct json_writer *w, const char *name, const char *value);

/* The members of an order, in a document or an item of a list. `entries` NULL: they were never
 * fetched. */
void print_order(struct json_writer *w, const struct order *o, const struct urgency *urgency,
	const char *phone, const struct entry_list *entries);
void print_action(struct json_writer *w, const struct action *a);

/* ---- for people ---- */
#define PRINT_TIME_CAP 32
/* "23.11.2026 14:32" in the shop's zone; "" when unknown. */
const char *print_when(int64_t ms, char out[PRINT_TIME_CAP]);
/* The phone with all but its first and last digits hidden; out holds it. */
#define PRINT_PHONE_CAP 160
const char *print_masked(const char *phone, char out[PRINT_PHONE_CAP]);

#endif
