"""Phone and e-mail: words and buttons."""
