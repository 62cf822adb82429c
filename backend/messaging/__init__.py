"""Messages to customers: one folder per channel."""
