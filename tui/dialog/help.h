/* What the help says: the keys of the dialog or the pane in front, then all others by what they are for. */
#ifndef TUI_DIALOG_HELP_H
#define TUI_DIALOG_HELP_H

struct dialog;
struct page;
struct state;

/* `front`: the dialog that the help was opened over, or NULL. */
void help_write(const struct state *s, const struct dialog *front, struct page *p);

#endif
