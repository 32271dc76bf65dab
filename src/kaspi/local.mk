src_libduken_a_SOURCES += \
	%D%/actions.c \
	%D%/address.c \
	%D%/calls.c \
	%D%/encode.c \
	%D%/entries.c \
	%D%/fields.c \
	%D%/kaspi.c %D%/kaspi.h \
	%D%/labels.c \
	%D%/lines.c \
	%D%/members.c %D%/members.h \
	%D%/operations.c \
	%D%/orders.c \
	%D%/parts.h \
	%D%/due.c \
	%D%/queues.c \
	%D%/refusal.c \
	%D%/tally.c
