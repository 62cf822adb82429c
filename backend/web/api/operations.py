"""Every operation there is, in the order in which the page shows them."""

from backend.web.api.operation import Operation
from backend.web.api.v1 import (
    account,
    api_keys,
    audit,
    brands,
    cards,
    customers,
    documents,
    ledger,
    numbers,
    offers,
    pictures,
    programs,
    stores,
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
    *cards.OPERATIONS,
    *ledger.OPERATIONS,
    *customers.OPERATIONS,
    *api_keys.OPERATIONS,
    *audit.OPERATIONS,
)
