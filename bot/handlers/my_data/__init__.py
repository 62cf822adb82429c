"""What is held about the person: one tap in, one screen out."""
