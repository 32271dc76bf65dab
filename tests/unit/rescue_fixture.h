/* A journal with enough in it to be damaged, and what must be true once it was set aside. */
#ifndef TESTS_UNIT_RESCUE_FIXTURE_H
#define TESTS_UNIT_RESCUE_FIXTURE_H

#include <stddef.h>
#include <sys/types.h>

#include "store/store.h"

#define RESCUE_COPY "journal.db.damaged-1"
#define RESCUE_MARK "journal.db.suspect"
#define RESCUE_PAGE 4096	/* bytes */
#define RESCUE_OPEN 5		/* actions */

/* An open action on an order of its own. */
void rescue_add(struct store *s, int i);
/* One open action at the beginning, the others at the end, and so many in between that they fill pages. */
void rescue_fill(const char *dir);
/* Where in the journal the page is whose number the SQL gives. */
off_t rescue_page(const char *dir, const char *sql);
/* A leaf of the table in its middle: SQLite meets it when it reads the rows there. */
off_t rescue_page_of_rows(const char *dir);
/* A program with the store open adds an action and an order, and is killed. */
void rescue_end_unclean(const char *dir);

/* Fail the test unless it is so: */
struct store *rescue_open(const char *dir, struct store_report *report);
void rescue_is_told(const char *dir, const struct store_report *report, size_t carried);
void rescue_all_asks(struct store *s, size_t n);

#endif
