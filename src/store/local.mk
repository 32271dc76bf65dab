# What this folder adds to the one Makefile.
src_libduken_a_SOURCES += \
	%D%/actions.c \
	%D%/actions.h \
	%D%/cache.c \
	%D%/columns.c \
	%D%/columns.h \
	%D%/db.c \
	%D%/db.h \
	%D%/entries.c \
	%D%/files.c \
	%D%/files.h \
	%D%/hits.c \
	%D%/hits.h \
	%D%/index.c \
	%D%/index.h \
	%D%/inner.h \
	%D%/journal.c \
	%D%/journal.h \
	%D%/owner.c \
	%D%/owner.h \
	%D%/pass.c \
	%D%/reader.c \
	%D%/reader.h \
	%D%/reader_inner.h \
	%D%/reader_journal.c \
	%D%/reader_rows.c \
	%D%/reads.c \
	%D%/reads.h \
	%D%/schema.c \
	%D%/schema.h \
	%D%/search.c \
	%D%/search.h \
	%D%/states.c \
	%D%/store.c \
	%D%/store.h \
	%D%/words.c \
	%D%/words.h
