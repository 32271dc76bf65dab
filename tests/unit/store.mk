# Unit tests of src/store/, see local.mk.
store_fixture = %D%/store_fixture.c %D%/store_fixture.h

unit_tests += %D%/test_store
tests_unit_test_store_SOURCES = %D%/test_store.c $(store_fixture)
unit_tests += %D%/test_store_files
tests_unit_test_store_files_SOURCES = %D%/test_store_files.c $(store_fixture)
unit_tests += %D%/test_reader
tests_unit_test_reader_SOURCES = %D%/test_reader.c $(store_fixture)
unit_tests += %D%/test_search %D%/test_search_windows
tests_unit_test_search_windows_SOURCES = %D%/test_search_windows.c $(store_fixture)
tests_unit_test_search_SOURCES = %D%/test_search.c $(store_fixture)
unit_tests += %D%/test_journal
tests_unit_test_journal_SOURCES = %D%/test_journal.c $(store_fixture)
unit_tests += %D%/test_retention
tests_unit_test_retention_SOURCES = %D%/test_retention.c $(store_fixture)
unit_tests += %D%/test_lease
tests_unit_test_lease_SOURCES = %D%/test_lease.c $(store_fixture)
