/* floor_sync - what this machine allows for a sync: libcurl, cJSON and SQLite in a bare loop.
 *
 *	floor_sync URL PAGES DB
 *
 * One kept connection, one page after the other; each is parsed, every order is upserted into one table with
 * three further indexes, one transaction a page, WAL, synchronous NORMAL. No checks, no cleaning, no
 * journal, no search index. Prints "orders seconds". */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cJSON.h>
#include <curl/curl.h>
#include <sqlite3.h>

struct body {
	char *data;
	size_t len;
	size_t cap;
};

enum kind { TEXT, WHOLE };

static const struct {
	const char *parent;	/* member of attributes, or NULL */
	const char *name;
	enum kind kind;
} columns[] = {
	{ NULL, "code", TEXT }, { NULL, "totalPrice", WHOLE }, { NULL, "paymentMode", TEXT },
	{ NULL, "plannedDeliveryDate", WHOLE }, { NULL, "creationDate", WHOLE },
	{ NULL, "deliveryCostForSeller", WHOLE }, { NULL, "isKaspiDelivery", WHOLE },
	{ NULL, "deliveryMode", TEXT }, { NULL, "signatureRequired", WHOLE }, { NULL, "creditTerm", WHOLE },
	{ NULL, "preOrder", WHOLE }, { NULL, "state", TEXT }, { NULL, "status", TEXT },
	{ NULL, "assembled", WHOLE }, { NULL, "approvedByBankDate", WHOLE },
	{ "deliveryAddress", "town", TEXT }, { "deliveryAddress", "formattedAddress", TEXT },
	{ "customer", "name", TEXT }, { "customer", "cellPhone", TEXT },
	{ "kaspiDelivery", "courierTransmissionPlanningDate", WHOLE }, { "kaspiDelivery", "express", WHOLE },
};

#define COLUMNS ((int)(sizeof(columns) / sizeof(columns[0])))

static sqlite3 *db;
static sqlite3_stmt *insert;

static void stop(const char *why)
{
	fprintf(stderr, "floor_sync: %s\n", why);
	exit(1);
}

static void sql(const char *text)
{
	if (sqlite3_exec(db, text, NULL, NULL, NULL) != SQLITE_OK)
		stop(sqlite3_errmsg(db));
}

static void open_db(const char *path)
{
	char create[2000], values[200];
	int c = snprintf(create, sizeof(create), "CREATE TABLE orders(id TEXT PRIMARY KEY");
	int v = snprintf(values, sizeof(values), "INSERT OR REPLACE INTO orders VALUES(?");

	unlink(path);
	if (sqlite3_open(path, &db) != SQLITE_OK)
		stop(sqlite3_errmsg(db));
	sql("PRAGMA journal_mode=WAL");
	sql("PRAGMA synchronous=NORMAL");
	for (int i = 0; i < COLUMNS; i++) {
		c += snprintf(create + c, sizeof(create) - (size_t)c, ", %s", columns[i].name);
		v += snprintf(values + v, sizeof(values) - (size_t)v, ",?");
	}
	snprintf(create + c, sizeof(create) - (size_t)c, ")");
	snprintf(values + v, sizeof(values) - (size_t)v, ")");
	sql(create);
	sql("CREATE INDEX by_code ON orders(code); CREATE INDEX by_date ON orders(creationDate);"
		"CREATE INDEX by_state ON orders(state, creationDate)");
	if (sqlite3_prepare_v2(db, values, -1, &insert, NULL) != SQLITE_OK)
		stop(sqlite3_errmsg(db));
}

static void put_order(const cJSON *order)
{
	const cJSON *attributes = cJSON_GetObjectItemCaseSensitive(order, "attributes");
	const cJSON *id = cJSON_GetObjectItemCaseSensitive(order, "id");

	sqlite3_bind_text(insert, 1, id->valuestring, -1, SQLITE_STATIC);
	for (int i = 0; i < COLUMNS; i++) {
		const cJSON *in = columns[i].parent ?
			cJSON_GetObjectItemCaseSensitive(attributes, columns[i].parent) : attributes;
		const cJSON *value = cJSON_GetObjectItemCaseSensitive(in, columns[i].name);

		if (!value || cJSON_IsNull(value))
			sqlite3_bind_null(insert, i + 2);
		else if (columns[i].kind == TEXT)
			sqlite3_bind_text(insert, i + 2, value->valuestring, -1, SQLITE_STATIC);
		else
			sqlite3_bind_int64(insert, i + 2, cJSON_IsBool(value) ? cJSON_IsTrue(value) :
				(sqlite3_int64)value->valuedouble);
	}
	if (sqlite3_step(insert) != SQLITE_DONE)
		stop(sqlite3_errmsg(db));
	sqlite3_reset(insert);
}

static int put_page(const struct body *b)
{
	cJSON *json = cJSON_ParseWithLength(b->data, b->len);
	const cJSON *order;
	int n = 0;

	if (!json)
		stop("a page is no JSON");
	sql("BEGIN IMMEDIATE");
	cJSON_ArrayForEach(order, cJSON_GetObjectItemCaseSensitive(json, "data")) {
		put_order(order);
		n++;
	}
	sql("COMMIT");
	cJSON_Delete(json);
	return n;
}

static size_t on_data(char *data, size_t size, size_t n, void *user)
{
	struct body *b = user;

	n *= size;
	if (b->len + n > b->cap) {
		b->data = realloc(b->data, b->cap = (b->len + n) * 2);
		if (!b->data)
			stop("out of memory");
	}
	memcpy(b->data + b->len, data, n);
	b->len += n;
	return n;
}

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	struct body b = { .data = NULL };
	int orders = 0;
	double began;
	CURL *curl;

	if (argc != 4)
		stop("usage: floor_sync URL PAGES DB");
	open_db(argv[3]);
	curl_global_init(CURL_GLOBAL_ALL);
	curl = curl_easy_init();
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_data);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, &b);
	began = seconds();
	for (int page = 0; page < atoi(argv[2]); page++) {
		char url[300];

		snprintf(url, sizeof(url), "%s/shop/api/v2/orders?page[number]=%d&page[size]=100"
			"&filter[orders][state]=KASPI_DELIVERY", argv[1], page);
		curl_easy_setopt(curl, CURLOPT_URL, url);
		b.len = 0;
		if (curl_easy_perform(curl) != CURLE_OK)
			stop("no answer");
		orders += put_page(&b);
	}
	printf("%d %.3f\n", orders, seconds() - began);
	curl_easy_cleanup(curl);
	sqlite3_finalize(insert);
	sqlite3_close(db);
	free(b.data);
	return 0;
}
