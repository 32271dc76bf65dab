#include "desk/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "desk/notify.h"
#include "desk/settings_write.h"
#include "tests/unit/unit.h"

static char path[] = "/tmp/duken-settings-XXXXXX";

static void put(const char *text)
{
	assert_true(file_write_atomic(path, text, strlen(text), NULL));
}

/* What the file's only slip says after its name, or what the error says. */
static void expect_slip(const char *text, const char *expected)
{
	struct error err = ERROR_INIT;

	put(text);
	if (settings_load(path, &err))
		fail_msg("accepted: %s", text);
	assert_int_equal(err.code, ERR_CONFIG);
	assert_memory_equal(err.text, path, strlen(path));
	if (!strstr(err.text, expected))
		fail_msg("\"%s\" is not in \"%s\"", expected, err.text);
}

static void everything_has_a_default(void **state)
{
	struct error err = ERROR_INIT;
	struct settings *s;
	const struct shop *shop;

	(void)state;
	put("shop almaty { provider = \"kaspi\" }\n");
	s = settings_load(path, &err);
	assert_non_null(s);
	assert_string_equal(s->path, path);
	assert_null(s->language);
	assert_string_equal(s->timezone, "Asia/Almaty");
	assert_string_equal(s->notify, "bell title");
	assert_null(s->notify_command);
	assert_null(s->quiet_hours);
	assert_int_equal(s->remind_s, 60);
	assert_true(s->mask_phones);
	assert_false(s->mouse);
	assert_false(s->links);
	assert_true(s->clipboard);
	assert_int_equal(s->lock_after_s, 0);
	assert_false(settings_unlock_by_pam(s));
	assert_null(s->scan_prefix);
	assert_int_equal(settings_scan_rules(s).n_prefix, 0);
	assert_int_equal(settings_scan_rules(s).suffix, SCAN_ENTER_OR_TAB);
	assert_int_equal(settings_scan_rules(s).gap_ms, SCAN_GAP_MS);
	assert_true(*s->clerk);
	shop = settings_shop(s, NULL, &err);
	assert_ptr_equal(shop, s->shops);
	assert_string_equal(shop->name, "almaty");
	assert_string_equal(shop->label, "almaty");
	assert_string_equal(shop->base_url, "https://kaspi.kz");
	assert_string_equal(shop->user_agent, "duken/" DUKEN_VERSION);
	assert_null(shop->token_file);
	assert_int_equal(shop->poll_new_s, 20);
	assert_int_equal(shop->poll_other_s, 60);
	assert_int_equal(shop->history_days, 30);
	assert_int_equal(shop->grace_s, 5);
	assert_int_equal(shop->retention_days, 30);
	assert_memory_equal(&shop->limits, &(struct limits)LIMITS_DEFAULT, sizeof(shop->limits));
	assert_true(shop->requests_per_second == 5);
	assert_true(shop->cancel_limit == 3);
	assert_true(shop->late_limit == 10);
	settings_free(s);
}

