"""What Google answered, its refusals in our three names. None of them quotes what was sent."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import orjson

from backend.platform.failures import Failure, GiveUp, NeedsSettings, TryLater

_LONGEST_WAIT = timedelta(hours=1)
_WORD = re.compile(r"[A-Za-z_]{1,60}")
# Of a project that asks too fast, also when it is told with a 403.
_TOO_FAST = re.compile(r"rateLimitExceeded|userRateLimitExceeded|RESOURCE_EXHAUSTED|quotaExceeded")
# A card may light up three times in 24 hours.
_ENOUGH = "QuotaExceededException"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes
    after: timedelta | None = None

    @property
    def good(self) -> bool:
        return 200 <= self.status < 300

    @property
    def lit_enough(self) -> bool:
        return not self.good and _ENOUGH.encode() in self.body

    def read(self) -> dict[str, Any]:
        """{} where it is no object."""
        try:
            told = orjson.loads(self.body)
        except orjson.JSONDecodeError:
            return {}
        return told if isinstance(told, dict) else {}

    def failure(self) -> Failure:
        word = f"{self.status} {self._word()}".strip()
        if self.status == 429 or self.status >= 500 or self._too_fast:
            return TryLater(f"Google asks to wait: {word}", self.after)
        if self.status in {401, 403}:
            return NeedsSettings(f"Google refuses the service account: {word}")
        return GiveUp(f"Google refused the card: {word}")

    @property
    def _too_fast(self) -> bool:
        return (
            self.status == 403 and _TOO_FAST.search(self.body.decode(errors="replace")) is not None
        )

    def _word(self) -> str:
        """How Google calls it, such as INVALID_ARGUMENT; its sentences may quote the card."""
        told = self.read().get("error")
        status = told.get("status") if isinstance(told, dict) else None
        return status if isinstance(status, str) and _WORD.fullmatch(status) else ""


def after(header: str | None) -> timedelta | None:
    asked = header or ""
    if not (asked.isascii() and asked.isdigit() and len(asked) < 7):
        return None
    return min(timedelta(seconds=int(asked)), _LONGEST_WAIT)
