"""Use cases about customers: one verb per file."""
