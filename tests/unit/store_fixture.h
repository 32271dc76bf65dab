/* Orders and folders for the tests and the bench of the store. */
#ifndef TESTS_UNIT_STORE_FIXTURE_H
#define TESTS_UNIT_STORE_FIXTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "order/order.h"

#define FIXTURE_DAY_MS (24 * 60 * 60 * 1000LL)
#define FIXTURE_START_MS 1760000000000LL

/* Appends order number n of an imaginary shop: always the same for the same n. */
struct order *fixture_order(struct order_list *list, int64_t n);

/* A new folder in $TMPDIR; the caller frees. */
char *fixture_dir(void);
/* Removes it with the files in it, and frees. */
void fixture_remove(char *dir);

/* Files of the folder `dir` by name; each aborts when it cannot do what it says. */
bool fixture_exists(const char *dir, const char *name);
/* Through a connection of its own, whatever the program's rules are. */
void fixture_sql(const char *dir, const char *name, const char *sql);
/* The first column of its first row; -1 when there is none. */
int64_t fixture_number(const char *dir, const char *name, const char *sql);
/* All columns of all rows, in a form that differs when they differ; the caller frees. */
char *fixture_dump(const char *dir, const char *name, const char *sql);
/* Overwrites `len` bytes from `at` with nonsense. */
void fixture_spoil(const char *dir, const char *name, off_t at, size_t len);
/* The bytes of the file, "" when there is none; buf_clear() it. */
struct buf fixture_bytes(const char *dir, const char *name);
void fixture_write(const char *dir, const char *name, const struct buf *bytes);

/* How often the bytes occur in the file, 0 when there is none. Not while this process has it open
 * with SQLite. */
size_t fixture_occurrences(const char *dir, const char *name, const char *bytes);

#endif
