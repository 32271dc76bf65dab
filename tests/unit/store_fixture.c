#include "tests/unit/store_fixture.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/mem.h"
#include "base/path.h"

static const char *const first_names[] = { "Айгерім", "Ғалым", "Жұмабай", "Өмірбек", "Әсел", "Қанат",
	"Нұрлан", "Іңкәр", "Шұға", "Елена", "Иван", "Гүлнәр", "Ерлан", "Дәурен", "Сәуле", "Марат" };
static const char *const last_names[] = { "Сәрсенова", "Петров", "Жұмабаев", "Әбдіқадыр", "Құнанбаев",
	"Тоқтарова", "Ким", "Оспанов", "Нұрғалиева", "Бекмұхамбетов", "Ахметова", "Ёлкин" };
static const char *const towns[] = { "Алматы", "Астана", "Шымкент", "Қарағанды", "Өскемен" };
static const char *const streets[] = { "Абая", "Тоқтар Әубәкіров", "Достық", "Сәтбаев", "Жібек жолы" };
static const struct {
	const char *state, *queue;
} places[] = { { "NEW", "new" }, { "PICKUP", "pickup" }, { "KASPI_DELIVERY", "pack" },
	{ "KASPI_DELIVERY", "with_courier" } };

#define COUNT(a) ((int64_t)(sizeof(a) / sizeof((a)[0])))

/* Neighbours get numbers far from each other. */
static int64_t stir(int64_t n)
{
	uint64_t h = (uint64_t)n * 0x9e3779b97f4a7c15U;

	return (int64_t)((h ^ h >> 29) >> 8);
}

static void set_customer(struct arena *a, struct order *o, int64_t r)
{
	o->customer = arena_printf(a, "%s %s", first_names[r % COUNT(first_names)],
		last_names[r / 16 % COUNT(last_names)]);
	o->phone = arena_printf(a, "70%08" PRId64, r % 100000000);
	o->customer_id = arena_printf(a, "Nz%08" PRIx64, (uint64_t)r & 0xffffffff);
}

static void set_address(struct arena *a, struct order *o, int64_t r)
{
	o->town = towns[r % COUNT(towns)];
	o->address = arena_printf(a, "%s, %s көшесі, %d, %d", o->town, streets[r / 5 % COUNT(streets)],
		(int)(r % 200), (int)(r % 90));
	o->latitude = 43.2 + (double)(r % 1000) / 10000;
	o->longitude = 76.9 + (double)(r % 1000) / 10000;
}

static void set_times(struct order *o, int64_t n, int64_t r)
{
	o->created_ms = FIXTURE_START_MS - n * 25000;
	o->approved_ms = o->created_ms + 60000;
	o->planned_ms = o->created_ms + r % 5 * FIXTURE_DAY_MS;
	o->reserved_until_ms = o->planned_ms + FIXTURE_DAY_MS;
	o->transmission_planned_ms = o->created_ms + r % 3 * FIXTURE_DAY_MS;
	o->sort_key = o->planned_ms;
}

struct order *fixture_order(struct order_list *list, int64_t n)
{
	struct order *o = order_list_add(list);
	struct arena *a = &list->arena;
	int64_t r = stir(n);
	size_t place = n < 500 ? (size_t)(r % COUNT(places)) : SIZE_MAX;

	o->id = arena_printf(a, "NDE%010" PRId64, 9000000000 - n);
	o->code = arena_printf(a, "%09" PRId64, 900000000 - n);
	o->state = place < SIZE_MAX ? places[place].state : "ARCHIVE";
	o->queue = place < SIZE_MAX ? places[place].queue : "archive";
	o->finished = !strcmp(o->queue, "archive");
	o->status = place < SIZE_MAX ? "ACCEPTED_BY_MERCHANT" : "COMPLETED";
	set_customer(a, o, r);
	set_address(a, o, r >> 3);
	set_times(o, n, r);
	o->total = 1000 + r % 200000;
	o->payment_mode = "PAY_WITH_CREDIT";
	o->delivery_mode = "DELIVERY_REGIONAL_TODOOR";
	o->kaspi_delivery = true;
	o->pickup_point = "12345678_PP1";
	o->origin = "Алматы, қойма 1";
	o->waybill = arena_printf(a, "https://kaspi.kz/waybill/%" PRId64 ".pdf", n);
	o->waybill_number = arena_printf(a, "WB%09" PRId64, n);
	return o;
}

