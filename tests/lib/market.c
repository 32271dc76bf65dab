#include "tests/lib/market.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cJSON.h>

#include "base/mem.h"
#include "tests/lib/check.h"
#include "tests/lib/http.h"
#include "tests/lib/patience.h"
#include "tests/lib/proc.h"

#define MARKET_TOKEN "test-token-5c0c62a1"
#define START_MS (20 * 1000)
#define ARGS_MAX 48

/* Reads the first line that duken-sim prints, which names the port. */
static int read_port(int fd, int64_t deadline)
{
	char line[200] = "";
	size_t len = 0;
	int port = 0;

	while (len < sizeof(line) - 1 && !strchr(line, '\n')) {
		struct pollfd p = { .fd = fd, .events = POLLIN };
		ssize_t n;

		if (poll(&p, 1, deadline_left(deadline)) <= 0)
			break;
		n = read(fd, line + len, sizeof(line) - 1 - len);
		if (n <= 0)
			break;
		len += (size_t)n;
		line[len] = '\0';
	}
	if (sscanf(line, "listening on http://127.0.0.1:%d", &port) != 1)
		check_fail("duken-sim did not say where it listens, but: %s", line);
	return port;
}

static void launch(struct market *m)
{
	char *program = built_path("duken-sim");
	char *port = xasprintf("%d", m->port), *seed = xasprintf("%d", m->options.seed);
	char *orders = xasprintf("%d", m->options.orders);
	char *now = xasprintf("%lld", (long long)m->options.now_ms);
	char *log = home_path(m->home, "sim.log");
	const char *argv[ARGS_MAX] = { program, "--parent-death", "--port", port, "--seed", seed,
		"--orders", orders, "--token", MARKET_TOKEN, "--still", "--waybill-delay", "0.2" };
	size_t n = 13;
	int out[2], err = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

	if (m->options.now_ms) {
		argv[n++] = "--now";
		argv[n++] = now;
	}
	for (const char *const *a = m->options.args; a && *a && n + 1 < ARGS_MAX; a++)
		argv[n++] = *a;
	if (pipe2(out, O_CLOEXEC) != 0)
		check_fail("pipe: %s", strerror(errno));
	m->pid = proc_start(m->env, argv, -1, out[1], err);
	close(out[1]);
	close(err);
	m->port = read_port(out[0], deadline_in(START_MS));
	close(out[0]);
	free(program);
	free(port);
	free(seed);
	free(orders);
	free(now);
	free(log);
}

struct market *market_start(const struct market_options *options)
{
	struct market *m = xcalloc(1, sizeof(*m));

	m->options = *options;
	if (!m->options.seed)
		m->options.seed = 1;
	m->home = home_new();
	m->env = home_env(m->home, NULL);
	m->token = MARKET_TOKEN;
	launch(m);
	m->url = xasprintf("http://127.0.0.1:%d", m->port);
	return m;
}

void market_stop(struct market *m)
{
	if (!m)
		return;
	market_down(m);
	home_env_free(m->env);
	home_free(m->home);
	free(m->url);
	free(m);
}

void market_down(struct market *m)
{
	proc_stop(m->pid);
	m->pid = 0;
}

void market_up(struct market *m)
{
	if (!m->pid)
		launch(m);
}

void market_configure(struct market *m, const char *shop_lines, const char *lines)
{
	char *token = home_path(m->home, "config/duken/token");
	char *text = xasprintf("%s\nshop test {\n\tlabel = \"Test shop\"\n\tprovider = \"kaspi\"\n"
		"\tbase_url = \"%s\"\n\ttoken_file = \"%s\"\n%s}\n", lines ? lines : "", m->url, token,
		shop_lines ? shop_lines : "");

	home_write(m->home, "config/duken/token", 0600, MARKET_TOKEN "\n");
	home_write(m->home, "config/duken/duken.conf", 0600, text);
	free(token);
	free(text);
}

char *market_control(struct market *m, const char *method, const char *path, const char *body)
{
	int status = 0;
	char *reply = plain_http(m->port, method, path, "Content-Type: application/json\r\n", body,
		&status, NULL);

	if (!reply)
		check_fail("duken-sim does not answer %s %s", method, path);
	if (status / 100 != 2)
		check_fail("%s %s %s: %d %s", method, path, body ? body : "", status, reply);
	return reply;
}

void market_order(struct market *m, const char *json)
{
	free(market_control(m, "POST", "/sim/order", json));
}

static char *member_text(const cJSON *at, const char *member)
{
	while (at && *member) {
		size_t len = strcspn(member, ".");
		char *name = xstrndup(member, len);

		at = cJSON_IsArray(at) ? cJSON_GetArrayItem(at, atoi(name)) :
			cJSON_GetObjectItemCaseSensitive(at, name);
		free(name);
		member += len + (member[len] == '.');
	}
	if (!at || cJSON_IsNull(at))
		return xstrdup("");
	return cJSON_IsString(at) ? xstrdup(at->valuestring) : cJSON_PrintUnformatted(at);
}

static char *read_member(struct market *m, const char *path, const char *member)
{
	char *reply = market_control(m, "GET", path, NULL);
	cJSON *json = cJSON_Parse(reply);
	char *text;

	if (!json)
		check_fail("duken-sim answers no JSON: %s", reply);
	text = member_text(json, member);
	cJSON_Delete(json);
	free(reply);
	return text;
}

static char *order_path(const char *what, const char *code, const char *rest)
{
	return xasprintf("/sim/%s/%s%s", what, code, rest);
}

char *market_truth(struct market *m, const char *code, const char *member)
{
	char *path = order_path("order", code, "");
	char *text = read_member(m, path, member);

	free(path);
	return text;
}

void market_expect(struct market *m, const char *code, const char *member, const char *value)
{
	int64_t deadline = deadline_in(10 * 1000);
	char *is = market_truth(m, code, member);

	while (strcmp(is, value) != 0 && deadline_left(deadline) > 0) {
		free(is);
		poll(NULL, 0, 5);
		is = market_truth(m, code, member);
	}
	if (strcmp(is, value) != 0)
		check_fail("order %s: %s is \"%s\", not \"%s\"", code, member, is, value);
	free(is);
}

size_t market_requests(struct market *m, const char *piece)
{
	char *log = market_control(m, "GET", "/sim/requests?since=0", NULL);
	size_t n = 0;

	for (const char *s = log; (s = strstr(s, piece)); s += strlen(piece))
		n++;
	free(log);
	return n;
}

void market_wait_requests(struct market *m, const char *piece, size_t n)
{
	int64_t deadline = deadline_in(20 * 1000);
	size_t is = 0;

	while ((is = market_requests(m, piece)) < n && deadline_left(deadline) > 0)
		poll(NULL, 0, 5);
	if (is < n)
		check_fail("the marketplace was asked for %s %zu times, not %zu", piece, is, n);
}

char *market_code(struct market *m, const char *code)
{
	char *path = order_path("code", code, "");
	char *text = read_member(m, path, "code");

	free(path);
	return text;
}

void market_cancel_by_buyer(struct market *m, const char *code)
{
	char *path = order_path("order", code, "/cancel-by-buyer");

	free(market_control(m, "POST", path, NULL));
	free(path);
}

void market_change(struct market *m, const char *code, const char *json)
{
	char *path = order_path("order", code, "/set");

	free(market_control(m, "POST", path, json));
	free(path);
}

void market_fault(struct market *m, const char *rule)
{
	free(market_control(m, "POST", "/sim/fault", rule));
}

void market_no_faults(struct market *m)
{
	free(market_control(m, "DELETE", "/sim/fault", NULL));
}
