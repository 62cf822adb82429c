"""Tables: one noun per module."""
