"""The whole account as a brand pack: out, and in again, as one ZIP."""

from collections.abc import AsyncIterator, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, Field

from backend.access.rights import Right
from backend.brands.pack.export_account import pack_files
from backend.brands.pack.load_own import load_own_pack
from backend.brands.pack.packed import MEGABYTE, zip_of
from backend.brands.pack.read_zip import PackUnfit, read_zip
from backend.web.api.asked import Asked
from backend.web.api.operation import Answer, Operation, RawBody
from backend.web.api.queries import Query
from backend.web.api.trouble import Problem, Trouble, Wrong
from catalog.entries.values.scalars import Flag
from catalog.pack.problems import PackProblem, PackRefused, Problems
from catalog.pack.shapes import Pack
from models.refusal import Code, Refusal

DOOR = "api:v1/packs"
ZIP = "application/zip"
# Of a ZIP that comes in, and of what a ZIP that goes out holds.
LARGEST_IN = 20 * MEGABYTE
LARGEST_OUT = 40 * MEGABYTE
# What one request can write; more of them are a job.
MOST_NUMBERS = 100_000
EXAMPLE: Mapping[str, Any] = {
    "programs": 1,
    "brands": 1,
    "offers": 2,
    "stores": 14,
    "numbers": 5000,
    "new_numbers": 5000,
}


class PackLoaded(BaseModel):
    """How many of each the pack holds."""

    programs: int = Field(description="Programs.")
    brands: int = Field(description="Brands.")
    offers: int = Field(description="Offers.")
    stores: int = Field(description="Stores.")
    numbers: int = Field(description="Free numbers.")
    new_numbers: int = Field(description="How many of them were not there before.")


class PackQuery(Query):
    """What is to be in it."""

    numbers: Annotated[bool, Flag()] = Field(
        default=True,
        description="With the free card numbers, for which the key needs `numbers:read`.",
        examples=["no"],
    )


async def give(asked: Asked) -> Answer:
    account, wanted = await asked.account(), asked.asks(PackQuery)
    if wanted.numbers:
        _check_right(asked, Right.NUMBERS_READ)
    whole = await zip_of(pack_files(account, numbers=wanted.numbers), LARGEST_OUT)
    return Answer(None, file=(ZIP, _once(whole)))


async def _once(whole: bytes) -> AsyncIterator[bytes]:
    yield whole


def _check_right(asked: Asked, right: Right) -> None:
    if not asked.scope.allows(right):
        raise Refusal(Code.SCOPE_MISSING, scope=right.value)


async def read(asked: Asked) -> Pack:
    """In the bounded process, as far as it is a stranger's archive and pictures."""
    try:
        pack = await read_zip(asked.site.reader, asked.raw)
        check_size(pack, MOST_NUMBERS)
    except PackUnfit as wrong:
        if wrong.busy:
            raise Refusal(Code.READER_BUSY) from None
        raise Refusal(Code.PACK_UNFIT, what=wrong.what, expected=wrong.expected) from None
    except PackRefused as refused:
        raise _mistakes(refused) from None
    return pack


def check_size(pack: Pack, most: int) -> None:
    """Raises PackRefused."""
    problems = Problems()
    files = [each.numbers for account in pack.accounts for each in account.programs]
    left = most
    for file in filter(None, files):
        left -= file.count
        if left < 0:
            what = f"brings the pack to {most - left:,} numbers"
            expected = f"at most {most:,}; more of them as a job"
            problems.add(file.file, None, what, expected)
    problems.refuse_if_any()


async def load(asked: Asked) -> Answer:
    pack, account = asked.ready, await asked.account()
    assert isinstance(pack, Pack)
    if any(each.numbers and each.numbers.count for a in pack.accounts for each in a.programs):
        _check_right(asked, Right.NUMBERS_WRITE)
    try:
        loaded = await load_own_pack(
            asked.ctx, account, pack, approves=asked.scope.allows(Right.OPERATOR)
        )
    except PackRefused as refused:
        raise _mistakes(refused) from None
    return Answer({name: loaded.get(name, 0) for name in PackLoaded.model_fields})


def _mistakes(refused: PackRefused) -> Problem:
    return Problem(Trouble.INPUT_INVALID, errors=tuple(map(_wrong, refused.problems)))


def _wrong(mistake: PackProblem) -> Wrong:
    return Wrong(
        mistake.what,
        mistake.expected,
        pointer=mistake.pointer,
        file=mistake.file,
        line=mistake.line,
    )


OPERATIONS = (
    Operation(
        "GET", "/account/pack", DOOR, Right.BRANDS_READ, "Take your account as a brand pack", give,
        None, PackQuery, files=(ZIP,), refusals=(Code.PACK_TOO_LARGE,),
        about="A ZIP of the folder that docs/brand-pack.md describes, pictures included: loaded "
        "elsewhere it gives the same account. The same account gives the same bytes.",
    ),
    Operation(
        "POST", "/account/pack", DOOR, Right.BRANDS_WRITE, "Load a brand pack", load, PackLoaded,
        Query, body=RawBody((ZIP,), LARGEST_IN), ready=read, example=EXAMPLE, changes_catalog=True,
        refusals=(Code.PACK_UNFIT, Code.READER_BUSY),
        about="All of it or nothing; every mistake is told with its file, its line and, in a file "
        "of keys and values, the pointer into it. Of what people see the pack changes nothing "
        "before it is approved: what it calls `published` is sent in, unless the operator loads "
        "it. What the pack no longer has leaves the shelf.",
    ),
)  # fmt: skip
