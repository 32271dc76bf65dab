src_libduken_a_SOURCES += \
	%D%/action.h \
	%D%/call.c %D%/call.h \
	%D%/fact.h \
	%D%/form.c %D%/form.h \
	%D%/order.c %D%/order.h \
	%D%/provider.c %D%/provider.h \
	%D%/urgency.c %D%/urgency.h
