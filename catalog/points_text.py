"""Points as a decimal text."""

from models.ledger import POINT


def points_text(hundredths: int) -> str:
    """`150.00`, `-0.50`."""
    whole, cents = divmod(abs(hundredths), POINT)
    return f"{'-' if hundredths < 0 else ''}{whole}.{cents:02d}"
