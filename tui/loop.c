#include "tui/loop.h"

#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "desk/desk.h"
#include "tui/alerting.h"
#include "tui/dialog/dialog.h"
#include "tui/events.h"
#include "tui/keys.h"
#include "tui/locking.h"
#include "tui/pointing.h"
#include "tui/scanning.h"
#include "tui/model/react.h"
#include "tui/screen.h"
#include "tui/model/state.h"
#include "tui/shops.h"
#include "tui/term/key.h"
#include "tui/term/term.h"
#include "tui/touring.h"

#define TICK_MS 5000
#define TICK_COUNTDOWN_MS 1000

/* Where the descriptors of a shop stand: the worker's, then two of a command's, behind the terminal's two and the
 * lock's. */
#define WORKER(shop) (3 + 3 * (shop))

static int64_t sooner(int64_t a, int64_t b)
{
	return b != 0 && b < a ? b : a;
}

/* While something counts down the clerk sees every second; else the clock and the age are enough. */
static int64_t next_tick(const struct state *s)
{
	for (size_t i = 0; i < s->open.n; i++) {
		if (s->open.items[i].state == ACTION_QUEUED &&
			s->open.items[i].send_after_ms > s->now_ms)
			return TICK_COUNTDOWN_MS - s->now_ms % TICK_COUNTDOWN_MS;
	}
	return TICK_MS - s->now_ms % TICK_MS;
}

static int timeout(const struct shops *all)
{
	const struct state *s = shops_shown(all);
	int64_t at = s->mono_ms + next_tick(s);
	at = sooner(at, s->shown.follow_at);
	at = sooner(at, s->shown.fetch_at);
	at = sooner(at, s->shown.phone_until);
	at = sooner(at, scan_due(&s->scan));
	at = sooner(at, locking_due(s));
	for (size_t i = 0; i < all->n; i++) {
		at = sooner(at, all->items[i].reload_at);
		at = sooner(at, alerting_due(&all->items[i]));
	}
	int64_t left = dialogs_busy(s) ? 0 : at - clock_mono_ms();
	return left > 0 ? (int)left : 0;
}

static unsigned on_signals(struct state *s)
{
	unsigned react = REACT_NONE;
	enum term_signal signal;
	while ((signal = term_signal()) != TERM_SIGNAL_NONE) {
		switch (signal) {
		case TERM_SIGNAL_QUIT:
			s->quit = true;
			break;
		case TERM_SIGNAL_STOP:
			term_suspend();
			react |= REACT_ALL;
			break;
		default:
			term_resize();
			react |= REACT_ALL;
			break;
		}
	}
	if (react & REACT_ALL)
		screen_layout(s);
	return react;
}

static unsigned on_timers(struct state *s)
{
	struct shown *v = &s->shown;
	unsigned react = scanning_tick(s);
	if (s->message_end != 0 && s->message_end <= s->mono_ms) {
		state_say(s, STYLE_NORMAL, "%s", "");
		react |= REACT_STATUS;
	}
	if (s->reload_at != 0 && s->reload_at <= s->mono_ms)
		react |= events_reload(s);
	if (v->follow_at != 0 && v->follow_at <= s->mono_ms) {
		shown_now(s);
		react |= REACT_DETAILS;
	}
	if (v->fetch_at != 0 && v->fetch_at <= s->mono_ms) {
		shown_fetch(s);
		react |= REACT_DETAILS;
	}
	if (v->phone_until != 0 && v->phone_until <= s->mono_ms)
		react |= shown_mask(s);
	return react;
}

/* A new text of the clock, an age or a countdown; and what is urgent now. */
static unsigned on_tick(struct state *s, int64_t *last)
{
	bool counting = next_tick(s) <= TICK_COUNTDOWN_MS && s->open.n > 0;
	int64_t step = counting ? TICK_COUNTDOWN_MS : TICK_MS;
	if (s->now_ms / step == *last / step)
		return REACT_NONE;
	unsigned react = REACT_HEAD | REACT_ORDERS;
	if (urgent_read(s))
		react |= REACT_QUEUES;
	if (s->now_ms / CLOCK_MINUTE_MS != *last / CLOCK_MINUTE_MS) {
		shown_retell(s);
		react |= REACT_DETAILS;
	}
	*last = s->now_ms;
	return react;
}

