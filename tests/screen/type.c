/* Keys as a person presses them: see screen_keys() in screen.h. */
#include <signal.h>
#include <sys/ioctl.h>

#include "tests/lib/patience.h"
#include "tests/lib/proc.h"
#include "tests/screen/keys.h"
#include "tests/screen/private.h"

/* Between two keys of a fast typist; a scanner types below 50 ms, an Esc is its own key after 25 ms. */
#define KEY_GAP_MS 60
/* A program waits this long whether an Esc begins a sequence. */
#define ESC_MS 40
/* And this long whether a character is a scanner's. */
#define HELD_MS 55
/* A program that has not taken a key by then will not. */
#define KEY_TAKEN_MS 1000

static int unread(const struct screen *s)
{
	int n = 0;

	ioctl(s->slave, FIONREAD, &n);
	return n;
}

static void keep_gap(struct screen *s)
{
	int64_t left;

	while ((left = s->last_key_ms + KEY_GAP_MS - mono_ms()) > 0)
		screen_pump(s, (int)left);
	s->last_key_ms = mono_ms();
}

static bool sleeps(const struct screen *s, unsigned long naps)
{
	return !unread(s) && proc_naps(s->pid, s->pid) != naps && proc_thread_state(s->pid, s->pid) == 'S';
}

/* Waits until the key was read and its thread has slept since, at least for so long after that; bounded, as a key
 * may end the program. */
static void settle(struct screen *s, unsigned long naps, int least_ms)
{
	int64_t deadline = deadline_in(KEY_TAKEN_MS), least = 0;

	while (deadline_left(deadline) && screen_running(s)) {
		if (screen_pump(s, 1) || !sleeps(s, naps))
			continue;
		if (least == 0)
			least = deadline_in(least_ms);
		if (!deadline_left(least) && !screen_pump(s, 0))
			return;
	}
}

/* So long a program may think that a key is something else. */
static int held_ms(const struct key *k)
{
	if (k->kind != KEY_BYTES || k->len == 0)
		return 0;
	if (k->len == 1 && k->bytes[0] == '\033')
		return ESC_MS;
	return (unsigned char)k->bytes[0] >= ' ' ? HELD_MS : 0;
}

static void press(struct screen *s, const struct key *k)
{
	unsigned long naps = proc_naps(s->pid, s->pid);

	keep_gap(s);
	if (k->kind == KEY_TERMINAL)
		vterm_keyboard_key(s->vt, (VTermKey)k->vterm_key, VTERM_MOD_NONE);
	else
		screen_send(s, k->bytes, k->len);
	settle(s, naps, held_ms(k));
}

void screen_keys(struct screen *s, const char *keys)
{
	struct key k;

	while (key_next(&keys, &k))
		press(s, &k);
}

void screen_type(struct screen *s, const char *text)
{
	struct key k;

	while (key_next_plain(&text, &k))
		press(s, &k);
}
