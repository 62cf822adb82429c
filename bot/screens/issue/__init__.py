"""On the way to a card: words and buttons."""
