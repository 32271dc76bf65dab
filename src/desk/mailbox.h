/* A queue between two threads: the only mutex of the program.
 *
 * Items are a linked list through a first member `next`; posting gives them away, taking makes them
 * yours. `wake` is called by the posting thread after the lock was released, and only when the box was
 * empty; a receiver therefore takes until NULL each time it is woken. */
#ifndef DESK_MAILBOX_H
#define DESK_MAILBOX_H

#include <pthread.h>
#include <stdbool.h>

struct mail {
	struct mail *next;
};

struct mailbox {
	pthread_mutex_t lock;
	struct mail *head;
	struct mail **tail;
	void (*wake)(void *arg);
	void *arg;
};

void mailbox_init(struct mailbox *box, void (*wake)(void *arg), void *arg);
void mailbox_post(struct mailbox *box, void *item);	/* any thread */
void *mailbox_take(struct mailbox *box);		/* any thread; NULL when empty */
void mailbox_clear(struct mailbox *box);		/* must be empty */

#endif
