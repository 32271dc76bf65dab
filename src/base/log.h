/* The log: one file of the state folder, one JSON object a line, English; never the terminal, never
 * a token, a code, a name or a phone. Text from outside may go in: it is cleaned.
 *
 *	{"time":"2026-11-23T14:32:05+05:00","level":"info","pid":812,"area":"sync","text":"..."}
 *
 * Off until log_open(). log_open() and log_close() belong where one thread runs; log_write() to any
 * thread. Several processes may share the file. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdbool.h>

#include "base/error.h"

enum log_level { LOG_ERROR, LOG_WARNING, LOG_INFO, LOG_DEBUG };

/* Appends to path (0600, no link). Over 4 MiB the old file is kept as path.1. */
bool log_open(const char *path, enum log_level level, struct error *err);
void log_close(void);
void log_write(enum log_level level, const char *area, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
