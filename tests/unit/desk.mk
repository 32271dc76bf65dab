# Unit tests of src/desk/, see local.mk.
unit_tests += %D%/test_settings %D%/test_theme %D%/test_token %D%/test_missing
