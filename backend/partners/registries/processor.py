"""Cards of a partner with whom files are exchanged: what was loaded from them answers at once.

Nothing here reaches out: numbers come from the pool that the files fill, a person's card is found
in the lists, and what is issued leaves with the next day's file (backend/jobs/registries/).
"""

from collections.abc import Collection
from uuid import UUID

from tortoise.expressions import Q

from backend.partners.member import CardNumber, Member, TheirCard
from backend.partners.pool.processor import PoolProcessor, number_index
from backend.partners.processor import Ability, KnownNumber, NumberState
from backend.partners.registries.listed import listed_card
from backend.partners.registries.settings import Secrets, Settings
from backend.partners.unable import Unable
from backend.partners.way import Way
from backend.platform.context import Context
from backend.platform.secrets.vault import Vault
from models.issued_plastic import IssuedPlastic
from models.program import Program


class RegistriesProcessor(Unable):
    abilities = frozenset({Ability.FIND_BY_CONTACT, Ability.BIND})

    def __init__(self, settings: Settings, vault: Vault) -> None:
        self.patience = settings.patience
        self._vault = vault
        self._loaded = PoolProcessor()

    async def knows_plastic(self, program: Program) -> bool:
        return await self._loaded.knows_plastic(program)

    async def find_card(
        self, ctx: Context, program: Program, numbers: Collection[str]
    ) -> KnownNumber:
        """By what the barcode carries, or by what is printed where that is something else."""
        found = await self._loaded.find_card(ctx, program, numbers)
        if found.state is not NumberState.UNKNOWN or not found.listed:
            return found
        indexes = [number_index(ctx, program.id, number.replace(" ", "")) for number in numbers]
        printed = Q(printed_index__in=indexes) & ~Q(printed_index="")
        row = await IssuedPlastic.filter(printed, program_id=program.id).first()
        if row is None:
            return found
        known = {"phone": row.phone_index, "email": row.email_index}
        holders = {kind: index for kind, index in known.items() if index}
        state = NumberState.BOUND if holders else NumberState.FREE
        return KnownNumber(state, holders, listed=True)

    async def find_by_contact(self, program: Program, member: Member) -> TheirCard | None:
        return await listed_card(self._vault, program, member)

    async def issue(
        self, program: Program, member: Member, number: CardNumber | None, key: UUID
    ) -> TheirCard:
        """The number is theirs as soon as the card is committed: the next file tells it."""
        if number is None:
            raise self._cannot(Ability.NUMBERS)
        found = await self.find_by_contact(program, member)
        return found if found is not None else TheirCard(number)


def open_processor(settings: Settings, _secrets: Secrets, way: Way) -> RegistriesProcessor:
    """The secrets are of the place of the files, where this never goes."""
    assert way.vault is not None, "lists are sealed: Connections gives the vault"
    return RegistriesProcessor(settings, way.vault)
