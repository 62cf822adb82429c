"""Passes, as OSMI calls them: numbers that a partner gives out by links, what stands on them."""
