/* Where a click goes: places that the screen and the dialog on top note down while they are drawn. What was not drawn
 * cannot be hit. The screen's thread.
 *
 *	spots_begin(SPOTS_DIALOG, d);			it is drawn anew: what was noted in this layer is forgotten
 *	spot_add((struct spot){ .kind = SPOT_LIST, .area = body });
 *	spot_at(SPOTS_DIALOG, d, row, col) */
#ifndef TUI_WIDGET_SPOT_H
#define TUI_WIDGET_SPOT_H

#include <stddef.h>

#include "tui/term/draw.h"

enum spot_layer { SPOTS_DESK, SPOTS_DIALOG, SPOTS_LAYERS };

enum spot_kind {
	SPOT_PANE,	/* index: enum focus; the area with its border */
	SPOT_KEY,	/* index: of a function key */
	SPOT_LIST,	/* the rows of the dialog's list, from its top */
	SPOT_FIELD,	/* index: as fields.focus counts, the buttons too */
	SPOT_CHOICE	/* index: the field; choice: which of its choices */
};

struct spot {
	enum spot_kind kind;
	struct area area;	/* of the screen */
	size_t index, choice;
};

void spots_begin(enum spot_layer layer, const void *owner);
/* To the layer that was begun last. Of too many the rest cannot be clicked. */
void spot_add(struct spot spot);
/* The one noted last that has the cell; NULL when there is none, or the layer was drawn for another owner. */
const struct spot *spot_at(enum spot_layer layer, const void *owner, int row, int col);

#endif
