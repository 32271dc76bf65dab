/* What a locked desk shows: the shop, the clock, the link, how much is new, and where the PIN is typed. Nothing of an
 * order, a buyer or what was searched for. */
#ifndef TUI_LOCK_SCREEN_H
#define TUI_LOCK_SCREEN_H

struct state;

/* Draws the whole screen, and sets the hardware cursor. */
void lock_screen_draw(struct state *s);

#endif
