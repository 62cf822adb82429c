"""A client of the Loyalty Online API that knows nothing of Karman: README.md says how to use it."""
