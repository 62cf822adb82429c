"""Facts for reports: what happened, counted once, with nothing of anybody in it."""
