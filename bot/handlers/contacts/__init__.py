"""Phone and e-mail: one tap in, one screen out."""
