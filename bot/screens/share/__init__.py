"""Cards shown by others: words and buttons."""
