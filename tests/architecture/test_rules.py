"""The house rules hold, and each check sees a bad sample."""

from collections.abc import Callable

import pytest

from tests.architecture import rules
from tests.support.source import PRODUCT, ROOT, Source, files, migrations, sources

USE_CASES = (
    "backend/cards/",
    "backend/customers/",
    "backend/campaigns/",
    "backend/brands/",
    "backend/restored/",
)
TRANSACTIONS = {
    "backend/platform/database.py": "defines it",
    "backend/platform/migrate.py": "a migration and its record are one",
    "backend/outbox/fan_out.py": "the relay's own bookkeeping",
    "backend/outbox/tidy.py": "the relay's own bookkeeping",
    "backend/analytics/": "what is counted and what says that it was counted are one",
    "backend/consents/chain.py": "appends a link after commit, one writer per controller",
}
OPENED = {
    "backend/pictures/logo.py": "a logo that the operator loaded",
    "bot/sandbox/": "stands in for Telegram, which decodes what is sent",
    "catalog/entries/picture.py": "a picture of a brand that the operator loads",
}

# `path:function:` of what is one literal table.
TABLES: dict[str, str] = {}


def told(offences: list[str]) -> str:
    return "\n" + "\n".join(offences)


def beyond(found: list[str], reasons: dict[str, str]) -> list[str]:
    """Offences in files without a reason, and reasons without an offence. A reason is for
    every file whose path begins like that."""
    new = [line for line in found if not line.startswith(tuple(reasons))]
    return new + rules.unexplained(found, reasons)


def test_a_package_is_one_docstring() -> None:
    packages = [source for source in sources() if source.path.endswith("__init__.py")]
    assert len(packages) > 10
    found = [line for source in packages for line in rules.more_than_a_docstring(source)]
    assert not found, told(found)


def test_python_lives_in_the_fixed_folders() -> None:
    homes = {path.relative_to(ROOT).parts[0] for path in files() if path.suffix == ".py"}
    assert homes == {*PRODUCT, "tests"}, "put the code into one of the fixed folders"


def test_a_function_can_be_seen_at_once() -> None:
    found = [line for source in sources() for line in rules.long_functions(source)]
    wrong = beyond(found, TABLES)
    assert not wrong, told(wrong)


def test_only_use_cases_open_a_transaction() -> None:
    found = [
        line
        for source in sources()
        if not source.path.startswith(USE_CASES)
        for line in rules.opened_transactions(source)
    ]
    wrong = beyond(found, TRANSACTIONS)
    assert not wrong, told(wrong)


def test_a_day_on_a_screen_is_somebodys() -> None:
    shown = ("bot/screens/", "bot/handlers/", "backend/web/pages/", "backend/consents/receipt")
    found = [
        line
        for source in sources()
        if source.path.startswith(shown)
        for line in rules.days_without_a_zone(source)
    ]
    assert not found, told(found)
    templates = [path for path in files() if path.suffix == ".html"]
    assert len(templates) > 5
    raw = [str(path) for path in templates if "strftime" in path.read_text(encoding="utf-8")]
    assert not raw, "a template gets its days ready: " + told(raw)


def test_aiogram_stays_where_it_belongs() -> None:
    found = [line for source in sources() for line in rules.aiogram_imports(source)]
    assert not found, told(found)


def test_consents_are_append_only() -> None:
    found = [line for source in sources() for line in rules.rewritten_evidence(source)]
    assert not found, told(found)


def test_files_of_strangers_are_decoded_in_the_bounded_process() -> None:
    found = [line for source in sources() for line in rules.files_opened_in_the_open(source)]
    wrong = beyond(found, OPENED)
    assert not wrong, told(wrong)


def test_files_know_no_machine() -> None:
    found: list[str] = []
    for path in files():
        name = path.relative_to(ROOT).as_posix()
        text = path.read_bytes().decode("utf-8", "ignore")
        if not name.startswith("tests/architecture/"):
            found += rules.traces_of_a_machine(name, text, str(ROOT))
    assert not found, told(found)


def test_a_new_column_fits_rows_that_are_there() -> None:
    found = [line for source in migrations() for line in rules.columns_without_default(source)]
    assert not found, told(found)


def test_files_are_written_for_their_owner_alone() -> None:
    found = [line for source in sources() for line in rules.readable_files(source)]
    wrong = beyond(found, {"backend/platform/secrets/key_file.py": "fills a private draft"})
    assert not wrong, told(wrong)


def test_no_use_case_names_a_door() -> None:
    doors = ("bot/", "backend/web/", "backend/worker/", "backend/cli/", "backend/platform/")
    found = [
        line
        for source in sources()
        if not source.path.startswith(doors)
        for line in rules.named_doors(source)
    ]
    assert not found, told(found)


def test_what_stands_ten_times_stands_in_one_place() -> None:
    by_hand = {
        rules.languages_chosen_by_hand: ("catalog/spoken.py",),
        rules.sealed_by_hand: ("backend/platform/secrets/",),
    }
    for rule, homes in by_hand.items():
        beyond_home = (each for each in sources() if not each.path.startswith(homes))
        found = [line for source in beyond_home for line in rule(source)]
        assert not found, told(found)


def test_use_cases_say_who_acted_when_they_log() -> None:
    found = [
        line
        for source in sources()
        if source.path.startswith(USE_CASES)
        for line in rules.logs_without_an_actor(source)
    ]
    assert not found, told(found)


def inside(*lines: str) -> str:
    return "\n".join(["async def f(record: ConsentRecord):", *(f"    {line}" for line in lines)])


def as_long_as(lines: int) -> str:
    return inside(*["pass"] * (lines - 1))


