"""Cards that the person carries: one tap in, one screen out."""
