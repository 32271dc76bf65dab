#include "cli/scan_report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/text.h"
#include "cli/print.h"
#include "store/scanned.h"

#define LABEL_COLUMNS 14

struct gaps {
	int64_t least, median, largest;
};

struct judged {
	enum scan_result result;	/* DONE, BROKEN, or PASS: keys */
	struct readings readings;
	enum scanned found;
	char code[BARCODE_MAX + 1];	/* the order's number, "" when there is none */
};

/* ---- judging --------------------------------------------------------------------------------- */

static int compare(const void *left, const void *right)
{
	const int64_t *a = left, *b = right;

	return (*a > *b) - (*a < *b);
}

/* Between the characters, and before the end. */
static bool measure(const struct burst *b, struct gaps *out)
{
	int64_t gaps[BURST_MAX];
	size_t n = 0;

	for (size_t i = 1; i < b->n; i++)
		gaps[n++] = b->at_ms[i] - b->at_ms[i - 1];
	if (b->end && b->n)
		gaps[n++] = b->end_ms - b->at_ms[b->n - 1];
	if (n == 0 || !b->timed)
		return false;
	qsort(gaps, n, sizeof(gaps[0]), compare);
	*out = (struct gaps){ gaps[0], gaps[n / 2], gaps[n - 1] };
	return true;
}

/* Which keys are commands only the screen knows; for a burst it makes no difference. */
static enum scan_result feed(struct scan *scan, uint32_t key, int64_t at_ms)
{
	enum scan_kind kind = key >= ' ' && key != 127 ? SCAN_CHARACTER : SCAN_OTHER;
	enum scan_result result;
	uint32_t gone;

	while (scan_due(scan) && scan_due(scan) <= at_ms) {
		if (scan_tick(scan, at_ms) == SCAN_BROKEN)
			return SCAN_BROKEN;
		while (scan_take(scan, &gone))
			;
	}
	do {
		result = scan_key(scan, key, kind, SCAN_KEYS, at_ms);
		while (scan_take(scan, &gone))
			;
	} while (result == SCAN_AGAIN);
	return result;
}

static enum scan_result replay(const struct scan_rules *rules, const struct burst *b, struct scan *scan)
{
	enum scan_result result = SCAN_HELD;
	int64_t over = (b->n ? b->at_ms[b->n - 1] : 0) + SCAN_GIVE_UP_MS + 1;

	*scan = (struct scan){ .rules = rules };
	for (size_t i = 0; i < b->n && result != SCAN_BROKEN; i++)
		result = feed(scan, b->keys[i], b->at_ms[i]);
	if (result == SCAN_BROKEN)
		return result;
	if (b->end)
		return feed(scan, b->end == '\t' ? '\t' : '\r', b->end_ms);
	return scan_due(scan) ? scan_tick(scan, over) : result;
}

static void judge(const struct scan_report *r, const struct burst *b, struct judged *out)
{
	struct order_list found = ORDER_LIST_INIT;
	static struct scan scan;
	size_t n = b->n, moves;
	const uint32_t *keys = b->keys;

	out->result = replay(r->rules, b, &scan);
	if (out->result == SCAN_DONE)
		keys = scan_code(&scan, &n, &moves);
	barcode_read(keys, n, &out->readings);
	out->found = scanned_find(r->reader, &out->readings, &found);
	snprintf(out->code, sizeof(out->code), "%s", found.n ? found.items[0].code :
		out->found == SCANNED_ASK ? out->readings.items[0].text : "");
	order_list_clear(&found);
}

/* ---- words ----------------------------------------------------------------------------------- */

static const char *end_name(uint32_t end)
{
	switch (end) {
	case '\r':
		return "CR";
	case '\n':
		return "LF";
	case '\t':
		return "TAB";
	default:
		return NULL;
	}
}

/* In the words of the JSON document. */
static const char *outcome(const struct judged *j)
{
	static const char *const found[] = {
		[SCANNED_NOTHING] = "unknown",
		[SCANNED_ASK] = "ask",
		[SCANNED_ORDER] = "order",
		[SCANNED_WAYBILL] = "waybill",
	};

	if (j->result == SCAN_BROKEN)
		return "rejected";
	return j->result == SCAN_DONE ? found[j->found] : "keys";
}

static void add_desk(const struct judged *j, struct buf *out)
{
	if (j->result == SCAN_BROKEN)
		buf_adds(out, _("rejects it: the end of a scan is missing"));
	else if (j->result != SCAN_DONE)
		buf_adds(out, _("takes it for keys: too slow, too short, or no Enter or Tab at the end"));
	else if (j->found == SCANNED_ORDER)
		buf_addf(out, _("opens order %s"), j->code);
	else if (j->found == SCANNED_WAYBILL)
		buf_addf(out, _("opens order %s, which has this waybill"), j->code);
	else if (j->found == SCANNED_ASK)
		buf_addf(out, _("does not know the number here, and asks the server for order %s"), j->code);
	else if (j->readings.n == 0)
		buf_adds(out, _("says that it cannot be read"));
	else
		buf_adds(out, _("says that no order has that number"));
}

