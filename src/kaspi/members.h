/* Reads an object into a record by a table, in one walk over its members.
 *
 *	static const struct member address_members[] = {
 *		{ "town", MEMBER_TEXT, offsetof(struct order, town) },
 *		{ .name = NULL },
 *	};
 *	members_read(json_get(attributes, "deliveryAddress"), address_members, &order, &arena);
 *
 * A member that is missing or null leaves the record as it was, so an object read later wins. Rows
 * in the order in which the server sends the members make the look-up one comparison. */
#ifndef KASPI_MEMBERS_H
#define KASPI_MEMBERS_H

#include <stddef.h>

#include "net/json.h"

enum member_kind {
	MEMBER_TEXT,	/* const char *: one line of clean text */
	MEMBER_ID,	/* const char *: byte for byte */
	MEMBER_INT,	/* int64_t */
	MEMBER_MONEY,	/* int64_t: tenge, or grams, rounded */
	MEMBER_TIME,	/* int64_t: milliseconds, never negative */
	MEMBER_BOOL,	/* bool */
	MEMBER_DOUBLE,	/* double */
	MEMBER_VALUE	/* const struct json_value *: for another table */
};

struct member {
	const char *name;
	enum member_kind kind;
	size_t offset;
};

void members_read(const struct json_value *object, const struct member *table, void *record,
	struct arena *a);

#endif
