"""What a button does is said in actions; Telegram's spelling stands in its channel alone."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.rules.syntax import offence
from tests.support.chat.taps import every_tap
from tests.support.source import Source, sources

SPELLING = "backend/messaging/telegram/"
# Words of ours that happen to be spelt like a tap: an address, scopes of partners' keys.
WORDS = {
    ("backend/web/pages/home.py", "home"),
    ("backend/access/rights.py", "cards:read"),
    ("backend/access/rights.py", "cards:write"),
}
REMEDY = (
    "callback data is spelt in backend/messaging/telegram/spelling.py: give the message an "
    "Action (backend/messaging/action.py), and a new kind a line in each channel's spelling"
)
PREFIXES = {tap.prefix: bool(tap.frame) for tap in every_tap()}
# Keys under which Telegram wants callback data.
KEYS = {"tap", "callback_data"}


def callback_strings(source: Source) -> list[str]:
    return [offence(source, node, REMEDY) for node in _spelt(source)]


def _spelt(source: Source) -> Iterator[ast.AST]:
    for node in ast.walk(source.tree):
        match node:
            case ast.JoinedStr(values=[ast.Constant(value=str() as text), *_]) if _begins(text):
                yield node
            case ast.Constant(value=str() as text) if _is_spelt(source, text):
                yield node
            case ast.Dict(keys=keys) if any(_is_key(key) for key in keys):
                yield node
            case ast.keyword(arg="callback_data"):
                yield node


def _begins(text: str) -> bool:
    """`card:17`, or the beginning of an f-string that makes it."""
    prefix, colon, rest = text.partition(":")
    return bool(colon) and " " not in rest and PREFIXES.get(prefix, False)


def _is_spelt(source: Source, text: str) -> bool:
    """With what follows, or a tap without fields."""
    spelt = _begins(text) or PREFIXES.get(text) is False
    return spelt and (source.path, text) not in WORDS


def _is_key(key: ast.expr | None) -> bool:
    return isinstance(key, ast.Constant) and key.value in KEYS


def test_no_file_of_the_backend_spells_a_tap_but_the_telegram_channel() -> None:
    found = [
        line
        for source in sources("backend", "catalog", "models")
        if not source.path.startswith(SPELLING)
        for line in callback_strings(source)
    ]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(
    "text",
    [
        'data = {"button": {"tap": tap_of(card)}}',
        'tap = f"card:{card.id}"',
        'tap = "adoff:3:telegram"',
        'CONTACTS = "conts"',
        "Button(text, callback_data=spelt)",
    ],
)
def test_a_spelling_is_seen(text: str) -> None:
    assert callback_strings(Source("backend/cards/tell.py", text))


@pytest.mark.parametrize(
    "text",
    ['once = f"welcome:card:{card.id}"', 'place = "card: of a person"', 'kind = "card"'],
)
def test_what_is_no_spelling_passes(text: str) -> None:
    assert not callback_strings(Source("backend/cards/tell.py", text))
