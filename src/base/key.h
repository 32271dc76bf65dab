/* Keys: one number each. Characters are their code point (control keys too: C-r is 18); keys without
 * a character stand above all code points. */
#ifndef BASE_KEY_H
#define BASE_KEY_H

enum {
	KEY_ENTER_ = '\r',
	KEY_ESC_ = 27,
	KEY_TAB_ = '\t',
	KEY_RUBOUT_ = 127,
	KEY_FIRST_ = 0x200000,
	KEY_UP_ = KEY_FIRST_,
	KEY_DOWN_,
	KEY_LEFT_,
	KEY_RIGHT_,
	KEY_HOME_,
	KEY_END_,
	KEY_PAGE_UP_,
	KEY_PAGE_DOWN_,
	KEY_BACK_TAB_,
	KEY_DELETE_,
	KEY_INSERT_,
	KEY_F0_,		/* F1 is KEY_F0_ + 1 */
	KEY_LAST_ = KEY_F0_ + 12
};

#define KEY_CONTROL_(letter) ((letter) & 0x1f)

#endif
