#include "tests/crash/series.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/lib/check.h"

#define NEW "\"mode\":\"pickup\",\"state\":\"NEW\""
#define PICKUP "\"mode\":\"pickup\",\"state\":\"PICKUP\",\"status\":\"ACCEPTED_BY_MERCHANT\""
#define PACK "\"mode\":\"kaspi\",\"state\":\"KASPI_DELIVERY\",\"status\":\"ACCEPTED_BY_MERCHANT\""

const struct deed deed_accept = {
	.name = "accept",
	.kind = "accept",
	.counter = "ACCEPTED_BY_MERCHANT",
	.order = NEW,
	.orders = 1,
	.words = { "accept", "CODES", "--json" },
};

const struct deed deed_cancel = {
	.name = "cancel",
	.kind = "cancel",
	.counter = "CANCELLED",
	.order = NEW,
	.orders = 1,
	.words = { "cancel", "CODES", "--reason", "buyer", "--comment", "не дозвонились", "--json" },
};

const struct deed deed_send_code = {
	.name = "send the code",
	.kind = "send_code",
	.counter = "SEND_CODE",
	.order = PICKUP,
	.orders = 1,
	.words = { "complete", "CODES", "--json" },
};

const struct deed deed_complete = {
	.name = "hand out",
	.kind = "complete",
	.counter = "COMPLETED",
	.order = PICKUP,
	.orders = 1,
	.words = { "complete", "CODES", "--code", "BUYER", "--json" },
};

const struct deed deed_assemble = {
	.name = "assemble",
	.kind = "assemble",
	.counter = "ASSEMBLE",
	.order = PACK,
	.orders = 1,
	.words = { "assemble", "CODES", "--spaces", "2", "--json" },
};

const struct deed deed_bulk = {
	.name = "accept 20 orders",
	.kind = "accept",
	.counter = "ACCEPTED_BY_MERCHANT",
	.order = NEW,
	.orders = TRIAL_ORDERS_MAX,
	.words = { "accept", "CODES", "--json" },
};

const struct deed deed_first_sync = {
	.name = "the first sync",
	.words = { "sync" },
	.empty = true,
};

const struct deed deed_sync = {
	.name = "sync",
	.words = { "sync" },
};

const struct deed deed_anew = {
	.name = "accept with a damaged cache",
	.kind = "accept",
	.counter = "ACCEPTED_BY_MERCHANT",
	.order = NEW,
	.orders = 1,
	.words = { "accept", "CODES", "--json" },
	.spoiled = true,
};

const struct deed deed_desk = {
	.name = "accept two orders in a desk",
	.kind = "accept",
	.counter = "ACCEPTED_BY_MERCHANT",
	.order = NEW,
	.orders = 2,
	.words = { "accept", "CODES" },
	.desk = true,
};

bool series_possible(void)
{
	const char *why = points_impossible();

	if (why)
		printf("1..0 # SKIP %s\n", why);
	return !why;
}

bool series_long(void)
{
	const char *slow = getenv("DUKEN_TEST_LONG");

	return slow && *slow;
}

unsigned series_seed(void)
{
	const char *given = getenv("DUKEN_TEST_SEED");

	return given ? (unsigned)strtoul(given, NULL, 10) : (unsigned)getpid();
}

/* A failure names its point; this repeats it, or a few like it. */
static void keep_named(struct point_list *list)
{
	const char *words = getenv("DUKEN_TEST_POINT");
	size_t kept = 0;

	for (size_t i = 0; words && i < list->n; i++) {
		char *label = points_label(&list->items[i]);

		if (strstr(label, words))
			list->items[kept++] = list->items[i];
		free(label);
	}
	if (words)
		list->n = kept;
}

void series_open(struct ground *g, const struct deed *deed, struct point_list *list, size_t few)
{
	ground_open(g, deed);
	ground_record(g, list);
	if (list->n < 20)
		check_fail("%s has %zu points only", deed->name, list->n);
	printf("# %s: %zu points, %zu more are hidden by earlier ones; DUKEN_TEST_SEED=%u\n", deed->name,
		list->n, list->hidden, series_seed());
	keep_named(list);
	if (few && !series_long())
		points_thin(list, few, series_seed());
	fflush(stdout);
}

/* Two runs of one program differ a little where its threads meet. */
void series_close(struct ground *g, struct point_list *list, const char *how)
{
	printf("# %s: %s at %zu points; %zu did not come again\n", g->deed->name, how, g->tried, g->missed);
	fflush(stdout);
	if (g->missed > 3 + g->tried / 10)
		check_fail("%zu points of %zu did not come again", g->missed, list->n);
	points_clear(list);
	ground_close(g);
}
