# Measurements; see README.md. Not part of `make check`.
check_PROGRAMS += %D%/floor_screen
%C%_floor_screen_LDADD = $(NCURSES_LIBS)
# Benches are built by name (make tests/bench/bench_store) and run by hand.
EXTRA_PROGRAMS += %D%/bench_store
tests_bench_bench_store_SOURCES = %D%/bench_store.c tests/unit/store_fixture.c \
	tests/unit/store_fixture.h
