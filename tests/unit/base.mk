# Unit tests of src/base/, see local.mk.
unit_tests += %D%/test_barcode
unit_tests += %D%/test_base64
unit_tests += %D%/test_child
unit_tests += %D%/test_clock
unit_tests += %D%/test_csv
unit_tests += %D%/test_error
unit_tests += %D%/test_fold
unit_tests += %D%/test_log
# Where libxkbcommon is missing the program says so and is skipped.
unit_tests += %D%/test_layout
tests_unit_test_layout_CFLAGS = $(AM_CFLAGS) $(XKB_CFLAGS)
tests_unit_test_layout_LDADD = $(LDADD) $(XKB_LIBS)
unit_tests += %D%/test_memory
unit_tests += %D%/test_money
unit_tests += %D%/test_path
unit_tests += %D%/test_pdf
unit_tests += %D%/test_sha256
unit_tests += %D%/test_text
unit_tests += %D%/test_width

tests_unit_test_child_LDADD = $(TEST_LIBS)
