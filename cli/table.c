#include "cli/table.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"

void table_add(struct table *t, const char *text)
{
	int max = t->max[t->n % t->columns];
	size_t bytes = max ? text_fit(text, max, NULL) : 0;

	t->cells = xreallocarray(t->cells, t->n + 1, sizeof(*t->cells));
	t->cells[t->n++] = max ? xstrndup(text, bytes) : xstrdup(text);
}

static void measure(const struct table *t, int *widths)
{
	for (size_t i = 0; i < t->n; i++) {
		int width = text_width(t->cells[i]);

		if (width > widths[i % t->columns])
			widths[i % t->columns] = width;
	}
}

static void print_cell(const char *text, int pad, enum table_align align, FILE *to)
{
	if (align == ALIGN_RIGHT)
		fprintf(to, "%*s", pad, "");
	fputs(text, to);
	if (align == ALIGN_LEFT)
		fprintf(to, "%*s", pad, "");
}

static void print_row(const struct table *t, char *const *row, const int *widths, FILE *to)
{
	size_t n = t->columns;

	/* No blanks at the end of a line. */
	while (n > 0 && !*row[n - 1])
		n--;
	for (size_t i = 0; i < n; i++) {
		int pad = widths[i] - text_width(row[i]);

		if (i > 0)
			fputs("  ", to);
		if (i == n - 1 && t->align[i] == ALIGN_LEFT)
			pad = 0;
		print_cell(row[i], pad, t->align[i], to);
	}
	fputc('\n', to);
}

void table_print(const struct table *t, FILE *to)
{
	int widths[TABLE_COLUMNS_MAX] = { 0 };

	measure(t, widths);
	for (size_t i = 0; i + t->columns <= t->n; i += t->columns)
		print_row(t, t->cells + i, widths, to);
}

void table_clear(struct table *t)
{
	for (size_t i = 0; i < t->n; i++)
		free(t->cells[i]);
	free(t->cells);
	t->cells = NULL;
	t->n = 0;
}
