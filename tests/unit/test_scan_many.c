/* Ten thousand scans under six layouts, sent in four ways; and as many people. By one seed: DUKEN_TEST_SEED. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/layout.h"
#include "base/text.h"
#include "tests/unit/scan_desk.h"
#include "tests/unit/unit.h"
#include "tui/command/command.h"

/* Under a sanitizer, which makes each a dozen times slower, fewer. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define FEW 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define FEW 1
#endif
#endif
#ifdef FEW
#define SCANS 1000
#else
#define SCANS 10000
#endif
#define PEOPLE SCANS
#define CODE_MAX 40

static const enum layout layouts[] = {
	LAYOUT_US, LAYOUT_RU, LAYOUT_KZ, LAYOUT_KZ_RUSKAZ, LAYOUT_KZ_KAZRUS, LAYOUT_KZ_LATIN,
};
#define N_LAYOUTS (sizeof(layouts) / sizeof(layouts[0]))

enum way { FAST, SLOW, MERGED, CUT, WAYS };

static uint64_t seed;

static uint64_t rnd(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed;
}

static int64_t between(int64_t least, int64_t most)
{
	return least + (int64_t)(rnd() % (uint64_t)(most - least + 1));
}

/* ---- codes ----------------------------------------------------------------------------------- */

static void digits(char *out, int64_t n)
{
	for (int64_t i = 0; i < n; i++)
		out[i] = (char)between('0', '9');
	out[n] = '\0';
}

/* An order's number, EAN-13, IMEI, or a waybill's number. */
static bool make_code(char out[CODE_MAX])
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	int64_t n, kind = between(0, 3);
	if (kind == 0) {
		digits(out, between(9, 10));
	} else if (kind < 3) {
		digits(out, kind == 1 ? 13 : 15);
	} else {
		n = between(1, 3);
		for (int64_t i = 0; i < n; i++)
			out[i] = letters[between(0, 25)];
		if (between(0, 1))
			out[n++] = '-';
		digits(out + n, between(8, 12));
		if (between(0, 1))
			snprintf(out + strlen(out), 4, "-KZ");
	}
	return kind < 3;
}

/* What a key types that has the character under the American layout; 0: nothing. */
static uint32_t type_under(enum layout layout, char c)
{
	for (size_t place = 0; place < LAYOUT_PLACES; place++) {
		for (int shift = 0; shift < 2; shift++) {
			if (layout_types(LAYOUT_US, place, shift) == (uint32_t)c)
				return layout_types(layout, place, shift);
		}
	}
	return 0;
}

/* The keys of a code, and the code as it can still be known: kz(latin) types M with the key of V. */
static size_t keys_of(enum layout layout, char *code, uint32_t *keys)
{
	size_t n = 0, kept = 0;
	for (size_t i = 0; code[i] != '\0'; i++) {
		uint32_t key = type_under(layout, code[i]);
		if (key == 0)
			continue;
		keys[n++] = key;
		code[kept++] = layout == LAYOUT_KZ_LATIN && code[i] == 'V' ? 'M' : code[i];
	}
	code[kept] = '\0';
	return n;
}

/* ---- scans ----------------------------------------------------------------------------------- */

struct sent {
	struct scan_desk desk;
	enum layout layout;
	enum way way;
	char code[CODE_MAX];
	bool lost;	/* G and - came apart, both as a person presses them: rejected in the end */
};

static void say(const struct sent *s, const char *what)
{
	fail_msg("%s: %s under %s, way %d", what, s->code, layout_name(s->layout), s->way);
}

static void send_plain(struct sent *s, const uint32_t *keys, size_t n, int64_t gap)
{
	for (size_t i = 0; i < n; i++)
		scan_desk_key(&s->desk, keys[i], gap);
	if (scan_desk_key(&s->desk, between(0, 3) ? '\r' : '\t', gap) != SCAN_DONE)
		say(s, "no scan");
	if (between(0, 1))
		scan_desk_key(&s->desk, '\r', gap);
}

