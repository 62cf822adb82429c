"""Вера changes how her cards look, taps twice, and brings back what was better."""

import asyncio
from typing import Any

import pytest

from backend.brands.designs.save_design import save_design, version_of
from backend.brands.keep_picture import keep_picture
from backend.brands.put import Saved
from backend.brands.save_program import save_program
from backend.platform.context import OPERATOR, Context
from backend.platform.door import CLI
from catalog.entries.design.design import DesignEntry
from catalog.entries.picture import Measured
from catalog.entries.program import ProgramEntry
from catalog.looks.card_design import design_read
from catalog.looks.designs import design_of, newest_designs
from catalog.tenant import Scope
from models.account import Account
from models.audit_entry import AuditEntry
from models.card_design import CardDesign
from models.media import Media
from models.program import Program
from models.refusal import Code, Refusal
from models.segment import Segment
from tests.support.database.counting import statements
from tests.support.factory.brands import make_account, make_program

BOTH = {"ru": "Лавка", "en": "Lavka"}
STRIP = Measured("image/png", 1125, 432, "b" * 64)
COLOURS = {"primary": "#1F6F50", "secondary": "#F4C95D"}


def design(**more: Any) -> DesignEntry:
    return DesignEntry.model_validate(COLOURS | {"stores": False} | more)


def program(**more: Any) -> ProgramEntry:
    given = {
        "name": BOTH,
        "barcode_format": "ean13",
        "design": COLOURS,
        "questionnaire": [{"key": "given_name"}],
        "plastic": False,
    }
    return ProgramEntry.model_validate(given | more)


@pytest.fixture
async def mine(ctx: Context, database: str) -> Scope:
    """An account with a program of two colours."""
    account = await make_account("lavka")
    scope = Scope.of([account.id])
    await save_program(ctx, scope, "lavka", "lavka-card", program())
    return scope


async def kept() -> list[tuple[int, int | None, Any]]:
    rows = await CardDesign.all().order_by("number")
    return [(row.number, row.restored, row.design) for row in rows]


async def refused(code: Code, doing: Any) -> dict[str, Any]:
    with pytest.raises(Refusal) as refusal:
        await doing
    assert refusal.value.code is code
    return dict(refusal.value.details)


async def test_what_stood_before_is_the_first_version(ctx: Context, mine: Scope) -> None:
    assert await kept() == []
    entry = design(primary="#101010")
    assert await save_design(ctx, mine, "lavka-card", entry) is Saved.MADE
    assert await kept() == [(1, None, COLOURS), (2, None, entry.kept())]
    row = await Program.get()
    assert (row.primary_color, row.secondary_color) == ("#101010", "#F4C95D")
    assert (await design_of(row)) == design_read(2, entry.kept())
    assert [row.made_by for row in await CardDesign.all().order_by("id")] == ["", str(ctx.actor)]


async def test_passes_in_phones_are_looked_at_anew(ctx: Context, mine: Scope) -> None:
    async def behind() -> int | None:
        found: int | None = (await Program.get()).passes_up_to
        await Program.all().update(passes_up_to=None)
        return found

    await save_design(ctx, mine, "lavka-card", design(rotating=False, links=[]))
    assert await behind() == 0
    await save_design(ctx, mine, "lavka-card", design())
    assert await behind() is None, "the same says nothing new"
    whole = program(design=COLOURS | {"stores": True, "back": [{"shows": "expires"}]})
    await save_program(ctx, mine, "lavka", "lavka-card", whole)
    assert await behind() == 0
    await save_program(ctx, mine, "lavka", "lavka-card", program(design=COLOURS))
    assert await behind() == 0


async def test_the_same_again_writes_nothing(ctx: Context, mine: Scope) -> None:
    await save_design(ctx, mine, "lavka-card", design())
    async with statements() as made:
        assert await save_design(ctx, mine, "lavka-card", design()) is Saved.SAME
        again = program(design=COLOURS | {"stores": False})
        assert await save_program(ctx, mine, "lavka", "lavka-card", again) is Saved.SAME
    written = [sql for sql in made if sql.split()[0] in {"INSERT", "UPDATE", "DELETE"}]
    assert written == []


