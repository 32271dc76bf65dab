# Unit tests of tui/, see local.mk.
unit_tests += %D%/test_tui_keys %D%/test_tui_lineedit %D%/test_tui_list %D%/test_tui_scan
tests_unit_test_tui_keys_LDADD = $(TUI_LIBS) $(CMOCKA_LIBS)
tests_unit_test_tui_lineedit_LDADD = $(TUI_LIBS) $(CMOCKA_LIBS)
tests_unit_test_tui_list_LDADD = $(TUI_LIBS) $(CMOCKA_LIBS)
tests_unit_test_tui_scan_LDADD = $(TUI_LIBS) $(CMOCKA_LIBS)