static void every_setting_is_read(void **state)
{
	struct error err = ERROR_INIT;
	struct settings *s;
	const struct shop *shop;

	(void)state;
	setenv("HOME", "/home/aigul", 1);
	put("\xef\xbb\xbf# a comment\n"
	    "language = \"kk\"\nclerk = \"Айгүл\"\ndefault_shop = \"astana\"\ntimezone = "
	    "\"Asia/Almaty\"\n"
	    "theme = \"default\"\nnotify = \"osc9  command\"\nnotify_command = 'say \"$2\"'\n"
	    "quiet_hours = \"22:00-08:30\"\nremind = 0\nprinter = \"label\"\nprint_options = \"media=A6 fit-to-page\"\nmouse = true\nlinks = true\nclipboard = false\nmask_phones = "
	    "false\n"
	    "lock_after = 300\nscan_prefix = \"\\x02~\"\nscan_suffix = \"tab\"\nscan_gap = 80\n"
	    "shop almaty {\n\tprovider = kaspi\n}\n"
	    "shop \"astana\" {\n\tprovider = \"kaspi\"\n\tlabel = \"Астана\"\n"
	    "\tbase_url = \"http://127.0.0.1:8080/x//\"\n\ttoken_file = \"~/token\"\n\tuser_agent "
	    "= \"desk 1\"\n"
	    "\tmerchant_uid = \"7\"\n\tproxy = \"socks5h://proxy:1080\"\n\tca_file = "
	    "\"/etc/ca.pem\"\n"
	    "\tpoll_new = 10\n\tpoll_other = 30\n\thistory_days = 60\n\trequests_per_second = 2.5\n"
	    "\tgrace = 0\n\tretention_days = 7\n\tcut_off = \"17:45\"\n\taccept_within = 15\n\tsoon = 60\n"
	    "\tpickup_days = 0\n\texpress_minutes = 5\n\tcancel_limit = 2.5\n\tlate_limit = 0\n}\n");
	s = settings_load(path, &err);
	assert_string_equal(err.text, "");
	assert_non_null(s);
	assert_string_equal(s->language, "kk");
	assert_string_equal(s->clerk, "Айгүл");
	assert_string_equal(s->printer, "label");
	assert_string_equal(s->print_options, "media=A6 fit-to-page");
	assert_int_equal(notify_ways(s->notify), NOTIFY_OSC9 | NOTIFY_COMMAND);
	assert_string_equal(s->notify_command, "say \"$2\"");
	assert_int_equal(quiet_read(s->quiet_hours).from, 22 * 60);
	assert_int_equal(quiet_read(s->quiet_hours).to, 8 * 60 + 30);
	assert_int_equal(s->remind_s, 0);
	assert_true(s->mouse);
	assert_true(s->links);
	assert_false(s->clipboard);
	assert_false(s->mask_phones);
	assert_int_equal(s->lock_after_s, 300);
	assert_int_equal(settings_scan_rules(s).n_prefix, 2);
	assert_int_equal(settings_scan_rules(s).prefix[0], 2);
	assert_int_equal(settings_scan_rules(s).prefix[1], '~');
	assert_int_equal(settings_scan_rules(s).suffix, SCAN_TAB);
	assert_int_equal(settings_scan_rules(s).gap_ms, 80);
	assert_int_equal(s->n_shops, 2);
	shop = settings_shop(s, NULL, &err);
	assert_string_equal(shop->name, "astana");
	assert_string_equal(shop->label, "Астана");
	assert_string_equal(shop->base_url, "http://127.0.0.1:8080/x");
	assert_string_equal(shop->token_file, "/home/aigul/token");
	assert_string_equal(shop->proxy, "socks5h://proxy:1080");
	assert_int_equal(shop->grace_s, 0);
	assert_true(shop->requests_per_second == 2.5);
	assert_true(shop->cancel_limit == 2.5);
	assert_true(shop->late_limit == 0);
	assert_memory_equal(&shop->limits, &((struct limits){ 17 * 60 + 45, 15, 60, 0, 5 }), sizeof(shop->limits));
	assert_string_equal(settings_shop(s, "almaty", &err)->name, "almaty");
	assert_null(settings_shop(s, "oskemen", &err));
	assert_int_equal(err.code, ERR_CONFIG);
	assert_non_null(strstr(err.text, "almaty, astana"));
	settings_free(s);
}

