#include "tests/screen/heard.h"

#include <string.h>

#include "tests/lib/patience.h"

size_t heard_count(struct screen *s, size_t mark, const char *bytes)
{
	size_t n = 0, left, len = strlen(bytes);
	const char *at = screen_raw(s, mark, &left), *found;

	while ((found = memmem(at, left, bytes, len)) != NULL) {
		n++;
		left -= (size_t)(found + len - at);
		at = found + len;
	}
	return n;
}

void heard_do_wait(struct screen *s, size_t mark, const char *bytes, size_t n)
{
	int64_t deadline = deadline_in(SCREEN_WAIT_MS);

	while (heard_count(s, mark, bytes) < n) {
		if (!deadline_left(deadline) || !screen_running(s))
			screen_fail(s, "waited for %zu times \"%s\"", n, bytes + strspn(bytes, "\033"));
		screen_pump(s, deadline_left(deadline));
	}
}

void heard_do_bells(struct screen *s, int n)
{
	int64_t deadline = deadline_in(SCREEN_WAIT_MS);

	while (screen_bells(s) < n) {
		if (!deadline_left(deadline))
			screen_fail(s, "it rang %d times, not %d", screen_bells(s), n);
		screen_pump(s, deadline_left(deadline));
	}
}
