/* The commands that are tried at their points, and how many of those are: all in the long form
 * (DUKEN_SLOW_TESTS=1), for some commands a few in the short one. Which few: DUKEN_TEST_SEED. A failure names
 * its point: DUKEN_TEST_POINT="fdatasync of journal.db-wal" tries only points with such a name. */
#ifndef TESTS_CRASH_SERIES_H
#define TESTS_CRASH_SERIES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/crash/trial.h"

extern const struct deed deed_accept, deed_cancel, deed_send_code, deed_complete, deed_assemble, deed_bulk,
	deed_first_sync, deed_sync, deed_anew, deed_desk;

/* False after saying in TAP why the tests are skipped. */
bool series_possible(void);
bool series_long(void);
unsigned series_seed(void);
/* Opens the ground and records; `few` of the points in the short form, 0: all. */
void series_open(struct ground *g, const struct deed *deed, struct point_list *list, size_t few);
/* Says how many were tried; too many that did not come fail the test. */
void series_close(struct ground *g, struct point_list *list, const char *how);

#endif