static const struct {
	const char *text, *expected;
} slips[] = {
	{ "colour = 1\nshop a { provider = kaspi }\n",
		":1: there is no setting \"colour\"" },
	{ "\n\nshop a {\n provider = kaspi\n tokn = x\n}\n",
		":5: there is no setting \"tokn\"" },
	{ "shop a {\n provider = kaspi\n token = \"abc\"\n}\n",
		":3: the token does not belong" },
	{ "shop a {\n provider = kaspi\n poll_new = often\n}\n",
		":3: poll_new must be a whole number from 1 to 3600, not \"often\"" },
	{ "shop a {\n provider = kaspi\n grace = 61\n}\n",
		":3: grace must be a whole number from 0 to 60" },
	{ "shop a {\n provider = kaspi\n grace = -1\n}\n", ":3: grace must be" },
	{ "shop a {\n provider = kaspi\n cut_off = \"24:00\"\n}\n",
		":3: cut_off must be a time of day from 00:00 to 23:59, not \"24:00\"" },
	{ "shop a {\n provider = kaspi\n cut_off = \"18:60\"\n}\n", ":3: cut_off must be" },
	{ "shop a {\n provider = kaspi\n history_days = 99999999999999999999\n}\n",
		":3: history_days" },
	{ "shop a {\n provider = kaspi\n requests_per_second = nan\n}\n",
		":3: requests_per_second" },
	{ "shop a {\n provider = kaspi\n requests_per_second = \"1,5\"\n}\n",
		":3: requests_per_second" },
	{ "notify = \"bell horn\"\nshop a { provider = kaspi }\n",
		":1: notify must be \"none\", or words of bell" },
	{ "notify = \"none bell\"\nshop a { provider = kaspi }\n", ":1: notify must be" },
	{ "notify = \" \"\nshop a { provider = kaspi }\n", ":1: notify must be" },
	{ "\nnotify = \"command\"\nshop a { provider = kaspi }\n", ":2: notify names a command" },
	{ "\nnotify_command = \"x\"\nshop a { provider = kaspi }\n",
		":2: notify_command would never run" },
	{ "quiet_hours = \"22-8\"\nshop a { provider = kaspi }\n",
		":1: quiet_hours must be two different times of day" },
	{ "quiet_hours = \"22:00-22:00\"\nshop a { provider = kaspi }\n", ":1: quiet_hours must be" },
	{ "quiet_hours = \"22:00-24:00\"\nshop a { provider = kaspi }\n", ":1: quiet_hours must be" },
	{ "remind = 3601\nshop a { provider = kaspi }\n",
		":1: remind must be a whole number from 0 to 3600" },
	{ "theme = neon\nshop a { provider = kaspi }\n",
		":1: there is no theme \"neon\"; there are: \"default\"" },
	{ "mouse = perhaps\nshop a { provider = kaspi }\n",
		":1: mouse must be true or false" },
	{ "language = \"de\"\nshop a { provider = kaspi }\n",
		":1: language must be one of \"ru\", \"kk\", \"en\", not \"de\"" },
	{ "shop a {\n provider = amazon\n}\n", ":2: provider must be one of \"kaspi\"" },
	{ "\nshop a {\n grace = 1\n}\n", ":2: the shop a has no provider" },
	{ "shop a {\n provider = kaspi\n base_url = \"http://kaspi.kz\"\n}\n",
		":3: base_url must start" },
	{ "shop a {\n provider = kaspi\n base_url = \"http://127.evil.kz\"\n}\n",
		":3: base_url must" },
	{ "shop a {\n provider = kaspi\n base_url = \"http://localhost.evil.kz\"\n}\n",
		":3: base_url" },
	{ "shop a {\n provider = kaspi\n base_url = \"http://localhost@evil.kz\"\n}\n",
		":3: base_url" },
	{ "shop a {\n provider = kaspi\n base_url = \"https://\"\n}\n",
		":3: base_url must start" },
	{ "shop a {\n provider = kaspi\n base_url = \"ftp://kaspi.kz\"\n}\n",
		":3: base_url must start" },
	{ "shop a {\n provider = kaspi\n token_file = \"token\"\n}\n",
		":3: token_file must be a path" },
	{ "shop a {\n provider = kaspi\n token_file = \"/t\"\n token_command = \"cat "
	  "/t\"\n}\n",
		":1: the shop a has both" },
	{ "shop a {\n provider = kaspi\n user_agent = \"\"\n}\n",
		":3: user_agent is empty" },
	{ "shop a {\n provider = kaspi\n user_agent = \"дукен\"\n}\n",
		":3: user_agent goes" },
	{ "shop a {\n provider = kaspi\n proxy = \"proxy:1080\"\n}\n",
		":3: proxy must be a URL" },
	{ "print_options = \"a -d b\"\nshop a { provider = kaspi }\n", ":1: print_options must be" },
	{ "printer = \"-d\"\nshop a { provider = kaspi }\n", ":1: printer must be" },
	{ "timezone = \"Mars/Base\"\nshop a { provider = kaspi }\n",
		":1: the system does not know" },
	{ "shop a {\n provider = kaspi\n grace = 1\n grace = 2\n}\n",
		":4: grace was already set in line 3" },
	{ "clerk = a\nclerk = b\nshop a { provider = kaspi }\n",
		":2: clerk was already set in line 1" },
	{ "shop a { provider = kaspi }\nshop a { provider = kaspi }\n",
		":2: there is another shop" },
	{ "shop a {\n provider = kaspi\n}\n\nshop \"мой\" {\n provider = kaspi\n}\n",
		":5: \"мой\" cannot" },
	{ "shop \"../x\" {\n provider = kaspi\n}\n", ":1: \"../x\" cannot" },
	{ "shop {\n provider = kaspi\n}\n", ":1: the shop has no name" },
	{ "default_shop = b\nshop a { provider = kaspi }\n",
		":1: default_shop names \"b\"" },
	{ "", ":1: there is no shop" },
	{ "clerk = x\n", ":1: there is no shop" },
	{ "shop a {\n provider = kaspi\n", ":2: the file ends inside" },
	{ "shop a { provider = kaspi }\n/* never\nclosed", ":3: the file ends inside" },
	{ "shop a {\n provider kaspi\n}\n", ":2: this cannot be read" },
	{ "clerk = \"open\nshop a { provider = kaspi }\n", ": this cannot be read" },
	{ "clerk = \"\xff\"\n", ":1: this line is not UTF-8" },
	{ "include(\"/etc/passwd\")\n", ":1: " },
	{ "keys {\n accept = \"F2\"\n ready = x\n}\nshop a { provider = kaspi }\n",
		":3: there is no command \"ready\"; there is: up, down," },
	{ "keys {\n undo = \"o Foo\"\n}\nshop a { provider = kaspi }\n", ":2: undo: there is no key \"Foo\"" },
	{ "keys {\n undo = o\n undo = y\n}\nshop a { provider = kaspi }\n",
		":3: undo was already set in line 2" },
	{ "keys {\n undo = a\n}\nshop a { provider = kaspi }\n", ":2: undo: the key a is the key of accept" },
	{ "shop a { provider = kaspi }\nkeys { undo = \"C-i\" }\n", ":2: undo: there is no key" },
	{ "keys \"x\" {\n}\nshop a { provider = kaspi }\n", ":1: this cannot be read" },
	{ "accept = F2\nshop a { provider = kaspi }\n", ":1: there is no setting \"accept\"" },
	{ "keys {\n theme = mono\n}\nshop a { provider = kaspi }\n", ":2: there is no command \"theme\"" },
};

