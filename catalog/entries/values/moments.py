"""Dates and times as people write them, in the account's timezone unless they say otherwise."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import GetJsonSchemaHandler, ValidationInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from catalog.entries.values.around import around
from catalog.entries.values.wrong import shown, wrong

EXPECTED = "a date like 2026-12-31 or a time like 2026-12-31T18:00"
_LONGEST = 25
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """Read as a moment of UTC. A date alone is its midnight; with `last_day` the midnight after
    it, so that the day counts."""

    last_day: bool = False
    wanted: str = EXPECTED

    def read(self, given: Any, info: ValidationInfo[Any]) -> datetime:
        text = given.strip() if isinstance(given, str) else ""
        found = parsed(text, around(info).zone, self.last_day)
        if found is None:
            raise wrong(f"is {shown(given)}", EXPECTED)
        return found

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "pattern": f"^(?:{_DATE.pattern}|{_TIME.pattern})$"} | {
            "maxLength": _LONGEST,
            "examples": ["2026-12-31", "2026-12-31T18:00"],
        }


def parsed(text: str, zone: ZoneInfo, last_day: bool) -> datetime | None:
    """None when it is neither, or no day of the calendar."""
    try:
        if _DATE.fullmatch(text):
            day = date.fromisoformat(text) + timedelta(days=1 if last_day else 0)
            return datetime.combine(day, time(), zone).astimezone(UTC)
        if _TIME.fullmatch(text):
            read = datetime.fromisoformat(text)
            return (read if read.tzinfo else read.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return None
