"""What a button carries: a prefix and fields in a declared order, at most 64 bytes of ASCII.

On the wire the parts are joined with colons: `cstar:17:1`. A whole number is written in digits, a
yes or no as 1 or 0, a text as it is. Reading is strict: whatever `pack` cannot have written is no
tap of ours, because anybody may send any callback data to a bot.
"""

from dataclasses import MISSING, dataclass, fields
from enum import Enum
from typing import Annotated, Any, ClassVar, Self, dataclass_transform, get_args, get_origin

MOST_BYTES = 64
SEPARATOR = ":"
# Ids, pages and bits stay below it; JavaScript and SQL hold it too.
BEYOND = 1 << 53


@dataclass(frozen=True, slots=True)
class Whole:
    """Numbers from `smallest` up to, not including, 2^53."""

    smallest: int = 0

    def write(self, value: Any) -> str:
        if not isinstance(value, int) or not self.smallest <= value < BEYOND:
            raise ValueError(f"expected a number from {self.smallest} to 2^53-1, not {value!r}")
        return str(int(value))

    def read(self, text: str) -> int | None:
        if not text.removeprefix("-").isdigit():
            return None
        number = int(text)
        ours = self.smallest <= number < BEYOND and str(number) == text
        return number if ours else None


@dataclass(frozen=True, slots=True)
class YesNo:
    def write(self, value: Any) -> str:
        if not isinstance(value, bool):
            raise ValueError(f"expected True or False, not {value!r}")
        return "1" if value else "0"

    def read(self, text: str) -> bool | None:
        return {"1": True, "0": False}.get(text)


@dataclass(frozen=True, slots=True)
class Text:
    """Printable ASCII without colons; `empty` where nothing is a value too."""

    empty: bool = False

    def write(self, value: Any) -> str:
        text = str(value.value if isinstance(value, Enum) else value)
        if self.read(text) is None:
            raise ValueError(f"expected printable ASCII without colons, not {text!r}")
        return text

    def read(self, text: str) -> str | None:
        ours = text.isascii() and text.isprintable() and SEPARATOR not in text
        return text if ours and (text or self.empty) else None


Kind = Whole | YesNo | Text
# «None of them», where the other numbers are places in a list.
FromMinusOne = Annotated[int, Whole(smallest=-1)]


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Tap:
    """Declared as `class StarCard(Tap, prefix="cstar")` with typed fields, which become those of
    a frozen dataclass. A text whose default is empty may be empty."""

    prefix: ClassVar[str]
    frame: ClassVar[tuple[tuple[str, Kind], ...]]

    def __init_subclass__(cls, prefix: str) -> None:
        super().__init_subclass__()
        cls.prefix = prefix
        dataclass(frozen=True, kw_only=True)(cls)
        cls.frame = tuple((one.name, _kind(one.type, one.default)) for one in fields(cls))  # type: ignore[arg-type]

    def pack(self) -> str:
        """Raises ValueError for what does not fit or is out of its range: a mistake of the code
        that makes the button."""
        values = [kind.write(getattr(self, name)) for name, kind in self.frame]
        packed = SEPARATOR.join([self.prefix, *values])
        if len(packed) > MOST_BYTES:
            raise ValueError(f"a button carries at most {MOST_BYTES} bytes: {packed!r}")
        return packed

    @classmethod
    def unpack(cls, data: str | None) -> Self | None:
        """None when it is not one of ours."""
        if data is None or len(data) > MOST_BYTES or not data.isascii():
            return None
        prefix, *parts = data.split(SEPARATOR)
        if prefix != cls.prefix or len(parts) != len(cls.frame):
            return None
        read = {name: kind.read(part) for (name, kind), part in zip(cls.frame, parts, strict=True)}
        return None if None in read.values() else cls(**read)


def _kind(declared: Any, default: Any) -> Kind:
    """By the field's type; TypeError for one that cannot travel in a button."""
    if get_origin(declared) is Annotated:
        return next(extra for extra in get_args(declared) if isinstance(extra, Whole))
    if declared is bool:
        return YesNo()
    if declared is int:
        return Whole()
    if declared is str:
        return Text(empty=default is not MISSING and default == "")
    raise TypeError(f"expected a field of int, bool or str, not {declared!r}")
