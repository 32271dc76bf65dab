#include "tests/worker/tlsserver.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "tests/lib/proc.h"

extern char **environ;

struct certs {
	char dir[64];
};

struct tlsserver {
	pid_t pid;
	int in, out;		/* the child's stdin and stdout */
	int port;
	pthread_t reader;
	bool stopped;
	struct buf seen;	/* the reader's until it is joined */
};

static void die(const char *what)
{
	perror(what);
	abort();
}

static void run(const char *command)
{
	const char *argv[] = { "/bin/sh", "-c", command, NULL };
	struct proc_result r = proc_run(environ, argv, NULL, 20000);

	if (r.status != 0)
		die(command);
	proc_result_clear(&r);
}

/* ---- certificates --------------------------------------------------------------------------- */

#define NEW_KEY "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes 2>openssl.log "

static void make_ca(const struct certs *c, const char *name)
{
	char *command = xasprintf("cd %s && openssl req -x509 -days 2 -subj /CN=%s -keyout %s.key "
		"-out %s.pem " NEW_KEY, c->dir, name, name, name);

	run(command);
	free(command);
}

static void make_leaf(
	const struct certs *c, const char *name, const char *ca, const char *san, int days)
{
	char *command = xasprintf(
		"cd %s && printf 'subjectAltName=%s\\n' >%s.ext && "
		"openssl req -new -subj /CN=duken-test -keyout %s.key -out %s.csr " NEW_KEY "&& "
		"openssl x509 -req -in %s.csr -CA %s.pem -CAkey %s.key -days %d -extfile %s.ext "
		"-out %s.pem 2>openssl.log",
		c->dir, san, name, name, name, name, ca, ca, days, name, name);

	run(command);
	free(command);
}

struct certs *certs_make(void)
{
	struct certs *c = xcalloc(1, sizeof(*c));

	snprintf(c->dir, sizeof(c->dir), "/tmp/duken-certs-XXXXXX");
	if (!mkdtemp(c->dir))
		die("mkdtemp");
	make_ca(c, "ca");
	make_ca(c, "unknown");
	make_ca(c, "self");
	make_leaf(c, "good", "ca", "IP:127.0.0.1", 2);
	make_leaf(c, "expired", "ca", "IP:127.0.0.1", -1);
	make_leaf(c, "other", "ca", "DNS:other.example", 2);
	make_leaf(c, "stranger", "unknown", "IP:127.0.0.1", 2);
	return c;
}

void certs_remove(struct certs *c)
{
	char *command = xasprintf("rm -r %s", c->dir);

	run(command);
	free(command);
	free(c);
}

const char *certs_path(const struct certs *c, const char *name)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/%s.pem", c->dir, name);
	return path;
}

/* ---- the server ----------------------------------------------------------------------------- */

/* s_server sends what it reads on its standard input to whoever is connected. */
static void *read_child(void *user)
{
	static const char reply[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
	struct tlsserver *s = user;
	size_t answered = 0;
	char chunk[4096];
	ssize_t n;

	while ((n = read(s->out, chunk, sizeof(chunk))) > 0) {
		const char *end;

		buf_add(&s->seen, chunk, (size_t)n);
		end = strstr(s->seen.data + answered, "\r\n\r\n");
		if (!end)
			continue;
		answered = s->seen.len;
		if (write(s->in, reply, sizeof(reply) - 1) < 0)
			break;
	}
	return NULL;
}

/* A line like "ACCEPT 127.0.0.1:34567". */
static void read_port(struct tlsserver *s)
{
	char c = 0;

	while (c != '\n' || sscanf(buf_str(&s->seen), "ACCEPT %*[^:]:%d", &s->port) != 1) {
		if (c == '\n')
			buf_reset(&s->seen);
		if (read(s->out, &c, 1) != 1)
			die("openssl s_server");
		buf_addc(&s->seen, c);
	}
}

static _Noreturn void become_server(
	int in, int out, const char *cert, const char *key, const char *more)
{
	/* A test that fails leaves without a word. */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	dup2(in, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	if (freopen("/dev/null", "w", stderr))
		execlp("openssl", "openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", cert,
			"-key", key, more, (char *)NULL);
	_exit(127);
}

struct tlsserver *tlsserver_start(const struct certs *c, const char *name, const char *more)
{
	struct tlsserver *s = xcalloc(1, sizeof(*s));
	char *cert = xasprintf("%s/%s.pem", c->dir, name);
	char *key = xasprintf("%s/%s.key", c->dir, name);
	int in[2], out[2];

	s->seen = (struct buf)BUF_INIT(BUF_MAX_FILE);
	if (pipe2(in, O_CLOEXEC) || pipe2(out, O_CLOEXEC))
		die("pipe");
	s->pid = fork();
	if (s->pid < 0)
		die("fork");
	if (!s->pid)
		become_server(in[0], out[1], cert, key, more);
	close(in[0]);
	close(out[1]);
	free(cert);
	free(key);
	s->in = in[1];
	s->out = out[0];
	read_port(s);
	if (pthread_create(&s->reader, NULL, read_child, s))
		die("pthread_create");
	return s;
}

static void stop(struct tlsserver *s)
{
	if (s->stopped)
		return;
	kill(s->pid, SIGTERM);
	waitpid(s->pid, NULL, 0);
	pthread_join(s->reader, NULL);
	s->stopped = true;
}

void tlsserver_stop(struct tlsserver *s)
{
	stop(s);
	close(s->in);
	close(s->out);
	buf_clear(&s->seen);
	free(s);
}

int tlsserver_port(const struct tlsserver *s)
{
	return s->port;
}

bool tlsserver_saw(struct tlsserver *s, const char *text)
{
	stop(s);
	return s->seen.data && memmem(s->seen.data, s->seen.len, text, strlen(text));
}