BAD = [
    (rules.long_functions, as_long_as(31)),
    (rules.long_functions, "class A:\n    " + as_long_as(31).replace("\n", "\n    ")),
    (rules.long_functions, "def f():\n" + "\n" * 29 + "    pass"),
    (rules.more_than_a_docstring, "from backend.cards.issue.issue_cards import issue"),
    (rules.more_than_a_docstring, ""),
    (rules.more_than_a_docstring, '"""Cards."""\n__all__ = ["issue"]'),
    (rules.opened_transactions, inside("async with transaction():", "    pass")),
    (rules.opened_transactions, inside("async with db.in_transaction('x') as c:", "    pass")),
    (rules.aiogram_imports, inside("from aiogram.types import Message")),
    (rules.aiogram_imports, "import aiogram"),
    (rules.languages_chosen_by_hand, inside("return b.name_ru if l == 'ru' else b.name_en")),
    (rules.sealed_by_hand, inside("return ctx.vault.open_json(key, sealed, 'place')")),
    (rules.logs_without_an_actor, "from backend.platform.watch.log import get_log"),
    (rules.named_doors, 'HOW = "bot:consent_screen"'),
    (rules.named_doors, inside("return Answer(how='api:v1/cards')")),
    (rules.named_doors, "from backend.platform.door import CLI"),
    (rules.rewritten_evidence, inside("await ConsentRecord.filter(id=1).update(how='x')")),
    (rules.rewritten_evidence, inside("await ConsentLink.all().delete()")),
    (rules.rewritten_evidence, inside("await (await ConsentRecord.get(id=1)).save()")),
    (rules.rewritten_evidence, inside("await record.delete()")),
    (rules.rewritten_evidence, inside("r = await ConsentRecord.get(id=1)", "r.how = 'x'")),
    (rules.rewritten_evidence, inside("async for r in ConsentLink.all():", "    await r.save()")),
    (rules.rewritten_evidence, "SQL = 'UPDATE consent_records SET how = $1'"),
    (rules.rewritten_evidence, "SQL = f'DELETE FROM consent_links WHERE id = {n}'"),
    (rules.columns_without_default, "ops.AddField(field=fields.IntField(default=0))"),
    (rules.columns_without_default, "ops.AddField('Card', 'a', fields.JSONField(default=list))"),
    (rules.columns_without_default, "A = AddField(name='a', field=a_field)"),
    (rules.columns_without_default, "SQL = 'ALTER TABLE cards ADD COLUMN a INT NOT NULL'"),
    (rules.readable_files, inside("path.write_bytes(pack)")),
    (rules.files_opened_in_the_open, "from backend.exchange.read import read_export"),
    (rules.files_opened_in_the_open, inside("return Image.open(BytesIO(data))")),
    (rules.days_without_a_zone, "text = offer.ends_at.strftime('%d.%m.%Y')"),
    (rules.days_without_a_zone, "day = message.created_at.date()"),
]


@pytest.mark.parametrize(("rule", "text"), BAD)
def test_each_check_sees_a_bad_sample(rule: Callable[[Source], list[str]], text: str) -> None:
    found = rule(Source("backend/web/sample.py", text))
    assert found
    assert found[0].startswith("backend/web/sample.py:")


GOOD = [
    (rules.long_functions, as_long_as(30)),
    (rules.long_functions, "@cache\n" * 31 + as_long_as(30)),
    (rules.long_functions, "TABLE = {\n" + "    1: 2,\n" * 40 + "}"),
    (rules.more_than_a_docstring, '"""Cards: issue, hide, remove."""'),
    (rules.opened_transactions, inside("return record.transaction")),
    (rules.aiogram_imports, "import aiohttp\nfrom . import words"),
    (rules.rewritten_evidence, inside("await ConsentRecord.create(how='x')")),
    (rules.rewritten_evidence, '"""Nobody may UPDATE consent_records."""\nprofile.save()'),
    (rules.columns_without_default, "ops.AddField(field=fields.IntField(null=True))"),
    (rules.columns_without_default, "ops.AddField(field=fields.IntField(default=0, db_default=0))"),
    (rules.columns_without_default, "S = 'ALTER TABLE a ADD COLUMN b INT NOT NULL DEFAULT 0'"),
    (rules.files_opened_in_the_open, "from backend.reading.reader import Reader"),
    (rules.days_without_a_zone, "day = day_in(zone, offer.ends_at)\nleft = day - here.date()"),
]


@pytest.mark.parametrize(("rule", "text"), GOOD)
def test_each_check_lets_a_good_sample_pass(rule: Callable[[Source], list[str]], text: str) -> None:
    assert rule(Source("backend/web/sample.py", text)) == []


@pytest.mark.parametrize(
    "line",
    [
        "see /home/anna/karman/README.md",
        "cd /{}/karman".format("root"),
        "/checkout/of/anna is where it works",
        "pip install --extra-{}-url there karman".format("index"),
        "files.python{}.org".format("hosted"),
    ],
)
def test_a_trace_of_a_machine_is_seen(line: str) -> None:
    assert rules.traces_of_a_machine("README.md", f"fine\n{line}\n", "/checkout/of/anna")


def test_aiogram_is_not_for_screens_and_the_sandbox() -> None:
    for path in (
        "bot/sandbox/server.py",
        "bot/screens/pocket/card.py",
        "backend/messaging/email/send.py",
    ):
        assert rules.aiogram_imports(Source(path, "import aiogram"))
    for path in ("bot/handlers/home/start.py", "backend/messaging/telegram/send.py"):
        assert not rules.aiogram_imports(Source(path, "import aiogram"))


def test_a_reason_that_is_no_longer_needed_is_told() -> None:
    assert beyond([], {"bot/old.py": "was once needed"})
    assert not beyond(["bot/old.py:3: remedy"], {"bot/old.py": "is needed"})
