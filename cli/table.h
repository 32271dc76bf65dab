/* A table for people: columns as wide as their widest cell, by what the terminal shows. */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include <stddef.h>
#include <stdio.h>

#define TABLE_COLUMNS_MAX 8

enum table_align { ALIGN_LEFT, ALIGN_RIGHT };

struct table {
	size_t columns;
	enum table_align align[TABLE_COLUMNS_MAX];
	int max[TABLE_COLUMNS_MAX];	/* a wider cell is cut; 0 never */
	char **cells;			/* owned, row by row */
	size_t n;
};

/* The next cell of the current row; copied. */
void table_add(struct table *t, const char *text);
void table_print(const struct table *t, FILE *to);
void table_clear(struct table *t);

#endif
