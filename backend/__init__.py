"""The use cases, and the HTTP side."""
