"""A client of the Mindbox API v3 that knows nothing of Karman: README.md in this folder."""
