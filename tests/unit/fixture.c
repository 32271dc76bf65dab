#include "tests/unit/fixture.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/path.h"
#include "tests/unit/unit.h"

void fixture_read(const char *name, struct buf *out)
{
	const char *srcdir = getenv("DUKEN_SRCDIR");
	char *path = xasprintf("%s/tests/fixtures/%s", srcdir ? srcdir : ".", name);
	struct error err = ERROR_INIT;

	*out = (struct buf)BUF_INIT(BUF_MAX_FILE);
	if (!file_read(path, out, &err))
		fail_msg("%s", err.text);
	free(path);
}
