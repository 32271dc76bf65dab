#include "cli/args.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"

#define CODE_MAX 64

#define LETTERS_MAX (2 * OPTS_MAX + 3)

/* Letters are bytes, so that an option's number must be beyond them. */
enum { OPT_FIRST = 256, OPT_HELP = 1000, OPT_JSON };

static int fill_table(const struct opt *opts, struct option *table)
{
	int n = 0;

	for (; opts[n].name; n++)
		table[n] = (struct option){ opts[n].name,
			opts[n].value ? required_argument : no_argument, NULL, OPT_FIRST + n };
	table[n] = (struct option){ "help", no_argument, NULL, OPT_HELP };
	table[n + 1] = (struct option){ "json", no_argument, NULL, OPT_JSON };
	table[n + 2] = (struct option){ NULL, 0, NULL, 0 };
	return n;
}

/* ":ho:": what getopt wants to know of the letters. */
static void fill_letters(const struct opt *opts, char letters[LETTERS_MAX])
{
	char *p = stpcpy(letters, ":h");

	for (; opts->name; opts++) {
		if (!opts->letter)
			continue;
		*p++ = opts->letter;
		if (opts->value)
			*p++ = ':';
	}
	*p = '\0';
}

static int index_of(const struct opt *opts, int c)
{
	int i = 0;

	if (c >= OPT_FIRST)
		return c - OPT_FIRST;
	while (opts[i].letter != c)
		i++;
	return i;
}

static bool refuse(int c, const char *word, struct error *err)
{
	if (c == ':')
		return error_set(err, ERR_USAGE, _("the option %s needs a value"), word);
	return error_set(err, ERR_USAGE, _("there is no option %s here, or it takes no value"),
		word);
}

/* Two values for one option: taking either would be a guess. */
static bool set_value(struct args *args, int i, const char *value, struct error *err)
{
	if (args->opts[i].repeats && args->n_given == GIVEN_MAX)
		return error_set(err, ERR_USAGE, _("the option --%s was given too often"),
			args->opts[i].name);
	if (args->opts[i].repeats)
		args->given[args->n_given++] = (struct given){ args->opts[i].name, value };
	else if (args->values[i] && args->opts[i].value)
		return error_set(err, ERR_USAGE, _("the option --%s was given twice"),
			args->opts[i].name);
	args->values[i] = value ? value : "";
	return true;
}

bool args_parse(struct args *args, const struct opt *opts, int argc, char **argv, struct error *err)
{
	struct option table[OPTS_MAX + 3];
	char letters[LETTERS_MAX];
	int c;

	*args = (struct args){ .opts = opts };
	fill_table(opts, table);
	fill_letters(opts, letters);
	optind = 0;
	opterr = 0;
	while ((c = getopt_long(argc, argv, letters, table, NULL)) != -1) {
		if (c == OPT_HELP || c == 'h')
			args->help = true;
		else if (c == OPT_JSON)
			args->json = true;
		else if (c == '?' || c == ':')
			return refuse(c, argv[optind - 1], err);
		else if (!set_value(args, index_of(opts, c), optarg, err))
			return false;
	}
	args->rest = argv + optind;
	args->n_rest = argc - optind;
	return true;
}

const char *args_get(const struct args *args, const char *name)
{
	for (int i = 0; args->opts[i].name; i++)
		if (strcmp(args->opts[i].name, name) == 0)
			return args->values[i];
	return NULL;
}

bool args_number(const struct args *args, const char *name, long min, long max, long absent,
	long *out, struct error *err)
{
	const char *value = args_get(args, name);
	char *end;

	*out = absent;
	if (!value)
		return true;
	errno = 0;
	*out = strtol(value, &end, 10);
	if (!*value || *end || errno || *out < min || *out > max)
		return error_set(err, ERR_USAGE,
			_("--%s must be a whole number from %ld to %ld, not \"%s\""), name, min,
			max, value);
	return true;
}

bool args_time(const struct args *args, const char *name, int64_t *out, struct error *err)
{
	const char *value = args_get(args, name);

	*out = 0;
	if (!value || time_parse(value, out))
		return true;
	return error_set(err, ERR_USAGE,
		_("--%s must be a day such as 2026-11-23 or a time such as \"2026-11-23 14:30\", "
		  "not \"%s\""),
		name, value);
}

bool args_code(const char *code, struct error *err)
{
	bool clean = text_is_utf8(code, strlen(code)) && text_chars(code) <= CODE_MAX;

	if (!*code)
		return error_set(err, ERR_USAGE, _("the order's number is empty"));
	for (const char *s = code; *s && clean; s++)
		clean = (unsigned char)*s > 0x20 && *s != 0x7f;
	if (!clean)
		return error_set(err, ERR_USAGE, _("\"%.80s\" is not an order's number"), code);
	return true;
}
