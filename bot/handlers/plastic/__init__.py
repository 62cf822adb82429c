"""A card that the person already has: one tap in, one screen out."""
