"""The change to a new master key through the real command, and a wrong one at the door."""

import base64
import os
import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backend.platform.database import connect, disconnect
from backend.platform.secrets.key_file import FILE_NAME, open_key_file
from backend.platform.secrets.master_key import CannotOpen, MasterKeys, new_key
from backend.platform.secrets.open_vault import open_vault
from models.customer import Customer
from models.service_key import ServiceKey
from tests.support.machine.processes import Process, start_karman

NOW = datetime(2026, 11, 21, tzinfo=UTC)
PEOPLE = 3000


def as_text(key: bytes) -> str:
    return base64.b64encode(key).decode()


async def karman(url: str, folder: Path, *arguments: str, key: str = "") -> Process:
    environment = {**os.environ, "KARMAN_DATABASE_URL": url, "KARMAN_DATA_DIR": str(folder)}
    environment |= {"KARMAN_MASTER_KEY": key, "PYTHONUNBUFFERED": "1"}
    return await start_karman(*arguments, environment=environment)


async def said(process: Process) -> tuple[int, str]:
    out, err = await process.communicate()
    assert process.returncode is not None
    return process.returncode, (out + err).decode()


async def run(url: str, folder: Path, *arguments: str, key: str = "") -> tuple[int, str]:
    return await said(await karman(url, folder, *arguments, key=key))


async def people(masters: MasterKeys, howmany: int) -> None:
    vault = await open_vault(masters, NOW)
    made = []
    for number in range(howmany):
        key = vault.new_data_key()
        profile = vault.seal_json(key, {"given_name": f"Анна {number}"}, "customer.profile")
        made.append(Customer(language="ru", data_key=key, profile=profile, created_at=NOW))
    await Customer.bulk_create(made)


async def under(masters: MasterKeys) -> list[bool]:
    keys = await Customer.exclude(data_key=None).values_list("data_key", flat=True)
    wrapped = await ServiceKey.all().values_list("wrapped", flat=True)
    return [masters.is_current(bytes(key)) for key in (*keys, *wrapped)]


async def test_killed_in_the_middle_it_goes_on_while_people_come(
    database: str, tmp_path: Path
) -> None:
    """kill -9 after the first batch; a running process sees the new key without a restart."""
    code, told = await run(database, tmp_path, "keys", "status")
    assert code == 0, told
    running = open_key_file(tmp_path / FILE_NAME)
    await people(running, PEOPLE)
    old = running.current

    code, told = await run(database, tmp_path, "keys", "new")
    assert code == 0, told
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o777 == 0o600

    rotation = await karman(database, tmp_path, "keys", "rotate")
    assert await rotation.stdout.readline() == b"500 customers\n"
    rotation.send_signal(signal.SIGKILL)
    await rotation.communicate()
    both = open_key_file(tmp_path / FILE_NAME)
    done = await under(both)
    assert True in done
    assert False in done, "killed too late to prove anything"

    # The product runs on: it opens both kinds, and somebody new gets the new key.
    vault = await open_vault(running, NOW)
    first = (await Customer.all().order_by("id").limit(1))[0]
    assert first.data_key is not None
    assert first.profile is not None
    assert vault.open_json(bytes(first.data_key), bytes(first.profile), "customer.profile") == {
        "given_name": "Анна 0"
    }
    assert both.is_current(vault.new_data_key())

    code, told = await run(database, tmp_path, "keys", "rotate")
    assert code == 0, told
    assert set(await under(both)) == {True}
    assert f"{PEOPLE - done.count(True)} customers and 12 service keys" in told
    alone = MasterKeys(both.current)
    vault = await open_vault(alone, NOW)
    for customer in await Customer.all().limit(20):
        assert vault.open_json(
            bytes(customer.data_key or b""), bytes(customer.profile or b""), "customer.profile"
        )
    with pytest.raises(CannotOpen):
        MasterKeys(old).unwrap(bytes(customer.data_key or b""))
    code, told = await run(database, tmp_path, "keys", "status")
    assert f"newest   {PEOPLE:>9} customers   12 service keys" in told
    assert "older            0 customers    0 service keys" in told


async def test_keys_in_the_environment_rotate_too(database: str, tmp_path: Path) -> None:
    old, new = new_key(), new_key()
    await people(MasterKeys(old), 3)
    key = f"{as_text(new)},{as_text(old)}"
    code, told = await run(database, tmp_path, "keys", "rotate", key=key)
    assert (code, "3 customers and 12 service keys" in told) == (0, True), told
    assert (await run(database, tmp_path, "keys", "status", key=as_text(new)))[0] == 0


async def test_a_deleted_customer_stays_deleted(database: str, tmp_path: Path) -> None:
    old, new = new_key(), new_key()
    await people(MasterKeys(old), 2)
    gone = (await Customer.all().limit(1))[0]
    await Customer.filter(id=gone.id).update(data_key=None)
    key = f"{as_text(new)},{as_text(old)}"
    code, told = await run(database, tmp_path, "keys", "rotate", key=key)
    assert code == 0, told
    assert await Customer.filter(data_key=None).count() == 1


@pytest.mark.parametrize("door", ["web", "up", "doctor"])
async def test_a_wrong_key_stops_the_start_in_one_line(
    database: str, tmp_path: Path, door: str
) -> None:
    await open_vault(MasterKeys(new_key()), NOW)
    await disconnect()
    wrong = as_text(new_key())
    code, told = await run(database, tmp_path, door, key=wrong)
    lines = [line for line in told.splitlines() if "MASTER_KEY" in line or "Traceback" in line]
    assert code == 1, told
    assert len(lines) == 1
    assert "KARMAN_MASTER_KEY: this is not the key that the database was sealed with" in lines[0]
    assert wrong not in told
    await connect(database)


async def test_rubbish_in_the_key_file_is_named(database: str, tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("# nothing yet\nnot-a-key\n")
    code, told = await run(database, tmp_path, "web")
    assert code == 1
    assert told.splitlines() == [
        f"karman: {tmp_path / FILE_NAME}: expected 32 bytes in base64 (openssl rand -base64 32)"
    ]


async def test_the_first_start_says_loudly_where_the_key_lies(
    database: str, tmp_path: Path
) -> None:
    _, told = await run(database, tmp_path, "doctor")
    assert "made a master key" in told
    assert str(tmp_path / FILE_NAME) in told
    assert (await run(database, tmp_path, "doctor"))[1].count("made a master key") == 0
