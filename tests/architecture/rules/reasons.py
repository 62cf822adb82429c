"""Offences that have a reason."""

from collections.abc import Collection, Mapping


def told(offences: Collection[str]) -> str:
    return "\n" + "\n".join(offences)


def beyond(found: list[str], reasons: Mapping[str, str]) -> list[str]:
    """Offences in files without a reason, and reasons without an offence. A reason is for
    every file whose path begins like that."""
    new = [line for line in found if not line.startswith(tuple(reasons))]
    return new + _unexplained(found, reasons)


def _unexplained(offences: Collection[str], reasons: Collection[str]) -> list[str]:
    """Reasons for files that offend no more: they have to go."""
    return [
        f"{path}: no longer needs its reason, take it out"
        for path in reasons
        if not any(line.startswith(path) for line in offences)
    ]