char *fixture_dir(void)
{
	const char *tmp = getenv("TMPDIR");
	char *dir = path_join(tmp && *tmp ? tmp : "/tmp", "duken-store-XXXXXX");

	if (!mkdtemp(dir))
		abort();
	return dir;
}

void fixture_remove(char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *e;

	while (d && (e = readdir(d))) {
		char *path = path_join(dir, e->d_name);

		unlink(path);
		free(path);
	}
	if (d)
		closedir(d);
	rmdir(dir);
	free(dir);
}

/* ---- files ------------------------------------------------------------------------------------- */

static void need(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "# store_fixture: %s\n", what);
	abort();
}

bool fixture_exists(const char *dir, const char *name)
{
	char *path = path_join(dir, name);
	bool found = access(path, F_OK) == 0;

	free(path);
	return found;
}

static sqlite3 *open_db(const char *dir, const char *name)
{
	char *path = path_join(dir, name);
	sqlite3 *db;

	need(sqlite3_open(path, &db) == SQLITE_OK &&
		sqlite3_exec(db, "PRAGMA synchronous = OFF", NULL, NULL, NULL) == SQLITE_OK, path);
	free(path);
	return db;
}

void fixture_sql(const char *dir, const char *name, const char *sql)
{
	sqlite3 *db = open_db(dir, name);

	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		need(false, sqlite3_errmsg(db));
	sqlite3_close(db);
}

static void add_row(struct buf *out, sqlite3_stmt *st)
{
	for (int i = 0; i < sqlite3_column_count(st); i++) {
		int len = sqlite3_column_bytes(st, i);

		buf_addf(out, "%d:%d:", sqlite3_column_type(st, i), len);
		for (int k = 0; k < len; k++)
			buf_addf(out, "%02x", ((const unsigned char *)sqlite3_column_blob(st, i))[k]);
	}
	buf_addc(out, '\n');
}

char *fixture_dump(const char *dir, const char *name, const char *sql)
{
	struct buf out = BUF_INIT(BUF_MAX_OUTPUT);
	sqlite3 *db = open_db(dir, name);
	sqlite3_stmt *st;

	if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK)
		need(false, sqlite3_errmsg(db));
	while (sqlite3_step(st) == SQLITE_ROW)
		add_row(&out, st);
	sqlite3_finalize(st);
	sqlite3_close(db);
	return buf_take(&out);
}

int64_t fixture_number(const char *dir, const char *name, const char *sql)
{
	sqlite3 *db = open_db(dir, name);
	sqlite3_stmt *st;
	int64_t n = -1;

	if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK)
		need(false, sqlite3_errmsg(db));
	if (sqlite3_step(st) == SQLITE_ROW)
		n = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	sqlite3_close(db);
	return n;
}

void fixture_spoil(const char *dir, const char *name, off_t at, size_t len)
{
	char *path = path_join(dir, name), *bytes = xmalloc(len);
	int fd = open(path, O_WRONLY);

	memset(bytes, 0x5a, len);
	need(pwrite(fd, bytes, len, at) == (ssize_t)len, path);
	close(fd);
	free(bytes);
	free(path);
}

struct buf fixture_bytes(const char *dir, const char *name)
{
	struct buf out = BUF_INIT(BUF_MAX_OUTPUT);
	char *path = path_join(dir, name);

	if (access(path, F_OK) == 0)
		need(file_read(path, &out, NULL), path);
	free(path);
	return out;
}

void fixture_write(const char *dir, const char *name, const struct buf *bytes)
{
	char *path = path_join(dir, name);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	need(fd >= 0 && write(fd, bytes->data, bytes->len) == (ssize_t)bytes->len, path);
	close(fd);
	free(path);
}

size_t fixture_occurrences(const char *dir, const char *name, const char *bytes)
{
	struct buf file = fixture_bytes(dir, name);
	size_t n = 0, len = strlen(bytes);
	char *s = file.data, *end = s ? s + file.len : NULL;

	while (s && (s = memmem(s, (size_t)(end - s), bytes, len))) {
		n++;
		s += len;
	}
	buf_clear(&file);
	return n;
}
