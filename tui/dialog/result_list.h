/* The results of a batch as a list: read, filtered, drawn. Of the dialog in results.c. */
#ifndef TUI_DIALOG_RESULT_LIST_H
#define TUI_DIALOG_RESULT_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "order/action.h"
#include "store/batch.h"
#include "tui/term/draw.h"
#include "tui/widget/list.h"

struct result_list {
	struct batch batch;		/* batch.id says which is read */
	struct batch_items items;
	struct batch_counts counts;
	bool trouble_only;		/* only what a person should look at */
	size_t *shown;			/* of the items, by the list's rows */
	struct list list;
};

/* Reads the batch again; the cursor stays on its item. */
void result_list_read(struct result_list *r, struct reader *reader);
void result_list_clear(struct result_list *r);
void result_list_filter(struct result_list *r, bool trouble_only);
/* The item under the cursor, or NULL. */
const struct batch_item *result_list_current(const struct result_list *r);

/* "14:32: 37 of 200 done, 2 refused, 160 waiting": what there is none of is left out. */
void result_list_summary(const struct result_list *r, int64_t now_ms, char *out, size_t cap);
/* Whether a line that can be seen does not fit. */
bool result_list_too_long(const struct result_list *r, const struct action_spec *spec, int64_t now_ms, int cols);
/* `spec` may be NULL. */
void result_list_draw(struct result_list *r, const struct action_spec *spec, int64_t now_ms,
	const struct area *a);
void result_list_draw_current(const struct result_list *r, const struct action_spec *spec, int64_t now_ms,
	const struct area *a);

#endif
