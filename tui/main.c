/* duken: the options before a command, then the command or the desk. */
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config.h"

#include "base/i18n.h"
#include "cli/cli.h"
#include "cli/pam_check.h"
#include "cli/setup.h"
#include "desk/account.h"
#include "desk/token.h"
#include "tui/app.h"

enum { OPT_CONFIG = 256, OPT_SHOP, OPT_STATE, OPT_LANG, OPT_READ_ONLY, OPT_HELP, OPT_VERSION };

enum next { NEXT_RUN, NEXT_HELP, NEXT_VERSION, NEXT_WRONG };

static const struct option options[] = {
	{ "config", required_argument, NULL, OPT_CONFIG },
	{ "shop", required_argument, NULL, OPT_SHOP },
	{ "state-dir", required_argument, NULL, OPT_STATE },
	{ "lang", required_argument, NULL, OPT_LANG },
	{ "read-only", no_argument, NULL, OPT_READ_ONLY },
	{ "help", no_argument, NULL, OPT_HELP },
	{ "version", no_argument, NULL, OPT_VERSION },
	{ NULL, 0, NULL, 0 },
};

static bool is_language(const char *word)
{
	return strcmp(word, "ru") == 0 || strcmp(word, "kk") == 0 || strcmp(word, "en") == 0;
}

static enum next take_option(struct cli *c, int option)
{
	switch (option) {
	case OPT_CONFIG:
		c->config = optarg;
		return NEXT_RUN;
	case OPT_SHOP:
		c->shop_name = optarg;
		return NEXT_RUN;
	case OPT_STATE:
		c->state_base = optarg;
		return NEXT_RUN;
	case OPT_LANG:
		c->language = optarg;
		return is_language(optarg) ? NEXT_RUN : NEXT_WRONG;
	case OPT_READ_ONLY:
		c->read_only = true;
		return NEXT_RUN;
	case OPT_HELP:
	case 'h':
		return NEXT_HELP;
	case OPT_VERSION:
		return NEXT_VERSION;
	}
	return NEXT_WRONG;
}

/* Nothing is said before all were read: the language of sentences is one of them. */
static enum next read_options(struct cli *c, int argc, char **argv)
{
	enum next next = NEXT_RUN;
	int option;

	opterr = 0;
	while (next == NEXT_RUN && (option = getopt_long(argc, argv, "+:h", options, NULL)) != -1)
		next = take_option(c, option);
	return next;
}

static int say_wrong(const struct cli *c, const char *word)
{
	if (c->language && !is_language(c->language))
		cli_say(_("--lang knows ru, kk and en, not \"%s\""), c->language);
	else
		cli_say(_("there is no option %s before a command, or it needs a value"), word);
	fputs(_("Try 'duken --help'.\n"), stderr);
	return CLI_EXIT_USAGE;
}

static int open_desk(struct cli *c)
{
	struct app_options app = {
		.settings = c->settings,
		.shop = c->shop,
		.state_base = c->state_base,
		.read_only = c->read_only,
		.notice = c->notice,
	};
	struct error err = ERROR_INIT;
	int status = app_run(&app, &err);

	if (err.code)
		cli_say("%s", err.text);
	return status;
}

static int run(struct cli *c, int argc, char **argv)
{
	struct error err = ERROR_INIT;

#ifdef HAVE_PAM
	if (argc == 1 && strcmp(argv[0], ACCOUNT_COMMAND) == 0)
		pam_check();
#endif
	if (argc > 0)
		return cli_run(c, argc, argv);
	if (welcome_needed(c))
		return welcome(c);
	return cli_load(c, &err) ? open_desk(c) : cli_fail(c, &err);
}

static int finish(struct cli *c, int status)
{
	cli_clear(c);
	if (!cli_flush() && status == 0)
		status = CLI_EXIT_FAILED;
	return status;
}

/* A caller may have closed them; the first file that is opened must not take their place. */
static void keep_standard_descriptors(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDWR);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

int main(int argc, char **argv)
{
	struct cli c = { .open_desk = open_desk };
	enum next next;

	keep_standard_descriptors();
	token_protect_process();
	next = read_options(&c, argc, argv);
	cli_set_language(c.language && is_language(c.language) ? c.language : NULL);
	switch (next) {
	case NEXT_HELP:
		cli_help();
		return finish(&c, 0);
	case NEXT_VERSION:
		printf("duken %s\n", DUKEN_VERSION);
		return finish(&c, 0);
	case NEXT_WRONG:
		return say_wrong(&c, argv[optind - 1]);
	case NEXT_RUN:
		break;
	}
	return finish(&c, run(&c, argc - optind, argv + optind));
}
