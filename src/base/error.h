/* What went wrong: a code that a program acts on and one finished sentence that a person reads.
 *
 *	bool f(..., struct error *err)
 *	{
 *		if (bad)
 *			return error_set(err, ERR_STORAGE, _("cannot open %s: %s"), path, strerror(errno));
 *		return true;
 *	}
 *
 * A function that can fail returns bool and takes the error last. The error is written only on
 * failure; `err` may be NULL where the caller does not care. The sentence is already translated,
 * says what to do, has no final newline, and holds nothing from outside that was not cleaned
 * (error_set() itself replaces control characters, so that it is safe on a terminal). */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>
#include <stdint.h>

enum error_code {
	ERR_NONE,
	ERR_OFFLINE,		/* no connection: DNS, TCP, TLS */
	ERR_TIMEOUT,		/* connected, no answer in time */
	ERR_UNAUTHORIZED,	/* the server does not know the token */
	ERR_FORBIDDEN,		/* the token has no right to this */
	ERR_RATE_LIMITED,	/* asked to wait; see retry_after_ms */
	ERR_REFUSED,		/* the server or the rules say no, with a reason */
	ERR_NOT_FOUND,		/* no such order, entry, action */
	ERR_CONFLICT,		/* the order changed meanwhile, or somebody acts on it already */
	ERR_UNKNOWN_OUTCOME,	/* sent, and nobody knows whether it was applied */
	ERR_BAD_REPLY,		/* an answer that cannot be read */
	ERR_SERVER,		/* 5xx: the server failed by its own account */
	ERR_STORAGE,		/* disk, database */
	ERR_CONFIG,		/* a setting is missing or wrong */
	ERR_USAGE,		/* the caller's words are wrong */
	ERR_CANCELLED,		/* stopped on request */
	ERR_CODES
};

#define ERROR_TEXT_MAX 512

struct error {
	enum error_code code;
	int64_t retry_after_ms;		/* with RATE_LIMITED: wait this long; 0 unknown */
	char text[ERROR_TEXT_MAX];	/* UTF-8, cut at a character */
};

#define ERROR_INIT { .code = ERR_NONE }

/* Always false, so that failing is one line. */
bool error_set(struct error *err, enum error_code code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* Puts "context: " before the sentence; always false. */
bool error_prefix(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* "OFFLINE", "UNKNOWN_OUTCOME": for --json and logs, not for people. */
const char *error_code_name(enum error_code code);
/* The exit status of a command that failed with this: 1 refused or failed, 2 usage or configuration,
 * 3 offline or timed out, 4 unauthorized, 5 outcome unknown. */
int error_exit_status(enum error_code code);

#endif
