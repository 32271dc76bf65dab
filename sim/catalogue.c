#include "sim/catalogue.h"

#include <string.h>

#define PHONES "Master - Smartphones", "Смартфоны"
#define AUDIO "Master - Headphones", "Наушники"
#define WATCHES "Master - Smart watches", "Смарт-часы"
#define TV "Master - TVs", "Телевизоры"
#define HOME "Master - Small appliances", "Мелкая бытовая техника"
#define LARGE "Master - Large appliances", "Крупная бытовая техника"
#define COMPUTERS "Master - Laptops", "Ноутбуки"
#define FRUIT "Master - Fruits", "Фрукты"
#define VEGETABLES "Master - Vegetables", "Овощи"
#define MEAT "Master - Meat", "Мясо и птица"
#define DAIRY "Master - Dairy", "Молочные продукты"
#define SWEETS "Master - Sweets", "Сладости"
#define TEA "Master - Tea", "Чай"
#define FLOWERS "Master - Bouquets", "Букеты"
#define CHILDREN "Master - Toys", "Игрушки"
#define PAPER "Master - Exercise notebooks", "Тетради"
#define CLOTHES "Master - Clothing", "Одежда"
#define BOOKS "Master - Books", "Книги"

static const struct product PRODUCTS[] = {
	{ "113137790", "APL-15-128-BLK", "Смартфон Apple iPhone 15 128 ГБ черный", "Apple",
		PHONES, 389990, 0, UNIT_PIECES, true },
	{ "117420361", "SM-A556-256", "Смартфон Samsung Galaxy A55 8/256 ГБ голубой", "Samsung",
		PHONES, 194990, 0, UNIT_PIECES, true },
	{ "115962204", "RN13-8-256", "Смартфон Xiaomi Redmi Note 13 8/256 ГБ зеленый", "Xiaomi",
		PHONES, 99990, 0, UNIT_PIECES, true },
	{ "118105677", "HNR-X8B", "Смартфон HONOR X8b 8/128 ГБ черный", "HONOR",
		PHONES, 104990, 0, UNIT_PIECES, true },
	{ "106362583", "AIRP-3", "Наушники Apple AirPods 3 белый", "Apple",
		AUDIO, 84990, 0, UNIT_PIECES, false },
	{ "108402295", "JBL-T520-BLU", "Наушники JBL Tune 520BT синий", "JBL",
		AUDIO, 21990, 0, UNIT_PIECES, false },
	{ "114823051", "SW-FIT3", "Фитнес-браслет Samsung Galaxy Fit 3 графит", "Samsung",
		WATCHES, 24990, 0, UNIT_PIECES, false },
	{ "110934476", "TV-43-UHD", "Телевизор Artel A43KU 109 см черный", "Artel",
		TV, 119990, 0, UNIT_PIECES, false },
	{ "101740113", "TEF-KO270", "Чайник Tefal KO270130 белый", "Tefal",
		HOME, 14990, 0, UNIT_PIECES, false },
	{ "103208865", "PHL-HD9252", "Аэрогриль Philips HD9252/90 черный", "Philips",
		HOME, 54990, 0, UNIT_PIECES, false },
	{ "100618792", "BSH-MFQ4020", "Миксер Bosch MFQ4020 белый", "Bosch",
		HOME, 23490, 0, UNIT_PIECES, false },
	{ "104551938", "LG-F2J3", "Стиральная машина LG F2J3NS0W белый", "LG",
		LARGE, 189990, 0, UNIT_PIECES, false },
	{ "112780455", "LEN-IP3-15", "Ноутбук Lenovo IdeaPad Slim 3 15\" серый", "Lenovo",
		COMPUTERS, 249990, 0, UNIT_PIECES, false },
	{ "103403297", "FRU-0101", "Яблоко Апорт Алматинский 1 кг", NULL,
		FRUIT, 990, 1000, UNIT_MEASURABLE, false },
	{ "103403301", "FRU-0102", "Фруктовик яблоко черный принц Польша 1 кг", NULL,
		FRUIT, 1190, 2000, UNIT_MEASURABLE, false },
	{ "103511020", "FRU-0140", "Дыня Торпеда", NULL,
		FRUIT, 450, 3800, UNIT_MEASURABLE_PIECES, false },
	{ "103511044", "FRU-0151", "Арбуз Туркестанский", NULL,
		FRUIT, 190, 8200, UNIT_MEASURABLE_PIECES, false },
	{ "103520117", "VEG-0207", "Помидоры розовые, Шымкент", NULL,
		VEGETABLES, 1290, 1500, UNIT_MEASURABLE, false },
	{ "103520125", "VEG-0211", "Картофель молодой", NULL,
		VEGETABLES, 320, 5000, UNIT_MEASURABLE, false },
	{ "103634410", "MEA-0301", "Казы домашняя, конина", "Құланды",
		MEAT, 6900, 900, UNIT_MEASURABLE_PIECES, false },
	{ "103634433", "MEA-0315", "Тушка цыпленка охлажденная", "Алель Агро",
		MEAT, 1560, 1900, UNIT_MEASURABLE_PIECES, false },
	{ "103634458", "MEA-0322", "Баранина на кости", NULL,
		MEAT, 3900, 2000, UNIT_MEASURABLE, false },
	{ "102117703", "DAI-0404", "Қымыз «Жайлау» 1 л", "Жайлау",
		DAIRY, 1450, 0, UNIT_PIECES, false },
	{ "102117736", "DAI-0411", "Құрт «Сары-Арқа» 200 г", "Сары-Арқа",
		DAIRY, 890, 0, UNIT_PIECES, false },
	{ "102330519", "SWE-0502", "Шоколад Казахстанский 100 г", "Рахат",
		SWEETS, 690, 0, UNIT_PIECES, false },
	{ "102330584", "SWE-0517", "Торт Медовик 1 кг", NULL,
		SWEETS, 5400, 0, UNIT_PIECES, false },
	{ "102448871", "TEA-0608", "Чай Пиала Gold кенийский гранулированный 500 г", "Piala",
		TEA, 2190, 0, UNIT_PIECES, false },
	{ "109003348", "FLO-25R", "Букет 25 красных роз, 60 см", NULL,
		FLOWERS, 18900, 0, UNIT_PIECES, false },
	{ "109003382", "FLO-15T", "Букет 15 тюльпанов «Наурыз»", NULL,
		FLOWERS, 9900, 0, UNIT_PIECES, false },
	{ "109003411", "FLO-HYD", "Композиция из гортензий в коробке", NULL,
		FLOWERS, 24500, 0, UNIT_PIECES, false },
	{ "105870029", "TOY-LEGO-60400", "Конструктор LEGO City 60400 Картинг", "LEGO",
		CHILDREN, 6990, 0, UNIT_PIECES, false },
	{ "105870114", "TOY-ASYK", "Набор асыков расписных, 10 шт", NULL,
		CHILDREN, 3500, 0, UNIT_PIECES, false },
	{ "101220457", "PAP-48-A5", "Тетрадь А5 48 листов, крупная клетка", "Hatber",
		PAPER, 390, 0, UNIT_PIECES, false },
	{ "107641190", "CLO-SHAPAN-M", "Шапан женский бархат, размер M", "Әдемі",
		CLOTHES, 32900, 0, UNIT_PIECES, false },
	{ "107641224", "CLO-SOCK-WOOL", "Носки из верблюжьей шерсти 42-44", NULL,
		CLOTHES, 2900, 0, UNIT_PIECES, false },
	{ "106118820", "BOOK-ABAI-1", "Книга «Абай жолы», М. Әуезов, 1-кітап", "Атамұра",
		BOOKS, 4200, 0, UNIT_PIECES, false },
	{ "106118855", "BOOK-QAZ-01", "Қазақ тілі: жаңадан бастаушыларға арналған оқулық", "Мектеп",
		BOOKS, 5100, 0, UNIT_PIECES, false },
};

static const char *const UNIT_NAMES[] = {
	[UNIT_PIECES] = "PIECES",
	[UNIT_MEASURABLE] = "MEASURABLE",
	[UNIT_MEASURABLE_PIECES] = "MEASURABLE_PIECES",
};

unsigned product_count(void)
{
	return sizeof(PRODUCTS) / sizeof(*PRODUCTS);
}

const struct product *product_at(unsigned i)
{
	return &PRODUCTS[i];
}

const struct product *product_find(const char *code)
{
	unsigned i;

	for (i = 0; i < product_count(); i++) {
		if (!strcmp(PRODUCTS[i].code, code))
			return &PRODUCTS[i];
	}
	return NULL;
}

const char *unit_name(enum unit_type unit)
{
	return UNIT_NAMES[unit];
}
