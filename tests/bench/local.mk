# Measurements; see README.md. Not part of `make check`.
check_PROGRAMS += %D%/floor_screen
%C%_floor_screen_LDADD = $(NCURSES_LIBS)

check_PROGRAMS += %D%/bench_store
%C%_bench_store_SOURCES = %D%/bench_store.c tests/unit/store_fixture.c tests/unit/store_fixture.h
