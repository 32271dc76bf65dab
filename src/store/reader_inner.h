/* What the files of the reading side share; nobody else includes this. */
#ifndef STORE_READER_INNER_H
#define STORE_READER_INNER_H

#include "store/db.h"
#include "store/hits.h"
#include "store/owner.h"
#include "store/reader.h"
#include "store/search.h"

struct reader {
	struct db cache;
	struct db journal;
	int lock;
	struct owner self;
	int64_t cache_version;		/* as reader_changed() last saw them */
	int64_t journal_version;
	struct hits hits;
};

#endif
