src_libduken_a_SOURCES += \
	%D%/setting_key.c %D%/setting_key.h \
	%D%/settings.c %D%/settings.h \
	%D%/token.c %D%/token.h