static void slips_are_named_with_their_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(slips) / sizeof(*slips); i++)
		expect_slip(slips[i].text, slips[i].expected);
}

static void count(void *arg, const char *sentence)
{
	char (*seen)[200] = arg;

	for (; **seen; seen++)
		;
	snprintf(*seen, sizeof(*seen), "%s", sentence);
}

static void a_check_finds_every_slip(void **state)
{
	char seen[9][200] = { "" };

	(void)state;
	put("colour = 1\nmouse = maybe\nshop a {\n provider = kaspi\n shape = round\n grace = "
	    "99\n}\nsize = 2\n");
	assert_int_equal(settings_check(path, count, seen), 5);
	assert_non_null(strstr(seen[0], ":1: there is no setting \"colour\""));
	assert_non_null(strstr(seen[1], ":2: mouse"));
	assert_non_null(strstr(seen[2], ":5: there is no setting \"shape\""));
	assert_non_null(strstr(seen[3], ":6: grace"));
	assert_non_null(strstr(seen[4], ":8: there is no setting \"size\""));
	put("shop a { provider = kaspi }\n");
	assert_int_equal(settings_check(path, count, seen), 0);
}

static void a_missing_or_open_file_is_refused(void **state)
{
	struct error err = ERROR_INIT;

	(void)state;
	assert_null(settings_load("/nonexistent/duken.conf", &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_null(settings_load("/tmp", &err));
	assert_int_equal(err.code, ERR_CONFIG);
	put("shop a { provider = kaspi }\n");
	assert_int_equal(chmod(path, 0620), 0);
	assert_null(settings_load(path, &err));
	assert_non_null(strstr(err.text, "chmod go-w"));
	assert_int_equal(chmod(path, 0644), 0);
	settings_free(settings_load(path, &err));
}

static void settings_of_a_demo_need_no_file(void **state)
{
	struct settings *s = settings_for_url("demo", "http://127.0.0.1:8080/");
	const struct shop *shop = settings_shop(s, NULL, NULL);

	(void)state;
	assert_true(settings_made_up(s));
	assert_string_equal(shop->name, "demo");
	assert_string_equal(shop->provider, "kaspi");
	assert_string_equal(shop->base_url, "http://127.0.0.1:8080");
	assert_int_equal(shop->grace_s, 5);
	settings_free(s);
	settings_free(NULL);
}

/* Text that means something to whoever reads the file, and every character that a line can hold. */
static const char *const odd_texts[] = { "plain", "Алматы, «Мега» №1", "a \"quoted\" word", "\\", "\\\"", "ends in \\",
	"${HOME} $HOME $(id) `id`", "# no comment", "// none", "/* none */", "}", "{ shop x {", "'single'", "tab\there",
	"a\nsecond = \"line\"\n}", " blanks around ", "\033[31m", "= + +=", "\\x41 \\n \\101", "%s %n" };

static void expect_to_read_back(const char *text)
{
	struct settings *first = settings_for_url("almaty", "https://kaspi.kz"), *read;
	struct buf out = BUF_INIT(BUF_MAX_FILE);
	struct error err = ERROR_INIT;

	free(first->shops->label);
	first->shops->label = strdup(text);
	first->shops->token_command = strdup(text);
	settings_put_first(&out, first);
	put(buf_str(&out));
	read = settings_load(path, &err);
	if (!read)
		fail_msg("%s: %s", err.text, buf_str(&out));
	assert_int_equal(read->n_shops, 1);
	assert_null(read->language);
	assert_string_equal(read->shops->name, "almaty");
	assert_string_equal(read->shops->label, text);
	assert_string_equal(read->shops->token_command, text);
	assert_string_equal(read->shops->base_url, "https://kaspi.kz");
	buf_clear(&out);
	settings_free(read);
	settings_free(first);
}

static void whatever_was_typed_reads_back(void **state)
{
	char every[3] = "";

	(void)state;
	for (size_t i = 0; i < sizeof(odd_texts) / sizeof(*odd_texts); i++)
		expect_to_read_back(odd_texts[i]);
	for (int c = 1; c < 0x80; c++) {
		every[0] = 'a';
		every[1] = (char)c;
		expect_to_read_back(every);
		every[0] = (char)c;
		every[1] = '"';
		expect_to_read_back(every);
	}
}

static int make_file(void **state)
{
	int fd = mkstemp(path);

	(void)state;
	return fd < 0 ? -1 : close(fd);
}

static int remove_file(void **state)
{
	(void)state;
	return unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everything_has_a_default),
		cmocka_unit_test(every_setting_is_read),
		cmocka_unit_test(slips_are_named_with_their_line),
		cmocka_unit_test(a_check_finds_every_slip),
		cmocka_unit_test(a_missing_or_open_file_is_refused),
		cmocka_unit_test(settings_of_a_demo_need_no_file),
		cmocka_unit_test(whatever_was_typed_reads_back),
	};

	return cmocka_run_group_tests(tests, make_file, remove_file);
}
