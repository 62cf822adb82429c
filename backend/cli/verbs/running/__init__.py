"""Processes: all in one, and each alone."""
