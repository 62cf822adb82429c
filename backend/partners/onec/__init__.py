"""1С: cards, owners, balances and receipts, over HTTP or in a folder, as its tools write them."""
