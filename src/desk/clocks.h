/* How far the server's clock and this computer's are apart. Pure. */
#ifndef DESK_CLOCKS_H
#define DESK_CLOCKS_H

#include <stdint.h>

/* How far the server's clock is ahead (< 0: behind), to the minute, after an answer that it dated so (UTC ms; 0: it
 * did not): `before` where it is about as far as it was known to be. 0 when the two are apart by less than is worth
 * a word. */
int64_t clocks_ahead_ms(int64_t server_ms, int64_t now_ms, int64_t before);

#endif
