/* How a helper of the tests says that it cannot go on: a sentence in the TAP comments, then cmocka's
 * own way out of the running test. Outside a test it ends the program. */
#ifndef TESTS_LIB_CHECK_H
#define TESTS_LIB_CHECK_H

/* The place that the failure is booked under; macros of the helpers set it to the test's line. */
void check_at(const char *file, int line);
#define CHECK_HERE() check_at(__FILE__, __LINE__)

/* What is tried just now: said before a failure until it is replaced. Borrowed; NULL for nothing. */
void check_context(const char *text);

/* A line of explanation before the failure; long texts are given line by line. */
void check_note(const char *format, ...) __attribute__((format(printf, 1, 2)));
void check_fail(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

#endif
