"""Buttons in messages of last year: what they carry is still read, and read as it was meant."""

from pathlib import Path

from bot import taps

# One line for each tap that was ever in a message: its prefix and its fields in their order.
SHIPPED = Path(__file__).with_name("taps_shipped.txt")


def known() -> dict[str, list[str]]:
    """Prefix → names of the fields, in their order."""
    return {
        tap.__prefix__: list(tap.model_fields)
        for tap in vars(taps).values()
        if isinstance(tap, type)
        and issubclass(tap, taps.CallbackData)
        and tap is not taps.CallbackData
    }


def test_what_was_shipped_is_still_read() -> None:
    """A prefix or an order that changed makes old buttons dead, or does something else."""
    now = known()
    lines = SHIPPED.read_text(encoding="utf-8").splitlines()
    assert len(lines) > 100
    for line in lines:
        prefix, _, fields = line.partition(":")
        assert now.get(prefix) == fields.split(), (
            f"{line!r} is in old messages: give the new tap a prefix of its own"
        )
