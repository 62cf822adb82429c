"""Plastic that a person shows: what was seen, which brand's it is, whose it is."""
