"""How long Google wants us to wait."""

from backend.passes.google.answer import after


def test_how_long_google_wants_us_to_wait() -> None:
    assert [after(each) for each in (None, "", "soon", "-5", "٣", "1" * 9)] == [None] * 6
    assert [str(after(each)) for each in ("0", "30", "999999")] == ["0:00:00", "0:00:30", "1:00:00"]
