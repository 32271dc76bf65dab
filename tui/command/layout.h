/* Keyboard layouts: commands are keys of a place on the keyboard, not of a letter.
 *
 * A clerk types in Russian or Kazakh all day; under either layout the key that says "a" on its
 * side says "ф". Commands are looked up by the Latin letter of that place; text fields never are. */
#ifndef TUI_COMMAND_LAYOUT_H
#define TUI_COMMAND_LAYOUT_H

#include <stdint.h>

/* The character of the US layout at the same place; the key itself when no layout moves it. */
uint32_t layout_latin(uint32_t key);
/* The digit that the key of the number row carries under the Kazakh layout ("әіңғ,.үұқ is
 * 1234567890, which is what a scanner "types" there), or the digit itself; 0 when it is neither. */
uint32_t layout_digit(uint32_t key);

#endif
