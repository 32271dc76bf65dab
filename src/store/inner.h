/* What the files of this folder share of the writing side; nobody else includes this. */
#ifndef STORE_INNER_H
#define STORE_INNER_H

#include "base/buf.h"
#include "store/db.h"
#include "store/owner.h"
#include "store/store.h"

struct store {
	struct db cache;
	struct db journal;
	struct owner self;
	int lock;			/* see files_lock() */
	char *dir;
	int64_t keep_ms;		/* buyers' data of finished orders; 0 for ever */
	struct order_list known;	/* orders as they were before the transaction at hand */
	struct buf text;		/* folded words of the order at hand */
	struct buf goods;
};

#endif
