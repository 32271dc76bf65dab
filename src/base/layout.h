/* Keyboard layouts: which key was pressed, whatever it types.
 *
 * A clerk types in Russian or Kazakh all day, and a scanner types as if the layout were the American one: under
 * another layout its digits and letters arrive as other characters. One table says for every layout what each
 * key types, alone and with Shift; from it come the commands, which are keys of a place on the keyboard and not
 * of a letter, the digits of a number, and what a scanner meant. Text fields are never touched.
 *
 * Layouts are those of xkb-data, the ones of Windows with the same names type the same. A test compares
 * every key. Pure; any thread. */
#ifndef BASE_LAYOUT_H
#define BASE_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum layout {
	LAYOUT_US,
	LAYOUT_RU,
	LAYOUT_KZ,
	LAYOUT_KZ_RUSKAZ,
	LAYOUT_KZ_KAZRUS,
	LAYOUT_KZ_EXT,
	LAYOUT_KZ_OLPC,
	LAYOUT_KZ_LATIN,
	LAYOUTS
};

/* The keys from the one left of 1 to the one left of Shift, row by row. */
#define LAYOUT_PLACES 47

/* The name that setxkbmap knows, such as "kz(ruskaz)". */
const char *layout_name(enum layout layout);
/* The character that a key types; 0 when it types none. */
uint32_t layout_types(enum layout layout, size_t place, bool shift);
/* The character of the American layout on the key that types this one under `layout`; 0 when no key does. Where
 * two keys type the same, the one that types it under the American layout too. A blank is a blank. */
uint32_t layout_meant(enum layout layout, uint32_t typed);

/* The character that the key of `typed` under `from` types under `to`; the character itself when no key types it. A
 * blank is a blank. What was typed under the wrong layout becomes what was meant. */
uint32_t layout_retyped(enum layout from, enum layout to, uint32_t typed);

/* For a command: the character of the American layout at the same place, whatever the layout is; the key itself
 * when no layout moves it. Where layouts have it in different places, the first of them in the list above counts. */
uint32_t layout_latin(uint32_t typed);
/* The digit that the key of the number row carries under the Kazakh layouts ("әіңғ,.үұқ is 1234567890), or the
 * digit itself; 0 when it is neither. */
uint32_t layout_digit(uint32_t typed);

#endif
