"""Markup of messages: what Telegram shows, and nothing that does anything.

The same tags stand in letters. Anything else loses its tag and keeps its text; scripts and styles
lose their text too; the only attribute that stays is the address of a link.
"""

import html
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import nh3

_TAGS = {
    "a", "b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "blockquote",
    "tg-spoiler",
}  # fmt: skip
_SILENT = {"script", "style"}


@cache
def _cleaner() -> "nh3.Cleaner":
    import nh3  # noqa: PLC0415  2 MB that most processes never need

    return nh3.Cleaner(
        tags=_TAGS,
        clean_content_tags=_SILENT,
        attributes={"*": set(), "a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel", "tg"},
        url_relative="deny",
        link_rel=None,
    )


@cache
def _stripper() -> "nh3.Cleaner":
    import nh3  # noqa: PLC0415

    return nh3.Cleaner(tags=set(), clean_content_tags=_SILENT)


def allowed(markup: str) -> str:
    """Well-formed markup of these tags alone. Telegram knows no other named signs than the four
    of XML, and `&nbsp;` is the one that the cleaner adds."""
    return _cleaner().clean(markup).replace("&nbsp;", "\u00a0")


def plain(markup: str) -> str:
    """The text alone."""
    return html.unescape(_stripper().clean(markup))
