# Fuzz targets, see fuzz.h. To add one for src/net/json.c: write fuzz_json.c, name it in fuzz_tests,
# copy the two lines of fuzz_text, and put seeds into corpus/json/ (and into EXTRA_DIST).
fuzz_tests = %D%/fuzz_json %D%/fuzz_kaspi %D%/fuzz_text
fuzz_driver = %D%/driver.c %D%/fuzz.h
check_PROGRAMS += $(fuzz_tests)
TESTS += $(fuzz_tests)

tests_fuzz_fuzz_json_SOURCES = %D%/fuzz_json.c $(fuzz_driver)
tests_fuzz_fuzz_kaspi_SOURCES = %D%/fuzz_kaspi.c $(fuzz_driver)
tests_fuzz_fuzz_text_SOURCES = %D%/fuzz_text.c $(fuzz_driver)

EXTRA_DIST += \
	%D%/corpus/json/all.json \
	%D%/corpus/json/escape.json \
	%D%/corpus/json/numbers.json \
	%D%/corpus/kaspi/entries.json \
	%D%/corpus/kaspi/entry.json \
	%D%/corpus/kaspi/live-entries.json \
	%D%/corpus/kaspi/live-page.json \
	%D%/corpus/kaspi/merchant-product.json \
	%D%/corpus/kaspi/odd-page.json \
	%D%/corpus/kaspi/order-by-code.json \
	%D%/corpus/kaspi/orders-summary.json \
	%D%/corpus/kaspi/point.json \
	%D%/corpus/kaspi/product.json \
	%D%/corpus/kaspi/refusal-spring.json \
	%D%/corpus/kaspi/refusal.json \
	%D%/corpus/kaspi/reply-accept.json

# make fuzz [FUZZ=fuzz_text] [FUZZ_SECONDS=60]: a search by libFuzzer, in a build of its own (clang).
FUZZ = fuzz_text
FUZZ_SECONDS = 60
FUZZ_CFLAGS = -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined
fuzz:
	test -f fuzz-build/Makefile || { $(MKDIR_P) fuzz-build && cd fuzz-build && \
		'$(abs_srcdir)/configure' CC=clang CFLAGS='-g -O1 -fsanitize=fuzzer-no-link,address,undefined'; }
	cd fuzz-build && $(MAKE) src/libduken.a && $(MKDIR_P) corpus-$(FUZZ)
	cd fuzz-build && clang $(FUZZ_CFLAGS) -D_GNU_SOURCE -I'$(abs_srcdir)/src' -I'$(abs_srcdir)' -I. \
		'$(abs_srcdir)'/tests/fuzz/$(FUZZ).c $(CORE_LIBS) -o $(FUZZ)
	cd fuzz-build && ./$(FUZZ) -max_total_time=$(FUZZ_SECONDS) corpus-$(FUZZ) \
		$(wildcard $(abs_srcdir)/tests/fuzz/corpus/$(FUZZ:fuzz_%=%))
clean-local:
	rm -rf fuzz-build
.PHONY: fuzz
