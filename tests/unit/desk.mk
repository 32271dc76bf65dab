# Unit tests of src/desk/, see local.mk.
unit_tests += %D%/test_keymap %D%/test_missing %D%/test_settings %D%/test_theme %D%/test_token
