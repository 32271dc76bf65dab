noinst_LIBRARIES += cli/libcli.a
cli_libcli_a_SOURCES = \
	%D%/act.c \
	%D%/args.c %D%/args.h \
	%D%/check.c %D%/check.h \
	%D%/cli.c %D%/cli.h \
	%D%/command.c %D%/command.h \
	%D%/config.c \
	%D%/demo.c %D%/demo.h \
	%D%/doctor.c \
	%D%/journal.c \
	%D%/orders.c \
	%D%/print.c %D%/print.h \
	%D%/scan_report.c %D%/scan_report.h \
	%D%/scan_test.c \
	%D%/session.c %D%/session.h \
	%D%/show.c \
	%D%/sync.c \
	%D%/table.c %D%/table.h \
	%D%/verify.c
