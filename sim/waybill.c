#include "sim/waybill.h"

#include <stdio.h>
#include <string.h>

#define PAGES_MAX 64

/* The letters of the Russian and Kazakh alphabets, two bytes each, and what they are read as. */
static const struct {
	const char *letter, *latin;
} LETTERS[] = {
	{ "а", "a" }, { "ә", "a" }, { "б", "b" }, { "в", "v" }, { "г", "g" }, { "ғ", "g" },
	{ "д", "d" }, { "е", "e" }, { "ё", "e" }, { "ж", "zh" }, { "з", "z" }, { "и", "i" },
	{ "й", "i" }, { "к", "k" }, { "қ", "q" }, { "л", "l" }, { "м", "m" }, { "н", "n" },
	{ "ң", "n" }, { "о", "o" }, { "ө", "o" }, { "п", "p" }, { "р", "r" }, { "с", "s" },
	{ "т", "t" }, { "у", "u" }, { "ұ", "u" }, { "ү", "u" }, { "ф", "f" }, { "х", "kh" },
	{ "һ", "h" }, { "ц", "ts" }, { "ч", "ch" }, { "ш", "sh" }, { "щ", "sh" }, { "ъ", "" },
	{ "ы", "y" }, { "і", "i" }, { "ь", "" }, { "э", "e" }, { "ю", "yu" }, { "я", "ya" },
	{ "А", "A" }, { "Ә", "A" }, { "Б", "B" }, { "В", "V" }, { "Г", "G" }, { "Ғ", "G" },
	{ "Д", "D" }, { "Е", "E" }, { "Ё", "E" }, { "Ж", "Zh" }, { "З", "Z" }, { "И", "I" },
	{ "Й", "I" }, { "К", "K" }, { "Қ", "Q" }, { "Л", "L" }, { "М", "M" }, { "Н", "N" },
	{ "Ң", "N" }, { "О", "O" }, { "Ө", "O" }, { "П", "P" }, { "Р", "R" }, { "С", "S" },
	{ "Т", "T" }, { "У", "U" }, { "Ұ", "U" }, { "Ү", "U" }, { "Ф", "F" }, { "Х", "Kh" },
	{ "Һ", "H" }, { "Ц", "Ts" }, { "Ч", "Ch" }, { "Ш", "Sh" }, { "Щ", "Sh" }, { "Ъ", "" },
	{ "Ы", "Y" }, { "І", "I" }, { "Ь", "" }, { "Э", "E" }, { "Ю", "Yu" }, { "Я", "Ya" },
};

static const char *latin_of(const char *letter)
{
	size_t i;

	for (i = 0; i < sizeof(LETTERS) / sizeof(*LETTERS); i++) {
		if (!strncmp(LETTERS[i].letter, letter, 2))
			return LETTERS[i].latin;
	}
	return "?";
}

void waybill_latin(struct buf *out, const char *text)
{
	while (*text) {
		unsigned char c = (unsigned char)*text;

		if (c == '(' || c == ')' || c == '\\')
			buf_addc(out, '\\');
		if (c >= 0x20 && c < 0x7f)
			buf_addc(out, *text);
		else if (c >= 0xc0)
			buf_adds(out, latin_of(text));
		for (text++; ((unsigned char)*text & 0xc0) == 0x80; text++)
			;
	}
}

static void line(struct buf *out, int size, int y, const char *label, const char *text)
{
	buf_addf(out, "BT /F1 %d Tf 24 %d Td (", size, y);
	buf_adds(out, label);
	waybill_latin(out, text);
	buf_adds(out, ") Tj ET\n");
}

/* The number as Interleaved 2 of 5, which a shop's scanner reads: five bars carry one digit, the
 * five gaps between them the next one. */
static void barcode(struct buf *out, const char *digits, int x, int y)
{
	static const char *const WIDE[10] = { "00110", "10001", "01001", "11000", "00101",
					      "10100", "01100", "00011", "10010", "01010" };
	char even[34];
	const char *d;
	int i;

	if (strspn(digits, "0123456789") != strlen(digits) || strlen(digits) > 30)
		return;
	snprintf(even, sizeof(even), "%s%s", strlen(digits) % 2 ? "0" : "", digits);
	buf_addf(out, "%d %d 1 40 re %d %d 1 40 re\n", x, y, x + 2, y);
	x += 4;
	for (d = even; *d; d += 2) {
		for (i = 0; i < 5; i++) {
			int bar = WIDE[d[0] - '0'][i] == '1' ? 3 : 1;
			int gap = WIDE[d[1] - '0'][i] == '1' ? 3 : 1;

			buf_addf(out, "%d %d %d 40 re\n", x, y, bar);
			x += bar + gap;
		}
	}
	buf_addf(out, "%d %d 3 40 re %d %d 1 40 re f\n", x, y, x + 4, y);
}

