#include "tui/shops.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "desk/desk.h"
#include "desk/token.h"
#include "tui/alerting.h"
#include "tui/command/command.h"
#include "tui/dialog/dialog.h"
#include "tui/events.h"
#include "tui/kept.h"
#include "tui/model/react.h"
#include "tui/model/state.h"
#include "tui/screen.h"

/* ---- opening --------------------------------------------------------------------------------- */

static void open_one(struct shops *all, size_t i, const struct app_options *options, struct lock *lock)
{
	const struct shop *shop = &options->settings->shops[i];
	struct state *s = &all->items[i];
	all->dirs[i] = desk_state_dir(options->state_base, shop);
	state_init(s, desk_provider(shop->provider));
	s->shops = all;
	s->lock = lock;
	s->settings = options->settings;
	s->shop = shop;
	s->state_dir = all->dirs[i];
	s->read_only = options->read_only;
	s->scan_rules = settings_scan_rules(options->settings);
	s->scan.rules = &s->scan_rules;
	alerting_start(s);
}

void shops_open(struct shops *all, const struct app_options *options, struct lock *lock)
{
	size_t n = options->settings->n_shops;
	*all = (struct shops){ .n = n };
	all->items = xcalloc(n, sizeof(*all->items));
	all->dirs = xcalloc(n, sizeof(*all->dirs));
	for (size_t i = 0; i < n; i++) {
		open_one(all, i, options, lock);
		if (strcmp(options->settings->shops[i].name, options->shop->name) == 0)
			all->at = i;
	}
	all->wanted = all->at;
}

/* ---- starting -------------------------------------------------------------------------------- */

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

static bool start(struct state *s, struct error *err)
{
	struct store_report report = { .cache_rebuilt = false };
	struct desk_options options = {
		.shop = s->shop,
		.clerk = s->lock->holder,
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
	return true;
}

bool shops_start_shown(struct shops *all, struct error *err)
{
	struct state *s = shops_shown(all);
	s->started = true;
	if (!start(s, err))
		return false;
	if (s->reader == NULL) {
		state_open(s);
		/* What a store that needed care knows was not read before; whoever follows another desk hears of no
		 * end of its sync. */
		s->syncing = s->fresh.seen_ms[FRESH_ALL] == 0;
		screen_draw(s, REACT_ALL);
	}
	return true;
}

/* Its lists need to know their room before anything can be gone to in them. */
static void open_unseen(struct state *s)
{
	screen_layout(s);
	state_open(s);
}

/* DUKEN_TOKEN is meant for the shop that was asked for: with another one's name it would show that shop's
 * orders as this one's. */
static void start_other(struct state *s)
{
	struct error err = ERROR_INIT;
	s->started = true;
	if (!token_own(s->shop))
		error_set(&err, ERR_CONFIG, _("The shop %s has no token of its own in the settings."), s->shop->label);
	else if (start(s, &err))
		open_unseen(s);
	snprintf(s->stopped, sizeof(s->stopped), "%s", err.text);
}

bool shops_start_next(struct shops *all)
{
	for (size_t i = 0; i < all->n; i++) {
		struct state *s = &all->items[i];
		if (!s->started) {
			start_other(s);
			return true;
		}
	}
	return false;
}

/* ---- going on -------------------------------------------------------------------------------- */

unsigned shops_show(struct shops *all)
{
	struct state *s = &all->items[all->wanted];
	struct state *before = shops_shown(all);
	if (all->wanted == all->at)
		return REACT_NONE;
	before->message[0] = '\0';
	s->now_ms = before->now_ms;
	s->mono_ms = before->mono_ms;
	s->key_ms = before->key_ms;
	all->at = all->wanted;
	screen_layout(s);
	return REACT_ALL;
}

/* What is said of a shop that is not on the screen is said here, as soon as nothing newer is to be read. */
static unsigned say_for(struct state *shown, struct state *other)
{
	if (other->message[0] == '\0' || (shown->message[0] != '\0' && shown->mono_ms < shown->message_until))
		return REACT_NONE;
	/* The key that leads there: those that the sentence names would act here. */
	state_say(shown, other->message_style, "%s (%s): %s", other->shop->label, command_key(COMMAND_SHOP).text,
		other->message);
	other->message[0] = '\0';
	return REACT_STATUS;
}

unsigned shops_take(struct shops *all, size_t i, bool woken)
{
	struct state *s = &all->items[i], *shown = shops_shown(all);
	unsigned react = REACT_NONE;
	if (woken)
		react |= events_take(s);
	if (s->reload_at != 0 && s->reload_at <= s->mono_ms)
		react |= events_reload(s);
	if (react != REACT_NONE)
		react = REACT_HEAD | (shown->dialogs != NULL ? REACT_DIALOG : REACT_NONE);
	return react | say_for(shown, s);
}

/* ---- the end --------------------------------------------------------------------------------- */

/* The reader before the worker: the last connection to leave tidies the store, and a reader cannot. */
static void close_one(struct state *s)
{
	struct desk *desk = s->desk;
	alerting_stop(s);
	kept_free(s);
	dialogs_clear(s);
	state_clear(s);
	desk_stop(desk);
}

void shops_close(struct shops *all)
{
	for (size_t i = 0; i < all->n; i++)
		desk_quit(all->items[i].desk);
	for (size_t i = 0; i < all->n; i++) {
		close_one(&all->items[i]);
		free(all->dirs[i]);
	}
	free(all->items);
	free(all->dirs);
	*all = (struct shops){ .n = 0 };
}
