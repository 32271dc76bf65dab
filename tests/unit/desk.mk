# Unit tests of src/desk/, see local.mk.
unit_tests += %D%/test_settings %D%/test_token %D%/test_missing
unit_tests += %D%/test_reporting
tests_unit_test_reporting_SOURCES = %D%/test_reporting.c $(store_fixture)
