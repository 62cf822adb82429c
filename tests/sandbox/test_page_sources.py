"""Rules for the page's sources that need no browser."""

import re
from pathlib import Path

from PIL import ImageFont

import bot.sandbox

PAGE = Path(bot.sandbox.__file__).parent / "page"
SCRIPTS = sorted(PAGE.glob("app/**/*.js"))
MARKUP_FROM_DATA = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(")


def _words(language: str) -> dict[str, str]:
    """Keys of one language in words.js with their texts."""
    text = (PAGE / "app" / "words.js").read_text(encoding="utf-8")
    part = text.split(f"  {language}: {{")[1].split("\n  },")[0]
    return dict(re.findall(r'(\w+): ("(?:[^"\\]|\\.)*"|\[[^\]]*\])', part))


def test_data_never_becomes_markup() -> None:
    guilty = [path.name for path in SCRIPTS if MARKUP_FROM_DATA.search(path.read_text("utf-8"))]
    assert guilty == [], "build elements with h() of dom.js instead"


def test_both_languages_have_the_same_words_and_places() -> None:
    russian, english = _words("ru"), _words("en")
    assert set(russian) == set(english)
    places = re.compile(r"\{\w+\}")
    for key, words in russian.items():
        assert set(places.findall(words)) == set(places.findall(english[key])), key


def test_every_word_asked_for_exists() -> None:
    asked = {
        key
        for path in SCRIPTS
        for key in re.findall(r'\bt\("(\w+)"', path.read_text(encoding="utf-8"))
    }
    assert asked <= set(_words("ru"))


def test_everything_the_page_names_is_there() -> None:
    page = (PAGE / "index.html").read_text(encoding="utf-8")
    named = re.findall(r'(?:href|src)="/static/([^"]+)"', page)
    assert named
    assert [name for name in named if not (PAGE / name).is_file()] == []
    assert "style=" not in page
    assert re.findall(r"<script(?![^>]*\bsrc=)", page) == []


def test_every_import_of_the_page_is_there() -> None:
    missing = [
        f"{path.name}: {target}"
        for path in SCRIPTS
        for target in re.findall(r'from "(\.[^"]+)"', path.read_text(encoding="utf-8"))
        if not (path.parent / target).is_file()
    ]
    assert missing == []


EMOJI = re.compile("[\u231a-\u23ff\u2600-\u27bf\u2b05-\u2bff\U0001f000-\U0001faff]")


def test_a_machine_without_emoji_sees_all_that_the_bot_says() -> None:
    """Add what is missing: pyftsubset of fonttools makes noto-emoji.woff2 from Noto Color Emoji."""
    root = Path(__file__).parents[2]
    spoken = [*root.glob("b*/**/*.ftl"), root / "catalog/reference/categories.yaml"]
    said = {sign for path in spoken for sign in EMOJI.findall(path.read_text("utf-8"))}
    said -= set("✓✕●☆☐☑")  # not emoji: every typeface for text has them
    font = ImageFont.truetype(str(PAGE / "fonts" / "noto-emoji.woff2"), 109)
    nothing = font.getmask2("\U0010ffff", mode="RGBA")[0].getbbox()
    assert said
    missing = [sign for sign in sorted(said) if font.getmask2(sign, "RGBA")[0].getbbox() == nothing]
    assert missing == []
