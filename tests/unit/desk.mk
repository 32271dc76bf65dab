# Unit tests of src/desk/, see local.mk.
unit_tests += %D%/test_clerks %D%/test_settings %D%/test_token %D%/test_missing
