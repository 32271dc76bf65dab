# The commands against a duken-sim: output, JSON, exit statuses.
cli_house = %D%/house.c %D%/house.h
cli_tests = %D%/test_acting %D%/test_journal %D%/test_reading %D%/test_scan %D%/test_terminal %D%/test_words
%C%_test_acting_SOURCES = %D%/test_acting.c $(cli_house)
%C%_test_acting_LDADD = $(TEST_LIBS)
%C%_test_journal_SOURCES = %D%/test_journal.c $(cli_house)
%C%_test_journal_LDADD = $(TEST_LIBS)
%C%_test_reading_SOURCES = %D%/test_reading.c $(cli_house)
%C%_test_reading_LDADD = $(TEST_LIBS)
%C%_test_scan_SOURCES = %D%/test_scan.c $(cli_house)
%C%_test_scan_LDADD = $(SCREEN_LIBS)
%C%_test_terminal_LDADD = $(SCREEN_LIBS)
%C%_test_words_SOURCES = %D%/test_words.c $(cli_house)
%C%_test_words_LDADD = $(TEST_LIBS)
check_PROGRAMS += $(cli_tests)
TESTS += $(cli_tests)
