/* The actions on the lines of an order: pieces that are taken out, another weight, the IMEI of devices. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json_write.h"
#include "base/money.h"
#include "kaspi/parts.h"
#include "order/imei.h"

/* A number of the form that was checked already. */
static int64_t number_of(const struct form *f, const char *name, size_t i, int64_t absent)
{
	const char *value = form_get_nth(f, name, i);

	return value && *value ? strtoll(value, NULL, 10) : absent;
}

static bool sold_by_weight(const struct entry *e)
{
	return strcmp(e->unit, "MEASURABLE") == 0 || strcmp(e->unit, "MEASURABLE_PIECES") == 0;
}

/* ---- which lines ----------------------------------------------------------------------------- */

bool kaspi_line_is_there(const struct entry *e)
{
	return e->quantity > 0;
}

bool kaspi_line_is_weighed(const struct entry *e)
{
	return e->quantity > 0 && sold_by_weight(e);
}

/* Of what is sold by weight alone the number of pieces says nothing. */
bool kaspi_line_has_pieces_and_weight(const struct entry *e)
{
	return kaspi_line_is_weighed(e) && e->quantity > 1 && strcmp(e->unit, "MEASURABLE") != 0;
}

bool kaspi_line_wants_imei(const struct entry *e)
{
	return e->quantity > 0 && e->imei_required;
}

static const struct entry *line_of(const struct subject *s, const struct form *f, size_t i, struct error *why)
{
	const struct entry *e = entry_find(s->entries, form_get_nth(f, "entry", i));

	if (!e)
		error_set(why, ERR_REFUSED, _("The order has no such item any more: look at it again."));
	return e;
}

/* One more of the things that look odd: all of them are read before anything is confirmed. */
static void __attribute__((format(printf, 2, 3))) add_warning(struct error *what, const char *format, ...)
{
	char before[ERROR_TEXT_MAX], text[ERROR_TEXT_MAX];
	va_list ap;

	snprintf(before, sizeof(before), "%s", what->code ? what->text : "");
	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	error_set(what, ERR_REFUSED, "%s%s%s", before, *before ? " " : "", text);
}

static bool odd(const struct error *what)
{
	return what->code != ERR_NONE;
}

static const char *nothing_remains(void)
{
	return _("Nothing remains of the order then: it is cancelled, which counts against the shop.");
}

/* ---- fewer pieces ---------------------------------------------------------------------------- */

bool kaspi_remove_fits(const struct subject *s, const struct form *f, struct error *why)
{
	const struct entry *e = line_of(s, f, 0, why);
	char is[40];

	if (!e)
		return false;
	if (number_of(f, "remain", 0, 0) < e->quantity)
		return true;
	number_format(e->quantity, is, sizeof(is));
	return error_set(why, ERR_REFUSED, _("The order has %s of \"%s\": type how many of them remain, which "
		"must be fewer."), is, e->name);
}

bool kaspi_remove_warns(const struct subject *s, const struct form *f, struct error *what)
{
	const char *id = form_get(f, "entry");

	*what = (struct error)ERROR_INIT;
	if (number_of(f, "remain", 0, 0) > 0)
		return false;
	for (size_t i = 0; i < s->entries->n; i++) {
		const struct entry *e = &s->entries->items[i];

		if (e->quantity > 0 && strcmp(e->id, id) != 0)
			return false;
	}
	add_warning(what, "%s", nothing_remains());
	return true;
}

static void put_relation(struct json_writer *w, const char *entry_id)
{
	json_open(w, "relationships", '{');
	json_open(w, "entry", '{');
	json_open(w, "data", '{');
	json_put_text(w, "type", "orderentries");
	json_put_text(w, "id", entry_id);
	json_close(w, '}');
	json_close(w, '}');
	json_close(w, '}');
}

