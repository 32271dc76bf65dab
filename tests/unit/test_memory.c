#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/unit.h"

static void tell_parent(void)
{
	(void)!write(3, "hook", 4);
}

/* Asks for more than there is, in a child whose standard error and hook go into pipes. */
static _Noreturn void run_out(const int pipe_err[2], const int pipe_hook[2])
{
	struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_CORE, &none);
	signal(SIGABRT, SIG_DFL);
	dup2(pipe_err[1], 2);
	dup2(pipe_hook[1], 3);
	mem_on_exhaustion(tell_parent);
	xreallocarray(NULL, SIZE_MAX / 2, 3);
	_exit(0);
}

static void expect_text_from(int fd, const char *text)
{
	char out[100] = "";

	assert_true(read(fd, out, sizeof(out) - 1) > 0);
	assert_string_equal(out, text);
	close(fd);
}

static void running_out_ends_the_program_after_the_hook(void **state)
{
	int err[2], hook[2], status;
	pid_t child;

	(void)state;
	assert_int_equal(pipe(err), 0);
	assert_int_equal(pipe(hook), 0);
	child = fork();
	if (child == 0)
		run_out(err, hook);
	close(err[1]);
	close(hook[1]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
	expect_text_from(hook[0], "hook");
	expect_text_from(err[0], "duken: out of memory\n");
}

static void allocations_of_nothing_are_something(void **state)
{
	void *p = xmalloc(0), *q = xcalloc(0, 8);
	char *s = xstrndup("Ғалым", 2), *t = xasprintf("%d-%s", 7, "x");

	(void)state;
	assert_non_null(p);
	assert_non_null(q);
	p = xrealloc(p, 0);
	assert_non_null(p);
	assert_string_equal(s, "Ғ");
	assert_string_equal(t, "7-x");
	assert_null(xstrdup_null(NULL));
	free(p);
	free(q);
	free(s);
	free(t);
}

static void an_arena_hands_out_aligned_and_apart(void **state)
{
	struct arena a = ARENA_INIT;
	char *last = NULL;

	(void)state;
	for (size_t size = 0; size < 3000; size++) {
		char *p = arena_alloc(&a, size);

		assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
		memset(p, 'x', size);
		if (size > 1)
			assert_int_equal(last[size - 2], 'x');
		last = p;
	}
	assert_non_null(arena_alloc(&a, 1024 * 1024));
	arena_clear(&a);
	assert_null(a.head);
}

static void an_arena_copies_and_prints(void **state)
{
	struct arena a = ARENA_INIT;
	const int *zeros = arena_calloc(&a, 100, sizeof(int));

	(void)state;
	for (int i = 0; i < 100; i++)
		assert_int_equal(zeros[i], 0);
	assert_string_equal(arena_strdup(&a, "Айгерім"), "Айгерім");
	assert_null(arena_strdup(&a, NULL));
	assert_string_equal(arena_strndup(&a, "abc", 2), "ab");
	assert_string_equal(arena_printf(&a, "%s %d", "x", 5), "x 5");
	arena_clear(&a);
}

static void a_reset_arena_uses_its_memory_again(void **state)
{
	struct arena a = ARENA_INIT;
	void *first = arena_alloc(&a, 100);

	(void)state;
	for (int i = 0; i < 1000; i++) {
		arena_reset(&a);
		assert_ptr_equal(arena_alloc(&a, 100), first);
	}
	arena_clear(&a);
	arena_reset(&a);
	arena_clear(&a);
}

static void a_buffer_grows_to_its_maximum(void **state)
{
	struct buf b = BUF_INIT(10);

	(void)state;
	assert_string_equal(buf_str(&b), "");
	assert_true(buf_adds(&b, "12345"));
	assert_true(buf_addf(&b, "%d", 6789));
	assert_false(buf_adds(&b, "xy"));
	assert_true(b.full);
	assert_string_equal(buf_str(&b), "123456789");
	assert_true(buf_addc(&b, '0'));
	assert_false(buf_addf(&b, "%s", "x"));
	assert_false(buf_add(&b, "x", SIZE_MAX));
	assert_string_equal(buf_str(&b), "1234567890");
	assert_int_equal(b.len, 10);
	buf_reset(&b);
	assert_false(b.full);
	assert_string_equal(buf_str(&b), "");
	buf_clear(&b);
}

static void a_buffer_holds_any_bytes(void **state)
{
	struct buf b = BUF_INIT(BUF_MAX_LINE);

	(void)state;
	for (int i = 0; i < 1000; i++)
		assert_true(buf_add(&b, "a\0", 2));
	assert_int_equal(b.len, 2000);
	assert_int_equal(b.data[1999], 0);
	assert_int_equal(b.data[1998], 'a');
	assert_true(buf_add(&b, NULL, 0));
	buf_clear(&b);
}

static void a_buffer_gives_its_text_away(void **state)
{
	struct buf b = BUF_INIT(BUF_MAX_LINE);
	char *s = buf_take(&b);

	(void)state;
	assert_string_equal(s, "");
	free(s);
	buf_adds(&b, "text");
	s = buf_take(&b);
	assert_string_equal(s, "text");
	assert_int_equal(b.len, 0);
	assert_string_equal(buf_str(&b), "");
	free(s);
	buf_adds(&b, "secret");
	buf_wipe(&b);
	assert_null(b.data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(running_out_ends_the_program_after_the_hook),
		cmocka_unit_test(allocations_of_nothing_are_something),
		cmocka_unit_test(an_arena_hands_out_aligned_and_apart),
		cmocka_unit_test(an_arena_copies_and_prints),
		cmocka_unit_test(a_reset_arena_uses_its_memory_again),
		cmocka_unit_test(a_buffer_grows_to_its_maximum),
		cmocka_unit_test(a_buffer_holds_any_bytes),
		cmocka_unit_test(a_buffer_gives_its_text_away),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
