"""The newest versions of designs that a tenant may see."""

from collections.abc import Collection

from catalog.looks.designs import newest_among
from catalog.tenant import Scope
from models.card_design import CardDesign


async def newest_designs(scope: Scope, program_ids: Collection[int]) -> dict[int, CardDesign]:
    """By program, of those that have any."""
    return await newest_among(scope.designs().filter(program_id__in=list(program_ids)))