static bool ended(const struct shops *all)
{
	return shops_shown(all)->quit || all->language != NULL;
}

static unsigned take_keys(struct shops *all)
{
	unsigned react = REACT_NONE;
	uint32_t key;
	while (!ended(all) && key_take(&key)) {
		/* After a sleep of the computer a key may come before the time is looked at. */
		react |= locking_tick(shops_shown(all));
		for (size_t i = 0; i < all->n; i++)
			alerting_key(&all->items[i]);
		locking_seen(shops_shown(all)->lock);
		if (key == KEY_MOUSE_)
			react |= pointing_event(shops_shown(all), mouse_last());
		else
			react |= scanning_key(shops_shown(all), key);
		react |= shops_show(all);
	}
	return react | keys_search(shops_shown(all));
}

static void read_clocks(struct shops *all)
{
	int64_t now_ms = clock_now_ms(), mono_ms = clock_mono_ms();
	for (size_t i = 0; i < all->n; i++) {
		all->items[i].now_ms = now_ms;
		all->items[i].mono_ms = mono_ms;
	}
}

static unsigned on_worker(struct shops *all, size_t i, bool woken)
{
	if (i != all->at)
		return shops_take(all, i, woken);
	return woken ? events_take(&all->items[i]) : REACT_NONE;
}

static unsigned turn(struct shops *all, const struct pollfd *fds)
{
	unsigned react = REACT_NONE;
	read_clocks(all);
	if (fds[1].revents != 0)
		react |= on_signals(shops_shown(all));
	if (term_hung_up(fds[0].revents))
		shops_shown(all)->quit = true;
	if (fds[0].revents & POLLIN)
		react |= take_keys(all);
	for (size_t i = 0; i < all->n; i++)
		react |= on_worker(all, i, fds[WORKER(i)].revents != 0);
	react |= dialogs_work(shops_shown(all));
	react |= on_timers(shops_shown(all));
	react |= touring_tick(shops_shown(all));
	return react | locking_tick(shops_shown(all));
}

static unsigned ring(struct shops *all)
{
	unsigned react = REACT_NONE;
	for (size_t i = 0; i < all->n; i++)
		react |= alerting_tick(&all->items[i]);
	return react;
}

static size_t watch(const struct shops *all, struct pollfd *fds)
{
	size_t n = 0;
	fds[n++] = (struct pollfd){ .fd = term_fd(), .events = POLLIN };
	fds[n++] = (struct pollfd){ .fd = term_signal_fd(), .events = POLLIN };
	fds[n++] = (struct pollfd){ .fd = account_fd(&shops_shown(all)->lock->account), .events = POLLIN };
	for (size_t i = 0; i < all->n; i++) {
		const struct state *s = &all->items[i];
		int more[2];
		alerting_fds(s, more);
		fds[n++] = (struct pollfd){ .fd = s->desk != NULL ? desk_wake_fd(s->desk) : -1, .events = POLLIN };
		for (size_t k = 0; k < 2; k++)
			fds[n++] = (struct pollfd){ .fd = more[k], .events = POLLIN };
	}
	return n;
}

/* What waits for a moment in which nobody types; true when there is more of it. */
static bool idle(struct shops *all)
{
	struct state *s = shops_shown(all);
	if (term_input_waiting())
		return true;
	if (s->prefetch)
		rows_prefetch(&s->rows, s->reader);
	s->prefetch = false;
	if (!shops_start_next(all))
		return false;
	screen_draw(s, REACT_HEAD);
	return true;
}

void loop_run(struct shops *all)
{
	int64_t ticked = shops_shown(all)->now_ms;
	struct pollfd *fds = xcalloc(WORKER(all->n), sizeof(*fds));
	bool more = true;
	while (!ended(all)) {
		poll(fds, watch(all, fds), more ? 0 : timeout(all));
		unsigned react = turn(all, fds);
		struct state *s = shops_shown(all);
		react |= on_tick(s, &ticked);
		react |= ring(all);
		screen_draw(s, react);
		more = idle(all);
	}
	free(fds);
}
