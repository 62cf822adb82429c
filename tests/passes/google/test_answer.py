"""An answer that comes in parts, or never ends."""

from backend.passes.google.answer import after, whole


class Parts:
    def __init__(self, *parts: bytes) -> None:
        self.left = list(parts)

    async def read(self, n: int) -> bytes:
        part = self.left.pop(0) if self.left else b""
        if len(part) > n:
            self.left.insert(0, part[n:])
        return part[:n]


async def test_all_of_it_and_no_more_than_that() -> None:
    assert await whole(Parts(b'{"a":', b" ", b"1}"), 100) == b'{"a": 1}'
    endless = Parts(*[b"x" * 10] * 100)
    assert await whole(endless, 25) == b"x" * 25
    assert sum(map(len, endless.left)) == 975
    assert await whole(Parts(), 5) == b""


def test_how_long_google_wants_us_to_wait() -> None:
    assert [after(each) for each in (None, "", "soon", "-5", "٣", "1" * 9)] == [None] * 6
    assert [str(after(each)) for each in ("0", "30", "999999")] == ["0:00:00", "0:00:30", "1:00:00"]
