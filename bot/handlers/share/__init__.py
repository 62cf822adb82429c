"""Cards shown by others: one tap in, one screen out."""
