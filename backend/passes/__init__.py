"""What a card looks like: symbols and pictures."""
