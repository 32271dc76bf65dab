#include "desk/settings_write.h"

#include <string.h>

/* Between quotes " ends the text, \ takes the next character as it is and ${ names a variable. */
void settings_put(struct buf *out, const char *name, const char *value)
{
	buf_addf(out, "%s = \"", name);
	for (; *value; value++) {
		if (strchr("\"\\$", *value))
			buf_addc(out, '\\');
		buf_addc(out, *value);
	}
	buf_adds(out, "\"\n");
}

static void put_of_shop(struct buf *out, const char *name, const char *value)
{
	if (!value)
		return;
	buf_addc(out, '\t');
	settings_put(out, name, value);
}

void settings_put_first(struct buf *out, const struct settings *s)
{
	const struct shop *shop = s->shops;

	buf_adds(out, "# Settings of duken; man duken.conf says what else there is.\n");
	if (s->language)
		settings_put(out, "language", s->language);
	buf_addf(out, "shop \"%s\" {\n", shop->name);
	put_of_shop(out, "label", shop->label);
	put_of_shop(out, "provider", shop->provider);
	put_of_shop(out, "base_url", shop->base_url);
	put_of_shop(out, "token_file", shop->token_file);
	put_of_shop(out, "token_command", shop->token_command);
	buf_adds(out, "}\n");
}
