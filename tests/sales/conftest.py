"""The house of jobs is where receipts come in."""

from tests.jobs.conftest import House, house

__all__ = ["House", "house"]
