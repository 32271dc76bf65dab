/* One question to a shop's server that changes nothing, without a store and without a worker: whether the
 * server answers, and whether it takes the token. For the checks of `duken doctor` and `duken config init`.
 *
 * The calling thread waits for the answer. */
#ifndef DESK_PROBE_H
#define DESK_PROBE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "desk/settings.h"

struct probe {
	struct error error;	/* code NONE: the server knows the token and lets it read orders */
	bool sent;		/* the secure connection stood and the question may have left */
	int64_t first_byte_ms;	/* so long the first byte of the answer took to come; 0: none came */
	bool dated;		/* the server told its time: */
	int64_t ahead_ms;	/* so far is its clock ahead of this computer's; < 0: behind */
};

/* Waits at most timeout_ms for the answer, and no longer where the server asks for patience. */
void probe_server(const struct shop *shop, int timeout_ms, struct probe *out);

#endif
