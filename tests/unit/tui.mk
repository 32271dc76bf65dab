# Unit tests of tui/, see local.mk.
unit_tests += %D%/test_tui_alert %D%/test_tui_keys %D%/test_tui_lineedit %D%/test_tui_list %D%/test_tui_names
tests_unit_test_tui_alert_LDADD = $(TUI_LIBS) $(CMOCKA_LIBS)
tests_unit_test_tui_keys_LDADD = $(TUI_LIBS) $(CMOCKA_LIBS)
tests_unit_test_tui_lineedit_LDADD = $(TUI_LIBS) $(CMOCKA_LIBS)
tests_unit_test_tui_list_LDADD = $(TUI_LIBS) $(CMOCKA_LIBS)
tests_unit_test_tui_names_LDADD = $(TUI_LIBS) $(CMOCKA_LIBS)
# The recogniser is below tui/, but what a key is to the desk is not.
unit_tests += %D%/test_scan %D%/test_scan_many
tests_unit_test_scan_SOURCES = %D%/test_scan.c %D%/scan_desk.c %D%/scan_desk.h
tests_unit_test_scan_LDADD = $(TUI_LIBS) $(CMOCKA_LIBS)
tests_unit_test_scan_many_SOURCES = %D%/test_scan_many.c %D%/scan_desk.c %D%/scan_desk.h
tests_unit_test_scan_many_LDADD = $(TUI_LIBS) $(CMOCKA_LIBS)
