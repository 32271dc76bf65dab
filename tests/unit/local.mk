# Unit tests with cmocka, one program for each module, listed by layer. To add the tests of
# src/order/queue.c: write test_queue.c in this folder (test_money.c is a short example) and put
#
#	unit_tests += %D%/test_queue
#
# into order.mk. It is linked with libduken.a and cmocka; what it needs besides its own file goes into
# tests_unit_test_queue_SOURCES and tests_unit_test_queue_LDADD as usual.
LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
AM_CFLAGS += $(CMOCKA_CFLAGS)
EXTRA_DIST += %D%/unit.h

unit_tests =
include tests/unit/base.mk
include tests/unit/order.mk
include tests/unit/net.mk
include tests/unit/store.mk
include tests/unit/kaspi.mk
include tests/unit/desk.mk
include tests/unit/cli.mk
include tests/unit/tui.mk
include tests/unit/sim.mk
check_PROGRAMS += $(unit_tests)
TESTS += $(unit_tests)