void kaspi_encode_remove(const struct form *f, const char *reason, struct call *out)
{
	struct json_writer w = JSON_WRITER(&out->body);
	const char *notes = form_get(f, "notes");

	kaspi_call_start(out, CALL_POST, "/v2/orderEntryCancelOperation");
	json_open(&w, NULL, '{');
	json_open(&w, "data", '{');
	json_put_text(&w, "type", "orderEntryCancelOperation");
	json_open(&w, "attributes", '{');
	if (notes && *notes)
		json_put_text(&w, "notes", notes);
	json_put_int(&w, "remainedQuantity", number_of(f, "remain", 0, 0));
	json_put_text(&w, "reason", reason);
	json_close(&w, '}');
	put_relation(&w, form_get(f, "entry"));
	json_close(&w, '}');
	json_close(&w, '}');
}

static bool cancelled(const struct order *o)
{
	return strcmp(o->status, "CANCELLED") == 0 || strcmp(o->status, "CANCELLING") == 0;
}

/* Of a line that is as it should be, one that is as it was or in between. */
static enum verdict verdict_of_line(bool reached, bool above)
{
	return reached ? VERDICT_DONE : above ? VERDICT_NOT_DONE : VERDICT_UNCLEAR;
}

/* The quantity that remains is sent, not what is taken away: where it is reached it does not matter by
 * how many requests. fits() made sure that there was more before. */
enum verdict kaspi_remove_verdict(const struct order *before, const struct subject *now, const struct form *f)
{
	const struct entry *e = entry_find(now->entries, form_get(f, "entry"));
	int64_t remain = number_of(f, "remain", 0, 0), is = e ? e->quantity : 0;
	enum verdict v = verdict_of_line(is == remain, is > remain);

	if (v == VERDICT_NOT_DONE && cancelled(now->order) && !cancelled(before))
		return remain == 0 && now->entries->n == 1 ? VERDICT_DONE : VERDICT_UNCLEAR;
	return v;
}

/* ---- another weight -------------------------------------------------------------------------- */

static size_t lines_of(const struct form *f)
{
	size_t n = 0;

	while (form_get_nth(f, "entry", n))
		n++;
	return n;
}

static bool changes(const struct entry *e, int64_t weight, int64_t remain)
{
	return weight != e->weight_g || remain != e->quantity;
}

static bool weight_fits(const struct entry *e, const struct form *f, size_t i, struct error *why)
{
	int64_t weight = number_of(f, "weight", i, -1), remain = number_of(f, "remain", i, e->quantity);
	char is[40];

	number_format(e->weight_g, is, sizeof(is));
	if (!sold_by_weight(e))
		return error_set(why, ERR_REFUSED, _("\"%s\" is sold by the piece: take pieces out instead of "
			"changing its weight."), e->name);
	if (weight < 0)
		return error_set(why, ERR_USAGE, _("Type the weight of \"%s\" in grams."), e->name);
	if (weight > e->weight_g)
		return error_set(why, ERR_REFUSED, _("\"%s\" weighs %s g in the order: it can only become less."),
			e->name, is);
	if (remain > e->quantity)
		return error_set(why, ERR_REFUSED, _("More pieces of \"%s\" than the order has cannot remain."),
			e->name);
	if (!changes(e, weight, remain))
		return error_set(why, ERR_REFUSED, _("\"%s\" weighs %s g already: nothing would change."), e->name,
			is);
	return true;
}

bool kaspi_reweigh_fits(const struct subject *s, const struct form *f, struct error *why)
{
	size_t n = lines_of(f);

	if (n == 0)
		return error_set(why, ERR_USAGE, _("Type the new weight of at least one item, in grams."));
	for (size_t i = 0; i < n; i++) {
		const struct entry *e = line_of(s, f, i, why);

		if (!e || !weight_fits(e, f, i, why))
			return false;
		for (size_t j = 0; j < i; j++)
			if (strcmp(form_get_nth(f, "entry", j), e->id) == 0)
				return error_set(why, ERR_USAGE, _("\"%s\" is given twice."), e->name);
	}
	return true;
}

