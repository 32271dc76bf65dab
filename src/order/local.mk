src_libduken_a_SOURCES += \
	%D%/action.h \
	%D%/call.c %D%/call.h \
	%D%/fact.h \
	%D%/form.c %D%/form.h \
	%D%/imei.c %D%/imei.h \
	%D%/order.c %D%/order.h \
	%D%/phrase.c %D%/phrase.h \
	%D%/pick.c %D%/pick.h \
	%D%/pick_data.c \
	%D%/pick_text.c %D%/pick_write.h \
	%D%/provider.c %D%/provider.h \
	%D%/report.c %D%/report.h \
	%D%/report_goods.c %D%/report_goods.h \
	%D%/report_text.c %D%/report_text.h \
	%D%/urgency.c %D%/urgency.h
