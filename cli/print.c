#include "cli/print.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"

/* ---- documents ------------------------------------------------------------------------------- */

void print_begin(struct json_writer *w)
{
	json_open(w, NULL, '{');
	json_put_int(w, "schema", 1);
}

void print_flush(struct json_writer *w)
{
	fwrite(buf_str(w->out), 1, w->out->len, stdout);
	buf_reset(w->out);
}

void print_end(struct json_writer *w)
{
	json_close(w, '}');
	buf_addc(w->out, '\n');
	print_flush(w);
}

void print_time(struct json_writer *w, const char *name, int64_t ms)
{
	char text[40];

	if (!ms) {
		json_put_null(w, name);
		return;
	}
	time_format_rfc3339(ms, text, sizeof(text));
	json_put_text(w, name, text);
}

void print_text(struct json_writer *w, const char *name, const char *value)
{
	json_put_text(w, name, value && *value ? value : NULL);
}

/* ---- orders ---------------------------------------------------------------------------------- */

/* What is known of the goods besides; each with the time that says how old it is, null as long as it was never
 * fetched. */
static void print_facts(struct json_writer *w, const struct entry *e)
{
	print_text(w, "category", e->category);
	json_open(w, "product", '{');
	print_text(w, "code", e->product_code);
	print_text(w, "name", e->product_name);
	print_text(w, "manufacturer", e->manufacturer);
	print_time(w, "fetched", e->product_ms);
	json_close(w, '}');
	json_open(w, "merchant_product", '{');
	print_text(w, "article", e->merchant_article);
	print_text(w, "name", e->merchant_name);
	print_time(w, "fetched", e->merchant_ms);
	json_close(w, '}');
	json_open(w, "warehouse", '{');
	print_text(w, "name", e->point_name);
	print_text(w, "address", e->point_address);
	print_time(w, "fetched", e->point_ms);
	json_close(w, '}');
}

/* "a,b;c" as [["a","b"],["c"]]. */
static void print_imeis(struct json_writer *w, const char *imei)
{
	char one[32];

	json_open(w, "imei", '[');
	while (*imei) {
		json_open(w, NULL, '[');
		for (; *imei && *imei != ';'; imei += strspn(imei, ",")) {
			size_t n = strcspn(imei, ",;");

			snprintf(one, sizeof(one), "%.*s", (int)n, imei);
			json_put_text(w, NULL, one);
			imei += n;
		}
		json_close(w, ']');
		imei += strspn(imei, ";");
	}
	json_close(w, ']');
}

static void print_entry(struct json_writer *w, const struct entry *e)
{
	json_open(w, NULL, '{');
	json_put_int(w, "entry", e->number);
	json_put_text(w, "id", e->id);
	print_text(w, "article", e->article);
	print_text(w, "name", e->name);
	json_put_int(w, "quantity", e->quantity);
	print_text(w, "unit", e->unit);
	json_put_int(w, "weight_g", e->weight_g);
	json_put_int(w, "price", e->price);
	json_put_int(w, "total", e->total);
	json_put_bool(w, "imei_required", e->imei_required);
	print_imeis(w, e->imei);
	print_facts(w, e);
	json_close(w, '}');
}

static void print_entries(struct json_writer *w, const struct entry_list *entries)
{
	if (!entries) {
		json_put_null(w, "entries");
		return;
	}
	json_open(w, "entries", '[');
	for (size_t i = 0; i < entries->n; i++)
		print_entry(w, &entries->items[i]);
	json_close(w, ']');
}

static void print_place(struct json_writer *w, const char *name, double degrees, bool known)
{
	if (known)
		json_put_double(w, name, degrees);
	else
		json_put_null(w, name);
}

static void print_where(struct json_writer *w, const struct order *o)
{
	bool known = o->latitude != 0 || o->longitude != 0;

	print_text(w, "address", o->address);
	print_text(w, "town", o->town);
	print_place(w, "latitude", o->latitude, known);
	print_place(w, "longitude", o->longitude, known);
	json_open(w, "origin", '{');
	print_text(w, "point", o->pickup_point);
	print_text(w, "name", o->origin);
	print_text(w, "address", o->origin_address);
	json_close(w, '}');
}

