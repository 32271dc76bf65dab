#include "base/pin.h"

#include <crypt.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"

#define METHOD "$y$"
#define HASH_MIN 40	/* bytes: what is shorter has no whole digest */

bool pin_check(const char *pin, struct error *err)
{
	size_t len = strlen(pin);

	if (len >= PIN_MIN && len <= PIN_MAX && strspn(pin, "0123456789") == len)
		return true;
	return error_set(err, ERR_USAGE, _("A PIN has %d to %d digits."), PIN_MIN, PIN_MAX);
}

/* Hashes as `setting` says; "" when that cannot be. */
static void hash_by(const char *pin, const char *setting, char out[PIN_HASH_MAX])
{
	struct crypt_data *data = xcalloc(1, sizeof(*data));
	const char *hash = crypt_r(pin, setting, data);
	size_t len = hash ? strlen(hash) : 0;

	out[0] = '\0';
	if (len > 0 && len < PIN_HASH_MAX && *hash != '*')
		memcpy(out, hash, len + 1);
	explicit_bzero(data, sizeof(*data));
	free(data);
}

bool pin_hash(const char *pin, char out[PIN_HASH_MAX], struct error *err)
{
	char setting[CRYPT_GENSALT_OUTPUT_SIZE];

	if (!pin_check(pin, err))
		return false;
	out[0] = '\0';
	if (crypt_gensalt_rn(METHOD, 0, NULL, 0, setting, sizeof(setting)))
		hash_by(pin, setting, out);
	return pin_is_hash(out) ||
		error_set(err, ERR_STORAGE, _("This system cannot hash a PIN: its libcrypt knows no yescrypt."));
}

bool pin_is_hash(const char *text)
{
	size_t len = strlen(text);

	return strncmp(text, METHOD, strlen(METHOD)) == 0 && len >= HASH_MIN && len < PIN_HASH_MAX &&
		strspn(text, "./$0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") == len;
}

bool pin_matches(const char *pin, const char *hash)
{
	char own[PIN_HASH_MAX] = "";
	size_t len = strlen(hash);
	unsigned char differs = 0;

	if (!pin_is_hash(hash))
		return false;
	hash_by(pin, hash, own);
	if (strlen(own) != len)
		return false;
	for (size_t i = 0; i < len; i++)
		differs |= (unsigned char)(own[i] ^ hash[i]);
	return differs == 0;
}
