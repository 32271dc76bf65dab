/* What the text of one setting may be, beyond its kind: the rules that the rows of desk/setting_key.c name.
 *
 * CONFIG with a sentence that names the setting and what is allowed. Pure but for the zone data; any thread. */
#ifndef DESK_SETTING_CHECK_H
#define DESK_SETTING_CHECK_H

#include <stdbool.h>

#include "base/error.h"

bool setting_check_provider(const char *name, const char *value, struct error *err);
bool setting_check_header(const char *name, const char *value, struct error *err);
bool setting_check_printer(const char *name, const char *value, struct error *err);
bool setting_check_print_options(const char *name, const char *value, struct error *err);
bool setting_check_timezone(const char *name, const char *value, struct error *err);
bool setting_check_proxy(const char *name, const char *value, struct error *err);
bool setting_check_base_url(const char *name, const char *value, struct error *err);
bool setting_check_unlock(const char *name, const char *value, struct error *err);
bool setting_check_scan_prefix(const char *name, const char *value, struct error *err);

/* Takes the slashes off the end of a base_url: paths begin with one. */
void setting_trim_url(char *url);

#endif
