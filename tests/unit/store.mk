# Unit tests of src/store/, see local.mk.
store_fixture = %D%/store_fixture.c %D%/store_fixture.h
rescue_fixture = %D%/rescue_fixture.c %D%/rescue_fixture.h $(audit_fixture)
audit_fixture = %D%/audit_fixture.c %D%/audit_fixture.h $(store_fixture)

unit_tests += %D%/test_store
tests_unit_test_store_SOURCES = %D%/test_store.c $(store_fixture)
unit_tests += %D%/test_store_files
tests_unit_test_store_files_SOURCES = %D%/test_store_files.c $(store_fixture)
unit_tests += %D%/test_reader
tests_unit_test_reader_SOURCES = %D%/test_reader.c $(store_fixture)
unit_tests += %D%/test_search
tests_unit_test_search_SOURCES = %D%/test_search.c $(store_fixture)
unit_tests += %D%/test_journal
tests_unit_test_journal_SOURCES = %D%/test_journal.c $(store_fixture)
unit_tests += %D%/test_audit
tests_unit_test_audit_SOURCES = %D%/test_audit.c $(audit_fixture)
unit_tests += %D%/test_verify
tests_unit_test_verify_SOURCES = %D%/test_verify.c $(audit_fixture)
unit_tests += %D%/test_migrate
tests_unit_test_migrate_SOURCES = %D%/test_migrate.c $(store_fixture)
unit_tests += %D%/test_rescue
tests_unit_test_rescue_SOURCES = %D%/test_rescue.c $(rescue_fixture)
unit_tests += %D%/test_unclean
tests_unit_test_unclean_SOURCES = %D%/test_unclean.c $(rescue_fixture)
unit_tests += %D%/test_store_places
tests_unit_test_store_places_SOURCES = %D%/test_store_places.c $(audit_fixture)
