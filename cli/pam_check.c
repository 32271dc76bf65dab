#include "cli/pam_check.h"

#include <errno.h>
#include <security/pam_appl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "desk/account.h"

#define SILENT (PAM_SILENT | PAM_DISALLOW_NULL_AUTHTOK)

static void forget(struct pam_response *answers, int n)
{
	for (int i = 0; i < n; i++) {
		if (answers[i].resp)
			explicit_bzero(answers[i].resp, strlen(answers[i].resp));
		free(answers[i].resp);
	}
	free(answers);
}

/* Sentences need no answer; a question that may be seen is none for a password. */
static int answer(const struct pam_message *question, struct pam_response *out, const char *password)
{
	switch (question->msg_style) {
	case PAM_PROMPT_ECHO_OFF:
		out->resp = strdup(password);
		return out->resp ? PAM_SUCCESS : PAM_BUF_ERR;
	case PAM_TEXT_INFO:
	case PAM_ERROR_MSG:
		return PAM_SUCCESS;
	default:
		return PAM_CONV_ERR;
	}
}

static int converse(int n, const struct pam_message **questions, struct pam_response **out, void *password)
{
	struct pam_response *answers;
	int result = PAM_SUCCESS;

	if (n <= 0 || n > PAM_MAX_NUM_MSG)
		return PAM_CONV_ERR;
	answers = calloc((size_t)n, sizeof(*answers));
	if (!answers)
		return PAM_BUF_ERR;
	for (int i = 0; i < n && result == PAM_SUCCESS; i++)
		result = answer(questions[i], &answers[i], password);
	if (result == PAM_SUCCESS)
		*out = answers;
	else
		forget(answers, n);
	return result;
}

static int begin(const char *name, const struct pam_conv *conv, pam_handle_t **out)
{
#ifdef PAM_CONFDIR_FROM_ENV
	/* Tests alone are built so: whoever chooses the folder opens the desk. */
	return pam_start_confdir(ACCOUNT_SERVICE, name, conv, getenv("DUKEN_TEST_PAM"), out);
#else
	return pam_start(ACCOUNT_SERVICE, name, conv, out);
#endif
}

static int ask(const char *name, char *password)
{
	const struct pam_conv conv = { converse, password };
	pam_handle_t *pam = NULL;
	int result = begin(name, &conv, &pam);

	if (result != PAM_SUCCESS)
		return result;
	result = pam_authenticate(pam, SILENT);
	if (result == PAM_SUCCESS)
		result = pam_acct_mgmt(pam, SILENT);
	pam_end(pam, result);
	return result;
}

static enum account_said said(int result)
{
	switch (result) {
	case PAM_SUCCESS:
		return ACCOUNT_RIGHT;
	case PAM_AUTH_ERR:
	case PAM_USER_UNKNOWN:
	case PAM_MAXTRIES:
	case PAM_PERM_DENIED:
	case PAM_ACCT_EXPIRED:
	case PAM_NEW_AUTHTOK_REQD:
	case PAM_AUTHTOK_EXPIRED:
		return ACCOUNT_WRONG;
	default:
		return ACCOUNT_FAILED;
	}
}

static size_t read_all(char *out, size_t size)
{
	size_t len = 0;
	ssize_t n = 1;

	while (n > 0 && len < size) {
		n = read(STDIN_FILENO, out + len, size - len);
		if (n > 0)
			len += (size_t)n;
		else if (n < 0 && errno == EINTR)
			n = 1;
	}
	return len;
}

void pam_check(void)
{
	char text[CHILD_INPUT_MAX];
	enum account_said end = ACCOUNT_FAILED;
	size_t len, name;

	/* A desk that is gone wants no answer. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	len = read_all(text, sizeof(text));
	name = strnlen(text, len) + 1;
	if (name > 1 && name < len && strnlen(text + name, len - name) + 1 == len - name)
		end = said(ask(text, text + name));
	explicit_bzero(text, sizeof(text));
	/* What modules leave to be done at an end is not ours to run. */
	_exit((int)end);
}
