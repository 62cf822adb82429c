"""What a call comes to that cannot be done. Each façade spells it in its own way."""

from collections.abc import Mapping

_NOTHING: Mapping[str, str] = {}


class Wrong(Exception):
    """`code` is a word; `text` says what is wrong and what was expected, and quotes nobody's
    data."""

    def __init__(
        self, status: int, code: str, text: str, headers: Mapping[str, str] = _NOTHING
    ) -> None:
        super().__init__(text)
        self.status = status
        self.code = code
        self.text = text
        self.headers = headers
