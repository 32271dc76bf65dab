#include "desk/mailbox.h"

#include <assert.h>
#include <stddef.h>

void mailbox_init(struct mailbox *box, void (*wake)(void *arg), void *arg)
{
	pthread_mutex_init(&box->lock, NULL);
	box->head = NULL;
	box->tail = &box->head;
	box->wake = wake;
	box->arg = arg;
}

void mailbox_post(struct mailbox *box, void *item)
{
	struct mail *m = item;
	bool was_empty;

	m->next = NULL;
	pthread_mutex_lock(&box->lock);
	was_empty = !box->head;
	*box->tail = m;
	box->tail = &m->next;
	pthread_mutex_unlock(&box->lock);
	if (was_empty)
		box->wake(box->arg);
}

void *mailbox_take(struct mailbox *box)
{
	struct mail *m;

	pthread_mutex_lock(&box->lock);
	m = box->head;
	if (m) {
		box->head = m->next;
		if (!box->head)
			box->tail = &box->head;
		m->next = NULL;
	}
	pthread_mutex_unlock(&box->lock);
	return m;
}

void mailbox_clear(struct mailbox *box)
{
	assert(!box->head);
	pthread_mutex_destroy(&box->lock);
}
