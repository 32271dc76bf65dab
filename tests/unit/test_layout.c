/* Every key of every layout, as xkb-data has it. */
#include "config.h"

#include "base/layout.h"

#include <stdio.h>
#include <string.h>

#ifdef HAVE_XKB

#include <xkbcommon/xkbcommon.h>

#include "tests/unit/unit.h"

/* The key codes of the rows of keys that layout.h counts, as evdev numbers them. */
static xkb_keycode_t code_of(size_t place)
{
	static const struct {
		size_t n;
		xkb_keycode_t first;
	} rows[] = {
		{ 1, 49 }, { 12, 10 }, { 12, 24 }, { 1, 51 }, { 11, 38 }, { 10, 52 },
	};
	size_t i = 0;
	for (; place >= rows[i].n; i++)
		place -= rows[i].n;
	return rows[i].first + (xkb_keycode_t)place;
}

static struct xkb_keymap *compile(struct xkb_context *context, enum layout layout)
{
	char name[32], *variant = name;
	snprintf(name, sizeof(name), "%s", layout_name(layout));
	name[strcspn(name, ")")] = '\0';
	strsep(&variant, "(");
	const struct xkb_rule_names rules = { "evdev", "pc105", name, variant ? variant : "", "" };
	return xkb_keymap_new_from_names(context, &rules, XKB_KEYMAP_COMPILE_NO_FLAGS);
}

static uint32_t types(struct xkb_keymap *map, size_t place, xkb_level_index_t level)
{
	const xkb_keysym_t *syms;
	int n = xkb_keymap_key_get_syms_by_level(map, code_of(place), 0, level, &syms);
	return n == 1 ? xkb_keysym_to_utf32(syms[0]) : 0;
}

static void every_key_types_what_xkb_says(void **state)
{
	struct xkb_context *context = xkb_context_new(XKB_CONTEXT_NO_FLAGS);
	(void)state;
	assert_non_null(context);
	for (int l = 0; l < LAYOUTS; l++) {
		struct xkb_keymap *map = compile(context, (enum layout)l);
		if (map == NULL)
			fail_msg("xkb-data has no layout %s", layout_name((enum layout)l));
		for (size_t place = 0; place < LAYOUT_PLACES; place++) {
			for (int shift = 0; shift < 2; shift++) {
				uint32_t want = types(map, place, (xkb_level_index_t)shift);
				uint32_t have = layout_types((enum layout)l, place, shift);
				if (have != want)
					fail_msg("%s, place %zu%s: U+%04X here, U+%04X there",
						layout_name((enum layout)l), place, shift ? " with Shift" : "",
						have, want);
			}
		}
		xkb_keymap_unref(map);
	}
	xkb_context_unref(context);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(every_key_types_what_xkb_says) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#else

int main(void)
{
	puts("1..0 # SKIP libxkbcommon-dev is not installed: the layouts were not compared with xkb-data");
	return 0;
}

#endif
