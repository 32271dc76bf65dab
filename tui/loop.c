#include "tui/loop.h"

#include <poll.h>
#include <stdbool.h>
#include <string.h>

#include "base/clock.h"
#include "desk/desk.h"
#include "tui/alerting.h"
#include "tui/events.h"
#include "tui/keys.h"
#include "tui/locking.h"
#include "tui/scanning.h"
#include "tui/model/react.h"
#include "tui/screen.h"
#include "tui/model/state.h"
#include "tui/term/key.h"
#include "tui/term/term.h"

#define TICK_MS 5000
#define TICK_COUNTDOWN_MS 1000
#define FDS 5		/* the terminal, its signals, the worker, and two of a command's */

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

static int timeout(const struct state *s)
{
	int64_t at = s->mono_ms + next_tick(s);
	at = sooner(at, s->shown.follow_at);
	at = sooner(at, s->shown.fetch_at);
	at = sooner(at, s->shown.phone_until);
	at = sooner(at, s->reload_at);
	at = sooner(at, scan_due(&s->scan));
	at = sooner(at, alerting_due(s));
	at = sooner(at, locking_due(s));
	int64_t left = at - clock_mono_ms();
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

static unsigned turn(struct state *s, struct pollfd *fds)
{
	uint32_t key;
	unsigned react = REACT_NONE;
	s->now_ms = clock_now_ms();
	s->mono_ms = clock_mono_ms();
	if (fds[1].revents != 0)
		react |= on_signals(s);
	if (term_hung_up(fds[0].revents))
		s->quit = true;
	if (fds[0].revents & POLLIN) {
		while (!s->quit && key_take(&key)) {
			alerting_key(s);
			locking_seen(s);
			react |= scanning_key(s, key);
		}
	}
	react |= keys_search(s);
	if (fds[2].revents != 0)
		react |= events_take(s);
	react |= on_timers(s);
	return react | locking_tick(s);
}

void loop_run(struct state *s)
{
	int64_t ticked = s->now_ms;
	struct pollfd fds[FDS] = {
		{ .fd = term_fd(), .events = POLLIN },
		{ .fd = term_signal_fd(), .events = POLLIN },
		{ .fd = s->desk != NULL ? desk_wake_fd(s->desk) : -1, .events = POLLIN },
		{ .fd = -1, .events = POLLIN },
		{ .fd = -1, .events = POLLIN },
	};
	while (!s->quit) {
		int more[2];
		alerting_fds(s, more);
		for (size_t i = 0; i < FDS; i++)
			fds[i].revents = 0;
		for (size_t i = 0; i < 2; i++)
			fds[3 + i].fd = more[i];
		poll(fds, FDS, timeout(s));
		unsigned react = turn(s, fds);
		react |= on_tick(s, &ticked);
		react |= alerting_tick(s);
		screen_draw(s, react);
		if (s->prefetch && !term_input_waiting()) {
			rows_prefetch(&s->rows, s->reader);
			s->prefetch = false;
		}
	}
}
