"""E-mail as a channel: letters, and one folder per way to send them."""
