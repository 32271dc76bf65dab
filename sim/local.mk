# duken-sim: a small shop on loopback. It shares src/base with the desk and nothing else.
bin_PROGRAMS += duken-sim

duken_sim_SOURCES = \
	%D%/api.c %D%/api.h \
	%D%/api_change.c \
	%D%/api_entry.c \
	%D%/api_list.c \
	%D%/base64.c %D%/base64.h \
	%D%/body.c %D%/body.h \
	%D%/catalogue.c %D%/catalogue.h \
	%D%/control.c \
	%D%/event.c %D%/event.h \
	%D%/fault.c %D%/fault.h \
	%D%/generate.c %D%/generate.h \
	%D%/json.c %D%/json.h \
	%D%/machine.c %D%/machine.h \
	%D%/main.c \
	%D%/options.c %D%/options.h \
	%D%/order.c %D%/order.h \
	%D%/place.c %D%/place.h \
	%D%/render.c %D%/render.h \
	%D%/render_static.c \
	%D%/reqlog.c %D%/reqlog.h \
	%D%/request.c %D%/request.h \
	%D%/rng.c %D%/rng.h \
	%D%/server.c %D%/server.h \
	%D%/shop.c %D%/shop.h \
	%D%/site.c %D%/site.h \
	%D%/waybill.c %D%/waybill.h
duken_sim_LDADD = src/libduken.a $(MICROHTTPD_LIBS) $(CJSON_LIBS) -lm
dist_man_MANS += doc/duken-sim.1
EXTRA_DIST += %D%/README.md
