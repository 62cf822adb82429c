"""People, their cards, and their cards in phones."""
