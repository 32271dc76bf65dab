/* The log: one file of the state folder, one JSON object a line, English; never the terminal, never
 * a token, a code, a name or a phone. Off until log_open(). Any thread (it leans on stdio's lock). */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdbool.h>

#include "base/error.h"

enum log_level { LOG_ERROR, LOG_WARNING, LOG_INFO, LOG_DEBUG };

/* Appends to path (0600). Over 4 MiB the old file is kept as path.1. */
bool log_open(const char *path, enum log_level level, struct error *err);
void log_close(void);
void log_write(enum log_level level, const char *area, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
