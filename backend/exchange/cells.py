"""Cells of a CSV that a spreadsheet may open: text stays text, in both directions."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def written(text: str) -> str:
    """With an apostrophe in front of what a spreadsheet would take for a formula."""
    return f"'{text}" if _looks_like_one(text) else text


def read(text: str) -> str:
    """What `written` was given."""
    return text[1:] if text.startswith("'") and _looks_like_one(text) else text


def _looks_like_one(text: str) -> bool:
    return text.lstrip("'").startswith(_FORMULA)


def joined(groups: tuple[str, ...]) -> str:
    """Parted by `|`; one that is part of a name is written `\\|`."""
    return "|".join(group.replace("\\", "\\\\").replace("|", "\\|") for group in groups)


def parted(text: str) -> tuple[str, ...]:
    """A backslash before anything else than `|` or a backslash is itself."""
    found: list[list[str]] = [[]]
    at = 0
    while at < len(text):
        if text[at] == "\\" and text[at + 1 : at + 2] in {"|", "\\"}:
            at += 1
            found[-1].append(text[at])
        elif text[at] == "|":
            found.append([])
        else:
            found[-1].append(text[at])
        at += 1
    return tuple(dict.fromkeys(filter(None, ("".join(group).strip() for group in found))))
