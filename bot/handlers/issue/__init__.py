"""On the way to a card: one tap in, one screen out."""
