"""Customers, their consents, and who is meant by a segment."""
