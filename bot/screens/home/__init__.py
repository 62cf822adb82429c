"""Start, settings, and what fits nowhere else: words and buttons."""
