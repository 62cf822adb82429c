"""Every operation there is, in the order in which the page shows them."""

from backend.web.api.operation import Operation
from backend.web.api.v1 import (
    account,
    api_keys,
    audit,
    brands,
    cards,
    changes,
    customers,
    documents,
    ledger,
    numbers,
    offers,
    pictures,
    programs,
    reviews,
    stores,
    webhook_deliveries,
    webhooks,
)

OPERATIONS: tuple[Operation, ...] = (
    *account.OPERATIONS,
    *programs.OPERATIONS,
    *numbers.OPERATIONS,
    *documents.OPERATIONS,
    *pictures.OPERATIONS,
    *brands.OPERATIONS,
    *offers.OPERATIONS,
    *stores.OPERATIONS,
    *reviews.OPERATIONS,
    *cards.OPERATIONS,
    *ledger.OPERATIONS,
    *customers.OPERATIONS,
    *changes.OPERATIONS,
    *webhooks.OPERATIONS,
    *webhook_deliveries.OPERATIONS,
    *api_keys.OPERATIONS,
    *audit.OPERATIONS,
)
