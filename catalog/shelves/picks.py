"""Cards to be had here, each once, however many offers and brands lead to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tortoise.functions import Min
from tortoise.queryset import QuerySet

from catalog.scope import holding_offers, offers_in
from models.offer import Offer


@dataclass(frozen=True, slots=True)
class Pick:
    """A card and the offers of it, with `brand` loaded; the first one stands for it."""

    program_id: int
    offers: list[Offer]


@dataclass(frozen=True, slots=True)
class PickPage:
    """`page` starts at 0."""

    picks: list[Pick]
    page: int
    pages: int


async def picks(
    now: datetime,
    city_id: int | None,
    category_id: int | None,
    page: int,
    size: int,
    *,
    without: Iterable[int] = (),
) -> PickPage:
    """One page of cards, in the order of their first offers; a page past the end is the last
    one. `without`: programs whose card is had already."""
    query = offers_in(now, city_id)
    if category_id is not None:
        query = query.filter(brand__category_id=category_id)
    had = list(without)
    if had:
        query = query.filter(brand__program_id__not_in=had)
    ranked = await _ranked(query)
    pages = max(1, -(-len(ranked) // size))
    page = min(max(page, 0), pages - 1)
    here = ranked[page * size : (page + 1) * size]
    return PickPage(await _with_offers(query, here), page, pages)


async def _ranked(query: QuerySet[Offer]) -> list[int]:
    """The programs of these offers, each once, in the order of their first offers."""
    found = (
        await query.annotate(place=Min("position"), first=Min("id"))
        .group_by("brand__program_id")
        .order_by("place", "first")
        .values_list("brand__program_id", "first")
    )
    return [program for program, _ in found]


async def _with_offers(query: QuerySet[Offer], programs: list[int]) -> list[Pick]:
    offers = query.filter(brand__program_id__in=programs).order_by("position", "id")
    by_program: dict[int, list[Offer]] = {program: [] for program in programs}
    for offer in await offers.select_related("brand"):
        by_program[offer.brand.program_id].append(offer)
    return [Pick(program, offers) for program, offers in by_program.items()]


async def programs_of_offers(now: datetime, offer_ids: Iterable[int]) -> dict[int, int]:
    """Offer → program: two offers of one program are one card. What does not hold any more is
    left out."""
    wanted = list(offer_ids)
    if not wanted:
        return {}
    found = await holding_offers(now).filter(id__in=wanted).values_list("id", "brand__program_id")
    return dict(found)
