"""How brands and their cards look, and what stands on a card."""
