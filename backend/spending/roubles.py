"""Money as it is told: a decimal text."""

from decimal import Decimal


def roubles(kopecks: int) -> str:
    return f"{Decimal(kopecks) / 100:.2f}"


def percent(part: int, whole: int) -> str:
    """Of nobody it is nothing."""
    return f"{Decimal(100 * part) / whole:.2f}" if whole else "0.00"
