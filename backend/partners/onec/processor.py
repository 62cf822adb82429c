"""1С owns no numbers: it is told of cards, and tells of balances and receipts."""
