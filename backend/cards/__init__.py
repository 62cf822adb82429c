"""Use cases about cards: one verb per file."""
