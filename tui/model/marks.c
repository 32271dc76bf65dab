#include "tui/model/marks.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static struct mark *find(const struct marks *m, const char *order_id)
{
	for (size_t i = 0; i < m->n; i++) {
		if (strcmp(m->items[i].order_id, order_id) == 0)
			return &m->items[i];
	}
	return NULL;
}

bool marks_have(const struct marks *m, const char *order_id)
{
	return find(m, order_id) != NULL;
}

bool marks_add(struct marks *m, const char *order_id, const char *code)
{
	if (marks_have(m, order_id))
		return true;
	if (m->n == MARKS_MAX)
		return false;
	if (m->n == m->cap) {
		m->cap = m->cap > 0 ? 2 * m->cap : 16;
		m->items = xreallocarray(m->items, m->cap, sizeof(m->items[0]));
	}
	m->items[m->n++] = (struct mark){ .order_id = xstrdup(order_id), .code = xstrdup(code) };
	return true;
}

void marks_remove(struct marks *m, const char *order_id)
{
	struct mark *mark = find(m, order_id);
	if (mark == NULL)
		return;
	free(mark->order_id);
	free(mark->code);
	m->n--;
	memmove(mark, mark + 1, (size_t)(m->items + m->n - mark) * sizeof(*mark));
}

void marks_copy(struct marks *to, const struct marks *from)
{
	marks_clear(to);
	for (size_t i = 0; i < from->n; i++)
		marks_add(to, from->items[i].order_id, from->items[i].code);
}

void marks_clear(struct marks *m)
{
	for (size_t i = 0; i < m->n; i++) {
		free(m->items[i].order_id);
		free(m->items[i].code);
	}
	free(m->items);
	*m = (struct marks)MARKS_INIT;
}
