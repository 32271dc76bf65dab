src_libduken_a_SOURCES += \
	%D%/arena.c %D%/arena.h \
	%D%/barcode.c %D%/barcode.h \
	%D%/base64.c %D%/base64.h \
	%D%/buf.c %D%/buf.h \
	%D%/child.c %D%/child.h \
	%D%/clock.c %D%/clock.h \
	%D%/csv.c %D%/csv.h \
	%D%/error.c %D%/error.h \
	%D%/fold.c \
	%D%/i18n.h \
	%D%/json_write.c %D%/json_write.h \
	%D%/key.h \
	%D%/layout.c %D%/layout.h \
	%D%/log.c %D%/log.h \
	%D%/mem.c %D%/mem.h \
	%D%/money.c %D%/money.h \
	%D%/path.c %D%/path.h \
	%D%/pdf.c %D%/pdf.h \
	%D%/pin.c %D%/pin.h \
	%D%/scan.c %D%/scan.h \
	%D%/sha256.c %D%/sha256.h \
	%D%/text.c %D%/text.h \
	%D%/width.c
