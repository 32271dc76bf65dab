#include <string.h>

#include "kaspi/members.h"
#include "kaspi/parts.h"

struct raw_address {
	const char *line, *town, *street, *house, *building, *apartment;
	double latitude, longitude;
};

#define RAW(field) offsetof(struct raw_address, field)

static const struct member address_members[] = {
	{ "streetName", MEMBER_TEXT, RAW(street) },
	{ "streetNumber", MEMBER_TEXT, RAW(house) },
	{ "town", MEMBER_TEXT, RAW(town) },
	{ "building", MEMBER_TEXT, RAW(building) },
	{ "apartment", MEMBER_TEXT, RAW(apartment) },
	{ "formattedAddress", MEMBER_TEXT, RAW(line) },
	{ "latitude", MEMBER_DOUBLE, RAW(latitude) },
	{ "longitude", MEMBER_DOUBLE, RAW(longitude) },
	{ .name = NULL },
};

static bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && strcmp(s + n - m, end) == 0;
}

/* A parcel locker's address may end in ", ". */
static const char *without_end(const char *line, struct arena *a)
{
	size_t n = strlen(line);

	while (n && (line[n - 1] == ' ' || line[n - 1] == ','))
		n--;
	return line[n] ? arena_strndup(a, line, n) : line;
}

/* For a reply that has the parts alone. */
static const char *joined(const struct raw_address *raw, struct arena *a)
{
	const char *const parts[] = { raw->town, raw->street, raw->house, raw->building };
	const char *line = "";

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (*parts[i])
			line = *line ? arena_printf(a, "%s, %s", line, parts[i]) : parts[i];
	return line;
}

/* An apartment is often in a member of its own. The word for it is Russian because the rest of the line is. */
static const char *whole(const struct raw_address *raw, struct arena *a)
{
	const char *line = without_end(raw->line, a);

	if (!*line)
		line = joined(raw, a);
	if (!*raw->apartment || !*line || ends_with(line, arena_printf(a, " %s", raw->apartment)))
		return line;
	return arena_printf(a, "%s, кв. %s", line, raw->apartment);
}

/* A place on Earth, and not the one in the sea where both are nought. */
static bool is_place(double latitude, double longitude)
{
	return latitude >= -90 && latitude <= 90 && longitude >= -180 && longitude <= 180 && latitude != 0 &&
		longitude != 0;
}

void kaspi_read_address(const struct json_value *v, struct arena *a, struct address *out)
{
	struct raw_address raw = { "", "", "", "", "", "", 0, 0 };

	if (json_is_object(v))
		members_read(v, address_members, &raw, a);
	else
		raw.line = json_text(v, a, TEXT_MAX_FIELD);
	*out = (struct address){ .line = whole(&raw, a), .town = raw.town };
	if (is_place(raw.latitude, raw.longitude)) {
		out->latitude = raw.latitude;
		out->longitude = raw.longitude;
	}
}
