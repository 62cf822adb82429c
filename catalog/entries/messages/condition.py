"""What may be asked of a person when it is said who is meant: one model for each field."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, create_model
from pydantic_core import PydanticCustomError

from catalog.entries.values.cities import unknown_city
from catalog.entries.values.entry import Entry
from catalog.entries.values.key import FIELD_KEY, KEY, LONGEST
from catalog.entries.values.lists import Listed
from catalog.entries.values.scalars import Flag, Whole, Word
from catalog.entries.values.span import AmountOrDay, Day, end_before
from catalog.entries.values.texts import Item, Text
from catalog.entries.values.wrong import missing, wrong
from catalog.traits import AgeBand, Gender
from models.card import CardOrigin
from models.channel import ChannelName
from models.wallet_pass import WalletKind

MOST_VALUES = 200
MOST_CITIES = 1000
LONGEST_DAYS = 3650
FAR_DAYS = 60
_BRANDS_ORIGINS = (CardOrigin.ISSUED, CardOrigin.DUPLICATED, CardOrigin.ASSIGNED)
_CARD = ("has", "had", "has_not")


class Condition(Entry):
    """About one field; several values of a list are one or another."""

    # At least one of these has to be there.
    one_of: ClassVar[tuple[str, ...]] = ()

    def complaints(self) -> Iterator[tuple[str, PydanticCustomError]]:
        """What is wrong between the values, each with the key that it is placed at."""
        if self.one_of and all(getattr(self, name) is None for name in self.one_of):
            yield self.one_of[0], missing(" or ".join(self.one_of))
        if end_before(getattr(self, "from", None), getattr(self, "to", None)):
            yield "to", wrong("is before from", "the same as from, or more")
        first, last = getattr(self, "from_days", None), getattr(self, "to_days", None)
        if first is not None and last is not None and first > last:
            yield "to_days", wrong("is before from_days", "the same as from_days, or more")

    def kept(self) -> dict[str, Any]:
        """As JSON has it."""
        given = {name: getattr(self, name) for name in type(self).model_fields}
        return {name: _plain(value) for name, value in given.items() if value is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return str(value) if not isinstance(value, bool | int) else value


def _condition(field: str, about: str, keys: Mapping[str, Any], *one_of: str) -> Any:
    """Its keys are `in`, `from`, `is`: no names that a class body could have."""
    named = "".join(part.capitalize() for part in field.split("_"))
    model = create_model(
        f"Condition{named}",
        __base__=Condition,
        __doc__=about,
        field=(Literal[field], Field(description="Which field.", examples=[field])),
        **keys,
    )
    model.one_of = one_of
    return model


def _some(kind: Any, example: Any, most: int = MOST_VALUES, wanted: str = "a list") -> Any:
    """`in`."""
    listed = Listed(
        most, "has {} values", f"1 to {most}", least=1, wanted=wanted, again="{} stands twice"
    )
    described = Field(description="One of these.", examples=[[example]])
    return Annotated[tuple[kind, ...], listed], described


def _text_of(longest: int) -> Any:
    return Annotated[str, Item("values", longest)]


def _optional(found: Any) -> Any:
    kind, described = found
    return kind | None, Field(default=None, description=described.description)


def _end(kind: Any, said: str, example: str) -> Any:
    return Annotated[str, kind] | None, Field(default=None, description=said, examples=[example])


def _within(most: int = LONGEST_DAYS) -> Any:
    return (
        Annotated[int, Whole(1, most, wanted="a number of days")] | None,
        Field(default=None, description="So many days ago, or less.", examples=[30]),
    )


def _named(like: re.Pattern[str], longest: int, wanted: str, form: str, example: str) -> Any:
    text = Text(longest, wanted=wanted, like=like, form=form)
    return Annotated[str, text], Field(description="Which one.", examples=[example])


def _unlike_a_key(text: str) -> str:
    return "" if KEY.fullmatch(text) else "the key of a list of yours"


_FIELD_KEY = _named(
    FIELD_KEY, LONGEST, "the field's key", "a-z, 0-9 and _, beginning with a letter", "visits"
)
_KEY = Annotated[str, Item("lists", 64, unknown=_unlike_a_key)]
_FROM = _end(AmountOrDay(), "This much or more; or this day or later.", "100")
_TO = _end(AmountOrDay(), "This much or less; or this day or earlier.", "500")
_IS = (Annotated[bool, Flag()] | None, Field(default=None, description="Yes or no."))
_SHIFT = Annotated[
    int, Whole(-FAR_DAYS, FAR_DAYS, wanted="a number of days, below zero for the past")
]

_TEXTS = _text_of(64)
_LONG_TEXTS = _optional(_some(_text_of(200), "vip"))
_STATE = Text(
    8, wanted="has, had or has_not", holds=lambda text: text in _CARD, form="has, had or has_not"
)
_CITY = Annotated[str, Item("cities", unknown=unknown_city)]
_SINCE = _end(Day(), "On this day or later.", "2026-11-01")
_UNTIL = _end(Day(), "On this day or earlier.", "2026-11-30")
_CAMPAIGN = (
    Annotated[int, Whole(1, 10**12 - 1, wanted="the id of a campaign")] | None,
    Field(default=None, description="Of this campaign alone.", examples=[57]),
)
_RANGE = {"from": _FROM, "to": _TO}
_MODELS = (
    _condition(
        "city", "Lives in one of these cities.", {"in": _some(_CITY, "kazan", MOST_CITIES)}
    ),
    _condition(
        "card", "Carries the brand's card (has), took it out (had), never had it (has_not).",
        {"is": (Annotated[str, _STATE], Field(description="Which of them.", examples=["has"]))},
    ),
    _condition(
        "origin", "How the card that they carry came.",
        {"in": _some(Annotated[str, Word(_BRANDS_ORIGINS)], "issued")},
    ),
    _condition(
        "source", "By the label of which link they came for the card.",
        {"in": _some(_TEXTS, "instagram")},
    ),
    _condition(
        "installed", "Has the card in one of these wallets of their phone.",
        {"in": _some(Annotated[str, Word(WalletKind)], "apple")},
    ),
    _condition("tier", "As the program calls it.", {"in": _some(_TEXTS, "gold")}),
    _condition(
        "balance", "What stands on the card; whoever has no balance is not meant.", _RANGE,
        "from", "to",
    ),
    _condition(
        "joined", "When they came for the card.",
        {"within_days": _within(), "from": _SINCE, "to": _UNTIL}, "within_days", "from", "to",
    ),
    _condition(
        "last_seen", "When they last opened the wallet.", {"within_days": _within()}, "within_days"
    ),
    _condition(
        "consent", "Allows the brand's advertising by one of these channels.",
        {"in": _some(Annotated[str, Word(ChannelName)], "telegram")},
    ),
    _condition(
        "clicked", "Has followed a link of what you have sent.",
        {"within_days": _within(), "campaign": _CAMPAIGN},
    ),
    _condition(
        "age", "In one of these bands of age, of people who gave you their date of birth.",
        {"in": _some(Annotated[str, Word(AgeBand)], "25-34")},
    ),
    _condition(
        "gender", "Of people who told you.", {"in": _some(Annotated[str, Word(Gender)], "female")}
    ),
    _condition(
        "birthday", "Has a birthday around today, of people who gave you their date of birth.",
        {
            "from_days": (_SHIFT, Field(default=0, description="From today.", examples=[0])),
            "to_days": (_SHIFT, Field(description="From today.", examples=[7])),
        },
    ),
    _condition(
        "card_field", "Of the program's own card_fields: a text, or an amount or a day.",
        {"key": _FIELD_KEY, "in": _LONG_TEXTS, **_RANGE}, "in", "from", "to",
    ),
    _condition(
        "attribute", "What your own system has told of them; with the key alone: anything.",
        {"key": _FIELD_KEY, "in": _LONG_TEXTS, **_RANGE, "is": _IS},
    ),
    _condition(
        "list", "Carries a card of one of these lists of yours.", {"in": _some(_KEY, "winter-vip")}
    ),
)  # fmt: skip
CONDITIONS: Mapping[str, type[Condition]] = {
    model.model_fields["field"].examples[0]: model for model in _MODELS
}