static bool is_emptied(const struct entry *e, const struct form *f, size_t lines)
{
	for (size_t i = 0; i < lines; i++)
		if (strcmp(form_get_nth(f, "entry", i), e->id) == 0)
			return number_of(f, "weight", i, 1) == 0;
	return e->quantity == 0;
}

static void warn_of_line(const struct entry *e, int64_t weight, struct error *what)
{
	char is[40], least[40];

	if (weight == 0) {
		add_warning(what, _("With a weight of 0 \"%s\" is taken out of the order."), e->name);
	} else if (weight < e->min_weight_g) {
		number_format(weight, is, sizeof(is));
		number_format(e->min_weight_g, least, sizeof(least));
		add_warning(what, _("%s g of \"%s\" are less than Kaspi allows (%s g): it may be refused."), is,
			e->name, least);
	}
}

bool kaspi_reweigh_warns(const struct subject *s, const struct form *f, struct error *what)
{
	size_t n = lines_of(f), left = 0;

	*what = (struct error)ERROR_INIT;
	for (size_t i = 0; i < s->entries->n; i++)
		left += !is_emptied(&s->entries->items[i], f, n);
	if (!left)
		add_warning(what, "%s", nothing_remains());
	for (size_t i = 0; i < n; i++)
		warn_of_line(entry_find(s->entries, form_get_nth(f, "entry", i)), number_of(f, "weight", i, 0), what);
	return odd(what);
}

void kaspi_encode_reweigh(const struct subject *s, const struct form *f, struct call *out)
{
	struct json_writer w = JSON_WRITER(&out->body);
	const char *notes = form_get(f, "notes");
	size_t n = lines_of(f);

	kaspi_call_start(out, CALL_PUT, "/orderPartialCancel/");
	call_path_escape(out, s->order->id);
	json_open(&w, NULL, '[');
	for (size_t i = 0; i < n; i++) {
		const struct entry *e = entry_find(s->entries, form_get_nth(f, "entry", i));
		int64_t weight = number_of(f, "weight", i, 0);

		json_open(&w, NULL, '{');
		json_open(&w, "entry", '{');
		json_put_text(&w, "id", e->id);
		json_close(&w, '}');
		json_put_int(&w, "remainedWeight", weight);
		json_put_int(&w, "remainedQuantity", weight ? number_of(f, "remain", i, e->quantity) : 0);
		json_put_text(&w, "reason", "PRODUCT_UNDERWEIGHT");
		if (notes && *notes)
			json_put_text(&w, "notes", notes);
		json_close(&w, '}');
	}
	json_close(&w, ']');
}

static enum verdict verdict_of_weight(const struct subject *now, const struct form *f, size_t i)
{
	const struct entry *e = entry_find(now->entries, form_get_nth(f, "entry", i));
	int64_t weight = number_of(f, "weight", i, 0);

	if (!e || e->quantity == 0)
		return weight == 0 ? VERDICT_DONE : VERDICT_UNCLEAR;
	if (e->weight_g == weight)
		return e->quantity == number_of(f, "remain", i, e->quantity) ? VERDICT_DONE : VERDICT_UNCLEAR;
	return verdict_of_line(false, e->weight_g > weight);
}

/* All lines travel in one call, so they have to agree. */
enum verdict kaspi_reweigh_verdict(const struct order *before, const struct subject *now, const struct form *f)
{
	size_t n = lines_of(f);
	enum verdict first = n ? verdict_of_weight(now, f, 0) : VERDICT_UNCLEAR;

	for (size_t i = 1; i < n; i++)
		if (verdict_of_weight(now, f, i) != first)
			return VERDICT_UNCLEAR;
	if (first == VERDICT_NOT_DONE && cancelled(now->order) && !cancelled(before))
		return VERDICT_UNCLEAR;
	return first;
}

