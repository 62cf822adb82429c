"""Words and buttons: pure functions that return a Screen."""
