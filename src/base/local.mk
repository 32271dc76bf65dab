src_libduken_a_SOURCES += \
	%D%/arena.c %D%/arena.h \
	%D%/buf.c %D%/buf.h \
	%D%/error.c %D%/error.h \
	%D%/i18n.h \
	%D%/mem.c %D%/mem.h
