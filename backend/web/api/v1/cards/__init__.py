"""Cards and their numbers: given, looked up, changed, counted in points."""
