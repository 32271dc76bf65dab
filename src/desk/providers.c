#include <string.h>

#include "desk/desk.h"
#include "kaspi/kaspi.h"

static const struct provider *const providers[] = {
	&kaspi_provider,
};

const struct provider *desk_provider(const char *id)
{
	for (size_t i = 0; i < sizeof(providers) / sizeof(providers[0]); i++)
		if (!strcmp(providers[i]->id, id))
			return providers[i];
	return NULL;
}

const struct provider *desk_provider_at(size_t i)
{
	return i < sizeof(providers) / sizeof(providers[0]) ? providers[i] : NULL;
}
