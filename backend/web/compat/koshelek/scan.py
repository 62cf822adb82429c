"""A body whose list of numbers may be a million long, read as it arrives: the numbers in batches,
and the rest of the object apart. Nothing of it is held but what has not been taken yet."""

from backend.web.compat.koshelek.push import MSISDN
from backend.web.compat.wrong import Wrong

MOST_NUMBERS = 1_000_000
LARGEST_REST = 64 * 1024
_NAME = b"msisdn"
_LONGEST_ITEM = 64
_QUOTE, _ESCAPE, _COLON, _OPENS, _CLOSES = b'"'[0], b"\\"[0], b":"[0], b"[{", b"]}"


class Scan:
    """`feed` what arrives, `take` the numbers that are whole; after `end`, `rest` is the object
    with an empty list in the place of the numbers."""

    def __init__(self) -> None:
        self._rest = bytearray()
        self._item = b""
        self._in_list = self._seen = False
        self._depth = 0
        self._in_text = self._escaped = False
        self._text = bytearray()
        self._key = b""
        self._phones: list[str] = []
        self.numbers = 0

    @property
    def rest(self) -> bytes:
        return bytes(self._rest)

    def feed(self, chunk: bytes) -> None:
        """Raises Wrong."""
        while chunk:
            chunk = self._list(chunk) if self._in_list else self._other(chunk)

    def take(self) -> list[str]:
        """E.164."""
        taken, self._phones = self._phones, []
        return taken

    def end(self) -> None:
        """Raises Wrong."""
        if self._in_list:
            raise Wrong(400, "body", "the body is no JSON: the list does not end")
        if not self._seen:
            raise Wrong(400, "msisdn", "msisdn is no list")

    def _list(self, chunk: bytes) -> bytes:
        """What is left behind the end of the list."""
        numbers, ends, left = chunk.partition(b"]")
        *whole, last = (self._item + numbers).split(b",")
        for each in whole:
            self._add(each)
        self._item = last
        if len(last) > _LONGEST_ITEM:
            raise self._wrong()
        if ends:
            # An empty list has one item with nothing in it.
            if last.strip() or self.numbers:
                self._add(last)
            self._item, self._in_list = b"", False
            self._rest += b"]"
            self._depth -= 1
        return left

    def _add(self, item: bytes) -> None:
        self.numbers += 1
        if self.numbers > MOST_NUMBERS:
            raise Wrong(400, "msisdn", f"msisdn: expected at most {MOST_NUMBERS} numbers")
        text = item.strip().decode("ascii", errors="replace")
        if len(text) > 1 and text[0] == text[-1] == '"':
            text = text[1:-1]
        if not MSISDN.fullmatch(text):
            raise self._wrong()
        self._phones.append(f"+{text}")

    def _wrong(self) -> Wrong:
        where = f"item {self.numbers or 1} of msisdn"
        return Wrong(400, "msisdn", f"{where}: expected a number such as 71234567890")

    def _other(self, chunk: bytes) -> bytes:
        """Up to the beginning of the list."""
        for place, sign in enumerate(chunk):
            self._rest.append(sign)
            if self._step(sign):
                if self._seen:
                    raise Wrong(400, "msisdn", "msisdn stands twice")
                self._in_list = self._seen = True
                return chunk[place + 1 :]
            if len(self._rest) > LARGEST_REST:
                raise Wrong(413, "too_large", f"beside the list, over {LARGEST_REST} bytes")
        return b""

    def _step(self, sign: int) -> bool:
        """Whether the list begins behind it."""
        if self._in_text:
            self._in_a_text(sign)
        elif sign == _QUOTE:
            self._in_text = True
            self._text.clear()
        elif sign == _COLON and self._depth == 1:
            self._key = bytes(self._text)
        elif sign in _OPENS:
            self._depth += 1
            return sign == _OPENS[0] and self._depth == 2 and self._key == _NAME
        elif sign in _CLOSES:
            self._depth -= 1
        return False

    def _in_a_text(self, sign: int) -> None:
        if self._escaped:
            self._escaped = False
        elif sign == _ESCAPE:
            self._escaped = True
        elif sign == _QUOTE:
            self._in_text = False
            return
        self._text.append(sign)
