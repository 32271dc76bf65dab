# One test for every bug that was found.
acting_tests = %D%/test_acting %D%/test_overtaken %D%/test_arrived_late %D%/test_bad_link %D%/test_full_disk %D%/test_passes \
	%D%/test_quiet_archive %D%/test_taken_back_elsewhere %D%/test_two_programs
acting_helpers = %D%/acting.c %D%/acting.h tests/worker/bench.c tests/worker/bench.h
regress_tests = %D%/test_command_line %D%/test_foreign_keys %D%/test_lock %D%/test_typed_over $(acting_tests)
%C%_test_command_line_SOURCES = %D%/test_command_line.c tests/cli/house.c tests/cli/house.h
%C%_test_command_line_LDADD = $(TEST_LIBS)
%C%_test_foreign_keys_LDADD = $(SCREEN_LIBS)
%C%_test_lock_LDADD = $(SCREEN_LIBS) $(TUI_LIBS)
%C%_test_typed_over_LDADD = $(SCREEN_LIBS)
%C%_test_overtaken_SOURCES = %D%/test_overtaken.c $(acting_helpers)
%C%_test_overtaken_LDADD = $(TEST_LIBS)
%C%_test_acting_SOURCES = %D%/test_acting.c $(acting_helpers)
%C%_test_acting_LDADD = $(TEST_LIBS)
%C%_test_arrived_late_SOURCES = %D%/test_arrived_late.c $(acting_helpers)
%C%_test_arrived_late_LDADD = $(TEST_LIBS)
%C%_test_bad_link_SOURCES = %D%/test_bad_link.c $(acting_helpers)
%C%_test_bad_link_LDADD = $(TEST_LIBS)
%C%_test_full_disk_SOURCES = %D%/test_full_disk.c $(acting_helpers)
%C%_test_full_disk_LDADD = $(TEST_LIBS)
%C%_test_passes_SOURCES = %D%/test_passes.c tests/worker/rawserver.c tests/worker/rawserver.h \
	$(acting_helpers)
%C%_test_passes_LDADD = $(TEST_LIBS)
%C%_test_quiet_archive_SOURCES = %D%/test_quiet_archive.c tests/worker/bench.c tests/worker/bench.h
%C%_test_quiet_archive_LDADD = $(TEST_LIBS)
%C%_test_taken_back_elsewhere_SOURCES = %D%/test_taken_back_elsewhere.c tests/worker/crowd.c tests/worker/crowd.h \
	tests/worker/bench.c tests/worker/bench.h
%C%_test_taken_back_elsewhere_LDADD = $(TEST_LIBS)
%C%_test_two_programs_SOURCES = %D%/test_two_programs.c $(acting_helpers)
%C%_test_two_programs_LDADD = $(TEST_LIBS)
check_PROGRAMS += $(regress_tests)
TESTS += $(regress_tests)
TSAN_TESTS += $(acting_tests)