static void goods(struct buf *out, const struct sim_order *o)
{
	char label[32];
	unsigned i, n = 0;

	for (i = 0; i < o->n_entries && n < 8; i++) {
		const struct sim_entry *e = &o->entries[i];

		if (!e->quantity)
			continue;
		snprintf(label, sizeof(label), "%u. %d sht. ", ++n, (int)e->quantity);
		line(out, 8, 650 - 12 * (int)n, label, e->name);
	}
}

static void page(struct buf *out, const struct sim_order *o, unsigned number, unsigned pages)
{
	struct buf address = BUF_INIT(BUF_MAX_LINE);
	char text[64];

	line(out, 16, 800, "Kaspi Dostavka (simulator)", "");
	line(out, 14, 776, "Zakaz ", o->code);
	snprintf(text, sizeof(text), "%u/%u", number, pages);
	line(out, 14, 756, "Mesto ", text);
	barcode(out, o->code, 24, 706);
	buf_addf(&address, "%s, %s %s", o->address.town->name,
		o->address.street ? o->address.street : "punkt",
		o->address.house ? o->address.house : "");
	line(out, 9, 690, "Poluchatel: ", o->first_name);
	line(out, 9, 676, "Kuda: ", buf_str(&address));
	line(out, 9, 662, "Sklad: ", o->warehouse->name);
	goods(out, o);
	buf_adds(out, "0.5 w 12 430 286 400 re S\n");
	buf_clear(&address);
}

struct pdf {
	struct buf *out;
	size_t base, offsets[3 + 2 * PAGES_MAX + 1];
	unsigned objects;
};

static void object(struct pdf *pdf)
{
	pdf->offsets[++pdf->objects] = pdf->out->len - pdf->base;
	buf_addf(pdf->out, "%u 0 obj\n", pdf->objects);
}

static void trailer(struct pdf *pdf)
{
	size_t start = pdf->out->len - pdf->base;
	unsigned i;

	buf_addf(pdf->out, "xref\n0 %u\n0000000000 65535 f \n", pdf->objects + 1);
	for (i = 1; i <= pdf->objects; i++)
		buf_addf(pdf->out, "%010zu 00000 n \n", pdf->offsets[i]);
	buf_addf(pdf->out, "trailer\n<< /Size %u /Root 1 0 R >>\nstartxref\n%zu\n%%%%EOF\n",
		 pdf->objects + 1, start);
}

void waybill_write(struct buf *out, const struct sim_order *o)
{
	struct pdf pdf = { .out = out, .base = out->len };
	unsigned pages = o->spaces < 1 ? 1 : o->spaces > PAGES_MAX ? PAGES_MAX : o->spaces, i;
	struct buf content = BUF_INIT(BUF_MAX_LINE);

	buf_adds(out, "%PDF-1.4\n%\xe2\xe3\xcf\xd3\n");
	object(&pdf);
	buf_adds(out, "<< /Type /Catalog /Pages 2 0 R >>\nendobj\n");
	object(&pdf);
	buf_addf(out, "<< /Type /Pages /Count %u /Kids [", pages);
	for (i = 0; i < pages; i++)
		buf_addf(out, " %u 0 R", 4 + 2 * i);
	buf_adds(out, " ] >>\nendobj\n");
	object(&pdf);
	buf_adds(out, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n");
	for (i = 0; i < pages; i++) {
		object(&pdf);
		buf_addf(out,
			"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
			"/Resources << /Font << /F1 3 0 R >> >> /Contents %u 0 R >>\nendobj\n",
			5 + 2 * i);
		buf_reset(&content);
		page(&content, o, i + 1, pages);
		object(&pdf);
		buf_addf(out, "<< /Length %zu >>\nstream\n%s\nendstream\nendobj\n", content.len,
			 buf_str(&content));
	}
	trailer(&pdf);
	buf_clear(&content);
}
