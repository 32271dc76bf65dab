#include "tui/app.h"

#include "base/i18n.h"
#include "cli/cli.h"
#include "desk/notify.h"
#include "tui/alerting.h"
#include "tui/command/names.h"
#include "tui/locking.h"
#include "tui/loop.h"
#include "tui/model/react.h"
#include "tui/model/state.h"
#include "tui/screen.h"
#include "tui/shops.h"
#include "tui/term/mouse.h"
#include "tui/term/hyperlink.h"
#include "tui/term/notice.h"
#include "tui/term/term.h"

/* What the clerk looked at, for the desk that begins anew. */
struct place {
	const struct shop *shop;
	size_t queue;
};

/* The first frame comes from the store alone, before anything that may take time. A store that needs
 * care is left to the worker, who must have it alone. */
static void first_frame(struct state *s)
{
	screen_layout(s);
	if (!store_needs_care(s->state_dir))
		state_open(s);
	screen_draw(s, REACT_ALL);
}

static void say_notice(struct state *s, const char *notice)
{
	if (notice == NULL)
		return;
	state_say(s, STYLE_NORMAL, "%s", notice);
	s->message_until = INT64_MAX;
}

/* One desk from its start to its end. What ends is told by `language`: another one, or NULL for good. */
static int run(const struct app_options *options, struct lock *lock, struct place *place, const char **language,
	struct error *err)
{
	struct shops all;
	int status = 0;
	shops_open(&all, options, lock);
	struct state *s = shops_shown(&all);
	say_notice(s, options->notice);
	locking_greet(s);
	list_go(&s->queues, place->queue);
	alerting_tick(s);
	first_frame(s);
	if (shops_start_shown(&all, err))
		loop_run(&all);
	else
		status = error_exit_status(err->code);
	*language = all.language;
	*place = (struct place){ shops_shown(&all)->shop, shops_shown(&all)->queues.cursor };
	/* The terminal first: what follows may wait for the network. */
	if (all.language == NULL)
		term_stop();
	shops_close(&all);
	return status;
}

static int run_in_languages(const struct app_options *options, struct lock *lock, struct error *err)
{
	struct app_options now = *options;
	struct place place = { .queue = 0 };
	const char *language;
	for (;;) {
		int status = run(&now, lock, &place, &language, err);
		if (language == NULL)
			return status;
		/* No worker runs now: the language is the environment's. */
		cli_set_language(language);
		now.shop = place.shop;
		now.notice = NULL;
	}
}

int app_run(const struct app_options *options, struct error *err)
{
	struct lock lock;
	int status;
	if (locking_start(&lock, options->settings, options->state_base, err) &&
		term_start(options->settings->theme, err)) {
		if (options->settings->mouse)
			mouse_set(true);
		notice_start(notify_ways(options->settings->notify));
		hyperlinks_start(options->settings->links);
		command_use(options->settings->keymap);
		names_collect();
		status = run_in_languages(options, &lock, err);
	} else {
		status = error_exit_status(err->code);
	}
	lock_clear(&lock);
	return status;
}
