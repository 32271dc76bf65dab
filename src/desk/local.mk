src_libduken_a_SOURCES += \
	%D%/account.c %D%/account.h \
	%D%/act.c %D%/act.h \
	%D%/arrange.c \
	%D%/bulk.c %D%/bulk.h \
	%D%/clerks.c %D%/clerks.h \
	%D%/clocks.c %D%/clocks.h \
	%D%/command.def \
	%D%/colour.c %D%/colour.h \
	%D%/confirm.c \
	%D%/desk.c %D%/desk.h \
	%D%/facts.c \
	%D%/document.c \
	%D%/fetch.c \
	%D%/follow.c \
	%D%/group.c %D%/group.h \
	%D%/keymap.c %D%/keymap.h \
	%D%/keyname.c %D%/keyname.h \
	%D%/look.c \
	%D%/mailbox.c %D%/mailbox.h \
	%D%/message.c %D%/message.h \
	%D%/missing.c %D%/missing.h \
	%D%/notify.c %D%/notify.h \
	%D%/outcome.c \
	%D%/pages.c %D%/pages.h \
	%D%/picking.c %D%/picking.h \
	%D%/print.c \
	%D%/probe.c %D%/probe.h \
	%D%/providers.c \
	%D%/refresh.c %D%/refresh.h \
	%D%/report.c \
	%D%/reporting.c %D%/reporting.h \
	%D%/runner.c %D%/runner.h \
	%D%/setting_check.c %D%/setting_check.h \
	%D%/setting_key.c %D%/setting_key.h \
	%D%/settings.c %D%/settings.h \
	%D%/settings_parse.c %D%/settings_parse.h \
	%D%/settings_write.c %D%/settings_write.h \
	%D%/subject.c %D%/subject.h \
	%D%/sync.c \
	%D%/theme.c %D%/theme.h \
	%D%/token.c %D%/token.h \
	%D%/tries.c \
	%D%/transport.c %D%/transport.h \
	%D%/worker.c %D%/worker.h
