#include "cli/check.h"

#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/timex.h>

#include "base/i18n.h"
#include "store/reader.h"

#define DISK_FULL_MB 20
#define DISK_LOW_MB 200

void check_set(struct check *out, const char *name, enum check_result result, const char *format,
	...)
{
	struct error text = ERROR_INIT;
	char sentence[ERROR_TEXT_MAX];
	va_list ap;

	va_start(ap, format);
	vsnprintf(sentence, sizeof(sentence), format, ap);
	va_end(ap);
	error_set(&text, ERR_REFUSED, "%s", sentence);
	*out = (struct check){ .name = name, .result = result, .status = result == CHECK_FAILED };
	memcpy(out->message, text.text, sizeof(out->message));
}

void check_fail(struct check *out, const char *name, const struct error *err)
{
	check_set(out, name, CHECK_FAILED, "%s", err->text);
	out->status = error_exit_status(err->code);
}

void check_clock(struct check *out)
{
	struct timex t = { .modes = 0 };
	int state = adjtimex(&t);

	if (state >= 0 && state != TIME_ERROR)
		check_set(out, "clock", CHECK_OK, _("kept right through the network"));
	else
		check_set(out, "clock", CHECK_WARNING,
			_("nothing keeps the clock right: compare it, and install "
			  "systemd-timesyncd or chrony"));
}

void check_permissions(const char *path, struct check *out)
{
	struct stat st;

	if (stat(path, &st) == 0 && st.st_mode & 044)
		check_set(out, "permissions", CHECK_WARNING,
			_("%s can be read by others: run chmod 600 %s"), path, path);
	else
		check_set(out, "permissions", CHECK_OK, _("the settings are closed to others"));
}

void check_disk(const char *dir, struct check *out)
{
	struct statvfs fs;
	unsigned long long mb;

	if (statvfs(dir, &fs) < 0) {
		check_set(out, "disk", CHECK_FAILED, _("cannot look at %s: %s"), dir, strerror(errno));
		return;
	}
	mb = (unsigned long long)fs.f_bavail * fs.f_frsize / (1024 * 1024);
	if (mb < DISK_FULL_MB)
		check_set(out, "disk", CHECK_FAILED, _("only %llu MB are free at %s: make room"), mb,
			dir);
	else if (mb < DISK_LOW_MB)
		check_set(out, "disk", CHECK_WARNING, _("only %llu MB are free at %s"), mb, dir);
	else
		check_set(out, "disk", CHECK_OK, _("%llu MB are free"), mb);
}

void check_copies(const char *dir, struct check *out)
{
	DIR *d = opendir(dir);
	char newest[256] = "";
	const struct dirent *e;
	int n = 0;

	while (d && (e = readdir(d)))
		if (strstr(e->d_name, ".db.damaged-") && !strstr(e->d_name, "-wal")) {
			n++;
			snprintf(newest, sizeof(newest), "%s", e->d_name);
		}
	if (d)
		closedir(d);
	if (n == 0)
		check_set(out, "copies", CHECK_OK, _("no damaged file was set aside"));
	else
		check_set(out, "copies", CHECK_WARNING, ngettext("%d damaged file was set aside in %s (%s): have it "
			"looked at, then delete it, for it holds personal data",
			"%d damaged files were set aside in %s (such as %s): have them looked at, then delete them, "
			"for they hold personal data", (unsigned long)n), n, dir, newest);
}


void check_integrity(const char *dir, struct check *out)
{
	struct error err = ERROR_INIT;
	struct reader *r = reader_open(dir, &err);

	if (r && reader_intact(r, &err))
		check_set(out, "integrity", CHECK_OK, _("orders and journal are sound"));
	else
		check_fail(out, "integrity", &err);
	reader_close(r);
}
