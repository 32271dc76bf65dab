# Tests of this folder: programs to check_PROGRAMS, scripts to dist_check_SCRIPTS, both to TESTS.

# A command is hit at each of its writes. Not under the sanitizers, which strace would slow down beyond use.
point_helpers = %D%/ground.c %D%/points.c %D%/points.h %D%/series.c %D%/series.h %D%/store_check.c \
	%D%/store_check.h %D%/trial.c %D%/trial.h tests/worker/bench.c tests/worker/bench.h
point_tests = %D%/test_fail_points %D%/test_kill_points
%C%_desk_run_LDADD = $(TEST_LIBS)
%C%_test_fail_points_SOURCES = %D%/test_fail_points.c $(point_helpers)
%C%_test_fail_points_LDADD = $(TEST_LIBS)
%C%_test_kill_points_SOURCES = %D%/test_kill_points.c $(point_helpers)
%C%_test_kill_points_LDADD = $(TEST_LIBS)
check_PROGRAMS += %D%/desk_run $(point_tests)
if !ASAN
if !TSAN
TESTS += $(point_tests)
endif
endif

# Every point of every command, without a build of its own; --enable-slow-tests makes it part of the check.
.PHONY: crash
crash:
	DUKEN_SLOW_TESTS=1 $(MAKE) $(AM_MAKEFLAGS) check TESTS='$(point_tests)'
