"""«My data» as a page for reading: one file, no links, opens anywhere."""

import html
import re
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from backend.customers.my_data.export_data import export_data
from backend.customers.my_data.export_reading import Reading, reading_for
from backend.customers.my_data.held_values import Json
from backend.platform.context import Context
from backend.platform.markdown import markdown_html
from backend.platform.words import Words
from catalog.questions.phone import phone_in_words
from models.customer import Customer

_BODY = "<!-- body -->"
LOCALES = Path(__file__).parent / "locales"
_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
  color: #1c1f23; background: #fff }
h1 { font-size: 1.6rem; line-height: 1.25 } h2 { font-size: 1.2rem; margin-top: 2.5rem }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem }
table table { margin: 0 }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0;
  border-top: 1px solid #e3e5e8; overflow-wrap: anywhere; white-space: pre-line }
table table tr:first-child > * { border-top: 0 }
img { max-width: 100% }
.legal { white-space: normal }
th { width: 14rem; font-weight: 500; color: #5b626a }
table table th { width: 9rem }
summary { color: #5b626a; cursor: pointer; margin: .25rem 0 1rem }
@media (max-width: 480px) {
  body { margin: 1rem auto }
  table, tbody, tr, th, td { display: block; width: auto }
  table table th { width: auto }
  tr { border-top: 1px solid #e3e5e8; padding: .35rem 0 }
  th, td { border: 0; padding: 0 }
  th { font-size: .85rem }
  table table { padding-left: .75rem; border-left: 2px solid #e3e5e8 }
}
"""
# For whoever maintains the program; they fold away, and nothing is left out.
_TECHNICAL_SECTIONS = frozenset({"about", "chats", "number_tries", "pictures", "updates"})
_TECHNICAL = frozenset(
    {
        "answer_key", "attempts", "bot_id", "brand_ids", "chat_id", "choices", "context",
        "cost_kopecks", "data", "encoding", "file_id", "how", "id", "position", "provider_id",
        "questions", "sha256", "step", "subject", "symbology", "typed_numbers",
    }
)  # fmt: skip
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?\+00:00")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NAME = re.compile(r"[a-z0-9_:]{1,40}")


@cache
def export_words() -> Words:
    return Words(LOCALES)


async def data_as_page(ctx: Context, customer: Customer) -> AsyncIterator[bytes]:
    """The whole page for this person, in pieces."""
    reading = await reading_for(ctx, customer)
    async for piece in export_page(export_data(ctx, customer), customer.language, reading):
        yield piece


async def export_page(
    data: AsyncIterator[tuple[str, Any]], language: str, reading: Reading
) -> AsyncIterator[bytes]:
    """`data` is what export_data gives. In pieces, the largest with one picture."""
    told = _Page(language, reading)
    head, end = page(language, word(language, "data-page-title"), _BODY).split(_BODY)
    lead = html.escape(export_words().text(language, "data-lead", zone=reading.shift))
    yield f"{head}<p>{lead}</p>".encode()
    technical = ""
    async for name, value in data:
        if name in _TECHNICAL_SECTIONS:
            technical += told.title(name) + told.block(value)
            continue
        yield told.title(name).encode()
        if not isinstance(value, AsyncIterator):
            yield told.block(value).encode()
            continue
        empty = True
        async for thing in value:
            yield told.thing(thing).encode()
            empty = False
        if empty:
            yield told.block([]).encode()
    summary = word(language, "data-technical")
    yield f"<details><summary>{summary}</summary>{technical}</details>{end}".encode()


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


@dataclass(frozen=True, slots=True)
class _Page:
    """What returns text returns HTML."""

    language: str
    reading: Reading

    def title(self, name: str) -> str:
        return f"<h2>{word(self.language, f'data-section-{name}')}</h2>"

    def block(self, value: Any) -> str:
        """A table, or one table per thing in a list."""
        things = value if isinstance(value, list) else [value]
        if not things:
            return f"<p>{word(self.language, 'data-nothing')}</p>"
        return "".join(self.thing(each) for each in things)

    def thing(self, thing: Json) -> str:
        """What is for people first, the rest folded away."""
        told = {name: each for name, each in thing.items() if each not in (None, "", [], {})}
        plain = self.rows({name: told[name] for name in told if name not in _TECHNICAL})
        details = self.rows({name: told[name] for name in told if name in _TECHNICAL})
        if details:
            summary = word(self.language, "data-details")
            details = f"<details><summary>{summary}</summary>{details}</details>"
        return plain + details or f"<p>{word(self.language, 'data-nothing')}</p>"

    def rows(self, told: Json) -> str:
        legal = told.get("title", "") if "text" in told else ""
        return table(
            (self.label(name), _legal(each, legal))
            if legal and name == "text"
            else (self.label(name), self.cell(name, each))
            for name, each in told.items()
        )

    def cell(self, name: str, value: Any) -> str:
        if name == "picture":
            return f'<img alt="" src="data:image/jpeg;base64,{value}">'
        if isinstance(value, dict):
            return self.thing(value)
        if isinstance(value, list) and value and isinstance(value[0], dict):
            return self.block(value)
        if isinstance(value, list):
            return html.escape(", ".join(self.said(name, each) for each in value))
        return html.escape(self.said(name, value))

    def said(self, name: str, value: Any) -> str:
        """A value in people's words, as plain text."""
        if isinstance(value, bool):
            return export_words().text(self.language, "data-yes" if value else "data-no")
        text = str(value)
        return self.referred(name, text) or self.moment(text) or self.known(name, text)

    def referred(self, name: str, text: str) -> str:
        """What an id or a key stands for; "" when it is none."""
        if name == "_skipped":
            return html.unescape(self.label(text))
        if name in {"value", "phone"}:
            return phone_in_words(text)
        names = {
            "card": self.reading.cards,
            "document": self.reading.documents,
            "city": self.reading.cities,
            **self.reading.options,
        }
        return names.get(name, {}).get(text, "")

    def known(self, name: str, text: str) -> str:
        """«issued» of `origin` by the words for it, if there are any."""
        if not _NAME.fullmatch(text):
            return text
        key = f"value-{name}-{text}".replace("_", "-").replace(":", "-")
        return export_words().text(self.language, key) if self.has(key) else text

    def moment(self, text: str) -> str:
        """A moment or a day in the timezone of the person; "" for anything else."""
        if _MOMENT.fullmatch(text):
            local = datetime.fromisoformat(text).astimezone(self.reading.zone)
            return f"{self.day(local.date())}, {local:%H:%M}"
        return self.day(date.fromisoformat(text)) if _DAY.fullmatch(text) else ""

    def day(self, day: date) -> str:
        shown = {"day": str(day.day), "month": day.month, "year": str(day.year)}
        return export_words().text(self.language, "data-day", **shown)

    def label(self, name: str) -> str:
        """A field of ours by its words, a brand's own question as it was put."""
        if name in self.reading.questions:
            return html.escape(self.reading.questions[name])
        key = f"data-{name.strip('_').replace('_', '-')}"
        return word(self.language, key) if self.has(key) else html.escape(name)

    def has(self, key: str) -> bool:
        return bool(export_words().has(self.language, key))


def _legal(text: str, title: str) -> str:
    """A consent document, which is Markdown."""
    return f'<div class="legal">{markdown_html(text, title, 3)}</div>'


def word(language: str, key: str) -> str:
    """As HTML."""
    return html.escape(export_words().text(language, key))
