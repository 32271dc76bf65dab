#include "base/base64.h"

#include <stdlib.h>

#include <nettle/base64.h>

#include "base/mem.h"

bool base64_add(struct buf *out, const void *data, size_t len)
{
	size_t need = BASE64_ENCODE_RAW_LENGTH(len);
	char *text;
	bool ok;

	if (len > out->max)
		return false;
	text = xmalloc(need + 1);
	nettle_base64_encode_raw(text, len, data);
	ok = buf_add(out, text, need);
	free(text);
	return ok;
}
