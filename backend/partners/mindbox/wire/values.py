"""Values of an answer, read so that what is new or odd does no harm."""

from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import BeforeValidator


def _text(value: Any) -> str:
    if value is None or isinstance(value, dict | list):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _flag(value: Any) -> bool:
    return value if isinstance(value, bool) else str(value).strip().lower() in {"true", "1"}


def _amount(value: Any) -> Decimal | None:
    if value is None or isinstance(value, bool):
        return None
    try:
        amount = Decimal(str(value).replace("\u00a0", "").replace(",", "."))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None


def _moment(value: Any) -> datetime | None:
    """`2018-12-19 20:01:58.095`, `2024-10-13T12:28:53.2885146Z`, `2017-08-22 10:00`: always UTC."""
    try:
        moment = datetime.fromisoformat(str(value).strip())
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _day(value: Any) -> date | None:
    moment = _moment(value)
    return None if moment is None else moment.date()


def _ids(value: Any) -> dict[str, str]:
    """Ids are texts or numbers."""
    pairs = value.items() if isinstance(value, dict) else ()
    return {str(name): _text(each) for name, each in pairs if _text(each)}


def _fields(value: Any) -> dict[str, Any]:
    return dict(value) if isinstance(value, dict) else {}


def _status_name(value: Any) -> str:
    """`{"ids": {"systemName": "Blocked"}}`, or the bare name."""
    if isinstance(value, dict):
        return _text(_ids(value.get("ids")).get("systemName", value.get("systemName")))
    return _text(value)


Text = Annotated[str, BeforeValidator(_text)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Amount = Annotated[Decimal | None, BeforeValidator(_amount)]
Moment = Annotated[datetime | None, BeforeValidator(_moment)]
Day = Annotated[date | None, BeforeValidator(_day)]
Ids = Annotated[dict[str, str], BeforeValidator(_ids)]
Fields = Annotated[dict[str, Any], BeforeValidator(_fields)]
SystemName = Annotated[str, BeforeValidator(_status_name)]


def named(values: dict[str, Any], name: str) -> Any:
    """The value under a name that Mindbox spells back in camel case: `TGID` comes as `tGID`."""
    if name in values:
        return values[name]
    wanted = name.casefold()
    return next((value for key, value in values.items() if key.casefold() == wanted), None)
