/* The Kaspi Shop API v2 as a provider: how a shop on Kaspi.kz reads its orders and acts on them.
 *
 * Where the documents and the live service differ, the service is followed: listings are always
 * filtered by date, in windows of 13 days, and never by status; facts of Kaspi delivery are read
 * from the nested block first; every write sends id, code and status, and what became of it is read
 * from the order, not from the reply.
 *
 * An order whose state nobody has heard of is in the queue "other", so that nothing the server
 * sends can be invisible. Front-ends may leave that queue out while it is empty.
 *
 * A masked phone (the service hides it when an order is finished) reads as "", so that whoever
 * keeps orders can keep the phone that was seen while the order was active. */
#ifndef KASPI_KASPI_H
#define KASPI_KASPI_H

#include "order/provider.h"

extern const struct provider kaspi_provider;

#endif
