/* Words for people. _() translates now, N_() marks a string of a table for later.
 * Log lines and JSON stay English. */
#ifndef BASE_I18N_H
#define BASE_I18N_H

#include <libintl.h>

#define _(text) gettext(text)
#define N_(text) text

#endif