async def test_two_colours_of_a_program_are_no_version(ctx: Context, mine: Scope) -> None:
    red = program(design=COLOURS | {"primary": "#AA0000"})
    assert await save_program(ctx, mine, "lavka", "lavka-card", red) is Saved.CHANGED
    assert await kept() == []
    assert (await design_of(await Program.get())).look.primary == "#AA0000"


async def test_a_new_program_begins_with_its_design(ctx: Context, mine: Scope) -> None:
    whole = program(design=COLOURS | {"rotating": True}, barcode_format="qr")
    assert await save_program(ctx, mine, "lavka", "second", whole) is Saved.MADE
    assert [number for number, _, _ in await kept()] == [1]
    fresh = program(design=COLOURS, barcode_format="qr")
    assert await save_program(ctx, mine, "lavka", "second", fresh) is Saved.CHANGED
    assert (await kept())[-1] == (2, None, COLOURS)


async def test_two_at_once_make_two_versions(ctx: Context, mine: Scope) -> None:
    entries = [design(primary=f"#1010{place}0") for place in range(1, 6)]
    await asyncio.gather(*(save_design(ctx, mine, "lavka-card", each) for each in entries * 2))
    numbers = [number for number, _, _ in await kept()]
    assert numbers == list(range(1, len(numbers) + 1))
    newest = (await newest_designs([(await Program.get()).id])).popitem()[1]
    assert newest.number == numbers[-1]
    assert newest.design["primary"] == (await Program.get()).primary_color


async def test_what_it_names_has_to_be_there(ctx: Context, mine: Scope) -> None:
    naming = {
        "strip": "'bbb",
        "variants": "'asleep'",
        "back": "'visits'",
    }
    given: dict[str, Any] = {
        "strip": STRIP.sha256,
        "variants": [{"name": "A", "segment": "asleep"}],
        "back": [{"shows": "own", "own": "visits"}],
    }
    for name, what in naming.items():
        entry = design(**{name: given[name]})
        told = await refused(Code.DESIGN_UNFIT, save_design(ctx, mine, "lavka-card", entry))
        assert what in told["what"]
    assert await kept() == []
    assert (await Program.get()).primary_color == "#1F6F50"


async def test_an_old_version_comes_back_as_the_next(ctx: Context, mine: Scope) -> None:
    ctx = ctx.acting(OPERATOR, CLI)
    await keep_picture(ctx, STRIP, b"strip")
    row, account = await Program.get(), await Account.get()
    asleep = await Segment.create(account=account, key="asleep", name="n", created_at=ctx.clock())
    first = design(strip=STRIP.sha256, variants=[{"name": "A", "segment": "asleep"}])
    await save_design(ctx, mine, "lavka-card", first)
    await save_design(ctx, mine, "lavka-card", design())
    old = DesignEntry.model_validate((await version_of(mine, row, 2)).design)
    assert await save_design(ctx, mine, "lavka-card", old, restored=2) is Saved.CHANGED
    assert (await kept())[-1] == (4, 2, first.kept())
    trail = await AuditEntry.filter(verb__contains="design").order_by("id")
    assert [each.verb for each in trail] == ["save_design", "save_design", "restore_design"]
    assert {(each.account_id, each.subject_id) for each in trail} == {(account.id, row.id)}
    await save_design(ctx, mine, "lavka-card", design())
    await Segment.filter(id=asleep.id).update(archived_at=ctx.clock())
    told = await refused(Code.DESIGN_UNFIT, save_design(ctx, mine, "lavka-card", old, restored=2))
    assert "'asleep'" in told["what"]
    await Segment.filter(id=asleep.id).update(archived_at=None)
    await Media.all().delete()
    told = await refused(Code.DESIGN_UNFIT, save_design(ctx, mine, "lavka-card", old, restored=2))
    assert "which is unknown" in told["what"]
    await refused(Code.DESIGN_NOT_FOUND, version_of(mine, row, 99))


async def test_nobody_else_s(ctx: Context, mine: Scope) -> None:
    vera = await make_account("vera")
    await make_program(vera, "vera-card")
    hers = Scope.of([vera.id])
    await refused(Code.PROGRAM_NOT_FOUND, save_design(ctx, hers, "lavka-card", design()))
    await save_design(ctx, mine, "lavka-card", design())
    await refused(Code.DESIGN_NOT_FOUND, version_of(hers, await Program.get(key="lavka-card"), 1))
