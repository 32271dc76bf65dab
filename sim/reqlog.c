#include "sim/reqlog.h"

#include <stdlib.h>

#include "base/mem.h"

uint64_t reqlog_enter(struct reqlog *log, const struct request *q, const char *token,
	unsigned connection, int64_t at)
{
	struct reqlog_item *item;

	if (!log->items)
		log->items = xcalloc(REQLOG_MAX, sizeof(*log->items));
	item = &log->items[log->next % REQLOG_MAX];
	*item = (struct reqlog_item){
		.n = log->next, .at = at, .token = token, .connection = connection
	};
	snprintf(item->method, sizeof(item->method), "%s", q->method);
	snprintf(item->path, sizeof(item->path), "%s", q->target);
	snprintf(item->user_agent, sizeof(item->user_agent), "%s",
		q->user_agent ? q->user_agent : "");
	return log->next++;
}

void reqlog_finish(struct reqlog *log, uint64_t n, int status, const char *fault)
{
	struct reqlog_item *item = &log->items[n % REQLOG_MAX];

	if (item->n != n)
		return; /* a slow one, overtaken by the ring */
	item->status = status;
	item->fault = fault;
	if (!log->file)
		return;
	fprintf(log->file, "%lld #%u %s %s %d%s%s\n", (long long)item->at, item->connection,
		item->method, item->path, status, fault ? " fault=" : "", fault ? fault : "");
	fflush(log->file);
}

void reqlog_sent(struct reqlog *log, uint64_t n, uint64_t bytes)
{
	struct reqlog_item *item = &log->items[n % REQLOG_MAX];

	if (item->n == n)
		item->sent = bytes;
}

static void write_item(struct json *j, const struct reqlog_item *item)
{
	json_open(j, NULL, '{');
	json_int(j, "n", (int64_t)item->n);
	json_str(j, "method", item->method);
	json_str(j, "path", item->path);
	json_int(j, "status", item->status);
	json_str(j, "fault", item->fault);
	json_str(j, "user_agent", item->user_agent);
	json_str(j, "token", item->token);
	json_int(j, "connection", item->connection);
	json_int(j, "at", item->at);
	json_int(j, "sent", (int64_t)item->sent);
	json_close(j, '}');
}

void reqlog_write(const struct reqlog *log, uint64_t since, struct json *j)
{
	uint64_t n = log->next > REQLOG_MAX ? log->next - REQLOG_MAX : 0;

	json_open(j, NULL, '{');
	json_int(j, "next", (int64_t)log->next);
	json_open(j, "items", '[');
	for (n = since > n ? since : n; n < log->next; n++)
		write_item(j, &log->items[n % REQLOG_MAX]);
	json_close(j, ']');
	json_close(j, '}');
}

void reqlog_clear(struct reqlog *log)
{
	free(log->items);
	log->items = NULL;
}
