/* How the desk was before the keys that may belong to a scan: the cursors, the focus, the search, the dialog on top
 * and what is typed in it. Kept while the recogniser holds or remembers keys, put back when they
 * turn out to be a scan; wiped when they do not. */
#ifndef TUI_KEPT_H
#define TUI_KEPT_H

struct state;

/* Keeps it, unless something is kept already. */
void kept_take(struct state *s);
/* Puts it back and forgets it; returns what is stale. Dialogs that were opened since are closed. */
unsigned kept_put_back(struct state *s);
void kept_drop(struct state *s);
void kept_free(struct state *s);

#endif
