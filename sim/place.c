#include "sim/place.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof(*(table)))

static const struct town TOWNS[] = {
	{ "Алматы", "г. Алматы", "750000000", 43.238949, 76.889709 },
	{ "Астана", "г. Астана", "710000000", 51.128207, 71.430411 },
	{ "Шымкент", "г. Шымкент", "511010000", 42.341700, 69.590100 },
	{ "Қарағанды", "г. Қарағанды", "351010000", 49.801900, 73.102100 },
	{ "Актобе", "г. Актобе", "151010000", 50.283900, 57.167000 },
};

enum { ALMATY, ASTANA };

static const struct warehouse WAREHOUSES[] = {
	{ "30453464_PP1", "PP1", { "улица Каныша Сатпаева", "22/1", NULL, NULL, NULL,
		&TOWNS[ALMATY], 43.236626, 76.933373 } },
	{ "30453464_PP2", "PP2", { "проспект Рақымжан Қошқарбаев", "8", "Алматы ауданы", NULL, NULL,
		&TOWNS[ASTANA], 51.134801, 71.451229 } },
	{ "30453464_PP3", "PP3", { "улица Жандосова", "98", "Ауэзовский район", "Б", NULL,
		&TOWNS[ALMATY], 43.229118, 76.872460 } },
};

static const char *const STREETS_ALMATY[] = {
	"улица Наурызбай батыра", "проспект Абая", "улица Толе би", "проспект Достык",
	"улица Кабанбай батыра", "улица Байтурсынова", "улица Шевченко", "улица Гоголя",
	"проспект Аль-Фараби", "улица Розыбакиева", "микрорайон Самал-2", "улица Жамбыла",
	"улица Фурманова", "проспект Сейфуллина", "улица Тимирязева", "микрорайон Орбита-3",
};

static const char *const STREETS_ASTANA[] = {
	"проспект Мәңгілік Ел", "проспект Қабанбай батыр", "улица Кенесары", "проспект Республики",
	"улица Сығанақ", "улица Сарайшық", "проспект Тұран", "улица Иманова",
	"проспект Бауыржан Момышұлы", "улица Дінмұхамед Қонаев", "улица Достық", "проспект Абая",
};

static const char *const STREETS_OTHER[] = {
	"улица Желтоксан", "проспект Назарбаева", "улица Гагарина", "улица Ленина",
	"улица Панфилова",
};

static const char *const FIRST_WOMEN[] = {
	"Айгерім", "Әлия", "Гүлнар", "Дана", "Жансая", "Қарлығаш", "Мадина", "Назгүл", "Салтанат",
	"Ұлжан", "Асель", "Динара", "Анна", "Елена", "Ирина", "Мария", "Наталья", "Ольга",
	"Светлана", "Татьяна",
};

static const char *const FIRST_MEN[] = {
	"Айдос", "Бауыржан", "Ғалым", "Дәурен", "Ерлан", "Жандос", "Қайрат", "Мұрат", "Нұрлан",
	"Өмірбек", "Санжар", "Тимур", "Алексей", "Виктор", "Дмитрий", "Иван", "Максим", "Павел",
	"Сергей", "Артём",
};

/* A woman's surname is the man's with this ending added, or it does not change. */
static const struct {
	const char *man, *woman;
} SURNAMES[] = {
	{ "Ахметов", "Ахметова" }, { "Бекенов", "Бекенова" }, { "Ғабдуллин", "Ғабдуллина" },
	{ "Жүнісов", "Жүнісова" }, { "Қасымов", "Қасымова" }, { "Мұқанов", "Мұқанова" },
	{ "Нұрпейісов", "Нұрпейісова" }, { "Оспанов", "Оспанова" }, { "Сәдуақасов", "Сәдуақасова" },
	{ "Төлегенов", "Төлегенова" }, { "Әбдіғали", "Әбдіғали" }, { "Серікұлы", "Серікқызы" },
	{ "Иванов", "Иванова" }, { "Ким", "Ким" }, { "Кузнецов", "Кузнецова" }, { "Ли", "Ли" },
	{ "Петренко", "Петренко" }, { "Соколов", "Соколова" }, { "Шмидт", "Шмидт" },
	{ "Цой", "Цой" }, { "Юсупов", "Юсупова" }, { "Фёдоров", "Фёдорова" },
};

static const char *const OPERATORS[] = {
	"700", "701", "702", "705", "707", "708", "747", "771", "775", "777",
};

unsigned warehouse_count(void)
{
	return COUNT(WAREHOUSES);
}

const struct warehouse *warehouse_at(unsigned i)
{
	return &WAREHOUSES[i];
}

const struct warehouse *warehouse_find(const char *id)
{
	unsigned i;

	for (i = 0; i < COUNT(WAREHOUSES); i++) {
		if (!strcmp(WAREHOUSES[i].id, id))
			return &WAREHOUSES[i];
	}
	return NULL;
}

const struct town *town_find(const char *code)
{
	unsigned i;

	for (i = 0; i < COUNT(TOWNS); i++) {
		if (!strcmp(TOWNS[i].code, code))
			return &TOWNS[i];
	}
	return NULL;
}

static const char *street_pick(struct rng *r, const struct town *town)
{
	if (town == &TOWNS[ALMATY])
		return STREETS_ALMATY[rng_below(r, COUNT(STREETS_ALMATY))];
	if (town == &TOWNS[ASTANA])
		return STREETS_ASTANA[rng_below(r, COUNT(STREETS_ASTANA))];
	return STREETS_OTHER[rng_below(r, COUNT(STREETS_OTHER))];
}

static const char *house_pick(struct rng *r, struct arena *a)
{
	static const char *const AFTER[] = { "", "", "", "", "А", "Б", "/1", "/2" };

	return arena_printf(a, "%u%s", 1 + rng_below(r, 180), AFTER[rng_below(r, COUNT(AFTER))]);
}

struct address address_pick(struct rng *r, struct arena *a, const struct town *town, bool regional)
{
	struct address where = { .town = town };

	if (regional) {
		do
			where.town = &TOWNS[rng_below(r, COUNT(TOWNS))];
		while (where.town == town);
	}
	where.street = street_pick(r, where.town);
	where.house = house_pick(r, a);
	if (rng_chance(r, 0.7))
		where.apartment = arena_printf(a, "%u", 1 + rng_below(r, 120));
	where.latitude = where.town->latitude + (rng_unit(r) - 0.5) * 0.08;
	where.longitude = where.town->longitude + (rng_unit(r) - 0.5) * 0.12;
	return where;
}

struct person person_pick(struct rng *r, struct arena *a)
{
	bool woman = rng_chance(r, 0.58);
	unsigned surname = rng_below(r, COUNT(SURNAMES));
	struct person p;

	p.first_name = woman ? FIRST_WOMEN[rng_below(r, COUNT(FIRST_WOMEN))]
			     : FIRST_MEN[rng_below(r, COUNT(FIRST_MEN))];
	p.last_name = woman ? SURNAMES[surname].woman : SURNAMES[surname].man;
	/* 000 after the operator: numbers that nobody has. */
	p.phone = arena_printf(a, "%s000%04u", OPERATORS[rng_below(r, COUNT(OPERATORS))],
			       rng_below(r, 10000));
	return p;
}
