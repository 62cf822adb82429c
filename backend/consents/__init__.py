"""Consent documents, records, their chain, and the gate before every channel."""
