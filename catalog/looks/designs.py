"""Designs of programs as they stand: the newest version of each."""

from collections.abc import Collection

from tortoise.functions import Max
from tortoise.queryset import QuerySet

from catalog.looks.card_design import CardDesignKept, design_read, said_of
from models.card_design import CardDesign
from models.program import Program


async def newest_designs(program_ids: Collection[int]) -> dict[int, CardDesign]:
    """By program, of those that have any."""
    return await newest_among(CardDesign.filter(program_id__in=list(program_ids)))


async def newest_among(found: QuerySet[CardDesign]) -> dict[int, CardDesign]:
    """By program. Versions are only added: the newest one has the greatest id."""
    newest = await found.annotate(newest=Max("id")).group_by("program_id").values("newest")
    ids = [each["newest"] for each in newest]
    return {row.program_id: row for row in await found.filter(id__in=ids)} if ids else {}


async def design_of(program: Program) -> CardDesignKept:
    """The one in force."""
    row = (await newest_designs([program.id])).get(program.id)
    return design_read(row.number if row else 0, said_of(program, row))
