"""What an account has, as the files of a pack spell it: the same rows give the same bytes."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import yaml


class _Dumper(yaml.SafeDumper):
    """Several lines stand as they are read."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  a pack has no aliases
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def yaml_of(values: Mapping[str, Any]) -> bytes:
    """Without what is not set."""
    kept = {name: value for name, value in values.items() if value not in (None, "", [])}
    text = yaml.dump(kept, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)
    return text.encode()


def csv_of(columns: Sequence[str], rows: Iterable[Sequence[Any]], *, head: bool = True) -> bytes:
    """One row a line, whatever the cells hold."""
    file = StringIO()
    writer = csv.writer(file, lineterminator="\n")
    if head:
        writer.writerow(columns)
    for row in rows:
        writer.writerow([" ".join(str(cell).splitlines()) for cell in row])
    return file.getvalue().encode()


def document_of(head: Mapping[str, Any], text: str) -> bytes:
    """Markdown with its head between two lines of ---."""
    return b"---\n" + yaml_of(head) + b"---\n" + text.encode()


def day_or_time(moment: datetime | None, zone: str, *, last_day: bool = False) -> str | None:
    """A date where the moment is a midnight of the account (of `last_day` the one after the day),
    else a time."""
    if moment is None:
        return None
    here = moment.astimezone(ZoneInfo(zone))
    if here.time() == time():
        day = here.date() - timedelta(days=1 if last_day else 0)
        return day.isoformat()
    utc = moment.astimezone(UTC).replace(microsecond=0)
    return utc.isoformat().replace("+00:00", "Z")
