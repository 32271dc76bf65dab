# Unit tests of src/net/, see local.mk.
unit_tests += %D%/test_limiter %D%/test_json
