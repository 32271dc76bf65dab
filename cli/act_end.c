/* How an action ended, for people, for scripts and as an exit status. See act.h. */
#include "base/error.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/act.h"

void act_end(struct act_run *r, struct job *job, const char *outcome, const char *message,
	int status)
{
	job->outcome = outcome;
	job->message = xstrdup(message ? message : "");
	job->status = status;
	job->request = 0;
	r->running--;
}

void act_end_failed(struct act_run *r, struct job *job, const struct error *err)
{
	act_end(r, job, err->code == ERR_CONFLICT ? "conflict" : "refused", err->text,
		error_exit_status(err->code));
}

/* What keeps us from the server says more than "refused". */
static int status_of_link(const struct act_run *r, int otherwise)
{
	return r->session.link.code ? error_exit_status(r->session.link.code) : otherwise;
}

void act_end_in_state(struct act_run *r, struct job *job, enum action_state state,
	const char *message)
{
	bool said = message && *message;

	switch (state) {
	case ACTION_DONE:
		act_end(r, job, "done", message, 0);
		return;
	case ACTION_QUEUED:
		act_end(r, job, "queued", said ? message : _("It waits in the journal."), 3);
		return;
	case ACTION_CONFLICT:
		act_end(r, job, "conflict", message, 1);
		return;
	case ACTION_REFUSED:
	case ACTION_UNDONE:
		act_end(r, job, "refused", message, status_of_link(r, 1));
		return;
	case ACTION_SENDING:
	case ACTION_UNKNOWN:
	case ACTION_ASK:
	case ACTION_STATES:
		act_end(r, job, "unknown",
			said ? message :
			       _("It was sent, and nobody saw what became of it: look at the order "
				 "again."),
			5);
	}
}
