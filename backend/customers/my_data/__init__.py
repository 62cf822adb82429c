"""What is held about a person: shown, exported, deleted, forgotten in time."""
