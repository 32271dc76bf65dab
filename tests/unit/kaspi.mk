# Unit tests of src/kaspi/, see local.mk.
unit_tests += \
	%D%/test_kaspi_address \
	%D%/test_kaspi_decode \
	%D%/test_kaspi_due \
	%D%/test_kaspi_encode \
	%D%/test_kaspi_lines \
	%D%/test_kaspi_tables

tests_unit_test_kaspi_decode_SOURCES = %D%/test_kaspi_decode.c %D%/fixture.c %D%/fixture.h
tests_unit_test_kaspi_encode_SOURCES = %D%/test_kaspi_encode.c %D%/fixture.c %D%/fixture.h

EXTRA_DIST += \
	tests/fixtures/kaspi/README \
	tests/fixtures/kaspi/entries-summary.json \
	tests/fixtures/kaspi/entries.json \
	tests/fixtures/kaspi/entry-point.json \
	tests/fixtures/kaspi/entry.json \
	tests/fixtures/kaspi/live-entries.json \
	tests/fixtures/kaspi/live-page.json \
	tests/fixtures/kaspi/merchant-product.json \
	tests/fixtures/kaspi/odd-page.json \
	tests/fixtures/kaspi/order-by-code-guide.json \
	tests/fixtures/kaspi/order-by-code.json \
	tests/fixtures/kaspi/orders-summary.json \
	tests/fixtures/kaspi/orders.json \
	tests/fixtures/kaspi/point.json \
	tests/fixtures/kaspi/product.json \
	tests/fixtures/kaspi/reply-accept.json \
	tests/fixtures/kaspi/reply-arrived.json \
	tests/fixtures/kaspi/reply-assemble.json \
	tests/fixtures/kaspi/reply-cancel.json \
	tests/fixtures/kaspi/reply-complete.json \
	tests/fixtures/kaspi/reply-remove-item.json \
	tests/fixtures/kaspi/reply-reweigh.json \
	tests/fixtures/kaspi/request-accept.json \
	tests/fixtures/kaspi/request-assemble.json \
	tests/fixtures/kaspi/request-cancel.json \
	tests/fixtures/kaspi/request-complete.json
