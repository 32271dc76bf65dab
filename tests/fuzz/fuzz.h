/* A fuzz target is one function that ends the program when something is wrong:
 *
 *	int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) { ...; return 0; }
 *
 * `make fuzz` links it with libFuzzer (clang) and lets it search; `make check` links it with driver.c
 * and runs it on a fixed number of inputs, the same ones each time. */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