/* The key of M types under kz(kazrus) what that of * does under kz: all that happens is that orders are marked. */
static bool marked_alone(const struct sent *s)
{
	enum command let_go = command_of_key(s->desk.command);
	return s->layout == LAYOUT_KZ_KAZRUS && (let_go == COMMAND_MARK_ALL || let_go == COMMAND_UNMARK_ALL);
}

/* In up to three more pieces, anywhere. */
static void send_cut(struct sent *s, const uint32_t *keys, size_t n)
{
	bool cut[CODE_MAX + 1] = { false };
	int64_t gap = between(0, 1) ? 1 : 30;
	enum scan_result last = SCAN_HELD;
	for (int64_t cuts = between(1, 3); cuts > 0; cuts--)
		cut[between(1, (int64_t)n)] = true;
	for (size_t i = 0; i <= n; i++)
		last = scan_desk_key(&s->desk, i < n ? keys[i] : '\r', cut[i] ? between(60, 300) : gap);
	size_t dash = strspn(s->code, "G");
	s->lost = dash > 0 && s->code[dash] == '-' && cut[dash] && cut[dash + 1];
	bool marked = marked_alone(s);
	if (last != SCAN_DONE && !marked && !(s->lost && last == SCAN_BROKEN))
		say(s, "no scan");
	s->lost = s->lost || marked;
}

/* Behind keys that move, or another scan, all in one go. */
static void send_merged(struct sent *s, const uint32_t *keys, size_t n)
{
	size_t before = s->desk.scans;
	int64_t moves = between(0, 3);
	for (int64_t i = 0; i < moves; i++)
		scan_desk_key(&s->desk, type_under(s->layout, 'j'), 0);
	send_plain(s, keys, n, 0);
	if (s->desk.scans != before + 1)
		say(s, "not one scan");
	send_plain(s, keys, n, 0);
	if (s->desk.scans != before + 2)
		say(s, "not two scans");
}

static void check_sent(struct sent *s)
{
	scan_desk_settle(&s->desk);
	if (s->lost)
		return;
	if (!scan_desk_read(&s->desk, s->code))
		say(s, "read as something else");
	if (s->desk.command != 0)
		say(s, "a command was let go");
	if (s->desk.hasty + s->desk.broken > 0)
		say(s, "keys were left over");
}

static void send(struct sent *s, const char *code, enum scan_place place)
{
	uint32_t keys[CODE_MAX];
	snprintf(s->code, sizeof(s->code), "%s", code);
	size_t n = keys_of(s->layout, s->code, keys);
	scan_desk_init(&s->desk, place, NULL);
	s->lost = false;
	switch (s->way) {
	case FAST:
	case SLOW:
		send_plain(s, keys, n, s->way == FAST ? 1 : 30);
		break;
	case MERGED:
		send_merged(s, keys, n);
		break;
	default:
		send_cut(s, keys, n);
		break;
	}
	check_sent(s);
}

static void scans_are_read_and_trigger_nothing(void **state)
{
	static struct sent s;
	char code[CODE_MAX];
	(void)state;
	for (int i = 0; i < SCANS; i++) {
		bool number = make_code(code);
		for (size_t l = 0; l < N_LAYOUTS; l++) {
			for (int way = 0; way < WAYS; way++) {
				s.layout = layouts[l];
				s.way = (enum way)way;
				send(&s, code, SCAN_KEYS);
				/* In a text only numbers are scans, and what is typed before is text. */
				if (number && way != MERGED && i % 4 == 0)
					send(&s, code, i % 8 == 0 ? SCAN_TEXT : SCAN_SHOWN);
			}
		}
	}
}

