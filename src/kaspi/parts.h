/* What the files of this folder share; nothing outside it includes this. */
#ifndef KASPI_PARTS_H
#define KASPI_PARTS_H

#include "net/json.h"
#include "order/provider.h"

/* In the order of the screen: the day's work first. Which order belongs where is asked in another
 * order, see the rules in queues.c. */
enum queue {
	QUEUE_NEW,
	QUEUE_PACK,
	QUEUE_HAND_OVER,
	QUEUE_WITH_COURIER,
	QUEUE_PICKUP,
	QUEUE_OWN_DELIVERY,
	QUEUE_PREORDERS,
	QUEUE_TO_SIGN,
	QUEUE_RETURNS,
	QUEUE_OTHER,
	QUEUE_ARCHIVE,
	QUEUES
};

/* fields.c; each ends with a NULL name */
extern const struct field_spec kaspi_cancel_fields[];
extern const struct field_spec kaspi_complete_fields[];
extern const struct field_spec kaspi_assemble_fields[];
extern const struct field_spec kaspi_remove_fields[];
extern const struct field_spec kaspi_reweigh_fields[];
extern const struct field_spec kaspi_imei_fields[];

/* operations.c; ends with a NULL id */
extern const struct action_spec kaspi_actions[];

/* kaspi.c */
const struct queue_spec *kaspi_queue_of(const struct order *o);

/* queues.c */
enum queue kaspi_place(const struct order *o);
/* Fills in what follows from the rest: queue and finished. */
void kaspi_place_order(struct order *o);
/* The link of the waybill appears some seconds after assembly. */
bool kaspi_more_expected(const struct order *o);
bool kaspi_sold(const struct order *o);

/* tally.c */
bool kaspi_accepted(const struct order *o);
enum fault kaspi_fault(const char *reason);

/* due.c */
enum due_kind kaspi_due(const struct order *o, const struct limits *limits, int64_t *due_ms);

/* labels.c */
const char *kaspi_value_label(const char *value);
/* One mode means two things, by who carries: a pickup by Kaspi delivery is a postomat. */
const char *kaspi_delivery_label(const struct order *o);

/* actions.c: when an action is possible, and what a fresh copy of the order says of one */
bool kaspi_accept_applies(const struct order *o, struct error *why);
bool kaspi_cancel_applies(const struct order *o, struct error *why);
bool kaspi_hand_out_applies(const struct order *o, struct error *why);
bool kaspi_assemble_applies(const struct order *o, struct error *why);
bool kaspi_arrived_applies(const struct order *o, struct error *why);
bool kaspi_returned_applies(const struct order *o, struct error *why);
/* Fewer pieces or another weight: before it is packed. */
bool kaspi_lines_apply(const struct order *o, struct error *why);
bool kaspi_imei_applies(const struct order *o, struct error *why);
#define KASPI_VERDICT(name) enum verdict name(const struct order *before, const struct subject *now, \
	const struct form *f)
KASPI_VERDICT(kaspi_accept_verdict);
KASPI_VERDICT(kaspi_cancel_verdict);
KASPI_VERDICT(kaspi_complete_verdict);
KASPI_VERDICT(kaspi_assemble_verdict);
KASPI_VERDICT(kaspi_returned_verdict);
KASPI_VERDICT(kaspi_no_verdict);
bool kaspi_mark_arrived(struct order *o);

/* lines.c: the same of the actions on lines, with their calls */
bool kaspi_line_is_there(const struct entry *e);
bool kaspi_line_is_weighed(const struct entry *e);
bool kaspi_line_has_pieces_and_weight(const struct entry *e);
bool kaspi_line_wants_imei(const struct entry *e);
bool kaspi_remove_fits(const struct subject *s, const struct form *f, struct error *why);
bool kaspi_remove_warns(const struct subject *s, const struct form *f, struct error *what);
void kaspi_encode_remove(const struct form *f, const char *reason, struct call *out);
KASPI_VERDICT(kaspi_remove_verdict);
bool kaspi_reweigh_fits(const struct subject *s, const struct form *f, struct error *why);
bool kaspi_reweigh_warns(const struct subject *s, const struct form *f, struct error *what);
void kaspi_encode_reweigh(const struct subject *s, const struct form *f, struct call *out);
KASPI_VERDICT(kaspi_reweigh_verdict);
bool kaspi_imei_fits(const struct subject *s, const struct form *f, struct error *why);
bool kaspi_imei_warns(const struct subject *s, const struct form *f, struct error *what);
void kaspi_encode_imei(const struct form *f, struct call *out);
KASPI_VERDICT(kaspi_imei_verdict);

/* encode.c: the calls that change an order */
void kaspi_encode_accept(const struct order *o, struct call *out);
/* An empty comment is left out. */
void kaspi_encode_cancel(const struct order *o, const char *reason, const char *comment,
	struct call *out);
/* With an empty code it sends one to the buyer. */
void kaspi_encode_complete(const struct order *o, const char *code, struct call *out);
void kaspi_encode_assemble(const struct order *o, int64_t spaces, struct call *out);
void kaspi_encode_arrived(const struct order *o, struct call *out);
void kaspi_encode_returned(const struct order *o, struct call *out);

/* calls.c */
void kaspi_call_start(struct call *c, enum call_method method, const char *path);
size_t kaspi_plan(const struct plan_input *in, struct listing *out);
void kaspi_call_listing(const struct listing *l, size_t page, struct call *out);
void kaspi_call_lookup(const char *code, struct call *out);
void kaspi_call_entries(const struct order *o, struct call *out);
size_t kaspi_facts_of(const struct entry *e, struct fact_ref out[3]);
void kaspi_call_fact(const struct fact_ref *ref, struct call *out);
void kaspi_call_document(const struct order *o, struct call *out);

/* address.c */
struct address {
	const char *line;		/* the whole of it in one line; "" unknown */
	const char *town;
	double latitude, longitude;	/* degrees; both 0 unknown */
};
/* Of an object with the parts, or of a text; of anything else: unknown. Texts are in the arena, or static. */
void kaspi_read_address(const struct json_value *v, struct arena *a, struct address *out);

/* orders.c, entries.c */
bool kaspi_read_listing(const char *body, size_t len, struct order_list *list,
	struct page_info *info, struct error *err);
bool kaspi_read_entries(const char *body, size_t len, struct entry_list *list, struct error *err);
void kaspi_call_imeis(const struct order *o, struct call *out);
bool kaspi_read_imeis(const char *body, size_t len, struct entry_list *entries, struct error *err);
bool kaspi_read_fact(const struct fact_ref *ref, const char *body, size_t len, struct arena *arena,
	struct fact *out, struct error *err);

/* refusal.c */
bool kaspi_read_refusal(long http_status, const char *body, size_t len, struct error *err);
bool kaspi_read_acceptance(const char *body, size_t len, struct error *err);
/* Parses a reply of 2xx; NULL with an error if it cannot be read or holds the server's refusal. */
struct json *kaspi_document(const char *body, size_t len, struct error *err);

#define KASPI_PAGE_SIZE 100	/* the most that the service gives */

#endif
