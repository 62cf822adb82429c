"""A card that the person already has: words and buttons."""
