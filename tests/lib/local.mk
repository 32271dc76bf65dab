# What tests of several folders share: throw-away homes, child processes, a simulated marketplace.
# A program that uses it has $(TEST_LIBS) in its LDADD before $(LDADD).
check_LIBRARIES += %D%/libtest.a
%C%_libtest_a_SOURCES = \
	%D%/check.c %D%/check.h \
	%D%/home.c %D%/home.h \
	%D%/http.c %D%/http.h \
	%D%/market.c %D%/market.h \
	%D%/patience.c %D%/patience.h \
	%D%/proc.c %D%/proc.h
TEST_LIBS = %D%/libtest.a $(CORE_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += %D%/test_market
TESTS += %D%/test_market
%C%_test_market_LDADD = $(TEST_LIBS)
