"""One message to many people: use cases, one verb per file."""
