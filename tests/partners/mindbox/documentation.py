"""The documentation's examples, read from tests/partners/mindbox/documented/."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "documented"


def example(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def example_bytes(name: str) -> bytes:
    return (FOLDER / f"{name}.json").read_bytes()


def close(value: Any, *, in_order: bool = True) -> bytes:
    """Without the white space of print; in the order of the names, where the examples disagree."""
    separators = (",", ":")
    text = json.dumps(value, ensure_ascii=False, separators=separators, sort_keys=not in_order)
    return text.encode()
