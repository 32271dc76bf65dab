# Every test speaks TAP. A folder appends what it has in its own fragment:
#
#	check_PROGRAMS += %D%/test_thing		a program, or
#	dist_check_SCRIPTS += %D%/thing			a script, and
#	TESTS += %D%/test_thing %D%/thing		what `make check` runs
#
# A test finds the sources in $DUKEN_SRCDIR and what was built in $DUKEN_BUILDDIR (both absolute).
TESTS =
# What is run under the thread sanitizer as well.
TSAN_TESTS =
TEST_EXTENSIONS =
LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
AM_TESTS_ENVIRONMENT = \
	DUKEN_SRCDIR='$(abs_top_srcdir)'; export DUKEN_SRCDIR; \
	DUKEN_BUILDDIR='$(abs_top_builddir)'; export DUKEN_BUILDDIR; \
	CC='$(CC)'; export CC; \
	LC_ALL=C.UTF-8; export LC_ALL; \
	TZ=Asia/Almaty; export TZ; \
	CMOCKA_MESSAGE_OUTPUT=TAP; export CMOCKA_MESSAGE_OUTPUT; \
	ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=1:handle_segv=2:handle_sigbus=2:handle_sigfpe=2; export ASAN_OPTIONS; \
	UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1; export UBSAN_OPTIONS; \
	TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1; export TSAN_OPTIONS; \
	unset LANGUAGE LANG CMOCKA_XML_FILE;
# The long forms of tests ask for this.
if SLOW_TESTS
AM_TESTS_ENVIRONMENT += DUKEN_SLOW_TESTS=1; export DUKEN_SLOW_TESTS;
endif

if HAVE_TEST_LIBS
include tests/lib/local.mk
include tests/unit/local.mk
include tests/worker/local.mk
include tests/cli/local.mk
include tests/screen/local.mk
include tests/sim/local.mk
include tests/regress/local.mk
include tests/crash/local.mk
include tests/fuzz/local.mk
include tests/lint/local.mk
include tests/bench/local.mk
need_test_libs = :
else
need_test_libs = { echo "the tests need cmocka and libvterm:" \
	"run apt-get install libcmocka-dev libvterm-dev, then configure again" >&2; exit 1; }
endif

check-local:
	@$(need_test_libs)

dist-hook:
	@$(need_test_libs)
