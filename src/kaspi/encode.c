#include <inttypes.h>
#include <stdio.h>

#include "base/json_write.h"
#include "kaspi/parts.h"

/* {"data":{"type":"orders","id":"...","attributes":{"code":"...","status":"..." and leaves the
 * three objects open. Without the code the service says "not found" of some orders that exist. */
static struct json_writer begin(struct call *out, const struct order *o, const char *status)
{
	struct json_writer w = JSON_WRITER(&out->body);

	kaspi_call_start(out, CALL_POST, "/v2/orders");
	json_open(&w, NULL, '{');
	json_open(&w, "data", '{');
	json_put_text(&w, "type", "orders");
	json_put_text(&w, "id", o->id);
	json_open(&w, "attributes", '{');
	json_put_text(&w, "code", o->code);
	json_put_text(&w, "status", status);
	return w;
}

static void end(struct json_writer *w)
{
	json_close(w, '}');
	json_close(w, '}');
	json_close(w, '}');
}

void kaspi_encode_accept(const struct order *o, struct call *out)
{
	struct json_writer w = begin(out, o, "ACCEPTED_BY_MERCHANT");

	end(&w);
}

void kaspi_encode_cancel(const struct order *o, const char *reason, const char *comment,
	struct call *out)
{
	struct json_writer w = begin(out, o, "CANCELLED");

	json_put_text(&w, "cancellationReason", reason);
	if (*comment)
		json_put_text(&w, "cancellationComment", comment);
	end(&w);
}

/* Both steps of handing out are this call: the header with the code is present either way. */
void kaspi_encode_complete(const struct order *o, const char *code, struct call *out)
{
	struct json_writer w = begin(out, o, "COMPLETED");

	call_header(out, "X-Security-Code", code);
	call_header(out, "X-Send-Code", "true");
	end(&w);
}

void kaspi_encode_arrived(const struct order *o, struct call *out)
{
	struct json_writer w = begin(out, o, "ARRIVED");

	end(&w);
}

void kaspi_encode_returned(const struct order *o, struct call *out)
{
	struct json_writer w = begin(out, o, "ARRIVED_BACKWARD");

	end(&w);
}

/* The number travels as text in the request, though it comes back as a number. */
void kaspi_encode_assemble(const struct order *o, int64_t spaces, struct call *out)
{
	struct json_writer w = begin(out, o, "ASSEMBLE");
	char number[24];

	snprintf(number, sizeof(number), "%" PRId64, spaces);
	json_put_text(&w, "numberOfSpace", number);
	end(&w);
}
