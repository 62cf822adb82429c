"""Loyalty processors and other systems of the brands."""
