"""The cards that a person carries, and what they keep with each."""
