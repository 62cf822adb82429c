"""Rules of brands by which something that happens becomes a message to one person."""
