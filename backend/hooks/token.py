"""The text at the end of a hook's address: ten characters that name it, `_`, the secret."""

import hashlib
import hmac
import re
from dataclasses import dataclass

from backend.platform.ids import new_base62

_ID, _SECRET = 10, 43
_FORM = re.compile(rf"([0-9A-Za-z]{{{_ID}}})_([0-9A-Za-z]{{{_SECRET}}})")


@dataclass(frozen=True, slots=True, repr=False)
class HookToken:
    public_id: str
    secret: str

    @property
    def text(self) -> str:
        return f"{self.public_id}_{self.secret}"

    @property
    def digest(self) -> str:
        """What is kept of the secret."""
        return hashlib.sha256(self.secret.encode()).hexdigest()

    def is_of(self, digest: str) -> bool:
        """Constant-time."""
        return hmac.compare_digest(self.digest, digest)


def new_token() -> HookToken:
    return HookToken(new_base62(_ID), new_base62(_SECRET))


def read_token(text: str) -> HookToken | None:
    """None for what was never one."""
    found = _FORM.fullmatch(text)
    return HookToken(found[1], found[2]) if found is not None else None
