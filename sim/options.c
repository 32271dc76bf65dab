#include "sim/options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

static const char HELP[] =
	"Usage: duken-sim [OPTION]...\n"
	"A small shop on this machine that speaks the Kaspi Shop API v2, for tests and "
	"demonstrations.\n"
	"It prints \"listening on http://127.0.0.1:PORT\" and runs until SIGTERM or SIGINT.\n"
	"\n"
	"Server:\n"
	"  --port N              listen here (0: a free port, the default)\n"
	"  --address A           a loopback address (127.0.0.1)\n"
	"  --tls-cert FILE --tls-key FILE   HTTPS with this certificate and key (PEM)\n"
	"  --token T             what X-Auth-Token must hold (sim-token)\n"
	"  --no-ua-check         answer clients also whose User-Agent is missing or a tool's\n"
	"  --log FILE            append a line for each request\n"
	"  --parent-death        end when the parent process ends\n"
	"  --quiet               no line at start\n"
	"\n"
	"Shop:\n"
	"  --seed N              another seed, another shop (1)\n"
	"  --orders N            orders at start (120)\n"
	"  --history-days N      how far back they go (30)\n"
	"  --archive PERCENT     how many of them are finished (60)\n"
	"  --arrivals SECONDS    mean time between new orders (0: none, the default)\n"
	"  --waybill-delay SECONDS   from assembly to the link (3)\n"
	"  --lines-delay SECONDS     from a change of goods to the lines that show it (0)\n"
	"  --speed X             arrivals, waybills, couriers and buyers X times as fast (1)\n"
	"  --still               nothing but waybills and arrivals happens by itself\n"
	"  --no-still            undoes an earlier --still\n"
	"  --now MS              freeze the date of new data (UTC milliseconds)\n"
	"  --buyer-code CODE     every buyer gets this code (another one each time)\n"
	"  --require-imei        a phone is handed out only when its IMEI is known\n"
	"\n"
	"Faults (may be repeated; see duken-sim(1)):\n"
	"  --fault RULE          e.g. 'match=\"POST /v2/orders$\" when=after times=1 do=drop'\n"
	"                        do=delay:MS | status:CODE[:BODY] | retry-after:SECONDS | drop | "
	"reset |\n"
	"                        truncate:BYTES | malformed | endless | silence:MS | redirect:URL "
	"| html |\n"
	"                        page | stall:BYTES | big:BYTES | big-chunked:BYTES | garbage-header;\n"
	"                        keys: match when times skip status order reused probability\n"
	"\n"
	"Control, on the same port and without a token:\n"
	"  GET  /sim/health  /sim/code/ORDER  /sim/order/ORDER  /sim/orders  /sim/fault\n"
	"       /sim/requests?since=N\n"
	"  POST /sim/order  /sim/order/ORDER/set  /sim/order/ORDER/cancel-by-buyer  /sim/fault  "
	"/sim/token\n"
	"       /sim/clock;  DELETE /sim/fault\n";

enum {
	OPT_PORT = 256,
	OPT_ADDRESS,
	OPT_CERT,
	OPT_KEY,
	OPT_TOKEN,
	OPT_NO_UA,
	OPT_LOG,
	OPT_PARENT,
	OPT_QUIET,
	OPT_SEED,
	OPT_ORDERS,
	OPT_HISTORY,
	OPT_ARCHIVE,
	OPT_ARRIVALS,
	OPT_WAYBILL,
	OPT_LINES,
	OPT_SPEED,
	OPT_STILL,
	OPT_NO_STILL,
	OPT_NOW,
	OPT_BUYER_CODE,
	OPT_IMEI,
	OPT_FAULT,
	OPT_HELP,
	OPT_VERSION
};

static const struct option LONG[] = {
	{ "port", required_argument, NULL, OPT_PORT },
	{ "address", required_argument, NULL, OPT_ADDRESS },
	{ "tls-cert", required_argument, NULL, OPT_CERT },
	{ "tls-key", required_argument, NULL, OPT_KEY },
	{ "token", required_argument, NULL, OPT_TOKEN },
	{ "no-ua-check", no_argument, NULL, OPT_NO_UA },
	{ "log", required_argument, NULL, OPT_LOG },
	{ "parent-death", no_argument, NULL, OPT_PARENT },
	{ "quiet", no_argument, NULL, OPT_QUIET },
	{ "seed", required_argument, NULL, OPT_SEED },
	{ "orders", required_argument, NULL, OPT_ORDERS },
	{ "history-days", required_argument, NULL, OPT_HISTORY },
	{ "archive", required_argument, NULL, OPT_ARCHIVE },
	{ "arrivals", required_argument, NULL, OPT_ARRIVALS },
	{ "waybill-delay", required_argument, NULL, OPT_WAYBILL },
	{ "lines-delay", required_argument, NULL, OPT_LINES },
	{ "speed", required_argument, NULL, OPT_SPEED },
	{ "still", no_argument, NULL, OPT_STILL },
	{ "no-still", no_argument, NULL, OPT_NO_STILL },
	{ "now", required_argument, NULL, OPT_NOW },
	{ "buyer-code", required_argument, NULL, OPT_BUYER_CODE },
	{ "require-imei", no_argument, NULL, OPT_IMEI },
	{ "fault", required_argument, NULL, OPT_FAULT },
	{ "help", no_argument, NULL, OPT_HELP },
	{ "version", no_argument, NULL, OPT_VERSION },
	{ NULL, 0, NULL, 0 },
};

