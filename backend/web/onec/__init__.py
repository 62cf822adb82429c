"""The door of 1С: cards and owners out, balances, states and receipts in, over Basic."""
