/* From the words of a command line to the form of an action. */
#ifndef CLI_ACT_FORM_H
#define CLI_ACT_FORM_H

#include <stdbool.h>

#include "cli/args.h"
#include "order/provider.h"

/* The field whose values are the words after the order's number (IMEI), or NULL. */
const struct field_spec *act_words(const struct action_spec *spec);

/* Fills the form in and checks it. Where the code is missing that an opener sends, *spec becomes the
 * opener. USAGE and a sentence that names the option. */
bool act_form(const struct provider *p, const struct action_spec **spec, const struct args *args,
	struct form *form, struct error *err);

/* With the order's lines at hand: the numbers that were typed become the lines' ids, and the form is held
 * against the lines. What looks like a mistake is *warning (the caller's to free), and fails unless `force`. */
bool act_form_entries(const struct action_spec *spec, const struct subject *s, bool force,
	struct form *form, char **warning, struct error *err);

#endif
