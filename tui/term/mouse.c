#include "tui/term/mouse.h"

#include <curses.h>
#include <term.h>

#include <stddef.h>

#include "tui/term/inside.h"

#define EVENTS (BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED)

static bool on;
static struct mouse last;

void mouse_start(void)
{
	on = false;
	/* A terminal that another program left in its mode goes on telling: key.c skips that like any unknown sequence. */
	define_key(NULL, KEY_MOUSE);
	/* Two clicks are told as two: waiting for the second would hold up every first one. */
	mouseinterval(0);
}

bool mouse_set(bool wanted)
{
	if (wanted && key_mouse != NULL)
		define_key(key_mouse, KEY_MOUSE);
	on = mousemask(wanted ? EVENTS : 0, NULL) != 0;
	return on == wanted;
}

bool mouse_on(void)
{
	return on;
}

bool mouse_read(void)
{
	MEVENT event;
	if (getmouse(&event) != OK || (event.bstate & EVENTS) == 0)
		return false;
	last.kind = event.bstate & BUTTON4_PRESSED ? MOUSE_WHEEL_UP :
		event.bstate & BUTTON5_PRESSED ? MOUSE_WHEEL_DOWN : MOUSE_CLICK;
	last.row = event.y;
	last.col = event.x;
	return true;
}

const struct mouse *mouse_last(void)
{
	return &last;
}
