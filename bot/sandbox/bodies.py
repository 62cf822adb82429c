"""Request bodies: query string, urlencoded, multipart and JSON all come to one shape."""

import contextlib
import math
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import orjson
from aiohttp import BodyPartReader, web

from bot.sandbox.errors import ApiError, bad_request

ATTACH = "attach://"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came in a multipart body."""

    name: str
    content: bytes
    content_type: str


async def read_body(request: web.Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    """Values by name (strings, or JSON values of a JSON body) and files by field name."""
    values: dict[str, Any] = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.method != "POST" or not request.can_read_body:
        return values, uploads
    kind = request.content_type
    try:
        if kind == "multipart/form-data":
            await _read_multipart(request, values, uploads)
        elif kind == "application/json":
            values |= _read_json(await request.read())
        elif kind == "application/x-www-form-urlencoded":
            text = (await request.read()).decode("utf-8")
            values |= dict(parse_qsl(text, keep_blank_values=True))
    except web.HTTPRequestEntityTooLarge:
        raise ApiError(413, "Request Entity Too Large") from None
    except (UnicodeDecodeError, ValueError) as broken:
        raise bad_request(f"can't parse the request body: {broken}") from None
    return values, uploads


def _read_json(raw: bytes) -> dict[str, Any]:
    try:
        body = orjson.loads(raw or b"{}")
    except orjson.JSONDecodeError:
        raise bad_request("can't parse JSON request body") from None
    if not isinstance(body, dict):
        raise bad_request("JSON request body must be an object")
    return {name: value for name, value in body.items() if value is not None}


async def _read_multipart(
    request: web.Request, values: dict[str, Any], uploads: dict[str, Upload]
) -> None:
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        content = bytes(await part.read(decode=True))
        if part.filename is None:
            values[part.name] = content.decode("utf-8")
        else:
            kind = part.headers.get("Content-Type", "application/octet-stream")
            uploads[part.name] = Upload(part.filename, content, kind)


class Params:
    """The parameters of one call, read by type as Telegram does.

    An empty string counts as absent, except where the caller asks for `text`.
    """

    def __init__(self, values: dict[str, Any], uploads: dict[str, Upload] | None = None) -> None:
        self._values = values
        self.uploads = uploads or {}

    def given(self, name: str) -> bool:
        return self._values.get(name) not in (None, "") or name in self.uploads

    def text(self, name: str) -> str | None:
        value = self._values.get(name)
        if value is None:
            return None
        if isinstance(value, bool):
            return "true" if value else "false"
        return value if isinstance(value, str) else orjson.dumps(value).decode()

    def integer(self, name: str) -> int | None:
        value = self._values.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        with contextlib.suppress(TypeError, ValueError):
            return int(value)
        raise bad_request(f"can't parse {name}: an integer was expected")

    def number(self, name: str) -> float | None:
        value = self._values.get(name)
        if value is None or value == "":
            return None
        with contextlib.suppress(TypeError, ValueError):
            parsed = float(value)
            if math.isfinite(parsed):
                return parsed
        raise bad_request(f"can't parse {name}: a number was expected")

    def flag(self, name: str) -> bool:
        value = self._values.get(name)
        return value is True or str(value).lower() in {"true", "1", "yes"}

    def json(self, name: str) -> Any:
        """A nested object or list, given as a JSON string or as itself."""
        value = self._values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:
            raise bad_request(f"can't parse {name} JSON object") from None

    def object(self, name: str) -> dict[str, Any] | None:
        value = self.json(name)
        if value is not None and not isinstance(value, dict):
            raise bad_request(f"can't parse {name}: an Object was expected")
        return value

    def array(self, name: str) -> list[Any] | None:
        value = self.json(name)
        if value is not None and not isinstance(value, list):
            raise bad_request(f"can't parse {name}: an Array was expected")
        return value

    def required_text(self, name: str) -> str:
        value = self.text(name)
        if not value:
            raise bad_request(f'parameter "{name}" is required')
        return value

    def required_integer(self, name: str) -> int:
        value = self.integer(name)
        if value is None:
            raise bad_request(f'parameter "{name}" is required')
        return value

    def required_number(self, name: str) -> float:
        value = self.number(name)
        if value is None:
            raise bad_request(f'parameter "{name}" is required')
        return value

    def file(self, name: str) -> Upload | str | None:
        """The upload under that name or behind `attach://`, or a file identifier."""
        if name in self.uploads:
            return self.uploads[name]
        value = self.text(name)
        return self.attached(value) if value else None

    def attached(self, reference: str) -> Upload | str:
        """What a media reference stands for: an upload of this request or a file identifier."""
        if not reference.startswith(ATTACH):
            return reference
        upload = self.uploads.get(reference.removeprefix(ATTACH))
        if upload is None:
            raise bad_request("there is no file in the request with the attached name")
        return upload