/* ---- IMEI ------------------------------------------------------------------------------------ */

static size_t devices_of(const struct form *f)
{
	size_t n = 0;

	while (form_get_nth(f, "imei", n))
		n++;
	return n;
}

bool kaspi_imei_fits(const struct subject *s, const struct form *f, struct error *why)
{
	const struct entry *e = line_of(s, f, 0, why);
	size_t n = devices_of(f);
	char is[40];

	if (!e)
		return false;
	if ((int64_t)n > e->quantity) {
		number_format(e->quantity, is, sizeof(is));
		return error_set(why, ERR_REFUSED, _("The order has %s of \"%s\": there is one device too many."),
			is, e->name);
	}
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < i; j++)
			if (imei_shared(form_get_nth(f, "imei", i), form_get_nth(f, "imei", j)))
				return error_set(why, ERR_USAGE, _("Two devices have the same IMEI: %s."),
					form_get_nth(f, "imei", i));
	return true;
}

bool kaspi_imei_warns(const struct subject *s, const struct form *f, struct error *what)
{
	const struct entry *e = entry_find(s->entries, form_get(f, "entry"));
	size_t n = devices_of(f);
	char is[40];

	*what = (struct error)ERROR_INIT;
	for (size_t i = 0; i < n; i++)
		if (!imei_luhn(form_get_nth(f, "imei", i)))
			add_warning(what, _("The check digit of %s is wrong: is a digit mistyped?"),
				form_get_nth(f, "imei", i));
	if ((int64_t)n < e->quantity) {
		number_format(e->quantity, is, sizeof(is));
		add_warning(what, _("The order has %s of \"%s\", and some have no IMEI yet."), is, e->name);
	}
	if (!e->imei_required)
		add_warning(what, _("The server does not ask for an IMEI of \"%s\"."), e->name);
	return odd(what);
}

static void put_device(struct json_writer *w, const char *value)
{
	char one[IMEI_MAX + 1];

	json_open(w, NULL, '{');
	json_open(w, "imei", '[');
	while (*value) {
		size_t n = strcspn(value, ",");

		snprintf(one, sizeof(one), "%.*s", (int)n, value);
		json_put_text(w, NULL, one);
		value += n + (value[n] == ',');
	}
	json_close(w, ']');
	json_close(w, '}');
}

void kaspi_encode_imei(const struct form *f, struct call *out)
{
	struct json_writer w = JSON_WRITER(&out->body);
	size_t n = devices_of(f);

	kaspi_call_start(out, CALL_POST, "/v2/orderEntryImeiOperation");
	json_open(&w, NULL, '{');
	json_open(&w, "data", '{');
	json_put_text(&w, "type", "orderEntryImeiOperation");
	json_open(&w, "attributes", '{');
	json_open(&w, "items", '[');
	for (size_t i = 0; i < n; i++)
		put_device(&w, form_get_nth(f, "imei", i));
	json_close(&w, ']');
	json_close(&w, '}');
	put_relation(&w, form_get(f, "entry"));
	json_close(&w, '}');
	json_close(&w, '}');
}

/* As entry.imei has them. */
static bool same_devices(const char *imei, const struct form *f)
{
	size_t n = devices_of(f);

	for (size_t i = 0; i < n; i++) {
		const char *value = form_get_nth(f, "imei", i);
		size_t len = strlen(value);

		if (strncmp(imei, value, len) != 0 || imei[len] != (i + 1 < n ? ';' : '\0'))
			return false;
		imei += len + 1;
	}
	return n > 0;
}

enum verdict kaspi_imei_verdict(const struct order *before, const struct subject *now, const struct form *f)
{
	const struct entry *e = entry_find(now->entries, form_get(f, "entry"));

	(void)before;
	if (!e)
		return VERDICT_UNCLEAR;
	return verdict_of_line(same_devices(e->imei, f), !*e->imei);
}
