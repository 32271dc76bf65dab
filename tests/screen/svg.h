/* A screen as a picture for documents: SVG with text that can be read and searched, frames as lines. It needs no font
 * but a monospaced one, whatever its width. Colours are those of a dark terminal. */
#ifndef TESTS_SCREEN_SVG_H
#define TESTS_SCREEN_SVG_H

#include "base/buf.h"
#include "tests/screen/screen.h"

/* Adds the document; `title` is what a reader of the picture hears. */
void svg_add(struct buf *out, struct screen *s, const char *title);

#endif
