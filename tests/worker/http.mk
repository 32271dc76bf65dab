# Tests of src/net/http.h against servers that misbehave on purpose.
http_tests = %D%/test_http_wire %D%/test_http_faults %D%/test_http_loop %D%/test_http_tls
http_helpers = %D%/fetch.c %D%/fetch.h %D%/rawserver.c %D%/rawserver.h
tests_worker_test_http_tls_LDADD = $(TEST_LIBS)
tests_worker_test_http_wire_SOURCES = %D%/test_http_wire.c $(http_helpers)
tests_worker_test_http_faults_SOURCES = %D%/test_http_faults.c $(http_helpers)
tests_worker_test_http_tls_SOURCES = %D%/test_http_tls.c %D%/tlsserver.c %D%/tlsserver.h $(http_helpers)
tests_worker_test_http_loop_SOURCES = %D%/test_http_loop.c $(http_helpers)
check_PROGRAMS += $(http_tests)
TESTS += $(http_tests)
TSAN_TESTS += $(http_tests)
