"""What to do on a tap: one verb per file."""
