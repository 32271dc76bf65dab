#include "base/layout.h"

#include <uchar.h>

struct rows {
	const char *name;
	const char16_t *alone, *shift;	/* LAYOUT_PLACES characters each; a blank: types nothing */
};

#define RU_ALONE u"ё1234567890-=йцукенгшщзхъ\\фывапролджэячсмитьбю."
#define RU_SHIFT u"Ё!\"№;%:?*()_+ЙЦУКЕНГШЩЗХЪ/ФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,"

static const struct rows layouts[LAYOUTS] = {
	[LAYOUT_US] = {
		"us",
		u"`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./",
		u"~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:\"ZXCVBNM<>?",
	},
	[LAYOUT_RU] = { "ru", RU_ALONE, RU_SHIFT },
	[LAYOUT_KZ] = {
		"kz",
		u"(\"әіңғ,.үұқөһйцукенгшщзхъ\\фывапролджэячсмитьбю№",
		u")!ӘІҢҒ;:ҮҰҚӨҺЙЦУКЕНГШЩЗХЪ/ФЫВАПРОЛДЖЭЯЧСМИТЬБЮ?",
	},
	[LAYOUT_KZ_RUSKAZ] = { "kz(ruskaz)", RU_ALONE, RU_SHIFT },
	[LAYOUT_KZ_KAZRUS] = {
		"kz(kazrus)",
		u"ё1234567890-=йңукенгшғзхұ\\өықапролджәяісмитүбю.",
		u"Ё!\"№;%:?*()_+ЙҢУКЕНГШҒЗХҰ/ӨЫҚАПРОЛДЖӘЯІСМИТҮБЮ,",
	},
	[LAYOUT_KZ_EXT] = {
		"kz(ext)",
		u"ё\"әіңғ,.үұқөһйцукенгшщзхъ\\фывапролджэячсмитьбю№",
		u"Ё!ӘІҢҒ;:ҮҰҚӨҺЙЦУКЕНГШЩЗХЪ/ФЫВАПРОЛДЖЭЯЧСМИТЬБЮ?",
	},
	[LAYOUT_KZ_OLPC] = {
		"kz(olpc)",
		u"(\"әіңғ,.үұқөһйцукенгшщзхъёфывапролджэячсмитьбю№",
		u")!ӘІҢҒ;:ҮҰҚӨҺЙЦУКЕНГШЩЗХЪЁФЫВАПРОЛДЖЭЯЧСМИТЬБЮ?",
	},
	[LAYOUT_KZ_LATIN] = {
		"kz(latin)",
		u"(\"áíńǵ,.úýóśćqwertyuiop  \\asdfghjkl  zxcvbnm  №",
		u")!ÁÍŃǴ;:ÚÝÓŚĆQWERTYUIOP  /ASDFGHJKL  ZXCMBNM  ?",
	},
};

#define ROW_SIZE ((LAYOUT_PLACES + 1) * sizeof(char16_t))
_Static_assert(sizeof(RU_ALONE) == ROW_SIZE && sizeof(RU_SHIFT) == ROW_SIZE, "a character for each key");

const char *layout_name(enum layout layout)
{
	return layouts[layout].name;
}

static const char16_t *row(enum layout layout, bool shift)
{
	return shift ? layouts[layout].shift : layouts[layout].alone;
}

uint32_t layout_types(enum layout layout, size_t place, bool shift)
{
	char16_t c = place < LAYOUT_PLACES ? row(layout, shift)[place] : u' ';
	return c == u' ' ? 0 : c;
}

static uint32_t meant(enum layout layout, bool shift, uint32_t typed)
{
	const char16_t *types = row(layout, shift), *american = row(LAYOUT_US, shift);
	uint32_t found = 0;
	for (size_t i = 0; i < LAYOUT_PLACES; i++) {
		if (types[i] != typed)
			continue;
		if (american[i] == typed)
			return typed;
		if (found == 0)
			found = american[i];
	}
	return found;
}

uint32_t layout_meant(enum layout layout, uint32_t typed)
{
	if (typed == ' ')
		return ' ';
	uint32_t alone = meant(layout, false, typed);
	return alone != 0 ? alone : meant(layout, true, typed);
}

uint32_t layout_retyped(enum layout from, enum layout to, uint32_t typed)
{
	for (size_t i = 0; i < 2 * LAYOUT_PLACES && typed != ' '; i++) {
		bool shift = i >= LAYOUT_PLACES;
		size_t place = i % LAYOUT_PLACES;
		uint32_t there = layout_types(to, place, shift);
		if (layout_types(from, place, shift) == typed && there != 0)
			return there;
	}
	return typed;
}

/* By the first layout that has it in this row; 0 when none has. */
static uint32_t first_meant(bool shift, uint32_t typed)
{
	uint32_t found = 0;
	for (int i = LAYOUT_US + 1; i < LAYOUTS && found == 0; i++)
		found = meant((enum layout)i, shift, typed);
	return found;
}

uint32_t layout_latin(uint32_t typed)
{
	if (typed < 0x80 || typed > UINT16_MAX)
		return typed;
	uint32_t found = first_meant(false, typed);
	if (found == 0)
		found = first_meant(true, typed);
	return found != 0 ? found : typed;
}

uint32_t layout_digit(uint32_t typed)
{
	if (typed >= '0' && typed <= '9')
		return typed;
	for (int i = LAYOUT_US + 1; i < LAYOUTS; i++) {
		uint32_t here = typed != ' ' ? meant((enum layout)i, false, typed) : 0;
		if (here >= '0' && here <= '9')
			return here;
	}
	return 0;
}
