"""The built-in ledger: points of cards in double entry, for brands without a loyalty system."""
