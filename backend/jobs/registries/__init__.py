"""Registries of partners: their files become jobs, ours are written, each once."""
