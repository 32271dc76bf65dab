#include "tui/widget/list.h"

#include "tests/unit/unit.h"

static struct list list(size_t n, size_t page)
{
	struct list l = LIST_INIT;
	list_resize(&l, n, page);
	return l;
}

static void an_empty_list_stays_where_it_is(void **state)
{
	struct list l = list(0, 10);
	(void)state;
	for (int step = LIST_UP; step <= LIST_END; step++)
		assert_int_equal(list_move(&l, (enum list_step)step), LIST_SAME);
	assert_int_equal(l.cursor, 0);
	assert_int_equal(l.top, 0);
}

static void a_step_inside_the_page_moves_the_cursor_alone(void **state)
{
	struct list l = list(100, 10);
	(void)state;
	assert_int_equal(list_move(&l, LIST_DOWN), LIST_CURSOR);
	assert_int_equal(l.cursor, 1);
	assert_int_equal(l.top, 0);
	assert_int_equal(list_move(&l, LIST_UP), LIST_CURSOR);
	assert_int_equal(list_move(&l, LIST_UP), LIST_SAME);
}

static void a_step_over_the_edge_scrolls_by_half_a_page(void **state)
{
	struct list l = list(100, 10);
	(void)state;
	list_go(&l, 9);
	assert_int_equal(list_move(&l, LIST_DOWN), LIST_SCROLLED);
	assert_int_equal(l.cursor, 10);
	assert_int_equal(l.top, 5);
	list_go(&l, 5);
	assert_int_equal(list_move(&l, LIST_UP), LIST_SCROLLED);
	assert_int_equal(l.cursor, 4);
	assert_int_equal(l.top, 0);
	list_go(&l, 98);
	assert_int_equal(list_move(&l, LIST_DOWN), LIST_SCROLLED);
	assert_int_equal(l.top, 90);
}

static void pages_move_page_and_cursor(void **state)
{
	struct list l = list(25, 10);
	(void)state;
	list_go(&l, 3);
	list_move(&l, LIST_PAGE_DOWN);
	assert_int_equal(l.top, 10);
	assert_int_equal(l.cursor, 13);
	list_move(&l, LIST_PAGE_DOWN);
	assert_int_equal(l.top, 15);
	assert_int_equal(l.cursor, 23);
	list_move(&l, LIST_PAGE_DOWN);
	assert_int_equal(l.cursor, 24);
	assert_int_equal(list_move(&l, LIST_PAGE_DOWN), LIST_SAME);
	list_move(&l, LIST_PAGE_UP);
	assert_int_equal(l.top, 5);
	assert_int_equal(l.cursor, 14);
	list_move(&l, LIST_PAGE_UP);
	list_move(&l, LIST_PAGE_UP);
	assert_int_equal(l.top, 0);
	assert_int_equal(l.cursor, 0);
}

static void ends_are_reached(void **state)
{
	struct list l = list(100000, 38);
	(void)state;
	assert_int_equal(list_move(&l, LIST_END), LIST_SCROLLED);
	assert_int_equal(l.cursor, 99999);
	assert_int_equal(l.top, 99962);
	assert_int_equal(list_move(&l, LIST_HOME), LIST_SCROLLED);
	assert_int_equal(l.cursor, 0);
}

static void a_shorter_list_keeps_the_cursor_in_it(void **state)
{
	struct list l = list(100, 10);
	(void)state;
	list_move(&l, LIST_END);
	assert_int_equal(list_resize(&l, 5, 10), LIST_SCROLLED);
	assert_int_equal(l.cursor, 4);
	assert_int_equal(l.top, 0);
	list_resize(&l, 0, 10);
	assert_int_equal(l.cursor, 0);
}

static void a_smaller_page_keeps_the_cursor_in_sight(void **state)
{
	struct list l = list(100, 20);
	(void)state;
	list_go(&l, 15);
	list_resize(&l, 100, 5);
	assert_in_range(l.cursor - l.top, 0, 4);
	list_resize(&l, 100, 0);
	assert_int_equal(l.cursor, 15);
}

static void what_has_no_cursor_scrolls_to_its_ends(void **state)
{
	struct list l = list(25, 10), small = list(3, 10);
	(void)state;
	assert_false(list_scroll(&l, LIST_UP));
	assert_true(list_scroll(&l, LIST_DOWN));
	assert_int_equal(l.top, 1);
	assert_true(list_scroll(&l, LIST_PAGE_DOWN));
	assert_int_equal(l.top, 11);
	assert_true(list_scroll(&l, LIST_PAGE_DOWN));
	assert_int_equal(l.top, 15);
	assert_false(list_scroll(&l, LIST_END));
	assert_true(list_scroll(&l, LIST_PAGE_UP));
	assert_int_equal(l.top, 5);
	assert_true(list_scroll(&l, LIST_HOME));
	assert_int_equal(l.top, 0);
	assert_false(list_scroll(&small, LIST_END));
	assert_false(list_scroll(&small, LIST_PAGE_DOWN));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_list_stays_where_it_is),
		cmocka_unit_test(a_step_inside_the_page_moves_the_cursor_alone),
		cmocka_unit_test(a_step_over_the_edge_scrolls_by_half_a_page),
		cmocka_unit_test(pages_move_page_and_cursor),
		cmocka_unit_test(ends_are_reached),
		cmocka_unit_test(a_shorter_list_keeps_the_cursor_in_it),
		cmocka_unit_test(what_has_no_cursor_scrolls_to_its_ends),
		cmocka_unit_test(a_smaller_page_keeps_the_cursor_in_sight),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
