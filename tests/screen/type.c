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

static bool sleeps(const struct screen *s)
{
	return !unread(s) && proc_naps(s->pid, s->pid) != s->key_naps && proc_thread_state(s->pid, s->pid) == 'S';
}

/* Whether the key was read and its thread has slept since, at least for so long after that. */
static bool settled(struct screen *s, int least_ms)
{
	if (!screen_running(s))
		return true;
	if (screen_pump(s, 1) || !sleeps(s))
		return false;
	if (s->key_least == 0)
		s->key_least = deadline_in(least_ms);
	return !deadline_left(s->key_least) && !screen_pump(s, 0);
}

/* Waits until all have; bounded, as a key may end the program. */
static void settle(struct screen *const *all, size_t n, int least_ms)
{
	int64_t deadline = deadline_in(KEY_TAKEN_MS);

	for (size_t left = n; left > 0 && deadline_left(deadline);) {
		left = 0;
		for (size_t i = 0; i < n; i++)
			left += !settled(all[i], least_ms);
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

static void send_key(struct screen *s, const struct key *k)
{
	s->key_naps = proc_naps(s->pid, s->pid);
	s->key_least = 0;
	keep_gap(s);
	if (k->kind == KEY_TERMINAL)
		vterm_keyboard_key(s->vt, (VTermKey)k->vterm_key, VTERM_MOD_NONE);
	else
		screen_send(s, k->bytes, k->len);
}

static void press(struct screen *const *all, size_t n, const struct key *k)
{
	for (size_t i = 0; i < n; i++)
		send_key(all[i], k);
	settle(all, n, held_ms(k));
}

void screen_keys_all(struct screen *const *all, size_t n, const char *keys)
{
	struct key k;

	while (key_next(&keys, &k))
		press(all, n, &k);
}

void screen_keys(struct screen *s, const char *keys)
{
	screen_keys_all(&s, 1, keys);
}

void screen_type(struct screen *s, const char *text)
{
	struct key k;

	while (key_next_plain(&text, &k))
		press(&s, 1, &k);
}
