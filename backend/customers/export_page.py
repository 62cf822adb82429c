"""«My data» as a page for reading: one file, no links, opens anywhere."""

import html
from collections.abc import AsyncIterator, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from backend.customers.held_values import Json
from backend.platform.words import Words

_BODY = "<!-- body -->"
LOCALES = Path(__file__).parent / "locales"
_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
  color: #1c1f23; background: #fff }
h1 { font-size: 1.6rem } h2 { font-size: 1.2rem; margin-top: 2.5rem }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0;
  border-top: 1px solid #e3e5e8; overflow-wrap: anywhere; white-space: pre-line }
img { max-width: 100% }
th { width: 14rem; font-weight: 500; color: #5b626a }
"""


@cache
def export_words() -> Words:
    return Words(LOCALES)


async def export_page(data: AsyncIterator[tuple[str, Any]], language: str) -> AsyncIterator[bytes]:
    """`data` is what export_data gives. In pieces, the largest with one picture."""
    head, end = page(language, word(language, "data-page-title"), _BODY).split(_BODY)
    yield f"{head}<p>{word(language, 'data-lead')}</p>".encode()
    async for name, value in data:
        yield f"<h2>{word(language, f'data-section-{name}')}</h2>".encode()
        if not isinstance(value, AsyncIterator):
            yield _block(language, value).encode()
            continue
        empty = True
        async for thing in value:
            yield _table(language, thing).encode()
            empty = False
        if empty:
            yield _block(language, []).encode()
    yield end.encode()


def page(language: str, title: str, body: str) -> str:
    """`title` and `body` are HTML."""
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body>"
        f"<h1>{title}</h1>{body}</body></html>\n"
    )


def table(lines: Iterable[tuple[str, str]]) -> str:
    """Both of each pair are HTML."""
    made = "".join(f"<tr><th>{name}</th><td>{value}</td></tr>" for name, value in lines)
    return f"<table>{made}</table>" if made else ""


def _block(language: str, value: Any) -> str:
    """A section: a table, or one table per thing in a list."""
    things = value if isinstance(value, list) else [value]
    if not things:
        return f"<p>{word(language, 'data-nothing')}</p>"
    return "".join(_table(language, thing) for thing in things)


def _table(language: str, thing: Json) -> str:
    lines = [
        (_label(language, name), _photo(value) if name == "picture" else _cell(language, value))
        for name, value in thing.items()
        if value not in (None, "", [], {})
    ]
    return table(lines) or f"<p>{word(language, 'data-nothing')}</p>"


def _photo(base64: str) -> str:
    return f'<img alt="" src="data:image/jpeg;base64,{base64}">'


def _cell(language: str, value: Any) -> str:
    if isinstance(value, bool):
        return word(language, "data-yes" if value else "data-no")
    if isinstance(value, dict):
        return _table(language, value)
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return _block(language, value)
    if isinstance(value, list):
        return html.escape(", ".join(str(item) for item in value))
    return html.escape(str(value))


def _label(language: str, name: str) -> str:
    """A field of ours by its words; a brand's own question by its key."""
    key = f"data-{name.replace('_', '-')}"
    return word(language, key) if export_words().has(language, key) else html.escape(name)


def word(language: str, key: str) -> str:
    """As HTML."""
    return html.escape(export_words().text(language, key))
