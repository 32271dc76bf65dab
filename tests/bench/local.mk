# Measurements; see README.md. Not part of `make check`.
check_PROGRAMS += %D%/floor_screen
%C%_floor_screen_LDADD = $(NCURSES_LIBS)
