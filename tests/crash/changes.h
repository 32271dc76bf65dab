/* What happens on a marketplace behind the desk's back, chosen by the model's random numbers. */
#ifndef TESTS_CRASH_CHANGES_H
#define TESTS_CRASH_CHANGES_H

#include "tests/crash/model.h"

/* One change through the simulator's side door; the model knows of it. */
void changes_make(struct model *m);
/* An order that is older than the history, made and not told to the desk; its code is the model's. */
const char *changes_make_old(struct model *m);
/* How often each kind was made, as TAP comments. */
void changes_report(void);

#endif
