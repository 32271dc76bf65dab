src_libduken_a_SOURCES += \
	%D%/actions.c \
	%D%/calls.c \
	%D%/encode.c \
	%D%/entries.c \
	%D%/kaspi.c %D%/kaspi.h \
	%D%/labels.c \
	%D%/members.c %D%/members.h \
	%D%/orders.c \
	%D%/parts.h \
	%D%/due.c \
	%D%/queues.c \
	%D%/refusal.c
