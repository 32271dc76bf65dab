/* A progress bar on standard error; nothing where that is no terminal. */
#ifndef CLI_BAR_H
#define CLI_BAR_H

#include <stddef.h>

void bar_draw(size_t done, size_t total);
/* Takes it away again. */
void bar_wipe(void);

#endif
