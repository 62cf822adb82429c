"""What was used longest ago gives way, as far as memory allows."""

from backend.passes.apple.kept import Kept


def test_what_was_used_last_stays() -> None:
    made: list[str] = []
    kept: Kept[bytes] = Kept(30, len)

    def get(key: str, size: int = 10) -> bytes:
        def make() -> bytes:
            made.append(key)
            return key.encode() * size

        return kept.get(key, make)

    for key in ("a", "b", "c", "a", "d", "a", "b"):
        assert get(key) == key.encode() * 10
    assert made == ["a", "b", "c", "d", "b"]
    assert len(kept) == 3
    # What is larger than all the room is kept alone.
    assert len(get("huge", 100)) == 400
    assert len(kept) == 1
