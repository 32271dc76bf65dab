#include "cli/setup.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/i18n.h"
#include "cli/ask.h"

enum way { WAY_NONE, WAY_SETUP, WAY_DEMO, WAY_LEAVE };

bool welcome_needed(const struct cli *c)
{
	char *path = setup_path(c);
	bool needed = access(path, F_OK) != 0 && errno == ENOENT && isatty(STDOUT_FILENO) && ask_possible();

	free(path);
	return needed;
}

static enum way ask_way(const char *path)
{
	const char *const choices[] = { _("set the desk up for a shop"), _("look around in a made-up shop"),
		/* TRANSLATORS: the last of three ways that are numbered: end the program */
		_("leave") };

	fprintf(stderr, _("There are no settings yet; they would be in %s.\n"), path);
	return (enum way)ask_choice(_("What now?"), choices, 3, WAY_SETUP);
}

static int set_up(struct cli *c, const char *path)
{
	struct error err = ERROR_INIT;
	bool works;
	int status = setup_run(c, path, &works);

	if (status || !works)
		return status;
	return cli_load(c, &err) ? c->open_desk(c) : cli_fail(c, &err);
}

int welcome(struct cli *c)
{
	char word[] = "demo", *demo[] = { word, NULL }, *path = setup_path(c);
	enum way way = setup_language(c) ? ask_way(path) : WAY_NONE;
	int status = CLI_EXIT_FAILED;

	if (way == WAY_SETUP)
		status = set_up(c, path);
	else if (way == WAY_DEMO)
		status = cli_run(c, 1, demo);
	else if (way == WAY_LEAVE)
		status = 0;
	free(path);
	return status;
}
