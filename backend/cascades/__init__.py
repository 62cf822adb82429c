"""The further channels of a message that did not arrive, and what became of those that left."""
