# Unit tests of src/desk/, see local.mk.
unit_tests += %D%/test_clerks %D%/test_keymap %D%/test_missing %D%/test_settings %D%/test_theme %D%/test_token
unit_tests += %D%/test_reporting
tests_unit_test_reporting_SOURCES = %D%/test_reporting.c $(store_fixture)
