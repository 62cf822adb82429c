"""What a design is checked against: its program, the account's segments, the pictures."""

from collections.abc import Collection, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from catalog.entries.design.design import DesignEntry
from catalog.entries.mistakes import Mistake, mistakes_of
from catalog.entries.values.around import Around, OfCard, Size
from catalog.ledger_rules import rules_of
from models.media import Media
from models.program import Program
from models.segment import Segment

_UTC = ZoneInfo("UTC")
# What a design can name, and more.
MOST_NAMED = 100


async def design_around(
    account_id: int, program: Program | None, pictures: Collection[str] | None
) -> Around:
    """`program`: None of one that is entered with its design. `pictures`: those that may be
    named, None where they come with it."""
    segments = Segment.filter(account_id=account_id, archived_at__isnull=True)
    return Around(
        _UTC,
        card=of_program(program) if program is not None else None,
        segments=frozenset([str(key) for key in await segments.values_list("key", flat=True)]),
        pictures=await _sizes(pictures) if pictures is not None else None,
    )


async def _sizes(pictures: Collection[str]) -> dict[str, Size]:
    named = list(pictures)[:MOST_NAMED]
    found = Media.filter(sha256__in=named or [""]).values_list("sha256", "width", "height")
    return {sha256: (width, height) for sha256, width, height in await found}


def of_program(program: Program) -> OfCard:
    own = frozenset(str(each["key"]) for each in program.card_fields)
    return OfCard(program.barcode_format, own, _tiers(program))


def _tiers(program: Program) -> frozenset[str] | None:
    rules = rules_of(program)
    if rules is None:
        return None
    return frozenset(level.name for level in rules.tiers.levels) if rules.tiers else frozenset()


def pictures_in(kept: Mapping[str, Any]) -> set[str]:
    """Those that a kept design names."""
    looks = (kept, *kept.get("variants", ()))
    return {look[kind] for look in looks for kind in ("logo", "strip") if kind in look}


async def kept_around(program: Program, kept: Mapping[str, Any]) -> Around:
    return await design_around(program.account_id, program, pictures_in(kept))


async def unfit(program: Program, kept: Mapping[str, Any]) -> list[Mistake]:
    """What is wrong with a kept design now: what it names may be gone."""
    try:
        DesignEntry.model_validate(kept, context=await kept_around(program, kept))
    except ValidationError as found:
        return list(mistakes_of(DesignEntry, found, "the design"))
    return []
