#include "store/owner.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool read_text(const char *path, char *out, size_t cap)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, out, cap - 1);

	if (fd >= 0)
		close(fd);
	out[n > 0 ? n : 0] = '\0';
	return n > 0;
}

#define UNKNOWN (-1)	/* it may live: there was no looking */

/* Field 22 of /proc/PID/stat. The name in field 2 may hold anything, so counting begins behind its last
 * parenthesis. 0 when there is no such process, or only what its parent has not yet taken note of. */
static int64_t start_of(int64_t pid)
{
	char path[64], text[1024], *s;
	int64_t start = 0;
	char state;

	snprintf(path, sizeof(path), "/proc/%" PRId64 "/stat", pid);
	errno = 0;
	if (!read_text(path, text, sizeof(text)))
		return errno == ENOENT || errno == ESRCH || !errno ? 0 : UNKNOWN;
	s = strrchr(text, ')');
	if (!s || sscanf(s, ") %c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d "
		"%*d %" SCNd64, &state, &start) != 2)
		return 0;
	return state == 'Z' || state == 'X' ? 0 : start;
}

void owner_self(struct owner *out)
{
	*out = (struct owner){ .pid = getpid() };
	out->start = start_of(out->pid);
	if (out->start == UNKNOWN)
		out->start = 0;
	read_text("/proc/sys/kernel/random/boot_id", out->boot, sizeof(out->boot));
	out->boot[strcspn(out->boot, "\n")] = '\0';
}

bool owner_same(const struct owner *a, const struct owner *b)
{
	return a->pid == b->pid && a->start == b->start && !strcmp(a->boot, b->boot);
}

bool owner_gone(const struct owner *o, const struct owner *self)
{
	int64_t start;

	if (owner_same(o, self))
		return false;
	if (strcmp(o->boot, self->boot) != 0)
		return true;
	/* Without /proc only the number can be asked for. */
	if (!self->start)
		return o->pid == self->pid || (kill((pid_t)o->pid, 0) < 0 && errno == ESRCH);
	start = start_of(o->pid);
	return start != UNKNOWN && start != o->start;
}
