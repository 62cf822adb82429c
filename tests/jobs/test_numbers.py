"""Free numbers come in by a file: what is good is in the pool, what is not is told line by line."""

import pytest

from backend.cards.pool.pool_level import LOW
from backend.jobs import numbers
from backend.jobs.work_piece import work_piece
from backend.partners.pool.processor import number_index
from models.audit_entry import AuditEntry
from models.card import Card
from models.issued_plastic import IssuedPlastic
from models.job import Job, JobForm, JobKind, JobPiece, JobState
from models.pool_number import NumberStatus, PoolNumber
from models.program import PoolLevel, Program
from models.refusal import Code, Refusal
from tests.jobs.conftest import House, all_done, wrong_lines
from tests.support.factory.brands import make_offer
from tests.support.factory.cards import issued
from tests.support.factory.customers import someone

HEAD = "printed_number\n"


def table(*printed: str) -> str:
    return HEAD + "".join(f"{each}\n" for each in printed)


async def in_pool() -> dict[str, str]:
    return dict(await PoolNumber.all().values_list("printed_number", "barcode_value"))


async def test_a_file_becomes_free_numbers(house: House) -> None:
    text = "printed_number;barcode_value\nA 1;\nA 2;X2\n\nA 3;\n"
    job = await house.worked(JobKind.NUMBERS, text)
    assert (job.state, job.lines, job.read, job.done, job.bad) == (JobState.DONE, 4, 4, 3, 0)
    assert await in_pool() == {"A 1": "A1", "A 2": "X2", "A 3": "A3"}
    assert await PoolNumber.filter(status=NumberStatus.FREE).count() == 3
    assert not await JobPiece.all().count(), "nothing of the file is kept"
    verbs = [entry.verb for entry in await AuditEntry.all().order_by("id")]
    assert verbs == ["start_job", "load_numbers", "finish_job"]


async def test_an_object_on_each_line(house: House) -> None:
    text = '{"printed_number": "A1"}\n{"printed_number": 17, "barcode_value": null}\n[]\n{"x": 1}\n'
    job = await house.worked(JobKind.NUMBERS, text, form=JobForm.LINES)
    assert (job.done, job.bad) == (2, 2)
    assert await in_pool() == {"A1": "A1", "17": "17"}
    assert await wrong_lines(job) == {3: "is a list", 4: "unknown column 'x'"}


async def test_what_is_there_already_is_left_as_it_is(house: House) -> None:
    await house.worked(JobKind.NUMBERS, table("A1", "A2"))
    job = await house.worked(JobKind.NUMBERS, table("A2", "A3", "A3"))
    assert (job.done, job.bad) == (3, 0)
    assert sorted(await in_pool()) == ["A1", "A2", "A3"]


async def test_overlaps_are_told_line_by_line(house: House) -> None:
    """With numbers of cards, with those that were set aside, with plastic, with one another."""
    await house.worked(JobKind.NUMBERS, table("A1", "A2", "A3", "A4"))
    anna = await someone(house.ctx, 1)
    (outcome,) = await issued(house.ctx, anna, [await make_offer(house.program, "welcome")])
    assert outcome.card is not None
    await PoolNumber.filter(printed_number="A2").update(status=NumberStatus.QUARANTINED)
    await PoolNumber.filter(printed_number="A3").update(status=NumberStatus.RESERVED)
    plastic = number_index(house.ctx, house.program.id, "P1")
    await IssuedPlastic.create(
        program=house.program, number_index=plastic, loaded_at=house.ctx.clock()
    )
    await Card.filter(id=outcome.card.id).update(printed_number="A1", barcode_value="A1")
    await PoolNumber.filter(printed_number="A4").update(barcode_value="OTHER")
    job = await house.worked(JobKind.NUMBERS, table("A1", "A2", "A3", "A4", "P1", "A5"))
    assert (job.done, job.bad) == (1, 5)
    assert await wrong_lines(job) == {
        2: "the number is on somebody's card",
        3: "the number is in quarantine",
        4: "the number is reserved",
        5: "another number of the pool is printed or scanned like this",
        6: "the number is on plastic that was handed out",
    }


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "is empty"),
        (b"\xff\xfep\x00r\x00", "is not UTF-8"),
        (b"card\nA1\n", "unknown column 'card'"),
        (b"printed_number;printed_number\nA1;A1\n", "a column is given twice"),
        (b"barcode_value\nA1\n", "column 'printed_number' is missing"),
        (b"printed_number\x00\nA1\n", "has control characters"),
        (b"x" * 300_000, "the line is too long"),
        (b'printed_number,"barcode\nA1,A1\n', "has a quote that is not closed"),
    ],
)
async def test_a_file_without_its_first_line_is_no_job(
    house: House, data: bytes, what: str
) -> None:
    with pytest.raises(Refusal) as refused:
        await house.sends(JobKind.NUMBERS, data)
    assert refused.value.code is Code.JOB_FILE_UNFIT
    assert refused.value.details["what"] == what
    assert not await Job.all().count()
    assert not await JobPiece.all().count()


