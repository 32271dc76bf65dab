#include "order/imei.h"

#include <string.h>

#include "base/i18n.h"

static const char digits[] = "0123456789";

/* The length of the IMEI that s begins with. */
static size_t span(const char *s)
{
	return strspn(s, digits);
}

bool imei_check(const char *value, struct error *err)
{
	size_t n = span(value), m = 0;

	if (value[n] == ',')
		m = span(value + n + 1);
	if (n < IMEI_MIN || n > IMEI_MAX || (m && (m < IMEI_MIN || m > IMEI_MAX)) ||
		value[n + (m ? m + 1 : 0)] != '\0')
		return error_set(err, ERR_USAGE, _("\"%s\" is not an IMEI: type its 15 digits; of a device with "
			"two SIM cards both, with a comma between."), value);
	if (n == m && memcmp(value, value + n + 1, n) == 0)
		return error_set(err, ERR_USAGE, _("The two IMEI of one device are the same: %s."), value);
	return true;
}

/* Every second digit counts twice; both digits of what comes out count. */
static bool luhn(const char *imei)
{
	unsigned sum = 0;

	for (size_t i = 0; i < 15; i++) {
		unsigned d = (unsigned)(imei[i] - '0') << (i & 1);

		sum += d > 9 ? d - 9 : d;
	}
	return sum % 10 == 0;
}

bool imei_luhn(const char *value)
{
	size_t n = span(value);

	if (n == 15 && !luhn(value))
		return false;
	return value[n] != ',' || imei_luhn(value + n + 1);
}

static bool contains(const char *value, const char *imei, size_t n)
{
	size_t m = span(value);

	if (m == n && memcmp(value, imei, n) == 0)
		return true;
	return value[m] == ',' && contains(value + m + 1, imei, n);
}

bool imei_shared(const char *a, const char *b)
{
	size_t n = span(a);

	return contains(b, a, n) || (a[n] == ',' && imei_shared(a + n + 1, b));
}
