#include "tests/lib/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/unit.h"

static const char *at_file = __FILE__;
static int at_line = __LINE__;
static const char *context;

void check_at(const char *file, int line)
{
	at_file = file;
	at_line = line;
}

void check_context(const char *text)
{
	context = text;
}

static void __attribute__((format(printf, 1, 0))) vnote(const char *format, va_list args)
{
	char *text = NULL;
	char *line, *rest;

	if (vasprintf(&text, format, args) < 0)
		abort();
	rest = text;
	while ((line = strsep(&rest, "\n")))
		if (*line || rest)
			print_error("%.900s\n", line);
	free(text);
}

void check_note(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vnote(format, args);
	va_end(args);
}

void check_fail(const char *format, ...)
{
	va_list args;

	if (context)
		check_note("%s", context);
	va_start(args, format);
	vnote(format, args);
	va_end(args);
	_fail(at_file, at_line);
	abort();
}
