"""Stores of a brand: entered, or changed; those that a file leaves out stay."""

from pydantic import ValidationError

from backend.brands.put import noted
from backend.brands.reference_lists import city_ids
from backend.brands.save_store import write_store
from backend.jobs.layout import Bad, Row
from backend.platform.context import Context
from catalog.entries.mistakes import mistakes_of
from catalog.entries.store import StoreEntry
from catalog.pack.table import Columns
from models.audit_entry import Verb
from models.brand import Brand
from models.job import Job
from models.program import Program

_NAMES = ("key", "city", "address", "lat", "lon", "hours", "radius_m")
_NEEDED = 5


class Stores:
    # A statement or two for each store, in one transaction.
    piece = 16 * 1024

    def columns(self, _program: Program | None, _brand: Brand | None) -> Columns:
        return Columns(required=_NAMES[:_NEEDED], optional=_NAMES[_NEEDED:])

    async def around(self, _job: Job) -> None:
        return None

    def read(
        self, _ctx: Context, _around: None, rows: list[Row]
    ) -> tuple[list[StoreEntry], list[Bad]]:
        given, bad = list[StoreEntry](), list[Bad]()
        for line, cells in rows:
            said = {name: text for name, text in zip(_NAMES, cells, strict=True) if text}
            try:
                given.append(StoreEntry.model_validate(said))
            except ValidationError as wrong:
                mistake = next(mistakes_of(StoreEntry, wrong, "the store"))
                bad.append(Bad(line, mistake.what, mistake.expected))
        return given, bad

    async def write(self, ctx: Context, job: Job, given: list[StoreEntry]) -> list[Bad]:
        assert job.brand_id is not None
        cities = await city_ids({entry.city for entry in given})
        for entry in given:
            found = await write_store(job.brand_id, entry, cities[entry.city])
            await noted(ctx, Verb.SAVE_STORE, "store", found, job.account_id)
        return []

    async def ended(self, _ctx: Context, _job: Job) -> None:
        return
