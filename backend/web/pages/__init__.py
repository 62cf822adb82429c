"""Pages for people: they work without JavaScript."""
