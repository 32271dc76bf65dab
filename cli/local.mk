noinst_LIBRARIES += cli/libcli.a
cli_libcli_a_SOURCES = \
	%D%/act.c %D%/act.h \
	%D%/act_bulk.c \
	%D%/act_end.c \
	%D%/act_form.c %D%/act_form.h \
	%D%/act_work.c \
	%D%/args.c %D%/args.h \
	%D%/ask.c %D%/ask.h \
	%D%/bar.c %D%/bar.h \
	%D%/check.c %D%/check.h \
	%D%/check_server.c \
	%D%/check_terminal.c \
	%D%/clerk.c \
	%D%/cli.c %D%/cli.h \
	%D%/command.c %D%/command.h \
	%D%/config.c \
	%D%/demo.c %D%/demo.h \
	%D%/doctor.c \
	%D%/journal.c \
	%D%/orders.c \
	%D%/pick.c \
	%D%/print.c %D%/print.h \
	%D%/report.c %D%/report.h \
	%D%/report_data.c \
	%D%/scan_report.c %D%/scan_report.h \
	%D%/scan_test.c \
	%D%/session.c %D%/session.h \
	%D%/setup.c %D%/setup.h \
	%D%/setup_save.c \
	%D%/show.c \
	%D%/sync.c \
	%D%/table.c %D%/table.h \
	%D%/verify.c \
	%D%/waybill.c \
	%D%/welcome.c
