#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#define LOG_MAX (4 * 1024 * 1024)
#define LOG_LINE_CHARS 2000

static struct {
	pthread_mutex_t lock;	/* guards fd's file and size once threads run; the rest stays as it is */
	int fd;			/* -1 while closed */
	enum log_level level;
	char *path;
	long long size;
} sink = { .lock = PTHREAD_MUTEX_INITIALIZER, .fd = -1 };

static const char *const level_names[] = {
	[LOG_ERROR] = "error",
	[LOG_WARNING] = "warning",
	[LOG_INFO] = "info",
	[LOG_DEBUG] = "debug",
};

static int open_file(const char *path)
{
	return open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
}

/* The size of the file as another duken may have left it; 0 if unknown. */
static long long size_of(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 ? (long long)st.st_size : 0;
}

/* Keeps the full file as path.1 and puts a new one under the same descriptor. */
static void rotate(void)
{
	char *old = xasprintf("%s.1", sink.path);
	int fd = -1;

	if (rename(sink.path, old) == 0)
		fd = open_file(sink.path);
	if (fd >= 0) {
		dup3(fd, sink.fd, O_CLOEXEC);
		close(fd);
	}
	sink.size = 0;	/* also where it failed: try again after as much */
	free(old);
}

bool log_open(const char *path, enum log_level level, struct error *err)
{
	int fd = open_file(path);
	struct stat st;

	if (fd < 0)
		return error_set(err, ERR_STORAGE, _("cannot open the log %s: %s"), path, strerror(errno));
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		return error_set(err, ERR_STORAGE, _("%s is not a file: choose another log"), path);
	}
	log_close();
	(void)!fchmod(fd, 0600);
	sink.fd = fd;
	sink.path = xstrdup(path);
	sink.level = level;
	sink.size = size_of(fd);
	return true;
}

void log_close(void)
{
	if (sink.fd < 0)
		return;
	close(sink.fd);
	free(sink.path);
	sink.fd = -1;
	sink.path = NULL;
}

static void add_json_string(struct buf *b, const char *s)
{
	buf_addc(b, '"');
	for (; *s; s++) {
		if (*s == '\n')
			buf_adds(b, "\\n");
		else if (*s == '"' || *s == '\\')
			buf_addf(b, "\\%c", *s);
		else
			buf_addc(b, *s);
	}
	buf_addc(b, '"');
}

static void compose(struct buf *line, enum log_level level, const char *area, const char *text)
{
	struct arena a = ARENA_INIT;
	char when[40];

	time_format_rfc3339(clock_now_ms(), when, sizeof(when));
	buf_addf(line, "{\"time\":\"%s\",\"level\":\"%s\",\"pid\":%d,\"area\":\"%s\",\"text\":", when,
		level_names[level], (int)getpid(), area);
	add_json_string(line, text_clean(&a, text, strlen(text), LOG_LINE_CHARS, TEXT_NOTE));
	buf_adds(line, "}\n");
	arena_clear(&a);
}

void log_write(enum log_level level, const char *area, const char *format, ...)
{
	struct buf line = BUF_INIT(BUF_MAX_LINE);
	va_list ap;
	char *text;

	if (sink.fd < 0 || level > sink.level)
		return;
	va_start(ap, format);
	if (vasprintf(&text, format, ap) < 0)
		text = xstrdup("");
	va_end(ap);
	compose(&line, level, area, text);
	pthread_mutex_lock(&sink.lock);
	if (sink.size + (long long)line.len > LOG_MAX)
		rotate();
	/* One write, so that processes do not mix their lines. A full disk must not stop the desk: what
	 * could not be written is lost. */
	(void)!write(sink.fd, line.data, line.len);
	sink.size += (long long)line.len;
	pthread_mutex_unlock(&sink.lock);
	buf_clear(&line);
	free(text);
}
