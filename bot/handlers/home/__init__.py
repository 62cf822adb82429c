"""Start, settings, and what fits nowhere else: one tap in, one screen out."""
