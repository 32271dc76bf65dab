src_libduken_a_SOURCES += \
	%D%/curl_lazy.c %D%/curl_lazy.h \
	%D%/http.c %D%/http.h \
	%D%/http_address.c \
	%D%/http_answer.c \
	%D%/http_error.c \
	%D%/http_transfer.c %D%/http_transfer.h \
	%D%/json.c %D%/json.h \
	%D%/json_check.c %D%/json_check.h \
	%D%/limiter.c %D%/limiter.h
