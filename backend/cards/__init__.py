"""Use cases about cards: issued, brought along, kept, shared, taken to other wallets."""
