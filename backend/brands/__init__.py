"""Use cases about brands, their offers and number pools: one verb per file."""
