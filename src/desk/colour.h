/* Colours as a theme names them, and the nearest that a terminal has. Pure; any thread.
 *
 * A colour is COLOUR_OWN, a number of the 256 that terminals agree on, or COLOUR_RGB with 0xrrggbb. What the first 16
 * look like is the person's choice: the values of xterm stand for them where two colours are compared. */
#ifndef DESK_COLOUR_H
#define DESK_COLOUR_H

#include <stdbool.h>

#define COLOUR_OWN (-1)		/* the terminal's own */
#define COLOUR_RGB 0x1000000

/* "default", "red", "bright-red", "0" to "255", "#rrggbb"; false for any other word. */
bool colour_parse(const char *word, int *out);
/* 0xrrggbb of a colour that is not COLOUR_OWN. */
int colour_rgb(int colour);
/* Its number on a terminal of 8, 16 or 256 colours, or COLOUR_OWN. Of 256 none of the first 16 stands for another
 * colour. */
int colour_nearest(int colour, int colours);

#endif
