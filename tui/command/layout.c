#include "tui/command/layout.h"

#include <stddef.h>

struct place {
	uint32_t typed;
	char latin;
};

/* The letters are at the same places under ru, kz, kz(ruskaz) and kz(kazrus). */
static const struct place letters[] = {
	{ 0x0439, 'q' }, { 0x0446, 'w' }, { 0x0443, 'e' }, { 0x043a, 'r' }, { 0x0435, 't' },
	{ 0x043d, 'y' }, { 0x0433, 'u' }, { 0x0448, 'i' }, { 0x0449, 'o' }, { 0x0437, 'p' },
	{ 0x0445, '[' }, { 0x044a, ']' },
	{ 0x0444, 'a' }, { 0x044b, 's' }, { 0x0432, 'd' }, { 0x0430, 'f' }, { 0x043f, 'g' },
	{ 0x0440, 'h' }, { 0x043e, 'j' }, { 0x043b, 'k' }, { 0x0434, 'l' }, { 0x0436, ';' },
	{ 0x044d, '\'' },
	{ 0x044f, 'z' }, { 0x0447, 'x' }, { 0x0441, 'c' }, { 0x043c, 'v' }, { 0x0438, 'b' },
	{ 0x0442, 'n' }, { 0x044c, 'm' }, { 0x0431, ',' }, { 0x044e, '.' }, { 0x0451, '`' },
	/* With Shift, where that is not the capital's letter. */
	{ 0x0416, ':' }, { 0x042d, '"' }, { 0x0411, '<' }, { 0x042e, '>' }, { 0x0425, '{' },
	{ 0x042a, '}' }, { 0x0401, '~' },
	{ 0x2116, '/' },
};

/* kz: the number row carries the Kazakh letters. */
static const struct place digits[] = {
	{ '"', '1' }, { 0x04d9, '2' }, { 0x0456, '3' }, { 0x04a3, '4' }, { 0x0493, '5' },
	{ ',', '6' }, { '.', '7' }, { 0x04af, '8' }, { 0x04b1, '9' }, { 0x049b, '0' },
};

/* А..Я are 32 below а..я. */
static uint32_t lower(uint32_t key)
{
	return key >= 0x0410 && key <= 0x042f ? key + 0x20 : key;
}

static char find(const struct place *places, size_t n, uint32_t key)
{
	for (size_t i = 0; i < n; i++) {
		if (places[i].typed == key)
			return places[i].latin;
	}
	return 0;
}

uint32_t layout_latin(uint32_t key)
{
	if (key < 0x0400 || key > 0x2116)
		return key;
	size_t n = sizeof(letters) / sizeof(letters[0]);
	char latin = find(letters, n, key);
	if (latin != 0)
		return (uint32_t)latin;
	latin = find(letters, n, lower(key));
	if (latin >= 'a' && latin <= 'z')
		return (uint32_t)(latin - 'a' + 'A');
	return key;
}

uint32_t layout_digit(uint32_t key)
{
	if (key >= '0' && key <= '9')
		return key;
	return (uint32_t)find(digits, sizeof(digits) / sizeof(digits[0]), key);
}
