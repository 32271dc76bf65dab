# The front-end on a terminal: everything but main.c is a library, so that tests can link it.
noinst_LIBRARIES += tui/libtui.a
tui_libtui_a_SOURCES = \
	%D%/alerting.c %D%/alerting.h \
	%D%/app.c %D%/app.h \
	%D%/bars.c %D%/bars.h \
	%D%/events.c %D%/events.h \
	%D%/frame.c %D%/frame.h \
	%D%/hints.c %D%/hints.h \
	%D%/kept.c %D%/kept.h \
	%D%/keys.c %D%/keys.h \
	%D%/lock_screen.c %D%/lock_screen.h \
	%D%/locking.c %D%/locking.h \
	%D%/loop.c %D%/loop.h \
	%D%/pointing.c %D%/pointing.h \
	%D%/scanning.c %D%/scanning.h \
	%D%/screen.c %D%/screen.h \
	%D%/shops.c %D%/shops.h \
	%D%/touring.c %D%/touring.h \
	%D%/command/command.c %D%/command/command.h \
	%D%/command/names.c %D%/command/names.h \
	%D%/dialog/action.c \
	%D%/dialog/choose.c %D%/dialog/choose.h \
	%D%/dialog/copy.c \
	%D%/dialog/dialog.c %D%/dialog/dialog.h \
	%D%/dialog/fields.c %D%/dialog/fields.h \
	%D%/dialog/fields_draw.c \
	%D%/dialog/help.c %D%/dialog/help.h \
	%D%/dialog/journal.c \
	%D%/dialog/language.c \
	%D%/dialog/menu.c \
	%D%/dialog/number.c \
	%D%/dialog/pick.c \
	%D%/dialog/pin.c \
	%D%/dialog/record.c \
	%D%/dialog/report.c \
	%D%/dialog/result_list.c %D%/dialog/result_list.h \
	%D%/dialog/results.c \
	%D%/dialog/scanned.c \
	%D%/dialog/shops.c \
	%D%/dialog/start.c \
	%D%/dialog/text.c \
	%D%/dialog/waybill.c \
	%D%/model/act.c %D%/model/act.h \
	%D%/model/alert.c %D%/model/alert.h \
	%D%/model/bulk.c %D%/model/bulk.h \
	%D%/model/describe.c %D%/model/describe.h \
	%D%/model/fresh.c %D%/model/fresh.h \
	%D%/model/link.c %D%/model/link.h \
	%D%/model/lock.c %D%/model/lock.h \
	%D%/model/marks.c %D%/model/marks.h \
	%D%/model/react.h \
	%D%/model/rows.c %D%/model/rows.h \
	%D%/model/shops.c %D%/model/shops.h \
	%D%/model/shown.c %D%/model/shown.h \
	%D%/model/state.c %D%/model/state.h \
	%D%/model/tour.c %D%/model/tour.h \
	%D%/model/urgent.c %D%/model/urgent.h \
	%D%/model/words.c %D%/model/words.h \
	%D%/pane/commands.c \
	%D%/pane/details.c \
	%D%/pane/orders.c \
	%D%/pane/pane.h \
	%D%/pane/queues.c \
	%D%/term/clipboard.c %D%/term/clipboard.h \
	%D%/term/draw.c %D%/term/draw.h \
	%D%/term/inside.h \
	%D%/term/hyperlink.c %D%/term/hyperlink.h \
	%D%/term/key.c %D%/term/key.h \
	%D%/term/mouse.c %D%/term/mouse.h \
	%D%/term/notice.c %D%/term/notice.h \
	%D%/term/osc.c %D%/term/osc.h \
	%D%/term/term.c %D%/term/term.h \
	%D%/term/theme.c %D%/term/theme.h \
	%D%/widget/lineedit.c %D%/widget/lineedit.h \
	%D%/widget/list.c %D%/widget/list.h \
	%D%/widget/page.c %D%/widget/page.h \
	%D%/widget/spot.c %D%/widget/spot.h
TUI_LIBS = tui/libtui.a $(CORE_LIBS) $(NCURSES_LIBS)

# The program: its main() knows both front-ends.
bin_PROGRAMS += duken
duken_SOURCES = %D%/main.c
duken_LDADD = tui/libtui.a cli/libcli.a $(CORE_LIBS) $(NCURSES_LIBS) $(PAM_LIBS)
if HAVE_PAM
duken_SOURCES += cli/pam_check.c cli/pam_check.h
endif
