"""Cards that the person carries: words and buttons."""
