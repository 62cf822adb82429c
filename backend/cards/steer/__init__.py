"""What the brand's own system does to a card: its balance, tier and fields, whether it is good, its
number."""
