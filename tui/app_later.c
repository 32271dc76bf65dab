#include "tui/app.h"

#include "base/i18n.h"

/* Stands in until the screen is there. */
int app_run(const struct app_options *options, struct error *err)
{
	(void)options;
	error_set(err, ERR_REFUSED, _("the desk's screen is not part of this build"));
	return 1;
}
