# Measurements; see README.md. Built and run by `make bench`, not by `make check`.
EXTRA_DIST += %D%/README.md %D%/bench_desk %D%/bench_sync %D%/py_sync.py

# The screen tests try their own house on this one.
check_PROGRAMS += %D%/floor_screen
%C%_floor_screen_LDADD = $(NCURSES_LIBS)

bench_programs = %D%/bench_busy %D%/bench_keys %D%/bench_queue %D%/bench_run %D%/bench_store %D%/bench_type \
	%D%/floor_sync %D%/page_server
EXTRA_PROGRAMS += $(bench_programs)
CLEANFILES += $(bench_programs)
bench_pty = %D%/pty.c %D%/pty.h
%C%_bench_busy_SOURCES = %D%/bench_busy.c $(bench_pty)
%C%_bench_busy_LDADD = $(SCREEN_LIBS)
%C%_bench_queue_SOURCES = %D%/bench_queue.c $(bench_pty) tests/worker/bench.c tests/worker/bench.h
%C%_bench_queue_LDADD = $(TEST_LIBS)
%C%_bench_keys_SOURCES = %D%/bench_keys.c $(bench_pty)
%C%_bench_keys_LDADD = $(TEST_LIBS)
%C%_bench_run_LDADD = $(TEST_LIBS)
%C%_bench_store_SOURCES = %D%/bench_store.c tests/unit/store_fixture.c tests/unit/store_fixture.h
%C%_bench_type_SOURCES = %D%/bench_type.c $(bench_pty)
%C%_bench_type_LDADD = $(TEST_LIBS)
%C%_floor_sync_LDADD = $(CURL_LIBS) $(CJSON_LIBS) $(SQLITE_LIBS)
%C%_page_server_LDADD = $(CORE_LIBS)

.PHONY: bench bench-desk bench-queue bench-sync
bench: bench-sync bench-desk bench-queue
bench-desk: duken duken-sim %D%/bench_keys %D%/bench_type %D%/floor_screen
	$(SHELL) $(srcdir)/%D%/bench_desk
bench-queue: duken-sim %D%/bench_queue
	%D%/bench_queue
bench-sync: duken %D%/bench_busy %D%/bench_run %D%/floor_sync %D%/page_server
	$(SHELL) $(srcdir)/%D%/bench_sync
