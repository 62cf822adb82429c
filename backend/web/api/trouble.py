"""What may be wrong with a request as such, before any use case is asked; refusals are theirs."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from backend.platform.world.serving import UNREADABLE


class Trouble(StrEnum):
    """Stable: the end of a problem's `type`, and its `code`."""

    REQUEST_UNREADABLE = UNREADABLE
    KEY_REQUIRED = "key_required"
    KEY_UNKNOWN = "key_unknown"
    RATE_LIMITED = "rate_limited"
    BODY_TOO_LARGE = "body_too_large"
    BODY_TOO_SLOW = "body_too_slow"
    BODY_DAMAGED = "body_damaged"
    MEDIA_TYPE_WRONG = "media_type_wrong"
    ENCODING_UNKNOWN = "encoding_unknown"
    BODY_NOT_JSON = "body_not_json"
    BODY_TOO_DEEP = "body_too_deep"
    LIST_TOO_LONG = "list_too_long"
    INPUT_INVALID = "input_invalid"
    CURSOR_NOT_FOUND = "cursor_not_found"
    IDEMPOTENCY_KEY_REQUIRED = "idempotency_key_required"
    IDEMPOTENCY_KEY_REUSED = "idempotency_key_reused"
    IF_MATCH_REQUIRED = "if_match_required"
    CHANGED_MEANWHILE = "changed_meanwhile"
    OPERATION_NOT_FOUND = "operation_not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    TRY_LATER = "try_later"


STATUS: Mapping[Trouble, int] = {
    Trouble.REQUEST_UNREADABLE: 400,
    Trouble.KEY_REQUIRED: 401,
    Trouble.KEY_UNKNOWN: 401,
    Trouble.RATE_LIMITED: 429,
    Trouble.BODY_TOO_LARGE: 413,
    Trouble.BODY_TOO_SLOW: 408,
    Trouble.BODY_DAMAGED: 400,
    Trouble.MEDIA_TYPE_WRONG: 415,
    Trouble.ENCODING_UNKNOWN: 415,
    Trouble.BODY_NOT_JSON: 400,
    Trouble.BODY_TOO_DEEP: 400,
    Trouble.LIST_TOO_LONG: 400,
    Trouble.INPUT_INVALID: 422,
    Trouble.CURSOR_NOT_FOUND: 404,
    Trouble.IDEMPOTENCY_KEY_REQUIRED: 400,
    Trouble.IDEMPOTENCY_KEY_REUSED: 422,
    Trouble.IF_MATCH_REQUIRED: 428,
    Trouble.CHANGED_MEANWHILE: 412,
    Trouble.OPERATION_NOT_FOUND: 404,
    Trouble.METHOD_NOT_ALLOWED: 405,
    Trouble.TRY_LATER: 503,
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """One mistake of the input. `pointer` (RFC 6901) leads to it in the body, or `parameter` names
    it in the query. Of a body that is a file, or has files in it, there are `file` and `line`."""

    message: str
    expected: str
    pointer: str | None = None
    parameter: str | None = None
    file: str | None = None
    line: int | None = None

    def told(self) -> dict[str, str | int]:
        where = {
            "file": self.file,
            "line": self.line,
            "pointer": self.pointer,
            "parameter": self.parameter,
        }
        named = {name: value for name, value in where.items() if value is not None}
        return {**named, "message": self.message, "expected": self.expected}


class Problem(Exception):
    """`told` are plain values for the wording, `errors` the mistakes of the input."""

    def __init__(
        self,
        trouble: Trouble,
        *,
        errors: tuple[Wrong, ...] = (),
        headers: Mapping[str, str] | None = None,
        **told: Any,
    ) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
        self.errors = errors
        self.headers = dict(headers or {})
        self.told = told
