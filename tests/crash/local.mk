# Tests of this folder: programs to check_PROGRAMS, scripts to dist_check_SCRIPTS, both to TESTS.

# A model of the marketplace beside the store, and syncs that are interrupted.
crash_model = %D%/changes.c %D%/changes.h %D%/model.c %D%/model.h %D%/model_compare.c sim/rng.c \
	tests/worker/bench.c tests/worker/bench.h
model_tests = %D%/test_model %D%/test_interrupted_sync
%C%_test_model_SOURCES = %D%/test_model.c $(crash_model)
%C%_test_model_LDADD = $(TEST_LIBS) -lm
%C%_test_interrupted_sync_SOURCES = %D%/test_interrupted_sync.c %D%/same_store.c %D%/same_store.h sim/rng.c
%C%_test_interrupted_sync_LDADD = $(TEST_LIBS) -lm
check_PROGRAMS += $(model_tests)
TESTS += $(model_tests)
