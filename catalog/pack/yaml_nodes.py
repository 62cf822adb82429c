"""YAML text to a tree of nodes that still know their lines.

Scalars stay the text that was typed (an INN keeps its zeros, `no` stays `no`), so PyYAML builds
no values at all. Aliases are refused and depth is bounded before a tree is built: an alias bomb
or a thousand brackets cost nothing.
"""

import yaml

from catalog.pack.problems import Problems

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 12
_CORE = "tag:yaml.org,2002:"


def compose(text: str, file: str, problems: Problems, first_line: int = 1) -> yaml.Node | None:
    """The root node, or None when empty or refused. `first_line` is the line the text starts on."""
    try:
        complaint = _guard(text)
        if complaint is None:
            return yaml.compose(text, Loader=_Loader)
        line, what = complaint
        problems.add(file, line + first_line, f"has {what}", "plain values, lists and keys")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = mark.line + first_line if mark else None
        problems.add(file, where, f"is not plain YAML: {error.problem}", "valid YAML")
    except yaml.reader.ReaderError as error:
        place = _unreadable(text)
        where = None if place is None else place + first_line
        problems.add(file, where, f"is not plain YAML: {error.reason}", "valid YAML")
    return None


def _unreadable(text: str) -> int | None:
    """The line, from 0, of the first character that YAML does not allow."""
    found = yaml.reader.Reader.NON_PRINTABLE.search(text)
    return text.count("\n", 0, found.start()) if found else None


def _guard(text: str) -> tuple[int, str] | None:
    """The first line, from 0, with something that a pack has no need of, and what it is."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        complaint = _complaint(event, depth)
        if complaint:
            mark = event.start_mark
            return (mark.line if mark else 0), complaint
    return None


def _complaint(event: yaml.Event, depth: int) -> str:
    if isinstance(event, yaml.AliasEvent):
        return f"the alias *{event.anchor}"
    tag = getattr(event, "tag", None)
    if tag is not None and not tag.startswith(_CORE + "str"):
        return f"the tag {tag!r}"
    return f"more than {_DEEPEST} levels" if depth > _DEEPEST else ""