static bool whole(const char *s, long long max, long long *value)
{
	char *end;

	*value = strtoll(s, &end, 10);
	return *s && !*end && *value >= 0 && *value <= max;
}

static bool real(const char *s, double max, double *value)
{
	char *end;

	*value = strtod(s, &end);
	return *s && !*end && *value >= 0 && *value <= max;
}

static bool set_number(struct options *o, int option, const char *value)
{
	struct shop_config *shop = &o->shop;
	long long n;

	switch (option) {
	case OPT_ARRIVALS:
		return real(value, 1e6, &shop->arrivals);
	case OPT_WAYBILL:
		return real(value, 1e6, &shop->waybill_delay);
	case OPT_LINES:
		return real(value, 1e6, &shop->lines_delay);
	case OPT_SPEED:
		return real(value, 1e6, &shop->speed) && shop->speed > 0;
	case OPT_PORT:
		return whole(value, 65535, &n) && (o->server.port = (unsigned)n, true);
	case OPT_SEED:
		return whole(value, INT64_MAX, &n) && (shop->seed = (uint64_t)n, true);
	case OPT_ORDERS:
		return whole(value, 2000000, &n) && (shop->orders = (unsigned)n, true);
	case OPT_HISTORY:
		return whole(value, 3650, &n) && n && (shop->history_days = (unsigned)n, true);
	case OPT_ARCHIVE:
		return whole(value, 100, &n) && (shop->archive_percent = (unsigned)n, true);
	case OPT_NOW:
		return whole(value, INT64_C(9000000000000), &n) && (shop->now = n, true);
	default:
		return false;
	}
}

static bool set(struct options *o, int option, const char *value)
{
	switch (option) {
	case OPT_ADDRESS:
		o->server.address = value;
		return true;
	case OPT_CERT:
		o->certificate_file = value;
		return true;
	case OPT_KEY:
		o->key_file = value;
		return true;
	case OPT_TOKEN:
		o->shop.token = value;
		return *value;
	case OPT_NO_UA:
		o->check_user_agent = false;
		return true;
	case OPT_LOG:
		o->log_file = value;
		return true;
	case OPT_PARENT:
		return (o->parent_death = true);
	case OPT_QUIET:
		return (o->quiet = true);
	case OPT_STILL:
		return (o->shop.still = true);
	case OPT_NO_STILL:
		o->shop.still = false;
		return true;
	case OPT_BUYER_CODE:
		o->shop.buyer_code = value;
		return *value != '\0';
	case OPT_IMEI:
		return (o->shop.require_imei = true);
	case OPT_FAULT:
		if (o->n_faults == OPTIONS_FAULTS)
			return false;
		o->faults[o->n_faults++] = value;
		return true;
	default:
		return set_number(o, option, value);
	}
}

static enum options_result wrong(const char *why, const char *what)
{
	fprintf(stderr, "duken-sim: %s%s (see duken-sim --help)\n", why, what);
	return OPTIONS_WRONG;
}

enum options_result options_parse(struct options *o, int argc, char **argv)
{
	int option, at = 0;

	*o = (struct options){
		.shop = { .token = "sim-token",
			.seed = 1,
			.orders = 120,
			.history_days = 30,
			.archive_percent = 60,
			.speed = 1,
			.waybill_delay = 3 },
		.server = { .address = "127.0.0.1" },
		.check_user_agent = true,
	};
	while ((option = getopt_long(argc, argv, "", LONG, &at)) != -1) {
		if (option == '?')
			return OPTIONS_WRONG;
		if (option == OPT_HELP || option == OPT_VERSION) {
			fputs(option == OPT_HELP ? HELP : "duken-sim " DUKEN_VERSION "\n", stdout);
			return OPTIONS_DONE;
		}
		if (!set(o, option, optarg))
			return wrong("cannot use this value of --", LONG[at].name);
	}
	if (optind < argc)
		return wrong("unexpected argument: ", argv[optind]);
	if (!o->certificate_file != !o->key_file)
		return wrong("--tls-cert and --tls-key go together", "");
	return OPTIONS_RUN;
}