async def test_hostile_lines_stop_none_of_the_others(house: House) -> None:
    """A mark of byte order, both ends of lines, a line of ten megabytes, NUL, no UTF-8."""
    lines = [
        b"\xef\xbb\xbfprinted_number;barcode_value\r",
        b"A1;\r",
        b"\xff\xfe;\r",
        b"A\x002;",
        b"x" * 10_000_000,
        b"A3",
        b'"A4;"',
        b'"A5";"Q""5"',
        b" A6 ; ",
        b";;",
        b"A7\rA8;",
        "Щ;".encode(),
        b"A9;",
    ]
    job = await house.sends(JobKind.NUMBERS, b"\n".join(lines), chunk=100_000)
    await all_done(house.ctx)
    job = await Job.get(id=job.id)
    assert await in_pool() == {"A1": "A1", "A5": 'Q"5', "A6": "A6", "A9": "A9"}
    told = await wrong_lines(job)
    assert (job.lines, job.done, job.bad) == (12, 4, 7), told
    assert {line: what.split(";")[0] for line, what in told.items()} == {
        3: "is not UTF-8",
        4: "has control characters",
        5: "the line is too long",
        6: "has 1 columns",
        7: "has 1 columns",
        11: "has control characters",
        12: "'Щ' is no code128 number",
    }


async def test_a_thousand_mistakes_stop_nothing(house: House) -> None:
    lines = [f"A{n}" if n % 2 else f"Щ{n}" for n in range(2000)]
    job = await house.worked(JobKind.NUMBERS, table(*lines))
    assert (job.state, job.done, job.bad) == (JobState.DONE, 1000, 1000)
    assert list(await wrong_lines(job)) == list(range(2, 2002, 2))


async def test_pieces_are_of_whole_lines(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbers.Numbers, "piece", 64)
    printed = [f"NUMBER-{n:04}" for n in range(100)]
    job = await house.sends(JobKind.NUMBERS, table(*printed), chunk=7)
    assert await JobPiece.filter(job_id=job.id).count() > 10
    assert (await JobPiece.filter(job_id=job.id).order_by("number"))[1].first_line > 2
    await all_done(house.ctx)
    assert sorted(await in_pool()) == printed
    job = await Job.get(id=job.id)
    assert (job.lines, job.read, job.done) == (100, 100, 100)


async def test_nothing_waits_when_nobody_has_sent_anything(house: House) -> None:
    assert await work_piece(house.ctx) is False


async def test_a_long_file_fills_an_empty_pool_and_a_short_one_leaves_it_low(house: House) -> None:
    program = house.program
    for first, number, level in ((0, LOW - 1, "low"), (500, LOW, "ok")):
        await Program.filter(id=program.id).update(pool_level=PoolLevel.EMPTY)
        await house.worked(JobKind.NUMBERS, table(*(f"N{first + n}" for n in range(number))))
        assert (await Program.get(id=program.id)).pool_level.value == level
