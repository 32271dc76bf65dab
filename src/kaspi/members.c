#include "kaspi/members.h"

#include <string.h>

/* Begins where the last one was found: members come in the order of the table. */
static const struct member *find(const struct member *table, const struct member *hint,
	const char *name)
{
	for (const struct member *m = hint; m->name; m++)
		if (m->name[0] == name[0] && strcmp(m->name, name) == 0)
			return m;
	for (const struct member *m = table; m != hint; m++)
		if (m->name[0] == name[0] && strcmp(m->name, name) == 0)
			return m;
	return NULL;
}

static void put(void *field, enum member_kind kind, const struct json_value *v, struct arena *a)
{
	switch (kind) {
	case MEMBER_TEXT:
		*(const char **)field = json_text(v, a, TEXT_MAX_FIELD);
		break;
	case MEMBER_ID:
		*(const char **)field = json_id(v, a);
		break;
	case MEMBER_INT:
		*(int64_t *)field = json_int(v, 0);
		break;
	case MEMBER_MONEY:
		*(int64_t *)field = json_money(v);
		break;
	case MEMBER_TIME:
		*(int64_t *)field = json_int(v, 0);
		if (*(int64_t *)field < 0)
			*(int64_t *)field = 0;
		break;
	case MEMBER_BOOL:
		*(bool *)field = json_bool(v);
		break;
	case MEMBER_DOUBLE:
		*(double *)field = json_double(v, 0);
		break;
	case MEMBER_VALUE:
		*(const struct json_value **)field = v;
		break;
	}
}

void members_read(const struct json_value *object, const struct member *table, void *record,
	struct arena *a)
{
	const struct member *hint = table;

	if (!json_is_object(object))
		return;
	for (const struct json_value *v = json_first(object); v; v = json_next(v)) {
		const struct member *m = json_present(v) ? find(table, hint, json_name(v)) : NULL;

		if (!m)
			continue;
		put((char *)record + m->offset, m->kind, v, a);
		hint = m + 1;
	}
}
