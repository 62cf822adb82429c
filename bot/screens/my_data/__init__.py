"""What is held about the person: words and buttons."""
