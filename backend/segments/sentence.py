"""Who is meant, as a sentence that a person reads before they send."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from backend.platform.words import Words, spoken
from backend.segments.where import Tree
from catalog.reference.reference import load_reference

LOCALES = Path(__file__).parent / "locales"


@cache
def segment_words() -> Words:
    return Words(LOCALES)


def sentence(tree: Tree | None, language: str) -> str:
    """Plain text, for whoever shows it to escape."""
    said = _Said(language)
    if tree is None:
        return said.words("everybody")
    return said.words("whole", said=said.node(tree, outermost=True))


@dataclass(frozen=True, slots=True)
class _Said:
    language: str

    def words(self, key: str, **values: Any) -> str:
        return segment_words().text(self.language, key, **values)

    def node(self, tree: Tree, *, outermost: bool = False) -> str:
        """A group inside another stands in brackets."""
        if "not" in tree:
            return self.words("not", said=self.node(tree["not"]))
        for key, between in (("all", "and"), ("any", "or")):
            if key in tree:
                parts = [self.node(each) for each in tree[key]]
                joined = self.words(between).join(parts)
                return joined if outermost or len(parts) == 1 else f"({joined})"
        return _FIELDS.get(tree["field"], _listed)(self, tree)

    def listed(self, values: Sequence[str]) -> str:
        *first, last = values
        return self.words("list-and").join([", ".join(first), last]) if first else last

    def quoted(self, text: str) -> str:
        return self.words("quoted", text=text)

    def range(self, tree: Tree) -> str:
        """ "from 100 to 500"; what else a range may be stands in `in` and `is`."""
        if "is" in tree:
            return self.words("yes" if tree["is"] else "no")
        if "in" in tree:
            return self.listed([self.quoted(each) for each in tree["in"]])
        ends = {name: tree[name] for name in ("from", "to") if name in tree}
        return self.words("range-both" if len(ends) == 2 else f"range-{next(iter(ends))}", **ends)


def _listed(said: _Said, tree: Tree) -> str:
    """A field with its values, by their own words or word for word."""
    name = tree["field"]
    values = [_value(said, name, value) for value in tree["in"]]
    return said.words(name, values=said.listed(values))


def _value(said: _Said, field: str, value: str) -> str:
    if field == "city":
        city = load_reference().cities.get(value)
        return value if city is None else spoken(city, "name", said.language)
    if field == "age":
        return value
    key = f"{_WORDED.get(field, field)}-{value}"
    return said.words(key) if segment_words().has(said.language, key) else said.quoted(value)


_WORDED = {"consent": "channel"}


def _card(said: _Said, tree: Tree) -> str:
    return said.words(f"card-{tree['is']}")


def _balance(said: _Said, tree: Tree) -> str:
    return said.words("balance", range=said.range(tree))


def _joined(said: _Said, tree: Tree) -> str:
    parts = []
    if "within_days" in tree:
        parts.append(said.words("joined-within", days=tree["within_days"]))
    if "from" in tree or "to" in tree:
        parts.append(said.words("joined", range=said.range(tree)))
    return said.words("and").join(parts)


def _last_seen(said: _Said, tree: Tree) -> str:
    return said.words("last_seen", days=tree["within_days"])


def _clicked(said: _Said, tree: Tree) -> str:
    within = "within_days" in tree
    days = {"days": tree["within_days"]} if within else {}
    text = said.words("clicked-within" if within else "clicked", **days)
    if "campaign" not in tree:
        return text
    return said.words("clicked-of", said=text, campaign=str(tree["campaign"]))


def _birthday(said: _Said, tree: Tree) -> str:
    ends = {"from": _day(said, tree["from_days"]), "to": _day(said, tree["to_days"])}
    return said.words("birthday", **ends)


def _day(said: _Said, days: int) -> str:
    if days == 0:
        return said.words("birthday-today")
    return said.words("birthday-after" if days > 0 else "birthday-before", days=abs(days))


def _own(said: _Said, tree: Tree) -> str:
    name, key = tree["field"], said.quoted(tree["key"])
    if not tree.keys() & {"in", "is", "from", "to"}:
        return said.words(f"{name}-any", named=key)
    return said.words(name, named=key, range=said.range(tree))


_FIELDS: Mapping[str, Callable[[_Said, Tree], str]] = {
    "card": _card,
    "balance": _balance,
    "joined": _joined,
    "last_seen": _last_seen,
    "clicked": _clicked,
    "birthday": _birthday,
    "card_field": _own,
    "attribute": _own,
}
