"""Templates, and the language of the reader."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from backend.platform.markdown import markdown_html
from backend.platform.words import LANGUAGES, Words
from backend.web.keys import BOT, PAGES, SETTINGS, WORDS
from backend.web.static_files import StaticFile, address_of
from catalog.days import offer_last_day
from models.offer import Offer

_HERE = Path(__file__).parent


def page_environment(files: Mapping[str, StaticFile]) -> Environment:
    """Templates are read once; `static("site.css")` in them is a file's address."""
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["last_day"] = _last_day
    environment.filters["markdown"] = _markdown
    environment.globals["static"] = lambda name: address_of(files, name)
    return environment


def _last_day(offer: Offer) -> str:
    """`31.12.2030`; the offer comes with `brand.program.account`."""
    day = offer_last_day(offer)
    return f"{day:%d.%m.%Y}" if day is not None else ""


def _markdown(text: str) -> Markup:
    return Markup(markdown_html(text))  # noqa: S704  the renderer lets no raw HTML through


def page_words() -> Words:
    return Words(_HERE / "locales")


def reader_language(request: web.Request) -> str:
    """`?lang=`, else the first language of the browser that there is, else Russian."""
    asked = request.query.get("lang", "") if request.query_string else ""
    if asked in LANGUAGES:
        return asked
    for part in (request.headers.get("Accept-Language") or "ru").split(","):
        short = part.strip().split(";")[0].split("-")[0].lower()
        if short in LANGUAGES:
            return short
    return "ru"


def page_text(request: web.Request, template: str, **values: Any) -> str:
    """Render for the reader. Templates say `t("key", …)` for words, and `said(thing, "name")`
    for the column of that name in the reader's language."""
    language = reader_language(request)
    words = request.app[WORDS]

    def t(key: str, **given: Any) -> str:
        return words.text(language, key, **given)

    def said(thing: object, column: str) -> str:
        return str(getattr(thing, f"{column}_{language}"))

    return (
        request.app[PAGES]
        .get_template(template)
        .render(
            t=t,
            said=said,
            lang=language,
            base_url=request.app[SETTINGS].base_url,
            bot=request.app[BOT],
            path=request.path,
            **values,
        )
    )


def page(request: web.Request, template: str, **values: Any) -> web.Response:
    """A page of its own for each reader."""
    text = page_text(request, template, **values)
    response = web.Response(text=text, content_type="text/html")
    response.headers["Vary"] = "Accept-Language"
    return response