/* A cut that lasts: what came is rejected, or is text or digits; what follows later triggers nothing either. */
static void scans_that_break_off_trigger_nothing(void **state)
{
	static struct sent s;
	uint32_t keys[CODE_MAX];
	(void)state;
	for (int i = 0; i < SCANS; i++) {
		make_code(s.code);
		s.layout = layouts[(size_t)i % N_LAYOUTS];
		size_t n = keys_of(s.layout, s.code, keys), at = (size_t)between(3, (int64_t)n - 1);
		/* A key that is held and one other are a person's. */
		if (strspn(s.code, (char[]){ s.code[0], '\0' }) == at - 1)
			at++;
		scan_desk_init(&s.desk, SCAN_KEYS, NULL);
		for (size_t k = 0; k < at; k++)
			scan_desk_key(&s.desk, keys[k], 2);
		scan_desk_wait(&s.desk, between(500, 1000));
		for (size_t k = at; k < n; k++)
			scan_desk_key(&s.desk, keys[k], 2);
		enum scan_result last = scan_desk_key(&s.desk, '\r', 2);
		bool marked = marked_alone(&s);
		if (s.desk.command != 0 && !marked)
			say(&s, "a command was let go");
		if (last == SCAN_PASS && !marked)
			say(&s, "the end was taken for a person's");
	}
}

/* ---- people ---------------------------------------------------------------------------------- */

struct person {
	struct scan_desk desk;
	uint32_t pressed[DESK_KEYS_MAX];
	size_t n;
};

static void press(struct person *p, uint32_t key, int64_t after)
{
	p->pressed[p->n++] = key;
	scan_desk_key(&p->desk, key, after);
}

static void act(struct person *p)
{
	static const char any[] = "abcdefghijklmnopqrstuvwxyzABCJG0123456789 */-?:\r\t\x1b";
	static const char moves[] = "jkghlGjjjkkk";
	int64_t n;
	char key;
	switch (between(0, 3)) {
	case 0:	/* presses keys */
		for (n = between(1, 12); n > 0; n--)
			press(p, (uint32_t)any[between(0, sizeof(any) - 2)], between(60, 500));
		break;
	case 1:	/* holds one */
		key = between(0, 2) ? moves[between(0, sizeof(moves) - 2)] : ' ';
		press(p, (uint32_t)key, between(60, 500));
		for (n = between(3, 40); n > 0; n--)
			press(p, (uint32_t)key, n > 38 ? 250 : between(25, 40));
		break;
	case 2:	/* moves, and the connection stood still */
		press(p, (uint32_t)moves[between(0, sizeof(moves) - 2)], between(60, 2000));
		for (n = between(1, 20); n > 0; n--)
			press(p, (uint32_t)moves[between(0, sizeof(moves) - 2)], 0);
		break;
	default: /* types a number */
		for (n = between(9, 15); n > 0; n--)
			press(p, (uint32_t)between('0', '9'), between(60, 300));
		press(p, '\r', between(60, 300));
		break;
	}
}

static void people_are_no_scanners(void **state)
{
	static struct person p;
	(void)state;
	for (int i = 0; i < PEOPLE; i++) {
		scan_desk_init(&p.desk, (enum scan_place)(i % 3), NULL);
		p.n = 0;
		while (p.n < 200)
			act(&p);
		scan_desk_settle(&p.desk);
		if (p.desk.scans + p.desk.broken > 0)
			fail_msg("person %d was taken for a scanner", i);
		if (p.desk.n_gone != p.n || memcmp(p.desk.gone, p.pressed, p.n * sizeof(p.pressed[0])) != 0)
			fail_msg("person %d pressed %zu keys, %zu arrived", i, p.n, p.desk.n_gone);
	}
}

static int set_seed(void **state)
{
	const char *given = getenv("DUKEN_TEST_SEED");
	(void)state;
	seed = given != NULL ? strtoull(given, NULL, 10) : 20261125;
	seed = seed * 2654435769u + 1;
	fprintf(stderr, "# DUKEN_TEST_SEED=%s\n", given != NULL ? given : "20261125");
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(scans_are_read_and_trigger_nothing, set_seed),
		cmocka_unit_test_setup(scans_that_break_off_trigger_nothing, set_seed),
		cmocka_unit_test_setup(people_are_no_scanners, set_seed),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
