"""A mail server over SMTP."""
