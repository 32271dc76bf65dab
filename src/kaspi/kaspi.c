#include "kaspi/kaspi.h"

#include "base/i18n.h"
#include "kaspi/parts.h"

/* ---- queues ---------------------------------------------------------------------------------- */

/* TRANSLATORS: the names of the queues are those of the Kaspi merchant cabinet: Новые, Упаковка,
 * Передача, Переданы на доставку, Самовывоз, Моя доставка, Предзаказ, На подписании, Возвраты,
 * Архив. */
static const struct queue_spec queues[QUEUES + 1] = {
	[QUEUE_NEW] = {
		.id = "new",
		.label = N_("New"),
		.help = N_("Orders that wait to be accepted."),
		.group = "NEW",
		.active = true,
	},
	[QUEUE_PACK] = {
		.id = "pack",
		.label = N_("Pack"),
		.help = N_("Orders for Kaspi delivery that wait to be packed and assembled."),
		.group = "KASPI_DELIVERY",
		.active = true,
		.packing = true,
	},
	[QUEUE_HAND_OVER] = {
		.id = "hand_over",
		.label = N_("Hand over"),
		.help = N_("Assembled orders that wait for the courier."),
		.group = "KASPI_DELIVERY",
		.active = true,
	},
	[QUEUE_WITH_COURIER] = {
		.id = "with_courier",
		.label = N_("With courier"),
		.help = N_("Orders that the courier has and the buyer has not yet."),
		.group = "KASPI_DELIVERY",
		.active = true,
	},
	[QUEUE_PICKUP] = {
		.id = "pickup",
		.label = N_("Pickup"),
		.help = N_("Orders that the buyer collects in the shop."),
		.group = "PICKUP",
		.active = true,
	},
	[QUEUE_OWN_DELIVERY] = {
		.id = "own_delivery",
		.label = N_("Own delivery"),
		.help = N_("Orders that the shop delivers itself."),
		.group = "DELIVERY",
		.active = true,
	},
	[QUEUE_PREORDERS] = {
		.id = "preorders",
		.label = N_("Pre-orders"),
		.help = N_("Pre-orders whose goods have not arrived in the shop."),
		.group = "KASPI_DELIVERY",
		.active = true,
	},
	[QUEUE_TO_SIGN] = {
		.id = "to_sign",
		.label = N_("To sign"),
		.help = N_("Orders on credit that wait for the buyer's signature."),
		.group = "SIGN_REQUIRED",
		.active = true,
	},
	[QUEUE_RETURNS] = {
		.id = "returns",
		.label = N_("Returns"),
		.help = N_("Orders that were cancelled on the way and come back."),
		.group = "KASPI_DELIVERY",
		.active = true,
	},
	[QUEUE_OTHER] = {
		.id = "other",
		.label = N_("Other"),
		.help = N_("Orders in a state that this program does not know."),
		.group = "NEW",
		.active = true,
	},
	[QUEUE_ARCHIVE] = {
		.id = "archive",
		.label = N_("Archive"),
		.help = N_("Finished orders: handed out, cancelled or returned."),
		.group = "ARCHIVE",
		.active = false,
	},
	[QUEUES] = { .id = NULL },
};

const struct queue_spec *kaspi_queue_of(const struct order *o)
{
	return &queues[kaspi_place(o)];
}

const struct provider kaspi_provider = {
	.id = "kaspi",
	.label = "Kaspi.kz",
	.default_base_url = "https://kaspi.kz",
	.auth_header = "X-Auth-Token",
	.merchant_header = "X-Merchant-Uid",
	.page_size = KASPI_PAGE_SIZE,
	.queues = queues,
	.actions = kaspi_actions,
	.queue_of = kaspi_queue_of,
	.due = kaspi_due,
	.sold = kaspi_sold,
	.accepted = kaspi_accepted,
	.fault = kaspi_fault,
	.value_label = kaspi_value_label,
	.delivery_label = kaspi_delivery_label,
	.plan = kaspi_plan,
	.call_listing = kaspi_call_listing,
	.read_listing = kaspi_read_listing,
	.call_lookup = kaspi_call_lookup,
	.call_entries = kaspi_call_entries,
	.read_entries = kaspi_read_entries,
	.call_imeis = kaspi_call_imeis,
	.read_imeis = kaspi_read_imeis,
	.facts_of = kaspi_facts_of,
	.call_fact = kaspi_call_fact,
	.read_fact = kaspi_read_fact,
	.more_expected = kaspi_more_expected,
	.call_document = kaspi_call_document,
	.read_refusal = kaspi_read_refusal,
	.read_acceptance = kaspi_read_acceptance,
};