static void add_typed(const struct burst *b, struct buf *out)
{
	for (size_t i = 0; i < b->n; i++) {
		if (b->keys[i] >= ' ' && b->keys[i] != 127)
			text_encode(out, b->keys[i]);
		else
			buf_addf(out, "<%02X>", (unsigned)b->keys[i]);
	}
}

/* "kz, kz(ext)": every layout under which the characters have this reading. */
static void add_layouts(const struct burst *b, const struct barcode *code, struct buf *out)
{
	char here[BARCODE_MAX + 1];
	bool first = true;

	for (int i = 0; i < LAYOUTS; i++) {
		if (!barcode_read_as((enum layout)i, b->keys, b->n, here) || strcmp(here, code->text) != 0)
			continue;
		buf_addf(out, "%s%s", first ? "" : ", ", layout_name((enum layout)i));
		first = false;
	}
	if (first)
		buf_addf(out, "%s + Caps Lock", layout_name(code->layout));
}

/* ---- for people ------------------------------------------------------------------------------ */

static void line(const char *label, const char *text)
{
	int pad = LABEL_COLUMNS - text_width(label);

	printf("  %s%*s %s\n", label, pad > 0 ? pad : 0, "", text);
}

static void print_codes(const struct burst *b, struct buf *out)
{
	buf_reset(out);
	for (size_t i = 0; i < b->n; i++)
		buf_addf(out, "%sU+%04X", i ? " " : "", (unsigned)b->keys[i]);
	line(_("code points"), buf_str(out));
}

static void print_gaps(const struct burst *b, struct buf *out)
{
	struct gaps gaps;

	if (!measure(b, &gaps))
		return;
	buf_reset(out);
	buf_addf(out, _("least %lld ms, median %lld ms, largest %lld ms"), (long long)gaps.least,
		(long long)gaps.median, (long long)gaps.largest);
	line(_("gaps"), buf_str(out));
}

static void print_readings(const struct burst *b, const struct judged *j, struct buf *out)
{
	for (size_t i = 0; i < j->readings.n; i++) {
		buf_reset(out);
		buf_addf(out, "%s  ", j->readings.items[i].text);
		add_layouts(b, &j->readings.items[i], out);
		line(i == 0 ? _("reads as") : "", buf_str(out));
	}
	if (j->readings.n == 0)
		line(_("reads as"), _("nothing: no keyboard layout types these characters"));
}

static void print_people(const struct scan_report *r, const struct burst *b, const struct judged *j)
{
	struct buf out = BUF_INIT(BUF_MAX_LINE);
	const char *end = end_name(b->end);

	add_typed(b, &out);
	/* TRANSLATORS: the number of the burst, its characters. */
	printf(_("%zu: \"%s\""), r->number, buf_str(&out));
	printf("\n");
	print_codes(b, &out);
	print_gaps(b, &out);
	line(_("ended by"), end ? end : _("nothing"));
	print_readings(b, j, &out);
	buf_reset(&out);
	add_desk(j, &out);
	line(_("the desk"), buf_str(&out));
	fflush(stdout);
	buf_clear(&out);
}

/* ---- for programs ---------------------------------------------------------------------------- */

static void put_gaps(struct json_writer *w, const struct burst *b)
{
	struct gaps gaps;

	if (!measure(b, &gaps)) {
		json_put_null(w, "gaps_ms");
		return;
	}
	json_open(w, "gaps_ms", '{');
	json_put_int(w, "least", gaps.least);
	json_put_int(w, "median", gaps.median);
	json_put_int(w, "largest", gaps.largest);
	json_close(w, '}');
}

static void put_readings(struct json_writer *w, const struct burst *b, const struct judged *j)
{
	struct buf layouts = BUF_INIT(BUF_MAX_LINE);

	json_open(w, "readings", '[');
	for (size_t i = 0; i < j->readings.n; i++) {
		buf_reset(&layouts);
		add_layouts(b, &j->readings.items[i], &layouts);
		json_open(w, NULL, '{');
		json_put_text(w, "text", j->readings.items[i].text);
		json_put_bool(w, "number", j->readings.number);
		json_put_text(w, "layouts", buf_str(&layouts));
		json_close(w, '}');
	}
	json_close(w, ']');
	buf_clear(&layouts);
}

static void put_burst(struct json_writer *w, const struct burst *b, const struct judged *j)
{
	struct buf text = BUF_INIT(BUF_MAX_LINE);

	add_typed(b, &text);
	json_open(w, NULL, '{');
	json_put_text(w, "text", buf_str(&text));
	json_open(w, "code_points", '[');
	for (size_t i = 0; i < b->n; i++)
		json_put_int(w, NULL, b->keys[i]);
	json_close(w, ']');
	put_gaps(w, b);
	json_put_text(w, "ended_by", end_name(b->end));
	put_readings(w, b, j);
	json_put_text(w, "outcome", outcome(j));
	print_text(w, "order", j->result == SCAN_DONE ? j->code : "");
	json_close(w, '}');
	print_flush(w);
	fflush(stdout);
	buf_clear(&text);
}

void scan_report(struct scan_report *r, const struct burst *b)
{
	struct judged j;

	r->number++;
	judge(r, b, &j);
	if (r->json)
		put_burst(r->json, b, &j);
	else
		print_people(r, b, &j);
}
