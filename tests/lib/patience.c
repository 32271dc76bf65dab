#include "tests/lib/patience.h"

#include <stdlib.h>
#include <time.h>

int64_t mono_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000000) + t.tv_nsec / 1000;
}

int64_t mono_ms(void)
{
	return mono_us() / 1000;
}

int64_t deadline_in(int64_t ms)
{
	const char *s = getenv("DUKEN_TEST_PATIENCE");
	double stretch = s ? atof(s) : 1;

	if (stretch < 1)
		stretch = 1;
	return mono_ms() + (int64_t)((double)ms * stretch);
}

int deadline_left(int64_t deadline)
{
	int64_t left = deadline - mono_ms();

	return left > 0 ? (int)left : 0;
}
