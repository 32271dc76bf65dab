/* Which process looks after an action, and whether it still lives. Any thread. */
#ifndef STORE_OWNER_H
#define STORE_OWNER_H

#include <stdbool.h>
#include <stdint.h>

struct owner {
	int64_t pid;
	int64_t start;	/* clock ticks from the machine's start to the process's; 0 unknown */
	char boot[40];	/* which life of the machine: "" unknown */
};

void owner_self(struct owner *out);
bool owner_same(const struct owner *a, const struct owner *b);
/* Whether the process is gone. `self` says which life of the machine it is now. */
bool owner_gone(const struct owner *o, const struct owner *self);

#endif
