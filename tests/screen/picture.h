/* Expected pictures, written inline as they look.
 *
 *	screen_expect(s,
 *		" duken · Test shop░░░░\n"	░ stands for any one cell
 *		"~ .* [0-9]+ new .*\n"		a line that starts with ~ and a blank is an extended
 *						regular expression for the whole line
 *		"⋮\n"				any number of lines, also none
 *		" F1 Help\n");
 *
 * A blank stands for a no-break space too, and trailing blanks do not count. Lines behind the last one
 * must be empty. It waits until the screen looks so, and fails with both, and with the screen as C strings
 * ready to be pasted. */
#ifndef TESTS_SCREEN_PICTURE_H
#define TESTS_SCREEN_PICTURE_H

#include "tests/screen/screen.h"

#define screen_expect(s, picture) (CHECK_HERE(), screen_do_expect((s), 0, (picture)))
/* The same for the rows from `row` on; what is below the picture does not matter. */
#define screen_expect_at(s, row, picture) (CHECK_HERE(), screen_do_expect_at((s), (row), (picture)))
void screen_do_expect(struct screen *s, int row, const char *picture);
void screen_do_expect_at(struct screen *s, int row, const char *picture);

/* Whether a line of the screen is as the picture's line says. */
bool picture_line_matches(struct screen *s, int row, const char *line);

#endif
