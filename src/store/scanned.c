#include "store/scanned.h"

enum scanned scanned_find(struct reader *r, const struct readings *code, struct order_list *out)
{
	for (size_t i = 0; r && i < code->n; i++)
		if (reader_order_by_code(r, code->items[i].text, out, NULL, NULL))
			return SCANNED_ORDER;
	for (size_t i = 0; r && i < code->n; i++)
		if (reader_order_by_waybill(r, code->items[i].text, out, NULL))
			return SCANNED_WAYBILL;
	return code->number ? SCANNED_ASK : SCANNED_NOTHING;
}
