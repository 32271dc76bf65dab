#include "desk/account.h"

#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"

#ifndef ACCOUNT_DEADLINE_MS
#define ACCOUNT_DEADLINE_MS 30000
#endif

/* Both with the NUL at their ends. */
static bool start(struct child *c, const char *name, const char *password)
{
	/* Also where the program was replaced by a newer one meanwhile. */
	static const char *const argv[] = { "/proc/self/exe", ACCOUNT_COMMAND, NULL };
	static const char *const secrets[] = { "DUKEN_TOKEN", "CREDENTIALS_DIRECTORY", NULL };
	size_t name_size = strlen(name) + 1, size = name_size + strlen(password) + 1;
	char input[CHILD_INPUT_MAX];
	bool ok = size <= sizeof(input);

	if (ok) {
		memcpy(input, name, name_size);
		memcpy(input + name_size, password, size - name_size);
		/* Its output is not wanted, but tells of the end where nothing else does. */
		ok = child_start(c, &(struct child_options){ .argv = argv, .reads = CHILD_OUTPUT, .without = secrets,
			.input = input, .input_len = size });
	} else {
		errno = E2BIG;
	}
	explicit_bzero(input, sizeof(input));
	return ok;
}

bool account_ask(struct account *a, const char *name, const char *password, struct error *err)
{
	account_stop(a);
	if (!start(&a->child, name, password))
		return error_set(err, ERR_CONFIG, _("The password cannot be checked: %s"), strerror(errno));
	a->until_ms = clock_mono_ms() + ACCOUNT_DEADLINE_MS;
	return true;
}

enum account_said account_answer(struct account *a, struct error *err)
{
	struct buf ignored = BUF_INIT(0);
	bool ended = child_step(&a->child, &ignored), late = !ended && clock_mono_ms() >= a->until_ms;
	int status;

	buf_clear(&ignored);
	if (!ended && !late)
		return ACCOUNT_WAITS;
	account_stop(a);
	status = a->child.status;
	if (!late && (status == ACCOUNT_RIGHT || status == ACCOUNT_WRONG))
		return (enum account_said)status;
	if (late)
		error_set(err, ERR_TIMEOUT, _("PAM gave no answer within %d s."), ACCOUNT_DEADLINE_MS / 1000);
	else
		error_set(err, ERR_CONFIG, _("PAM could not check the password; the computer's log says why."));
	return ACCOUNT_FAILED;
}

bool account_asked(const struct account *a)
{
	return a->until_ms != 0;
}

int account_fd(const struct account *a)
{
	return a->child.end_fd >= 0 ? a->child.end_fd : a->child.out_fd;
}

void account_stop(struct account *a)
{
	child_kill(&a->child);
	a->until_ms = 0;
}
