# One test for every bug that was found.
regress_tests = %D%/test_foreign_keys
%C%_test_foreign_keys_LDADD = $(SCREEN_LIBS)
check_PROGRAMS += $(regress_tests)
TESTS += $(regress_tests)
