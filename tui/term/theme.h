/* Roles, not colours: what a piece of the screen is, from which the theme makes attributes (desk/theme.h).
 *
 * NO_COLOR and terminals without colour leave the colours out; every state is a word as well. */
#ifndef TUI_TERM_THEME_H
#define TUI_TERM_THEME_H

#include "desk/theme.h"

#endif