static void print_urgency(struct json_writer *w, const struct urgency *u)
{
	if (u->level == URGENCY_NONE) {
		json_put_null(w, "urgency");
		return;
	}
	json_open(w, "urgency", '{');
	json_put_text(w, "level", urgency_level_name(u->level));
	print_time(w, "due", u->due_ms);
	json_put_text(w, "what", due_kind_name(u->kind));
	json_close(w, '}');
}

void print_order(struct json_writer *w, const struct order *o, const struct urgency *urgency,
	const char *phone, const struct entry_list *entries)
{
	json_put_text(w, "code", o->code);
	json_put_text(w, "id", o->id);
	json_put_text(w, "state", o->state);
	json_put_text(w, "status", o->status);
	json_put_text(w, "queue", o->queue);
	json_open(w, "customer", '{');
	print_text(w, "name", o->customer);
	print_text(w, "phone", phone);
	json_close(w, '}');
	json_put_int(w, "total", o->total);
	print_text(w, "payment_mode", o->payment_mode);
	json_put_int(w, "credit_term", o->credit_term);
	print_text(w, "cancel_reason", o->cancel_reason);
	print_text(w, "delivery_mode", o->delivery_mode);
	json_put_bool(w, "kaspi_delivery", o->kaspi_delivery);
	json_put_bool(w, "express", o->express);
	json_put_bool(w, "preorder", o->preorder);
	json_put_bool(w, "signature_required", o->signature_required);
	json_put_bool(w, "returned_to_warehouse", o->returned_to_warehouse);
	print_time(w, "created", o->created_ms);
	print_time(w, "approved", o->approved_ms);
	print_time(w, "planned", o->planned_ms);
	print_time(w, "reserved_until", o->reserved_until_ms);
	print_time(w, "transmission_planned", o->transmission_planned_ms);
	print_time(w, "transmitted", o->transmitted_ms);
	print_urgency(w, urgency);
	json_put_bool(w, "assembled", o->assembled);
	print_text(w, "waybill", o->waybill);
	print_text(w, "waybill_number", o->waybill_number);
	print_where(w, o);
	print_entries(w, entries);
	print_time(w, "seen", o->seen_ms);
	print_time(w, "fetched", o->fetched_ms);
}

/* ---- the journal ----------------------------------------------------------------------------- */

void print_action(struct json_writer *w, const struct action *a)
{
	json_open(w, NULL, '{');
	json_put_int(w, "id", a->id);
	json_put_text(w, "code", a->code);
	json_put_text(w, "action", a->kind);
	json_put_text(w, "outcome", action_state_name(a->state));
	print_text(w, "message", a->message);
	json_put_text(w, "clerk", a->clerk);
	print_time(w, "at", a->confirmed_ms);
	json_put_int(w, "attempts", a->attempts);
	json_close(w, '}');
}

/* ---- for people ------------------------------------------------------------------------------ */

const char *print_when(int64_t ms, char out[PRINT_TIME_CAP])
{
	out[0] = '\0';
	if (ms)
		time_format(ms, "%d.%m.%Y %H:%M", out, PRINT_TIME_CAP);
	return out;
}

const char *print_masked(const char *phone, char out[PRINT_PHONE_CAP])
{
	static const char dot[] = "\u2022";
	size_t digits = 0, seen = 0, used = 0;

	for (const char *s = phone; *s; s++)
		digits += isdigit((unsigned char)*s) != 0;
	for (const char *s = phone; *s && used + sizeof(dot) < PRINT_PHONE_CAP; s++) {
		bool hide = false;

		if (isdigit((unsigned char)*s)) {
			seen++;
			hide = seen > 2 && seen + 4 <= digits;
		}
		if (hide) {
			memcpy(out + used, dot, sizeof(dot) - 1);
			used += sizeof(dot) - 1;
		} else {
			out[used++] = *s;
		}
	}
	out[used] = '\0';
	return out;
}
