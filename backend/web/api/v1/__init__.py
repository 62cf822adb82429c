"""The operations of version 1, a noun a module."""
