# Screen tests: keys in, picture out, on a real pseudo-terminal; see screen.h. To add the tests of a
# dialog: write test_thing.c here and put it into screen_tests.
check_LIBRARIES += %D%/libscreen.a
%C%_libscreen_a_CFLAGS = $(AM_CFLAGS) $(VTERM_CFLAGS)
%C%_libscreen_a_SOURCES = \
	%D%/counter.c %D%/counter.h \
	%D%/grid.c \
	%D%/heard.c %D%/heard.h \
	%D%/keys.c %D%/keys.h \
	%D%/picture.c %D%/picture.h \
	%D%/private.h \
	%D%/screen.c %D%/screen.h \
	%D%/svg.c %D%/svg.h \
	%D%/type.c
SCREEN_LIBS = %D%/libscreen.a $(VTERM_LIBS) $(TEST_LIBS)

screen_tests = %D%/test_actions %D%/test_alerts %D%/test_bulk %D%/test_copy %D%/test_damage %D%/test_decide %D%/test_find %D%/test_house %D%/test_hyperlink %D%/test_keymap %D%/test_keystrokes %D%/test_lines %D%/test_link %D%/test_lock %D%/test_looks %D%/test_mouse %D%/test_newcomer %D%/test_palette %D%/test_panes %D%/test_pick %D%/test_report %D%/test_scan %D%/test_shops %D%/test_terminal %D%/test_tmux %D%/test_tour %D%/test_urgent %D%/test_waybill
%C%_test_actions_LDADD = $(SCREEN_LIBS)
%C%_test_alerts_LDADD = $(SCREEN_LIBS)
%C%_test_bulk_LDADD = $(SCREEN_LIBS)
%C%_test_copy_LDADD = $(SCREEN_LIBS)
%C%_test_damage_LDADD = $(SCREEN_LIBS)
%C%_test_decide_LDADD = $(SCREEN_LIBS)
%C%_test_find_LDADD = $(SCREEN_LIBS)
%C%_test_golden_LDADD = $(SCREEN_LIBS)
%C%_test_house_LDADD = $(SCREEN_LIBS)
%C%_test_hyperlink_LDADD = $(SCREEN_LIBS)
%C%_test_keymap_LDADD = $(SCREEN_LIBS)
%C%_test_keystrokes_LDADD = $(SCREEN_LIBS)
%C%_test_lines_LDADD = $(SCREEN_LIBS)
%C%_test_link_LDADD = $(SCREEN_LIBS)
%C%_test_lock_LDADD = $(SCREEN_LIBS)
%C%_test_looks_LDADD = $(SCREEN_LIBS)
%C%_test_mouse_LDADD = $(SCREEN_LIBS)
%C%_test_newcomer_LDADD = $(SCREEN_LIBS)
%C%_test_palette_LDADD = $(SCREEN_LIBS)
%C%_test_panes_LDADD = $(SCREEN_LIBS)
%C%_test_pick_LDADD = $(SCREEN_LIBS)
%C%_test_pictures_LDADD = $(SCREEN_LIBS)
%C%_test_report_LDADD = $(SCREEN_LIBS)
%C%_test_scan_LDADD = $(SCREEN_LIBS)
%C%_test_shops_LDADD = $(SCREEN_LIBS)
%C%_test_terminal_LDADD = $(SCREEN_LIBS)
%C%_test_tmux_LDADD = $(SCREEN_LIBS)
%C%_test_tour_LDADD = $(SCREEN_LIBS)
%C%_test_urgent_LDADD = $(SCREEN_LIBS)
%C%_test_waybill_LDADD = $(SCREEN_LIBS)

if HAVE_PAM
# The program once more, with a short deadline and PAM's folder from the environment: never to be installed.
check_PROGRAMS += %D%/duken-accounts
%C%_duken_accounts_SOURCES = tui/main.c cli/pam_check.c cli/pam_check.h src/desk/account.c src/desk/account.h
%C%_duken_accounts_CPPFLAGS = $(AM_CPPFLAGS) -DPAM_CONFDIR_FROM_ENV -DACCOUNT_DEADLINE_MS=4000
%C%_duken_accounts_LDADD = $(duken_LDADD)
screen_tests += %D%/test_account
%C%_test_account_LDADD = $(SCREEN_LIBS)
endif

check_PROGRAMS += $(screen_tests)
TESTS += $(screen_tests)
# What is drawn does not depend on the compiler, and there are many looks; faketime takes calls from the program as the
# sanitizers do.
check_PROGRAMS += %D%/test_golden %D%/test_pictures
if !ASAN
if !TSAN
TESTS += %D%/test_golden %D%/test_pictures
endif
endif
EXTRA_DIST += tests/golden

# Draws the pictures of README.md anew.
pictures: duken duken-sim %D%/test_pictures
	$(AM_TESTS_ENVIRONMENT) DUKEN_PICTURES='$(abs_top_srcdir)/doc/pictures' %D%/test_pictures
.PHONY: pictures
