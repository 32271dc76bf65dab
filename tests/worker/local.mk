# The worker against duken-sim, and the transport against servers that misbehave on purpose.
desk_tests = %D%/test_desk_act %D%/test_desk_bulk %D%/test_desk_bulk_link %D%/test_desk_document %D%/test_desk_facts %D%/test_desk_foreign \
	%D%/test_desk_lines %D%/test_desk_marks %D%/test_desk_print %D%/test_desk_read %D%/test_desk_share \
	%D%/test_desk_time %D%/test_desk_two %D%/test_probe
desk_bench = %D%/bench.c %D%/bench.h
tests_worker_test_probe_SOURCES = %D%/test_probe.c %D%/tlsserver.c %D%/tlsserver.h
tests_worker_test_probe_LDADD = $(TEST_LIBS)
tests_worker_test_desk_act_SOURCES = %D%/test_desk_act.c $(desk_bench)
tests_worker_test_desk_act_LDADD = $(TEST_LIBS)
tests_worker_test_desk_marks_SOURCES = %D%/test_desk_marks.c $(desk_bench)
tests_worker_test_desk_marks_LDADD = $(TEST_LIBS)
tests_worker_test_desk_lines_SOURCES = %D%/test_desk_lines.c $(desk_bench)
tests_worker_test_desk_lines_LDADD = $(TEST_LIBS)
tests_worker_test_desk_facts_SOURCES = %D%/test_desk_facts.c $(desk_bench) \
	tests/unit/store_fixture.c tests/unit/store_fixture.h
tests_worker_test_desk_facts_LDADD = $(TEST_LIBS)
desk_paper = %D%/paper.c %D%/paper.h $(desk_bench)
tests_worker_test_desk_document_SOURCES = %D%/test_desk_document.c $(desk_paper)
tests_worker_test_desk_document_LDADD = $(TEST_LIBS)
tests_worker_test_desk_foreign_SOURCES = %D%/test_desk_foreign.c $(desk_paper)
tests_worker_test_desk_foreign_LDADD = $(TEST_LIBS)
tests_worker_test_desk_print_SOURCES = %D%/test_desk_print.c $(desk_bench)
tests_worker_test_desk_print_LDADD = $(TEST_LIBS)
crowd = %D%/crowd.c %D%/crowd.h $(desk_bench)
tests_worker_test_desk_bulk_SOURCES = %D%/test_desk_bulk.c $(crowd)
tests_worker_test_desk_bulk_LDADD = $(TEST_LIBS)
tests_worker_test_desk_bulk_link_SOURCES = %D%/test_desk_bulk_link.c $(crowd)
tests_worker_test_desk_bulk_link_LDADD = $(TEST_LIBS)
tests_worker_test_desk_read_SOURCES = %D%/test_desk_read.c $(desk_bench)
tests_worker_test_desk_read_LDADD = $(TEST_LIBS)
tests_worker_test_desk_clocks_SOURCES = %D%/test_desk_clocks.c $(desk_bench)
tests_worker_test_desk_clocks_LDADD = $(TEST_LIBS)
tests_worker_test_desk_time_SOURCES = %D%/test_desk_time.c $(desk_bench)
tests_worker_test_desk_time_LDADD = $(TEST_LIBS)
tests_worker_test_desk_share_SOURCES = %D%/test_desk_share.c $(desk_bench)
tests_worker_test_desk_share_LDADD = $(TEST_LIBS)
tests_worker_test_desk_two_SOURCES = %D%/test_desk_two.c $(desk_bench)
tests_worker_test_desk_two_LDADD = $(TEST_LIBS)
check_PROGRAMS += $(desk_tests)
TESTS += $(desk_tests)
# faketime takes calls from the program as the sanitizers do.
check_PROGRAMS += %D%/test_desk_clocks
if !ASAN
if !TSAN
TESTS += %D%/test_desk_clocks
endif
endif
TSAN_TESTS += $(desk_tests)

include tests/worker/http.mk
