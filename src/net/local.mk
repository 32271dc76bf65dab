src_libduken_a_SOURCES += \
	%D%/http.h \
	%D%/json.c %D%/json.h \
	%D%/json_check.c %D%/json_check.h \
	%D%/json_write.c \
	%D%/limiter.h
