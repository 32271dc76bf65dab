#include "tests/crash/poller.h"

#include <poll.h>
#include <stdlib.h>

#include "base/mem.h"

static void replace(char **member, const char *text)
{
	free(*member);
	*member = xstrdup(text);
}

bool poller_start(struct poller *p, const char *url, const char *token_file, const char *dir,
	const char *agent)
{
	struct desk_options o = { .clerk = "Айгуль", .state_dir = dir };
	struct request *on = request_new(REQUEST_POLL);
	struct shop *shop;

	p->settings = settings_for_url("test", url);
	shop = &p->settings->shops[0];
	replace(&shop->token_file, token_file);
	replace(&shop->user_agent, agent);
	shop->poll_new_s = shop->poll_other_s = POLLER_INTERVAL_MS / 1000;
	shop->requests_per_second = 1000;
	o.shop = shop;
	p->desk = desk_start(&o, NULL, NULL);
	on->on = true;
	if (p->desk)
		desk_post(p->desk, on);
	else
		request_free(on);
	return p->desk != NULL;
}

void poller_stop(struct poller *p)
{
	desk_stop(p->desk);
	settings_free(p->settings);
}

void poller_wait(struct poller *p, int ms)
{
	struct pollfd fd = { .fd = desk_wake_fd(p->desk), .events = POLLIN };
	struct event *e;

	poll(&fd, 1, ms);
	desk_drain(p->desk);
	while ((e = desk_take(p->desk)))
		event_free(e);
}
