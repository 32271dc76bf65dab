#include "tui/app.h"

#include "base/i18n.h"
#include "desk/desk.h"
#include "tui/loop.h"
#include "tui/react.h"
#include "tui/screen.h"
#include "tui/state.h"
#include "tui/term/term.h"

/* The first frame comes from the store alone, before anything that may take time. */
static void first_frame(struct state *s)
{
	state_open_reader(s);
	screen_layout(s);
	state_open_list(s);
	state_reload(s);
	screen_draw(s, REACT_ALL);
}

static bool start_desk(struct state *s, struct error *err)
{
	const struct app_options *o = s->options;
	bool rebuilt = false;
	struct desk_options options = {
		.shop = o->shop,
		.clerk = o->settings->clerk,
		.state_dir = o->state_dir,
		.read_only = o->read_only,
	};
	s->desk = desk_start(&options, &rebuilt, err);
	if (s->desk == NULL)
		return false;
	struct request *poll = request_new(REQUEST_POLL);
	poll->on = true;
	desk_post(s->desk, poll);
	s->syncing = s->fresh_ms == 0;
	if (rebuilt) {
		/* What the first frame read is not the store any more. */
		reader_close(s->reader);
		s->reader = NULL;
		state_say(s, STYLE_WARN, "%s",
			_("The stored orders were damaged and are read from the server again."));
	}
	state_reload(s);
	screen_draw(s, REACT_ALL);
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
	state_init(&s, options, p);
	first_frame(&s);
	if (start_desk(&s, err))
		loop_run(&s);
	else
		status = error_exit_status(err->code);
	/* The terminal first: what follows may wait for the network. */
	term_stop();
	desk_stop(s.desk);
	state_clear(&s);
	return status;
}
