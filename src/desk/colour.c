#include "desk/colour.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define BRIGHT "bright-"

static const char *const names[8] = { "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white" };

static const int first_16[16] = {
	0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
	0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
};

static bool parse_name(const char *word, int *out)
{
	bool bright = strncmp(word, BRIGHT, strlen(BRIGHT)) == 0;

	if (bright)
		word += strlen(BRIGHT);
	for (int i = 0; i < 8; i++) {
		if (strcmp(names[i], word) == 0) {
			*out = bright ? i + 8 : i;
			return true;
		}
	}
	return false;
}

static bool parse_number(const char *word, int *out)
{
	size_t len = strlen(word);
	long n = strtol(word, NULL, 10);

	if (len == 0 || len > 3 || strspn(word, "0123456789") != len || n > 255)
		return false;
	*out = (int)n;
	return true;
}

static bool parse_rgb(const char *word, int *out)
{
	if (*word != '#' || strlen(word) != 7 || strspn(word + 1, "0123456789abcdefABCDEF") != 6)
		return false;
	*out = COLOUR_RGB | (int)strtol(word + 1, NULL, 16);
	return true;
}

bool colour_parse(const char *word, int *out)
{
	if (strcmp(word, "default") == 0) {
		*out = COLOUR_OWN;
		return true;
	}
	return parse_name(word, out) || parse_number(word, out) || parse_rgb(word, out);
}

/* A level of the cube of 6 x 6 x 6. */
static int level(int n)
{
	return n > 0 ? 55 + 40 * n : 0;
}

int colour_rgb(int colour)
{
	if (colour & COLOUR_RGB)
		return colour & 0xffffff;
	if (colour < 16)
		return first_16[colour];
	if (colour >= 232)
		return (8 + 10 * (colour - 232)) * 0x010101;
	colour -= 16;
	return level(colour / 36) << 16 | level(colour / 6 % 6) << 8 | level(colour % 6);
}

static int distance(int a, int b)
{
	int sum = 0;

	for (int shift = 0; shift <= 16; shift += 8) {
		int difference = (a >> shift & 0xff) - (b >> shift & 0xff);

		sum += difference * difference;
	}
	return sum;
}

int colour_nearest(int colour, int colours)
{
	int n = colours >= 256 ? 256 : colours >= 16 ? 16 : 8, best = n == 256 ? 16 : 0, rgb;

	if (colour == COLOUR_OWN || colour < n)
		return colour;
	rgb = colour_rgb(colour);
	for (int i = best; i < n; i++) {
		if (distance(colour_rgb(i), rgb) < distance(colour_rgb(best), rgb))
			best = i;
	}
	return best;
}
