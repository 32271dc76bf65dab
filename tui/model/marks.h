/* A set of orders, by id: those that a clerk marked, or that an action goes to. Keeps their codes too. */
#ifndef TUI_MODEL_MARKS_H
#define TUI_MODEL_MARKS_H

#include <stdbool.h>
#include <stddef.h>

#define MARKS_MAX 1000

struct mark {
	char *order_id;
	char *code;
};

struct marks {
	struct mark *items;	/* in the order of marking */
	size_t n;
	size_t cap;
};

#define MARKS_INIT { .n = 0 }

bool marks_have(const struct marks *m, const char *order_id);
/* False when it is full. */
bool marks_add(struct marks *m, const char *order_id, const char *code);
void marks_remove(struct marks *m, const char *order_id);
void marks_copy(struct marks *to, const struct marks *from);
void marks_clear(struct marks *m);

#endif
