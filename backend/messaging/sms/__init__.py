"""SMS as a channel: one folder per gateway."""
