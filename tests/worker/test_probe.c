/* How far one question comes: what the doctor's verdict on the way to the server rests on. */
#include "desk/probe.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tests/unit/unit.h"
#include "tests/worker/tlsserver.h"

#define TIMEOUT_MS 20000

static struct certs *certs;

static struct probe ask(int port, const char *ca)
{
	char *url = xasprintf("https://127.0.0.1:%d", port);
	struct settings *s = settings_for_url("test", url);
	struct probe probe;

	s->shops->token = "a-token";
	s->shops->ca_file = ca ? xstrdup(certs_path(certs, ca)) : NULL;
	probe_server(s->shops, TIMEOUT_MS, &probe);
	settings_free(s);
	free(url);
	return probe;
}

static void a_stranger_is_asked_nothing(void **state)
{
	struct tlsserver *s = tlsserver_start(certs, "stranger", NULL);
	struct probe p = ask(tlsserver_port(s), "ca");

	(void)state;
	assert_false(p.sent);
	assert_int_equal(p.error.code, ERR_OFFLINE);
	assert_non_null(strstr(p.error.text, "signed by somebody unknown"));
	assert_int_equal(p.first_byte_ms, 0);
	assert_false(tlsserver_saw(s, "a-token"));
	tlsserver_stop(s);
}

static void what_is_no_marketplace_is_told(void **state)
{
	struct tlsserver *s = tlsserver_start(certs, "good", NULL);
	struct probe p = ask(tlsserver_port(s), "ca");

	(void)state;
	assert_true(p.sent);
	assert_int_equal(p.error.code, ERR_BAD_REPLY);
	assert_true(p.first_byte_ms > 0);
	assert_false(p.dated);
	assert_true(tlsserver_saw(s, "a-token"));
	tlsserver_stop(s);
}

static void a_closed_port_is_told_from_a_certificate(void **state)
{
	struct probe p = ask(1, "ca");

	(void)state;
	assert_false(p.sent);
	assert_int_equal(p.error.code, ERR_OFFLINE);
	assert_non_null(strstr(p.error.text, "refused"));
}

static int start(void **state)
{
	(void)state;
	certs = certs_make();
	return 0;
}

static int stop(void **state)
{
	(void)state;
	certs_remove(certs);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_stranger_is_asked_nothing),
		cmocka_unit_test(what_is_no_marketplace_is_told),
		cmocka_unit_test(a_closed_port_is_told_from_a_certificate),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
