# Tests of this folder: programs to check_PROGRAMS, scripts to dist_check_SCRIPTS, both to TESTS.

# A command is hit at each of its writes. Not under the sanitizers, which strace would slow down beyond use;
# nor what only starts programs that are tested under them elsewhere.
point_helpers = %D%/ground.c %D%/points.c %D%/points.h %D%/series.c %D%/series.h %D%/store_check.c \
	%D%/store_check.h %D%/trial.c %D%/trial.h tests/worker/bench.c tests/worker/bench.h
point_tests = %D%/test_fail_points %D%/test_kill_points %D%/test_poller
%C%_poll_run_SOURCES = %D%/poll_run.c %D%/poller.c %D%/poller.h
%C%_poll_run_LDADD = $(TEST_LIBS)
%C%_test_poller_SOURCES = %D%/test_poller.c %D%/points.c %D%/points.h %D%/poller.c %D%/poller.h \
	%D%/seeds.c %D%/seeds.h
%C%_test_poller_LDADD = $(TEST_LIBS)
%C%_desk_run_LDADD = $(TEST_LIBS)
%C%_test_fail_points_SOURCES = %D%/test_fail_points.c $(point_helpers)
%C%_test_fail_points_LDADD = $(TEST_LIBS)
%C%_test_kill_points_SOURCES = %D%/test_kill_points.c $(point_helpers)
%C%_test_kill_points_LDADD = $(TEST_LIBS)
check_PROGRAMS += %D%/desk_run %D%/poll_run $(point_tests)
if !ASAN
if !TSAN
TESTS += $(point_tests) %D%/test_many_processes %D%/test_interrupted_sync
endif
endif

# What is tried with many seeds: as many as fit into the check, all with DUKEN_TEST_LONG=1.
crash_seed_tests = %D%/test_many_processes %D%/test_power_loss %D%/test_wire
crash_seeds = %D%/seeds.c %D%/seeds.h
crash_shift = $(crash_seeds) %D%/shift.c %D%/shift.h %D%/shift_check.c tests/worker/bench.c \
	tests/worker/bench.h sim/rng.c sim/rng.h
%C%_test_many_processes_SOURCES = %D%/test_many_processes.c $(crash_seeds) sim/rng.c sim/rng.h
%C%_test_many_processes_LDADD = $(TEST_LIBS) -lm
%C%_test_power_loss_SOURCES = %D%/test_power_loss.c %D%/powerloss_vfs.c %D%/powerloss_vfs.h \
	%D%/disk.c %D%/disk.h $(crash_shift)
%C%_test_power_loss_LDADD = $(TEST_LIBS) -lm
%C%_test_wire_SOURCES = %D%/test_wire.c $(crash_shift)
%C%_test_wire_LDADD = $(TEST_LIBS) -lm
check_PROGRAMS += $(crash_seed_tests)
TESTS += %D%/test_power_loss %D%/test_wire
TSAN_TESTS += %D%/test_power_loss %D%/test_wire

# A model of the marketplace beside the store, and syncs that are interrupted.
crash_model = %D%/changes.c %D%/changes.h %D%/model.c %D%/model.h %D%/model_compare.c sim/rng.c \
	tests/worker/bench.c tests/worker/bench.h
model_tests = %D%/test_model %D%/test_interrupted_sync
%C%_test_model_SOURCES = %D%/test_model.c $(crash_model)
%C%_test_model_LDADD = $(TEST_LIBS) -lm
%C%_test_interrupted_sync_SOURCES = %D%/test_interrupted_sync.c %D%/same_store.c %D%/same_store.h sim/rng.c
%C%_test_interrupted_sync_LDADD = $(TEST_LIBS) -lm
check_PROGRAMS += $(model_tests)
TESTS += %D%/test_model

# The long forms, each to its end: CRASH_LONG is run with DUKEN_TEST_LONG=1 by `make crash`, and by the
# check itself after --enable-slow-tests.
CRASH_LONG = $(point_tests) $(crash_seed_tests) $(model_tests)

crash:
	DUKEN_TEST_LONG=1 $(MAKE) $(AM_MAKEFLAGS) check TESTS='$(CRASH_LONG)'
.PHONY: crash
