/* duken-sim: options, the shop, the server, then wait for a signal. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/buf.h"
#include "sim/options.h"

static bool read_file(const char *path, struct buf *out, struct error *err)
{
	FILE *f = fopen(path, "re");
	char part[4096];
	size_t n;

	if (!f)
		return error_set(err, ERR_CONFIG, "cannot open %s: %s", path, strerror(errno));
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		buf_add(out, part, n);
	fclose(f);
	if (!out->len || out->full)
		return error_set(err, ERR_CONFIG, "%s is empty or too large", path);
	return true;
}

/* Signals are taken by sigwait() in this thread alone. */
static void block_signals(sigset_t *wanted)
{
	signal(SIGPIPE, SIG_IGN);
	sigemptyset(wanted);
	sigaddset(wanted, SIGTERM);
	sigaddset(wanted, SIGINT);
	pthread_sigmask(SIG_BLOCK, wanted, NULL);
}

static bool prepare(struct options *o, struct site *site, struct buf *certificate, struct buf *key,
	struct error *err)
{
	unsigned i;

	if (o->certificate_file) {
		if (!read_file(o->certificate_file, certificate, err) ||
			!read_file(o->key_file, key, err))
			return false;
		o->server.certificate = buf_str(certificate);
		o->server.key = buf_str(key);
	}
	if (o->log_file) {
		site->log.file = fopen(o->log_file, "ae");
		if (!site->log.file)
			return error_set(err, ERR_STORAGE, "cannot open %s: %s", o->log_file,
				strerror(errno));
	}
	site->faults.seed = o->shop.seed;
	for (i = 0; i < o->n_faults; i++) {
		if (!faults_add(&site->faults, o->faults[i], err))
			return false;
	}
	site->check_user_agent = o->check_user_agent;
	shop_init(&site->shop, &o->shop);
	return true;
}

static bool run(
	struct options *o, struct site *site, sigset_t *signals, pid_t parent, struct error *err)
{
	struct server *server = server_start(site, &o->server, err);
	int received;

	if (!server)
		return false;
	if (!o->quiet) {
		printf("listening on %s\n", site->shop.base_url);
		fflush(stdout);
	}
	/* The parent may have ended before the kernel was told to watch it. */
	if (!o->parent_death || getppid() == parent)
		sigwait(signals, &received);
	server_stop(server);
	return true;
}

int main(int argc, char **argv)
{
	struct buf certificate = BUF_INIT(BUF_MAX_FILE), key = BUF_INIT(BUF_MAX_FILE);
	struct site site = { .check_user_agent = true };
	struct error err = ERROR_INIT;
	pid_t parent = getppid();
	struct options options;
	sigset_t signals;
	bool ok;

	switch (options_parse(&options, argc, argv)) {
	case OPTIONS_DONE:
		return 0;
	case OPTIONS_WRONG:
		return 2;
	case OPTIONS_RUN:
		break;
	}
	block_signals(&signals);
	if (options.parent_death)
		prctl(PR_SET_PDEATHSIG, SIGTERM);
	ok = prepare(&options, &site, &certificate, &key, &err);
	if (ok) {
		ok = run(&options, &site, &signals, parent, &err);
		shop_clear(&site.shop);
	}
	faults_clear(&site.faults);
	reqlog_clear(&site.log);
	if (site.log.file)
		fclose(site.log.file);
	buf_clear(&certificate);
	buf_clear(&key);
	if (!ok)
		fprintf(stderr, "duken-sim: %s\n", err.text);
	return ok ? 0 : error_exit_status(err.code);
}
