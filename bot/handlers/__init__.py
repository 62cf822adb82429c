"""What to do on a tap, a folder for each area: one tap in, one screen out."""
