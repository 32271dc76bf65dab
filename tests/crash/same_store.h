/* Two caches beside each other, and one looked over, with SQLite alone: nothing of src/store is used.
 *
 * Files are read while no program has them open. What is wrong fails the running cmocka test. */
#ifndef TESTS_CRASH_SAME_STORE_H
#define TESTS_CRASH_SAME_STORE_H

#include <stddef.h>

/* Every column of every order is the same, by id, but for what is a store's own: the number of the row,
 * the first-seen mark and the times of fetching; and the counts of the queues. */
void same_orders(const char *path, const char *expected_path);
/* SQLite's own check, the full-text index beside the orders, each count beside its rows. */
void sound_store(const char *path);
/* SQLite's own check alone; how many orders there are. */
size_t sound_file(const char *path);

#endif
