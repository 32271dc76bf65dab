#include "cli/bar.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define BAR_WIDTH 40

void bar_draw(size_t done, size_t total)
{
	size_t all = total ? total : 1;
	size_t filled = done >= all ? BAR_WIDTH : done * BAR_WIDTH / all;
	char bar[BAR_WIDTH + 1];

	if (!isatty(STDERR_FILENO))
		return;
	memset(bar, '.', BAR_WIDTH);
	memset(bar, '#', filled);
	bar[BAR_WIDTH] = '\0';
	fprintf(stderr, "\r[%s] %zu/%zu", bar, done, total);
	fflush(stderr);
}

void bar_wipe(void)
{
	if (!isatty(STDERR_FILENO))
		return;
	fprintf(stderr, "\r%*s\r", BAR_WIDTH + 30, "");
	fflush(stderr);
}
