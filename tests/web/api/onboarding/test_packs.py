"""Вера takes «Лавка» home as a ZIP, changes it, and loads it: one validator, one writer."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from aiohttp import ClientSession

from backend.access.rights import Right
from backend.brands.load_pack import load_pack
from backend.platform.context import Context
from backend.web.api.v1.onboarding.packs import check_size
from catalog.pack.problems import PackRefused
from catalog.pack.read import read_pack
from models.account import Account
from models.brand import Brand
from models.offer import Offer, OfferDraft
from models.outbox import OutboxEvent
from models.pool_number import PoolNumber
from models.program import Program
from tests.support.caller import Caller, Told, caller
from tests.support.pictures.small_pack import write_small_pack
from tests.web.api.onboarding.test_resources import as_declared

HOME = "accounts/lavka"
ACCOUNT = f"{HOME}/account.yaml"
OFFER = f"{HOME}/brands/lavka/offers/welcome.yaml"
PROGRAM = f"{HOME}/programs/lavka-card/program.yaml"
NUMBERS = f"{HOME}/programs/lavka-card/numbers.csv"
Files = dict[str, bytes]


@pytest.fixture
async def lavka(database: str, ctx: Context, tmp_path: Path) -> Account:
    await load_pack(ctx, write_small_pack(tmp_path / "pack"))
    return await Account.get()


async def taken(asker: Caller, query: str = "") -> Files:
    told = await asker.get(f"/account/pack{query}")
    assert (told.status, told.headers["Content-Type"]) == (200, "application/zip"), told.text
    with ZipFile(BytesIO(told.data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


async def given(asker: Caller, files: Mapping[str, bytes], query: str = "") -> Told:
    into = BytesIO()
    with ZipFile(into, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    headers = {"Content-Type": "application/zip"}
    path = f"/account/pack{query}"
    return await asker.ask("POST", path, data=into.getvalue(), headers=headers)


def changed(files: Files, name: str, old: str, new: str) -> Files:
    text = files[name].decode()
    assert old in text, text
    return {**files, name: text.replace(old, new).encode()}


async def test_the_same_again_changes_nothing(vera: Caller) -> None:
    files, events = await taken(vera), await OutboxEvent.all().count()
    told = as_declared(await given(vera, files), "/account/pack", "post")
    assert (told["offers"], told["numbers"], told["new_numbers"]) == (1, 3, 0)
    assert (await Offer.get()).status == "published"
    assert not await OfferDraft.exists()
    assert await OutboxEvent.all().count() == events
    assert await taken(vera) == files


async def test_what_people_see_waits_for_the_operator(vera: Caller, duty: Caller) -> None:
    files = await taken(vera)
    more = changed(files, OFFER, "Пряник", "Пирог")
    text = more[OFFER].decode()
    more[f"{HOME}/brands/lavka/offers/second.yaml"] = text.replace("position: 10", "").encode()
    assert (await given(vera, more)).status == 200
    assert "Пирог" not in (await Offer.get(key="lavka-welcome")).benefit_ru
    assert (await Offer.get(key="lavka-second")).status == "in_review"
    waits = (await duty.get("/reviews")).json["items"]
    assert [each["key"] for each in waits] == ["welcome", "second"]
    # The pack of the account says what people see; the operator's says what they are to see.
    assert (await taken(vera))[OFFER] == files[OFFER]
    assert (await given(duty, more, "?account=lavka")).status == 200
    assert "Пирог" in (await Offer.get(key="lavka-welcome")).benefit_ru
    assert (await Offer.get(key="lavka-second")).status == "published"
    paused = changed(await taken(vera), OFFER, "status: published", "status: paused")
    del paused[f"{HOME}/brands/lavka/offers/second.yaml"]
    paused = {n: c for n, c in paused.items() if "second" not in n}
    assert (await given(vera, paused)).status == 200
    states = dict(await Offer.all().values_list("key", "status"))
    assert states == {"lavka-welcome": "paused", "lavka-second": "archived"}


async def test_every_mistake_has_its_file_line_and_pointer(vera: Caller) -> None:
    files = changed(await taken(vera), OFFER, "status: published", "status: publishd")
    files = changed(files, PROGRAM, "barcode_format: ean13", "barcode_format: ean14")
    files[f"{HOME}/brands/lavka/logo.png"] = b"GIF89a"
    files[f"{HOME}/brands/lavka/hello.txt"] = b"x"
    told = await given(vera, files)
    assert (told.status, told.code) == (422, "input_invalid")
    errors = {each["file"]: each for each in told.json["errors"]}
    assert set(errors) >= {OFFER, PROGRAM, f"{HOME}/brands/lavka/logo.png"}
    assert errors[OFFER]["pointer"] == "/status"
    line = files[OFFER].decode().splitlines().index("status: publishd") + 1
    assert errors[OFFER]["line"] == line
    assert errors[PROGRAM]["pointer"] == "/barcode_format"
    assert errors[f"{HOME}/brands/lavka/logo.png"]["message"] == "is neither PNG nor JPEG"
    assert errors[f"{HOME}/brands/lavka/hello.txt"]["message"] == "is used by nothing"


async def test_mistakes_are_told_in_russian_too(vera: Caller) -> None:
    files = await taken(vera)
    del files[f"{HOME}/programs/lavka-card/terms.en.md"]
    into = BytesIO()
    with ZipFile(into, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    headers = {"Content-Type": "application/zip", "Accept-Language": "ru"}
    told = await vera.ask("POST", "/account/pack", data=into.getvalue(), headers=headers)
    assert [each["message"] for each in told.json["errors"]] == ["не указано"]
    assert told.json["errors"][0]["expected"] == "документ program_terms на языке en"


async def test_the_company_is_the_operator_s_to_change(vera: Caller, duty: Caller) -> None:
    files = await taken(vera)
    moved = changed(files, ACCOUNT, "timezone: Europe/Moscow", "timezone: Asia/Omsk")
    told = await given(vera, moved)
    assert (told.status, told.json["errors"][0]["file"]) == (422, ACCOUNT)
    mail = {**files, ACCOUNT: files[ACCOUNT] + b"contact_email: it@lavka.example\n"}
    assert (await given(vera, mail)).status == 200
    assert (await Account.get()).contact_email == "it@lavka.example"
    assert (await given(duty, moved, "?account=lavka")).status == 200
    assert (await Account.get()).timezone == "Asia/Omsk"


async def test_nobody_takes_what_another_has(
    vera: Caller, site: ClientSession, ctx: Context
) -> None:
    """Neither their account nor their keys, and what was begun is undone."""
    files = await taken(vera)
    other = {name.replace(HOME, "accounts/vasilek"): content for name, content in files.items()}
    told = await given(vera, other)
    assert (told.status, told.json["errors"][0]["file"]) == (422, "accounts/vasilek")
    row = await Account.get()
    row.pk, row.key = None, "vasilek"
    row._saved_in_db = False
    await row.save()
    boris = await caller(site, ctx, row)
    told = await given(boris, other)
    assert told.status == 422
    assert told.json["errors"][0]["message"] == "has a key that another account has"
    assert await Program.all().count() == await Brand.all().count() == 1


async def test_numbers_need_their_own_scopes(
    vera: Caller, site: ClientSession, ctx: Context, lavka: Account
) -> None:
    weak = await caller(site, ctx, lavka, frozenset({Right.BRANDS_READ, Right.BRANDS_WRITE}))
    told = await weak.get("/account/pack")
    assert (told.code, told.json["details"]) == ("scope_missing", {"scope": "numbers:read"})
    files = await taken(weak, "?numbers=no")
    assert (await given(weak, files)).status == 200
    assert await PoolNumber.all().count() == 3
    told = await given(weak, await taken(vera))
    assert (told.code, told.json["details"]) == ("scope_missing", {"scope": "numbers:write"})


def test_a_million_numbers_are_a_job(tmp_path: Path) -> None:
    pack = read_pack(write_small_pack(tmp_path))
    check_size(pack, 3)
    with pytest.raises(PackRefused) as refused:
        check_size(pack, 2)
    (problem,) = refused.value.problems
    assert (problem.what, problem.file) == ("brings the pack to 3 numbers", NUMBERS)


async def test_what_is_no_pack_is_refused(vera: Caller) -> None:
    headers = {"Content-Type": "application/zip"}
    told = await vera.ask("POST", "/account/pack", data=b"PK", headers=headers)
    assert (told.status, told.code) == (422, "pack_unfit")
    assert told.json["details"]["what"] == "is damaged"
    told = await given(vera, {"../evil": b"x"})
    assert told.code == "pack_unfit"
    large = await vera.ask("POST", "/account/pack", data=bytes(20_971_521), headers=headers)
    assert large.code == "body_too_large"
    assert (await given(vera, {})).code == "input_invalid"
