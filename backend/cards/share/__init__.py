"""Cards that others may show."""
