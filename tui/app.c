#include "tui/app.h"

#include "base/i18n.h"
#include "desk/desk.h"
#include "tui/alerting.h"
#include "tui/command/names.h"
#include "tui/dialog/dialog.h"
#include "tui/kept.h"
#include "tui/loop.h"
#include "tui/model/react.h"
#include "tui/screen.h"
#include "tui/model/state.h"
#include "tui/term/term.h"

static void init(struct state *s, const struct app_options *options, const struct provider *p)
{
	state_init(s, p);
	command_use(options->settings->keymap);
	names_collect(p);
	s->settings = options->settings;
	s->shop = options->shop;
	s->state_dir = options->state_dir;
	s->read_only = options->read_only;
	s->scan_rules = settings_scan_rules(options->settings);
	s->scan.rules = &s->scan_rules;
	if (options->notice != NULL) {
		state_say(s, STYLE_NORMAL, "%s", options->notice);
		s->message_until = INT64_MAX;
	}
}

/* The first frame comes from the store alone, before anything that may take time. A store that needs
 * care is left to the worker, who must have it alone. */
static void first_frame(struct state *s)
{
	screen_layout(s);
	if (!store_needs_care(s->state_dir))
		state_open(s);
	screen_draw(s, REACT_ALL);
}

static void say_report(struct state *s, const struct store_report *report)
{
	char sentence[ERROR_TEXT_MAX];
	if (report->cache_rebuilt)
		state_say(s, STYLE_WARN, "%s",
			_("The stored orders were damaged and are read from the server again."));
	if (report->journal_set_aside)
		dialog_notice(s, N_("The journal was damaged"),
			desk_journal_sentence(report, sentence, sizeof(sentence)));
}

static bool start_desk(struct state *s, struct error *err)
{
	static struct store_report report;
	struct desk_options options = {
		.shop = s->shop,
		.clerk = s->settings->clerk,
		.state_dir = s->state_dir,
		.read_only = s->read_only,
		.printer = s->settings->printer,
		.print_options = s->settings->print_options,
	};
	s->desk = desk_start(&options, &report, err);
	if (s->desk == NULL)
		return false;
	struct request *poll = request_new(REQUEST_POLL);
	poll->on = true;
	desk_post(s->desk, poll);
	s->syncing = s->fresh.seen_ms[FRESH_ALL] == 0;
	say_report(s, &report);
	if (s->reader == NULL) {
		state_open(s);
		screen_draw(s, REACT_ALL);
	}
	return true;
}

int app_run(const struct app_options *options, struct error *err)
{
	static struct state s;
	int status = 0;
	const struct provider *p = desk_provider(options->shop->provider);
	if (p == NULL) {
		error_set(err, ERR_CONFIG, _("this build does not know the marketplace \"%s\""),
			options->shop->provider);
		return error_exit_status(ERR_CONFIG);
	}
	if (!term_start(options->settings->theme, err))
		return error_exit_status(err->code);
	init(&s, options, p);
	alerting_start(&s);
	alerting_tick(&s);
	first_frame(&s);
	if (start_desk(&s, err))
		loop_run(&s);
	else
		status = error_exit_status(err->code);
	/* The terminal first: what follows may wait for the network. The reader before the worker: the last
	 * connection to leave tidies the store, and a reader cannot. */
	struct desk *desk = s.desk;
	term_stop();
	alerting_stop(&s);
	kept_free(&s);
	dialogs_clear(&s);
	state_clear(&s);
	desk_stop(desk);
	return status;
}
