#include "tui/command/names.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "desk/desk.h"

static const char *const languages[] = { "en", "ru", "kk" };

#define LANGUAGES (sizeof(languages) / sizeof(languages[0]))

static struct arena words = ARENA_INIT;
static const char *names[COMMANDS][LANGUAGES];	/* folded; NULL: not collected */

/* What gettext's manual says: LANGUAGE is read anew after this has changed. */
extern int _nl_msg_cat_cntr;

static void speak(const char *language)
{
	if (language != NULL)
		setenv("LANGUAGE", language, 1);
	else
		unsetenv("LANGUAGE");
	_nl_msg_cat_cntr++;
}

/* An action has the words of every marketplace that knows it. */
static const char *folded_name(enum command c)
{
	struct buf name = BUF_INIT(BUF_MAX_LINE), folded = BUF_INIT(BUF_MAX_LINE);
	const struct provider *p;
	for (size_t i = 0; (p = desk_provider_at(i)) != NULL; i++) {
		if (i == 0 || command_action(c, p) != NULL)
			buf_addf(&name, "%s %s ", command_help(c, p), command_bar_word(c, p));
	}
	text_fold(&folded, buf_str(&name));
	const char *kept = arena_strdup(&words, buf_str(&folded));
	buf_clear(&name);
	buf_clear(&folded);
	return kept;
}

void names_collect(void)
{
	const char *now = getenv("LANGUAGE");
	char *before = now != NULL ? xstrdup(now) : NULL;
	arena_reset(&words);
	memset(names, 0, sizeof(names));
	for (size_t l = 0; l < LANGUAGES; l++) {
		speak(languages[l]);
		for (int i = COMMAND_NONE + 1; i < COMMANDS; i++)
			names[i][l] = folded_name((enum command)i);
	}
	speak(before);
	free(before);
}

/* Whether some word of the text begins with these bytes. */
static bool begins_word(const char *text, const char *word, size_t len)
{
	for (const char *s = text; s != NULL; s = strchr(s, ' ')) {
		s += *s == ' ';
		if (strncmp(s, word, len) == 0)
			return true;
	}
	return false;
}

static bool has_words(const char *name, const char *keys, const char *query)
{
	for (const char *s = query; *s != '\0';) {
		size_t len = strcspn(s, " ");
		if (!begins_word(name, s, len) && !begins_word(keys, s, len))
			return false;
		s += len + (s[len] == ' ');
	}
	return true;
}

static bool is_key(const char *keys, const char *query)
{
	const char *name;
	size_t len;
	while ((len = keyname_next(&keys, &name)) > 0) {
		if (strlen(query) == len && memcmp(name, query, len) == 0)
			return true;
	}
	return false;
}

bool names_match(enum command command, const char *query)
{
	char keys[64];
	struct buf folded = BUF_INIT(BUF_MAX_LINE), folded_keys = BUF_INIT(BUF_MAX_LINE);
	bool found = false;
	command_keys(command, keys, sizeof(keys));
	text_fold(&folded, query);
	text_fold(&folded_keys, keys);
	if (folded.len == 0)
		found = query[strspn(query, " ")] == '\0' || is_key(keys, query);
	for (size_t l = 0; l < LANGUAGES && folded.len > 0 && !found; l++)
		found = names[command][l] != NULL &&
			has_words(names[command][l], buf_str(&folded_keys), buf_str(&folded));
	buf_clear(&folded);
	buf_clear(&folded_keys);
	return found;
}
