# Unit tests of src/base/, see local.mk.
unit_tests += %D%/test_money
