# One test for every bug that was found.
acting_tests = %D%/test_passes
acting_helpers = %D%/acting.c %D%/acting.h tests/worker/bench.c tests/worker/bench.h
regress_tests = %D%/test_foreign_keys $(acting_tests)
%C%_test_foreign_keys_LDADD = $(SCREEN_LIBS)
%C%_test_passes_SOURCES = %D%/test_passes.c tests/worker/rawserver.c tests/worker/rawserver.h \
	$(acting_helpers)
%C%_test_passes_LDADD = $(TEST_LIBS)
check_PROGRAMS += $(regress_tests)
TESTS += $(regress_tests)
TSAN_TESTS += $(acting_tests)
