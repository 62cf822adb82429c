"""Lists of plastic and stores come in by a file, too."""

from backend.partners.pool.processor import number_index
from models.audit_entry import AuditEntry
from models.issued_plastic import IssuedPlastic
from models.job import JobForm, JobKind
from models.store import Store
from tests.jobs.conftest import House, wrong_lines

STORES = (
    "key;city;address;lat;lon;hours\n"
    "kazan-1;kazan;Казань, ул. Баумана, д. 5;55.7903;49.1125;Mo-Su 09:00-21:00\n"
    "kazan-2;kasan;Казань, ул. Баумана, д. 6;55.7903;49.1125;\n"
    "kazan-3;kazan;Казань, ул. Баумана, д. 7;49.1125;55.7903;\n"
)


async def test_plastic_is_known_by_its_holder(house: House) -> None:
    text = (
        "card_number,phone,email\n"
        "A 1,+79161234567,Anna@Example.ru\n"
        "A 2,,\n"
        "A 3,12,\n"
        "A 1,,boris@example.ru\n"
    )
    job = await house.worked(JobKind.PLASTIC, text)
    assert (job.done, job.bad) == (3, 1)
    assert await wrong_lines(job) == {4: "the phone of 2 characters is no phone"}
    rows = {row.number_index: row for row in await IssuedPlastic.all()}
    first = rows[number_index(house.ctx, house.program.id, "A1")]
    assert len(rows) == 2
    assert first.phone_index == "", "the last line about a number holds"
    assert first.email_index == house.ctx.vault.blind_index("email", "boris@example.ru")


async def test_stores_are_entered_and_changed(house: House) -> None:
    job = await house.worked(JobKind.STORES, STORES)
    assert (job.done, job.bad) == (1, 2)
    told = await wrong_lines(job)
    assert told[3] == "city 'kasan' is unknown"
    assert told[4].startswith("lies ")
    line = (
        '{"key": "kazan-1", "city": "kazan", "address": "x", "lat": 55.79, "lon": "49.11"}\n'
        '{"key": "kazan-4", "city": "kazan", "address": ["x"], "lat": 55.79, "lon": 49.11}\n'
    )
    job = await house.worked(JobKind.STORES, line, form=JobForm.LINES)
    assert (job.done, job.bad) == (1, 1)
    assert await wrong_lines(job) == {2: "address is a list"}
    (store,) = await Store.all()
    assert (store.address, store.lat, store.hours) == ("x", 55.79, "")
    assert await AuditEntry.filter(verb="save_store").count() == 2


async def test_what_json_would_change_without_a_word_is_told(house: House) -> None:
    """A key that stands twice, and a number of more digits than are kept."""
    lines = (
        '{"printed_number": "A1", "printed_number": "A2"}\n'
        '{"printed_number": 46000000000000000000015}\n'
        '{"printed_number": 4600000000000015}\n'
        '{"printed_number": "\\u0022A3"}\n'
    )
    job = await house.worked(JobKind.NUMBERS, lines, form=JobForm.LINES)
    told = await wrong_lines(job)
    assert told.pop(1) == "'printed_number' stands twice"
    assert told.pop(2) == "printed_number is the number 4.6e+22"
    assert (job.done, job.bad, set(told)) == (2, 2, set())
